/** What the engine shows, kept up to date while the connection to it lives; and how that connection stands. */
import { Denial, type Command, type Host, type News, type View } from "../backend/host.ts";
import { paced } from "./pacing.ts";
import { pauseBefore } from "./pause.ts";

export type Connection =
  | { kind: "connecting" }
  | { kind: "live" }
  /** `next` is when it is tried again, by this machine's clock. */
  | { kind: "lost"; words: string; next: number }
  | { kind: "denied"; hasToken: boolean };

/** Phones that take a while to be read and shown. */
const LONG = 500;

/** A view with a trouble that ends by itself is read again after so long. */
const PATIENCE = 5_000;

export class Live {
  connection = $state.raw<Connection>({ kind: "connecting" });
  /** As it was last told; it is no more than a memory unless the connection is live. */
  view = $state.raw<View | null>(null);
  /** The engine's clock, a step a second. */
  now = $state(Date.now());
  readonly isLive = $derived(this.connection.kind === "live");

  readonly #host: Host;
  /** How much the engine's clock is ahead of this machine's. */
  #ahead = 0;
  #hurry: (() => void) | null = null;
  #breakOff: (() => void) | null = null;
  readonly #changed = paced(() => this.#read());
  readonly #listeners = new Set<(news: News) => void>();

  constructor(host: Host) {
    this.#host = host;
  }

  /** Connects, and again whenever the connection is lost, until the returned function is called. */
  start(): () => void {
    const end = new AbortController();
    void this.#stay(end.signal);
    const clock = setInterval(() => this.#tick(), 1000);
    const seen = (): void => {
      if (document.hidden) return;
      this.#tick();
      if (this.isLive) this.#changed();
    };
    document.addEventListener("visibilitychange", seen);
    return () => {
      end.abort();
      clearInterval(clock);
      document.removeEventListener("visibilitychange", seen);
    };
  }

  /** Tries at once what would be tried later. */
  retry(): void {
    this.#hurry?.();
  }

  /** Hears whatever happens, until the returned function is called. */
  hear(listener: (news: News) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Tells the engine, then shows what became of it. A refusal is thrown. */
  async command(command: Command): Promise<void> {
    await this.#host.command(command);
    await this.#read();
  }

  async #stay(end: AbortSignal): Promise<void> {
    for (let failures = 0; !end.aborted; failures++) {
      const words = await this.#follow(end, () => (failures = 0));
      if (end.aborted || words === null) return;
      const pause = pauseBefore(failures + 1);
      this.connection = { kind: "lost", words, next: Date.now() + pause };
      await this.#wait(pause);
    }
  }

  /** Shows what happens until that ends; says why it ended. Null where it is no use to try again. */
  async #follow(end: AbortSignal, onsuccess: () => void): Promise<string | null> {
    const connection = new AbortController();
    this.#breakOff = () => connection.abort();
    try {
      let isFirst = true;
      for await (const news of this.#host.events(AbortSignal.any([end, connection.signal]))) {
        if (isFirst) await this.#read();
        isFirst = false;
        onsuccess();
        if (!this.isLive) this.connection = { kind: "live" };
        for (const listener of this.#listeners) listener(news);
        if (isStopped(news)) return "Fingerpost was ended";
        if (matters(news) && !document.hidden) this.#changed();
      }
      return "Fingerpost has ended, or the connection to it";
    } catch (error) {
      if (!(error instanceof Denial)) return error instanceof Error ? error.message : String(error);
      this.connection = { kind: "denied", hasToken: error.hasToken };
      return null;
    } finally {
      this.#breakOff = null;
      connection.abort();
    }
  }

  async #read(): Promise<void> {
    try {
      const view = await this.#host.view();
      // A long list was read in one breath: it is shown in the next, and a key that waits comes between.
      if (view.phones.length > LONG) await new Promise((resolve) => setTimeout(resolve, 0));
      // Two may be on their way at once.
      if (this.view && view.time < this.view.time && this.isLive) return;
      this.#ahead = Date.parse(view.time) - Date.now();
      this.view = view;
      this.#tick();
    } catch (error) {
      this.#breakOff?.();
      throw error;
    }
  }

  #tick(): void {
    if (document.hidden) return;
    this.now = Date.now() + this.#ahead;
    // That no more datagrams are lost is no news of its own.
    const isLosing = this.view?.troubles.some(({ kind }) => kind === "losses") ?? false;
    if (this.isLive && isLosing && this.view && this.now - Date.parse(this.view.time) > PATIENCE) this.#changed();
  }

  #wait(pause: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, pause);
      this.#hurry = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}

/** An empty line only says that the connection lives. */
function matters(news: News): boolean {
  return "missed" in news || news.length > 0;
}

function isStopped(news: News): boolean {
  return !("missed" in news) && news.some((event) => event.event === "stopped");
}
