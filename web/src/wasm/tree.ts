/** The rows of a tree, made of numbers and words: see `Seen` of the wasm package. */
import type { Node as TreeNode } from "./pkg/fingerpost_wasm.js";

const WIDTH = 7;
/** Stands where the value is a word of its own. */
const WORD = 2 ** 32 - 1;

/** The rows of a message in `text`, which is all that was pasted. */
export function treeOf(rows: Uint32Array, words: readonly string[], text: string): TreeNode[] {
  let at = 0;
  const word = (number: number | undefined): string => words[number ?? -1] ?? "";
  const node = (path: string): TreeNode => {
    const [label, kind, from = 0, to = 0, start = 0, end = 0, parts = 0] = rows.subarray(at, (at += WIDTH));
    const value = end === WORD ? word(start) : text.slice(start, end);
    return { path, label: word(label), value, kind: word(kind), from, to, children: nodes(parts, `${path}.`) };
  };
  const nodes = (count: number, above: string): TreeNode[] => Array.from({ length: count }, (_, index) => node(`${above}${index}`));
  const tree: TreeNode[] = [];
  while (at < rows.length) tree.push(node(`${tree.length}`));
  return tree;
}
