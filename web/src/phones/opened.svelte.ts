/** The phone that is looked at: its story and its messages, read again whenever its row has changed. */
import type { Host, News, PhoneDetail, PhoneRow, Recorded } from "../backend/host.ts";
import type { Live } from "./live.svelte.ts";
import { paced } from "./pacing.ts";
import { own } from "./trace.ts";

export class Opened {
  /** Null until it came. */
  detail = $state.raw<PhoneDetail | null>(null);
  /** Why there is none, in words. */
  trouble = $state<string | null>(null);

  /** What it said and was told. */
  readonly messages: readonly Recorded[] | null = $derived.by(() => this.detail && own(this.detail, this.#live.view?.phones ?? []));

  readonly #host: Host;
  readonly #live: Live;
  #id: string | null = null;
  readonly #changed = paced(() => this.#read(this.#id));

  constructor(host: Host, live: Live) {
    this.#host = host;
    this.#live = live;
  }

  row(id: string | null): PhoneRow | null {
    return this.#live.view?.phones.find((row) => row.phone.id === id) ?? null;
  }

  /** Follows this phone while the surrounding effect lives. What `id` returns, and the phone's row, is what it follows. */
  follow(id: () => string | null): void {
    // Rows are new objects with each view: only what is in them tells whether something happened.
    const row = $derived(this.row(id()));
    const version = $derived(row && `${row.last_asked} ${row.asked} ${row.notified} ${row.state} ${row.reason}`);
    $effect(() => {
      void version;
      if (this.#live.isLive) void this.#read(id());
    });
    // What is asked of it and said of it leaves its row as it was.
    $effect(() => this.#live.hear((news) => concerns(news, this.#id) && this.#changed()));
  }

  async #read(id: string | null): Promise<void> {
    if (id !== this.#id) {
      this.detail = null;
      this.trouble = null;
    }
    this.#id = id;
    if (id === null) return;
    const { detail, trouble } = await this.#ask(id);
    // Another one may have been opened meanwhile.
    if (id !== this.#id) return;
    this.detail = detail ?? this.detail;
    this.trouble = trouble;
  }

  async #ask(id: string): Promise<{ detail: PhoneDetail | null; trouble: string | null }> {
    try {
      const detail = await this.#host.phone(id);
      return { detail, trouble: detail ? null : "Fingerpost does not know this phone any more. It will, when the phone asks again." };
    } catch (error) {
      return { detail: null, trouble: `Its story could not be read: ${error instanceof Error ? error.message : String(error)}.` };
    }
  }
}

/** Whether something happened to this phone, or may have. */
function concerns(news: News, id: string | null): boolean {
  if (id === null) return false;
  if ("missed" in news) return true;
  return news.some((event) => ("phone" in event && event.phone.id === id) || (event.event === "phones_marked" && event.phones.includes(id)));
}
