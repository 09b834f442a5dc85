/** The policy file and a draft of it: every change is made in the draft, and the file is written when the person says so. */
import type { Host, PlacedRemark, PolicyDraft, PolicyView, RuleEdit } from "../backend/host.ts";

const EMPTY = "version = 1\n";
/** The file is looked at so often while the page is seen. */
const EVERY = 2_000;
/** After the last key. */
const PAUSE = 250;

export class PolicyFile {
  /** As it stands on the disk. */
  view = $state.raw<PolicyView | null>(null);
  /** The draft. */
  text = $state("");
  /** What comes of it, as it was last told; of a text that may be older by a moment. */
  draft = $state.raw<PolicyDraft | null>(null);
  /** The phone for which the rules are explained. */
  phone = $state<string | null>(null);
  /** Why the last thing was not done. */
  trouble = $state<string | null>(null);
  isBusy = $state(false);
  /** What the draft was begun from. */
  #base = $state("");
  #past = $state.raw<readonly string[]>([]);
  readonly isChanged = $derived(this.text !== (this.#base || EMPTY));
  /** Somebody else changed the file while there is something unsaved here. */
  readonly isOvertaken = $derived(this.isChanged && this.view !== null && this.view.unreadable === null && this.view.text !== this.#base);
  readonly canUndo = $derived(this.#past.length > 0);

  readonly #host: Host;
  #asked = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** One thing after the other. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(host: Host) {
    this.#host = host;
  }

  /** Looks at the file now and again, until the returned function is called. */
  follow(): () => void {
    void this.look();
    const timer = setInterval(() => void this.look(), EVERY);
    return () => clearInterval(timer);
  }

  async look(): Promise<void> {
    try {
      const view = await this.#host.policy();
      const isAnother = this.view === null || JSON.stringify(view) !== JSON.stringify(this.view);
      const wasChanged = this.isChanged && this.view !== null;
      if (isAnother) this.view = view;
      if (isAnother && !wasChanged) this.take();
    } catch (error) {
      if (this.view === null) this.trouble = words(error);
    }
  }

  /** The draft is what the file holds. */
  take(): void {
    this.#base = this.view?.text ?? "";
    this.text = this.#base || EMPTY;
    this.#past = [];
    this.trouble = null;
    void this.check();
  }

  /** What somebody else wrote is written over, knowingly. */
  keepMine(): void {
    this.#base = this.view?.text ?? "";
    this.trouble = null;
  }

  explain(phone: string | null): void {
    this.phone = phone;
    void this.check();
  }

  async check(): Promise<void> {
    const number = ++this.#asked;
    try {
      const draft = await this.#host.draft({ text: this.text, edits: [], phone: this.phone });
      if (number === this.#asked) this.draft = draft;
    } catch (error) {
      if (number === this.#asked) this.trouble = words(error);
    }
  }

  /** What the person typed in the file itself. */
  type(text: string): void {
    this.text = text;
    this.trouble = null;
    // The field has its own way back.
    this.#past = [];
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.check(), PAUSE);
  }

  /** What would come of edits: nothing is changed. */
  try(edits: readonly RuleEdit[], text = this.text): Promise<PolicyDraft> {
    return this.#host.draft({ text, edits, phone: this.phone });
  }

  /** Does it in the draft, or gives the mistakes that there would be. */
  change(edits: readonly RuleEdit[]): Promise<readonly PlacedRemark[]> {
    return this.#inTurn(async () => {
      const draft = await this.try(edits);
      if (draft.mistakes.length > 0) return draft.mistakes;
      this.#past = [...this.#past, this.text];
      this.#asked++;
      this.text = draft.text;
      this.draft = draft;
      this.trouble = null;
      return [];
    });
  }

  undo(): void {
    const before = this.#past.at(-1);
    if (before === undefined) return;
    this.#past = this.#past.slice(0, -1);
    this.text = before;
    void this.check();
  }

  /** Whether it was written. What is refused stays as it was typed. */
  async save(): Promise<boolean> {
    const text = this.text;
    this.isBusy = true;
    this.trouble = null;
    try {
      await this.#host.changePolicy(text, this.#base);
      this.#base = text;
      this.#past = [];
      await this.look();
      await this.check();
      return true;
    } catch (error) {
      await this.look();
      await this.check();
      this.trouble = words(error);
      return false;
    } finally {
      this.isBusy = false;
    }
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#last.then(work);
    this.#last = done.catch(() => undefined);
    return done;
  }
}

export function words(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
