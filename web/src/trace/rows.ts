/** Rows on their way from the worker: numbers side by side and each word once, because as objects they would be copied. */
import type { Row } from "../wasm/traces.ts";

export interface PackedRows {
  words: readonly string[];
  /** See `PackedRows` of the wasm package. */
  numbers: Float64Array<ArrayBuffer>;
}

const WIDTH = 15;
const KINDS: readonly Row["kind"][] = ["request", "provisional", "success", "redirection", "failure", "unreadable"];

/** Unpacks rows behind each other; a word that came before is the same string again. */
export class Rows {
  readonly all: Row[] = [];
  #known = new Map<string, string>();

  add({ words, numbers }: PackedRows): void {
    const shared = words.map((word) => this.#share(word));
    for (let at = 0; at < numbers.length; at += WIDTH) this.all.push(row(numbers.subarray(at, at + WIDTH), shared));
  }

  #share(word: string): string {
    const known = this.#known.get(word);
    if (known === undefined) this.#known.set(word, word);
    return known ?? word;
  }
}

function row(numbers: Float64Array, words: readonly string[]): Row {
  const number = (at: number): number => numbers[at] ?? 0;
  const known = (at: number): number | null => (Number.isNaN(number(at)) ? null : number(at));
  return {
    from: number(0),
    to: number(1),
    fromPort: known(2),
    toPort: known(3),
    isDeduced: number(4) === 1,
    kind: KINDS[number(5)] ?? "unreadable",
    label: words[number(6)] ?? "",
    detail: words[number(7)] ?? "",
    time: known(8),
    took: known(9),
    call: number(10),
    dialog: known(11),
    transaction: number(12),
    repeats: known(13),
    answers: known(14),
  };
}
