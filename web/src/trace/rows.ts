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
    for (let at = 0; at * WIDTH < numbers.length; at++) {
      this.all.push(row(numbers.subarray(at * WIDTH, (at + 1) * WIDTH), [times[at * 2], times[at * 2 + 1]], shared));
    }
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

function row(numbers: Int32Array, [time, took]: readonly (number | undefined)[], words: readonly string[]): Row {
  const number = (at: number): number => numbers[at] ?? 0;
  const known = (at: number): number | null => (number(at) < 0 ? null : number(at));
  return {
    from: number(0),
    to: number(1),
    fromPort: known(2),
    toPort: known(3),
    isDeduced: number(4) === 1,
    kind: KINDS[number(5)] ?? "unreadable",
    label: words[number(6)] ?? "",
    detail: words[number(7)] ?? "",
    time: micros(time),
    took: micros(took),
    call: number(8),
    dialog: known(9),
    transaction: number(10),
    repeats: known(11),
    answers: known(12),
  };
}
