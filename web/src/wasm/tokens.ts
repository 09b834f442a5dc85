/** The tokens of a message as numbers, four each, in the order in which they begin: a token is made where one looks. */
import type { Token } from "./pkg/fingerpost_wasm.js";

const WIDTH = 4;

export class Tokens {
  readonly #kinds: readonly string[];
  readonly #packed: Uint32Array;

  constructor(kinds: readonly string[], packed: Uint32Array) {
    this.#kinds = kinds;
    this.#packed = packed;
  }

  all(): Token[] {
    return Array.from({ length: this.#length }, (_, index) => this.#at(index));
  }

  /** Those without parts of their own that share something with `part`: they stand apart. */
  within({ from, to }: { from: number; to: number }): Token[] {
    const found: Token[] = [];
    for (let index = this.#firstAround(from); index < this.#length && this.#from(index) < to; index++) {
      const token = this.#at(index);
      if (!token.isGroup && token.to > from) found.push(token);
    }
    return found;
  }

  /** The last token without parts that begins before `offset`: those before it end before it begins. */
  #firstAround(offset: number): number {
    let [low, high] = [0, this.#length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#from(middle) < offset) low = middle + 1;
      else high = middle;
    }
    while (low > 0 && this.#isGroup(low - 1)) low--;
    return Math.max(0, low - 1);
  }

  get #length(): number {
    return this.#packed.length / WIDTH;
  }

  #from(index: number): number {
    return this.#packed[index * WIDTH + 1] ?? 0;
  }

  #isGroup(index: number): boolean {
    return ((this.#packed[index * WIDTH + 3] ?? 0) & 1) === 1;
  }

  #at(index: number): Token {
    const at = index * WIDTH;
    const depth = this.#packed[at + 3] ?? 0;
    return { kind: this.#kinds[this.#packed[at] ?? 0] ?? "", from: this.#from(index), to: this.#packed[at + 2] ?? 0, depth: depth >> 1, isGroup: (depth & 1) === 1 };
  }
}
