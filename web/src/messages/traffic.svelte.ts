/** All that came and went, followed while somebody looks. */
import type { Host, TrafficMessage } from "../backend/host.ts";
import { held } from "./shown.ts";

/** How often it is asked what is new: people read no faster. */
const EVERY = 400;

export class TrafficLog {
  messages = $state.raw<readonly TrafficMessage[]>([]);
  /** Older ones that are not held any more. */
  gone = $state(0);
  isPaused = $state(false);
  /** What came while it was paused. */
  waiting = $state(0);
  /** Why nothing new can be shown. */
  trouble = $state<string | null>(null);

  readonly #host: Host;
  #last = 0;
  #pending: readonly TrafficMessage[] = [];
  #isAsking = false;

  constructor(host: Host) {
    this.#host = host;
  }

  /** Asks until the returned function is called. */
  follow(): () => void {
    void this.#ask();
    const timer = setInterval(() => void this.#ask(), EVERY);
    return () => clearInterval(timer);
  }

  /** Another run of the engine counts anew. */
  begin(): void {
    this.clear();
    this.#last = 0;
    this.gone = 0;
  }

  /** An empty list; what comes from now on is shown. */
  clear(): void {
    this.messages = [];
    this.#pending = [];
    this.waiting = 0;
    this.gone = 0;
  }

  pause(): void {
    this.isPaused = true;
  }

  resume(): void {
    this.isPaused = false;
    this.#show(this.#pending);
    this.#pending = [];
    this.waiting = 0;
  }

  async #ask(): Promise<void> {
    if (this.#isAsking || document.hidden) return;
    this.#isAsking = true;
    try {
      for (let hasMore = true; hasMore; ) {
        const from = this.#last;
        const traffic = await this.#host.traffic(from);
        // The list was begun anew meanwhile.
        if (this.#last !== from) continue;
        hasMore = traffic.has_more;
        this.#last = traffic.messages.at(-1)?.number ?? from;
        this.gone += traffic.gone;
        this.#take(traffic.messages);
      }
      this.trouble = null;
    } catch (error) {
      this.trouble = error instanceof Error ? error.message : String(error);
    }
    this.#isAsking = false;
  }

  #take(more: readonly TrafficMessage[]): void {
    if (!this.isPaused) {
      this.#show(more);
      return;
    }
    const { messages, gone } = held(this.#pending, more);
    this.#pending = messages;
    this.gone += gone;
    this.waiting = messages.length;
  }

  #show(more: readonly TrafficMessage[]): void {
    const { messages, gone } = held(this.messages, more);
    this.messages = messages;
    this.gone += gone;
  }
}
