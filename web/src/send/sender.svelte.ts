/** Messages of the composer on their way to phones, and what became of each. */
import type { Host, News, PhoneRow, TimedEvent } from "../backend/host.ts";
import type { Live } from "../phones/live.svelte.ts";
import { name } from "../phones/states.ts";
import { hexOf } from "./addressees.ts";
import { heard, type Sent } from "./outcome.ts";

export class Sender {
  /** The last one of each letter, by the letter's key. */
  sent = $state.raw<ReadonlyMap<string, Sent>>(new Map());

  readonly #host: Host;
  readonly #live: Live;

  constructor(host: Host, live: Live) {
    this.#host = host;
    this.#live = live;
  }

  /** Hears what becomes of them until the returned function is called. */
  follow(): () => void {
    return this.#live.hear((news) => this.#hear(news));
  }

  /** Sends it to the phone where it was seen, and nowhere else. A refusal is thrown, and what was there before stays. */
  async send(key: string, bytes: Uint8Array, row: PhoneRow): Promise<void> {
    const { phone, source } = row;
    const before = this.sent.get(key);
    this.#put(key, { phone: phone.id, name: name(row), to: source, size: bytes.length, number: null, events: [] });
    try {
      await this.#live.command({ command: "send", phone: phone.id, seen_at: source, bytes: { hex: hexOf(bytes) } });
    } catch (error) {
      this.#put(key, before);
      throw error;
    }
  }

  #put(key: string, sent: Sent | undefined): void {
    const all = new Map(this.sent);
    if (sent) all.set(key, sent);
    else all.delete(key);
    this.sent = all;
  }

  #hear(news: News): void {
    if (!("missed" in news)) this.#take(news);
    else for (const id of new Set([...this.sent.values()].map(({ phone }) => phone))) void this.#readAgain(id);
  }

  /** Events were lost: what happened stands in the phone's story. */
  async #readAgain(id: string): Promise<void> {
    const detail = await this.#host.phone(id).catch(() => null);
    // Why that fails is told where the connection is.
    if (detail) this.#take(detail.timeline);
  }

  #take(events: readonly TimedEvent[]): void {
    for (const event of events) {
      for (const [key, sent] of this.sent) {
        const taken = new Set([...this.sent.values()].flatMap(({ number }) => (number === null ? [] : [number])));
        const next = heard(sent, event, taken);
        if (next === sent) continue;
        this.#put(key, next);
        break;
      }
    }
  }
}
