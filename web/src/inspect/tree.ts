/** The keyboard and the rows of an ARIA tree, without any looks. */
import type { TreeNode } from "../wasm/index.ts";
import type { Range } from "../editor/position.ts";

export interface Row {
  node: TreeNode;
  level: number;
  /** Its place among its siblings, from 1, and how many there are. */
  place: number;
  siblings: number;
  /** Null where there is nothing to open. */
  isOpen: boolean | null;
}

type IsOpen = (node: TreeNode) => boolean;

/** The rows that can be seen, top to bottom. */
export function rowsOf(nodes: readonly TreeNode[], isOpen: IsOpen, level = 1): Row[] {
  return nodes.flatMap((node, index) => {
    const opened = node.children.length > 0 ? isOpen(node) : null;
    const row = { node, level, place: index + 1, siblings: nodes.length, isOpen: opened };
    return opened ? [row, ...rowsOf(node.children, isOpen, level + 1)] : [row];
  });
}

/** What a key asks for. */
export type Wish =
  | { kind: "choose"; path: string }
  | { kind: "open" | "close"; paths: string[] }
  | { kind: "enter"; path: string };

/** What `key` means on the row of that path, as the ARIA practices have it; null where it means nothing. */
export function wish(rows: readonly Row[], path: string | null, key: string): Wish | null {
  const index = Math.max(0, rows.findIndex((row) => row.node.path === path));
  const row = rows[index];
  if (!row) return null;
  switch (key) {
    case "ArrowDown":
      return choose(rows[index + 1]);
    case "ArrowUp":
      return choose(rows[index - 1]);
    case "Home":
      return choose(rows[0]);
    case "End":
      return choose(rows.at(-1));
    case "ArrowRight":
      return row.isOpen === false ? { kind: "open", paths: [row.node.path] } : choose(firstChild(rows, index));
    case "ArrowLeft":
      return row.isOpen ? { kind: "close", paths: [row.node.path] } : choose(parent(rows, row));
    case "*":
      return { kind: "open", paths: siblings(rows, row).map((sibling) => sibling.node.path) };
    case "Enter":
      return { kind: "enter", path: row.node.path };
    default:
      return key.length === 1 && key !== " " ? choose(nextNamed(rows, index, key)) : null;
  }
}

function choose(row: Row | undefined): Wish | null {
  return row ? { kind: "choose", path: row.node.path } : null;
}

function firstChild(rows: readonly Row[], index: number): Row | undefined {
  return rows[index]?.isOpen ? rows[index + 1] : undefined;
}

function parent(rows: readonly Row[], row: Row): Row | undefined {
  const above = ancestors(row.node.path).at(-1);
  return rows.find((candidate) => candidate.node.path === above);
}

function siblings(rows: readonly Row[], row: Row): Row[] {
  const above = ancestors(row.node.path).at(-1);
  return rows.filter((other) => other.isOpen === false && ancestors(other.node.path).at(-1) === above);
}

/** The next row, round the end, whose label begins with the letter. */
function nextNamed(rows: readonly Row[], index: number, letter: string): Row | undefined {
  const round = [...rows.slice(index + 1), ...rows.slice(0, index)];
  return round.find((row) => row.node.label.toLowerCase().startsWith(letter.toLowerCase()));
}

/** The paths above a path, outermost first: `3` and `3.1` of `3.1.0`. */
export function ancestors(path: string): string[] {
  const steps = path.split(".");
  return steps.slice(1).map((_, index) => steps.slice(0, index + 1).join("."));
}

/** The node of that path. */
export function nodeOf(nodes: readonly TreeNode[], path: string): TreeNode | null {
  const node = nodes.find((candidate) => candidate.path === path || path.startsWith(`${candidate.path}.`));
  if (!node || node.path === path) return node ?? null;
  return nodeOf(node.children, path);
}

/** The innermost node at a place; behind the last letter of a piece it is still that piece. */
export function nodeAt(nodes: readonly TreeNode[], offset: number): TreeNode | null {
  const holding = nodes.find((node) => node.from <= offset && offset < node.to);
  const node = holding ?? nodes.find((candidate) => candidate.from < offset && offset === candidate.to);
  return node ? (nodeAt(node.children, offset) ?? node) : null;
}

/** Whether the node, or anything below it, shares something with one of the ranges. */
export function touches(node: TreeNode, ranges: readonly Range[]): boolean {
  return ranges.some((range) => range.from < node.to && node.from < range.to);
}
