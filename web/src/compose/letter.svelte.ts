/** One message of the document: as it was begun with, and as a person has changed it. */
import type { Draft } from "../wasm/index.ts";
import { type Ends, endsOf, withEnds, withLf } from "./ends.ts";

/** What a message begins with. Empty ends are read from the message itself. */
export interface Begun {
  text: string;
  from: string;
  to: string;
}

/** A piece of the text field's text becomes another. */
export interface Edit {
  from: number;
  to: number;
  text: string;
}

/** What the text field of a letter can do. */
export interface Field {
  /** One step, which can be taken back; or the next part of the last one. */
  change: (edits: readonly Edit[], goesOn: boolean) => void;
}

let count = 0;

export class Letter {
  /** Tells letters apart, also those of the same name. */
  readonly key = `letter-${++count}`;
  /** How it is called on the page; null where its own first line shall say. */
  readonly name: string | null;
  readonly direction: string;
  field: Field | null = null;
  #begun: () => Begun;
  #draft: (letter: Letter) => Draft | null;
  /** With LF line ends; null while nothing was changed. */
  #changed = $state<string | null>(null);
  #ends = $state<Ends | null>(null);

  constructor(name: string | null, direction: string, begun: () => Begun, draft: (letter: Letter) => Draft | null) {
    this.name = name;
    this.direction = direction;
    this.#begun = begun;
    this.#draft = draft;
  }

  /** As it was begun with, with the line ends that go out. */
  get original(): string {
    return this.#begun().text;
  }

  get ends(): Ends {
    return this.#ends ?? endsOf(this.original);
  }

  /** As it goes out. */
  get text(): string {
    if (!this.isChanged) return this.original;
    return withEnds(this.#changed ?? this.original, this.ends);
  }

  /** As a text field shows it. */
  get shown(): string {
    return this.#changed ?? withLf(this.original);
  }

  get from(): string {
    return this.#begun().from;
  }

  get to(): string {
    return this.#begun().to;
  }

  get draft(): Draft | null {
    return this.#draft(this);
  }

  get title(): string {
    return this.name ?? this.draft?.message.title ?? "Message";
  }

  get isChanged(): boolean {
    return this.#changed !== null || (this.#ends !== null && this.#ends !== endsOf(this.original));
  }

  change(text: string): void {
    this.#changed = text === withLf(this.original) ? null : text;
  }

  end(ends: Ends): void {
    this.#ends = ends;
  }

  /** Changes pieces of it, in the text field where there is one. */
  edit(edits: readonly Edit[], goesOn = false): void {
    if (this.field) this.field.change(edits, goesOn);
    else this.change(edited(this.shown, edits));
  }

  restore(): void {
    this.#changed = null;
    this.#ends = null;
  }
}

/** The text with its pieces changed; they lie apart, in any order. */
export function edited(text: string, edits: readonly Edit[]): string {
  const behind = [...edits].sort((one, other) => other.from - one.from);
  return behind.reduce((before, { from, to, text: put }) => before.slice(0, from) + put + before.slice(to), text);
}
