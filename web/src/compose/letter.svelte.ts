/** One message of the composed exchange: as it was written, and as a person has changed it. */
import type { Composed, Message } from "../wasm/index.ts";
import { withCrlf, withLf } from "./together.ts";

interface About {
  id: keyof Composed;
  title: string;
  direction: string;
}

export class Letter {
  readonly id: keyof Composed;
  readonly title: string;
  readonly direction: string;
  #written: () => string;
  #found: () => readonly Message[];
  /** With LF line ends; null while nothing was changed. */
  #changed = $state<string | null>(null);

  constructor(about: About, written: () => string, found: () => readonly Message[]) {
    this.id = about.id;
    this.title = about.title;
    this.direction = about.direction;
    this.#written = written;
    this.#found = found;
  }

  /** As it was composed, with CRLF line ends. */
  get original(): string {
    return this.#written();
  }

  /** As it goes out, with CRLF line ends. */
  get text(): string {
    return this.#changed === null ? this.original : withCrlf(this.#changed);
  }

  /** The messages in it: one, unless somebody has broken it. */
  get found(): readonly Message[] {
    return this.#found();
  }

  get isChanged(): boolean {
    return this.#changed !== null;
  }

  change(text: string): void {
    this.#changed = text === withLf(this.original) ? null : text;
  }

  restore(): void {
    this.#changed = null;
  }
}
