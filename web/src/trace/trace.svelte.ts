/** The trace that is looked at: a pasted text or files, its rows, and which of them are shown. */
import type { Policy, SearchError, TraceHead } from "../wasm/traces.ts";
import type { Source } from "./asks.ts";
import { Held, type Progress } from "./held.ts";
import { Rows } from "./rows.ts";

class TraceState {
  head = $state.raw<TraceHead | null>(null);
  rows = $state.raw(new Rows());
  /** From the beginning of reading to its end. */
  isReading = $state(false);
  /** While sources are read. */
  progress = $state.raw<Progress | null>(null);
  /** Why nothing could be read. */
  failure = $state<string | null>(null);
  /** Files are a trace of their own; a pasted text is the editor's. */
  isFiles = $state(false);
  /** How messages are judged; the inspector's switch says it. */
  policy = $state<Policy>("strict");
  /** The chosen row. */
  active = $state(0);
  typed = $state("");
  wrong = $state.raw<SearchError | null>(null);
  /** Only this conversation; null for all. */
  call = $state<number | null>(null);
  #found = $state.raw<ReadonlySet<number> | null>(null);
  #held: Held | null = null;
  #text: string | null = null;

  readonly isOpen: boolean = $derived(this.head !== null);
  readonly shown: readonly number[] = $derived(this.#shown());
  readonly isShown: (index: number) => boolean = $derived(this.#filter());

  /** Reads files; what was open before is let go of. */
  async openFiles(files: readonly File[]): Promise<void> {
    this.close();
    this.isFiles = true;
    await this.#open(files);
  }

  /** Looks at a pasted text; the same text again costs nothing. */
  async openText(text: string): Promise<void> {
    if (this.isFiles || this.#text === text) return;
    const { call, typed } = this;
    this.close();
    this.#text = text;
    await this.#open([{ name: "pasted text", text }]);
    this.call = call !== null && call < (this.head?.calls ?? 0) ? call : null;
    if (typed) await this.search(typed);
  }

  /** Lets go of everything, also while it is still being read. */
  close(): void {
    this.#held?.close();
    this.#held = null;
    this.#text = null;
    this.head = null;
    this.rows = new Rows();
    this.progress = null;
    this.isReading = false;
    this.failure = null;
    this.isFiles = false;
    this.active = 0;
    this.call = null;
    this.typed = "";
    this.wrong = null;
    this.#found = null;
  }

  /** Judges all messages anew; what is asked of the trace afterwards is answered so. */
  judge(policy: Policy): void {
    this.policy = policy;
    void this.#held?.ask("judge", policy).catch(() => undefined);
  }

  async search(typed: string): Promise<void> {
    this.typed = typed;
    if (!this.#held || typed.trim() === "") {
      this.#found = null;
      this.wrong = null;
      return;
    }
    const { found, error } = await this.#held.ask("search", typed);
    // Another was typed meanwhile.
    if (this.typed !== typed) return;
    this.wrong = error;
    if (found) this.#found = new Set(found);
  }

  get held(): Held | null {
    return this.#held;
  }

  /** The row that is shown next to `active`, `step` away; null at the end. */
  next(step: 1 | -1): number | null {
    const at = this.shown.indexOf(this.active);
    return this.shown[at + step] ?? null;
  }

  async #open(sources: readonly Source[]): Promise<void> {
    const held = new Held();
    this.#held = held;
    this.isReading = true;
    try {
      const { head, rows } = await held.open(sources, (progress) => {
        if (this.#held === held) this.progress = progress;
      });
      if (this.#held !== held) return;
      await held.ask("judge", this.policy);
      this.rows = rows;
      this.head = head;
    } catch (error) {
      if (this.#held === held) this.failure = error instanceof Error ? error.message : String(error);
    } finally {
      if (this.#held === held) {
        this.progress = null;
        this.isReading = false;
      }
    }
  }

  #filter(): (index: number) => boolean {
    const { call, rows } = this;
    const found = this.#found;
    return (index) => (call === null || rows.group(index, "call") === call) && (found === null || found.has(index));
  }

  #shown(): number[] {
    const { isShown } = this;
    const shown: number[] = [];
    for (let index = 0; index < this.rows.length; index++) if (isShown(index)) shown.push(index);
    return shown;
  }
}

export const trace = new TraceState();
