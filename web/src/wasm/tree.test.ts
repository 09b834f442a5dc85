import { expect, test } from "vitest";
import { treeOf } from "./tree.ts";

test("rows stand below each other, their values where the text has them or words of their own", () => {
  const text = "To: <sip:a>\nx=y";
  const words = ["To", "header", "host", "host-kind", "body", "folded value"];
  const rows = [0, 1, 0, 11, 4, 11, 1, 2, 3, 9, 10, 9, 10, 0, 4, 4, 12, 15, 5, 2 ** 32 - 1, 0];
  expect(treeOf(Uint32Array.from(rows), words, text)).toEqual([
    {
      path: "0", label: "To", value: "<sip:a>", kind: "header", from: 0, to: 11,
      children: [{ path: "0.0", label: "host", value: "a", kind: "host-kind", from: 9, to: 10, children: [] }],
    },
    { path: "1", label: "body", value: "folded value", kind: "body", from: 12, to: 15, children: [] },
  ]);
  expect(treeOf(new Uint32Array(), [], "")).toEqual([]);
});
