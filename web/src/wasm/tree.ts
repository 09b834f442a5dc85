/** The rows of a tree, made of numbers and words: see `Seen` of the wasm package. */
import type { Node as TreeNode } from "./pkg/fingerpost_wasm.js";

const WIDTH = 7;
/** Stands where the value is a word of its own. */
const WORD = 2 ** 32 - 1;

/** The rows of a message in `text`, which is all that was pasted. */
export function treeOf(rows: Uint32Array, words: readonly string[], text: string): TreeNode[] {
  const planter = new Planter(rows, words, text);
  const tree: TreeNode[] = [];
  while (!planter.isDone) tree.push(planter.row(String(tree.length)));
  return tree;
}

/** Reads row by row, each before its parts. There may be thousands: nothing is made but the rows. */
class Planter {
  #at = 0;

  constructor(
    readonly rows: Uint32Array,
    readonly words: readonly string[],
    readonly text: string,
  ) {}

  get isDone(): boolean {
    return this.#at >= this.rows.length;
  }

  row(path: string): TreeNode {
    const at = this.#at;
    this.#at += WIDTH;
    const parts = this.#number(at + 6);
    return {
      path,
      label: this.#word(at),
      value: this.#number(at + 5) === WORD ? this.#word(at + 4) : this.text.slice(this.#number(at + 4), this.#number(at + 5)),
      kind: this.#word(at + 1),
      from: this.#number(at + 2),
      to: this.#number(at + 3),
      children: parts === 0 ? [] : this.#rows(parts, `${path}.`),
    };
  }

  #rows(count: number, above: string): TreeNode[] {
    const rows: TreeNode[] = [];
    for (let index = 0; index < count && !this.isDone; index++) rows.push(this.row(above + String(index)));
    return rows;
  }

  #number(at: number): number {
    return this.rows[at] ?? 0;
  }

  #word(at: number): string {
    return this.words[this.#number(at)] ?? "";
  }
}
