import { expect, test } from "vitest";
import type { TreeNode } from "../wasm/index.ts";
import { copies, filter, hex, path } from "./copying.ts";

const node = (over: Partial<TreeNode>): TreeNode => ({ path: "0", label: "", value: "", kind: "", from: 0, to: 0, children: [], ...over });
const method = node({ path: "0.0", label: "method", value: "NOTIFY", kind: "method" });
const branch = node({ path: "1.2", label: "branch", value: "z9hG4bK1", kind: "param-value" });
const name = node({ path: "2.0", label: "display name", value: 'The "phone"', kind: "display-name" });
const tree = [
  node({ path: "0", label: "request line", value: "NOTIFY sip:x SIP/2.0", kind: "start-line", children: [method] }),
  node({ path: "1", label: "Via", value: "SIP/2.0/UDP h;branch=z9hG4bK1", kind: "header", children: [branch] }),
  node({ path: "2", label: "From", value: '"The \\"phone\\"" <sip:a>', kind: "header", children: [name] }),
  node({ path: "3", label: "body", value: "tftp://x", kind: "body" }),
];
const at = (index: number): TreeNode => tree[index] ?? node({});

test("a path names every row above", () => {
  expect(path(tree, branch)).toBe("Via > branch");
  expect(path(tree, at(3))).toBe("body");
});

test("a filter asks for the whole of a header, or for a part of it", () => {
  expect(filter(tree, at(1))).toBe('sip.Via == "SIP/2.0/UDP h;branch=z9hG4bK1"');
  expect(filter(tree, branch)).toBe('sip.Via contains "z9hG4bK1"');
  expect(filter(tree, name)).toBe('sip.From contains "The \\"phone\\""');
});

test("first lines and bodies have fields of their own", () => {
  expect(filter(tree, method)).toBe('sip.Method == "NOTIFY"');
  expect(filter(tree, at(0))).toBe('sip.Request-Line == "NOTIFY sip:x SIP/2.0"');
  expect(filter(tree, at(3))).toBe('sip.msg_body contains "tftp://x"');
});

test("bytes are those of UTF-8", () => {
  expect(hex("Sü")).toBe("53 c3 bc");
  expect(copies(tree, branch, "z9hG4bK1").map(({ title }) => title)).toHaveLength(6);
});
