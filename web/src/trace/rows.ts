/** The rows of a trace, as the worker hands them over: numbers side by side and each word once. As objects, all rows of a
 *  large trace would take more memory than its file; a row is made where somebody looks. */
import type { Row } from "../wasm/traces.ts";

export interface PackedRows {
  words: readonly string[];
  /** See `PackedRows` of the wasm package. */
  numbers: Int32Array<ArrayBuffer>;
  times: Float64Array<ArrayBuffer>;
}

/** What belongs together, by its number. */
export type Together = "call" | "dialog" | "transaction";

/** Rows by their places. An array of rows is such a list, too. */
export interface RowList {
  readonly length: number;
  at: (index: number) => Row | undefined;
}

/** So many rows are handed over at once; only the last ones may be fewer. */
export const AT_ONCE = 4096;

const WIDTH = 13;
const KINDS: readonly Row["kind"][] = ["request", "provisional", "success", "redirection", "failure", "unreadable"];
const FROM = 0;
const TO = 1;
const COLUMNS: Record<Together, number> = { call: 8, dialog: 9, transaction: 10 };

export class Rows implements RowList {
  readonly #parts: PackedRows[] = [];
  #length = 0;

  get length(): number {
    return this.#length;
  }

  add(part: PackedRows): void {
    this.#parts.push(part);
    this.#length += part.numbers.length / WIDTH;
  }

  /** A row, made now: who wants to know one thing of very many asks for that. */
  at(index: number): Row | undefined {
    const part = this.#parts[Math.floor(index / AT_ONCE)];
    const place = index % AT_ONCE;
    if (!part || place * WIDTH >= part.numbers.length) return undefined;
    return row(part.numbers, place * WIDTH, part.times[place * 2], part.times[place * 2 + 1], part.words);
  }

  /** The lanes of a row. */
  from(index: number): number {
    return this.#number(index, FROM) ?? 0;
  }

  to(index: number): number {
    return this.#number(index, TO) ?? 0;
  }

  /** Which of the conversations, dialogs or transactions it is in. */
  group(index: number, by: Together): number | null {
    return this.#number(index, COLUMNS[by]);
  }

  #number(index: number, column: number): number | null {
    return known(this.#parts[Math.floor(index / AT_ONCE)]?.numbers[(index % AT_ONCE) * WIDTH + column]);
  }
}

function micros(time: number | undefined): number | null {
  return time === undefined || Number.isNaN(time) ? null : time;
}

function known(number: number | undefined): number | null {
  return number === undefined || number < 0 ? null : number;
}

function row(numbers: Int32Array, at: number, time: number | undefined, took: number | undefined, words: readonly string[]): Row {
  return {
    from: numbers[at] ?? 0,
    to: numbers[at + 1] ?? 0,
    fromPort: known(numbers[at + 2]),
    toPort: known(numbers[at + 3]),
    isDeduced: numbers[at + 4] === 1,
    kind: KINDS[numbers[at + 5] ?? -1] ?? "unreadable",
    label: words[numbers[at + 6] ?? -1] ?? "",
    detail: words[numbers[at + 7] ?? -1] ?? "",
    time: micros(time),
    took: micros(took),
    call: numbers[at + 8] ?? 0,
    dialog: known(numbers[at + 9]),
    transaction: numbers[at + 10] ?? 0,
    repeats: known(numbers[at + 11]),
    answers: known(numbers[at + 12]),
  };
}
