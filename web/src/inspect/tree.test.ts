import { expect, test } from "vitest";
import type { TreeNode } from "../wasm/index.ts";
import { ancestors, nodeAt, nodeOf, rowsOf, touches, wish } from "./tree.ts";

function node(path: string, label: string, from: number, to: number, children: TreeNode[] = []): TreeNode {
  return { path, label, value: "", kind: "header", from, to, children };
}

const tree = [
  node("0", "request line", 0, 20, [node("0.0", "method", 0, 6), node("0.1", "URI", 7, 20)]),
  node("1", "Event", 22, 60, [node("1.0", "event package", 29, 39), node("1.1", "model", 40, 53)]),
  node("2", "Expires", 62, 72),
];
const open = (...paths: string[]) => rowsOf(tree, (candidate) => paths.includes(candidate.path));
const paths = (rows: ReturnType<typeof open>): string[] => rows.map((row) => row.node.path);

test("shows the children of open rows only", () => {
  expect(paths(open())).toEqual(["0", "1", "2"]);
  expect(paths(open("1"))).toEqual(["0", "1", "1.0", "1.1", "2"]);
});

test("says level and place for screen readers", () => {
  const [, , , model] = open("1");
  expect(model).toMatchObject({ level: 2, place: 2, siblings: 2, isOpen: null });
});

test("arrows, Home and End walk over what can be seen", () => {
  const rows = open("1");
  expect(wish(rows, "1", "ArrowDown")).toEqual({ kind: "choose", path: "1.0" });
  expect(wish(rows, "2", "ArrowUp")).toEqual({ kind: "choose", path: "1.1" });
  expect(wish(rows, "2", "ArrowDown")).toBeNull();
  expect(wish(rows, "1.1", "Home")).toEqual({ kind: "choose", path: "0" });
  expect(wish(rows, "0", "End")).toEqual({ kind: "choose", path: "2" });
});

test("right opens, then goes in; left goes out, then closes", () => {
  expect(wish(open(), "1", "ArrowRight")).toEqual({ kind: "open", paths: ["1"] });
  expect(wish(open("1"), "1", "ArrowRight")).toEqual({ kind: "choose", path: "1.0" });
  expect(wish(open("1"), "1.1", "ArrowLeft")).toEqual({ kind: "choose", path: "1" });
  expect(wish(open("1"), "1", "ArrowLeft")).toEqual({ kind: "close", paths: ["1"] });
  expect(wish(open(), "2", "ArrowRight")).toBeNull();
  expect(wish(open(), "2", "ArrowLeft")).toBeNull();
});

test("a star opens all siblings, a letter finds the next row of that name, Enter goes to the text", () => {
  expect(wish(open(), "2", "*")).toEqual({ kind: "open", paths: ["0", "1"] });
  expect(wish(open("1"), "1.0", "e")).toEqual({ kind: "choose", path: "2" });
  expect(wish(open("1"), "2", "E")).toEqual({ kind: "choose", path: "1" });
  expect(wish(open(), "2", "Enter")).toEqual({ kind: "enter", path: "2" });
  expect(wish(open(), "2", "Tab")).toBeNull();
});

test("before anything is chosen the first row is meant", () => {
  expect(wish(open(), null, "ArrowDown")).toEqual({ kind: "choose", path: "1" });
  expect(wish([], null, "ArrowDown")).toBeNull();
});

test("finds the innermost node at a place, its end included", () => {
  expect(nodeAt(tree, 45)?.path).toBe("1.1");
  expect(nodeAt(tree, 53)?.path).toBe("1.1");
  expect(nodeAt(tree, 24)?.path).toBe("1");
  expect(nodeAt(tree, 21)).toBeNull();
});

test("finds nodes by their path, and what stands above", () => {
  expect(nodeOf(tree, "1.1")?.label).toBe("model");
  expect(nodeOf(tree, "7")).toBeNull();
  expect(ancestors("3.1.0")).toEqual(["3", "3.1"]);
  expect(ancestors("3")).toEqual([]);
});

test("knows what a range touches", () => {
  expect(tree.map((row) => touches(row, [{ from: 47, to: 51 }]))).toEqual([false, true, false]);
});
