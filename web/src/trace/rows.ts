/** Rows on their way from the worker: numbers side by side and each word once, because as objects they would be copied. */
import type { Row } from "../wasm/traces.ts";

export interface PackedRows {
  words: readonly string[];
  /** See `PackedRows` of the wasm package. */
  numbers: Int32Array<ArrayBuffer>;
  times: Float64Array<ArrayBuffer>;
}

const WIDTH = 13;
const KINDS: readonly Row["kind"][] = ["request", "provisional", "success", "redirection", "failure", "unreadable"];

/** Unpacks rows behind each other; a word that came before is the same string again. */
export class Rows {
  readonly all: Row[] = [];
  #known = new Map<string, string>();

  add({ words, numbers, times }: PackedRows): void {
    const shared = words.map((word) => this.#share(word));
    const count = numbers.length / WIDTH;
    for (let index = 0; index < count; index++) this.all.push(row(numbers, index * WIDTH, times[index * 2], times[index * 2 + 1], shared));
  }

  #share(word: string): string {
    const known = this.#known.get(word);
    if (known === undefined) this.#known.set(word, word);
    return known ?? word;
  }
}

/** A whole number that engines keep in its place: one that came as a fraction would be kept as an object. */
function micros(time: number | undefined): number | null {
  if (time === undefined || Number.isNaN(time)) return null;
  return time < 2 ** 30 ? time | 0 : time;
}

function known(number: number | undefined): number | null {
  return number === undefined || number < 0 ? null : number;
}

/** Makes nothing but the row: there may be very many. */
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
