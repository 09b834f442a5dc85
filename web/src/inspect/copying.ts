/** What of a chosen row can be copied, and in which shapes. */
import type { TreeNode } from "../wasm/index.ts";
import { ancestors, nodeOf } from "./tree.ts";

export interface Copy {
  title: string;
  /** Made when it is read: a body may be long. */
  readonly text: string;
}

/** `written` is what stands at the row's place in the text, byte for byte. */
export function copies(tree: readonly TreeNode[], node: TreeNode, written: string): Copy[] {
  return [
    copy("Value", () => node.value),
    copy("Name and value", () => `${node.label}: ${node.value}`),
    copy("Path", () => path(tree, node)),
    copy("Text as it stands", () => written),
    copy("Bytes as hex", () => hex(written)),
    copy("Wireshark filter", () => filter(tree, node)),
  ];
}

function copy(title: string, text: () => string): Copy {
  return {
    title,
    get text() {
      return text();
    },
  };
}

/** `Via > parameters > branch`. */
export function path(tree: readonly TreeNode[], node: TreeNode): string {
  return [...above(tree, node), node].map(({ label }) => label).join(" > ");
}

/** `53 49 50`: UTF-8. */
export function hex(text: string): string {
  return [...new TextEncoder().encode(text)].map((byte) => byte.toString(16).padStart(2, "0")).join(" ");
}

/** Finds messages that have this, in Wireshark and in the search of this page. */
export function filter(tree: readonly TreeNode[], node: TreeNode): string {
  const top = above(tree, node)[0] ?? node;
  const of = (field: string): string => (top === node ? `${field} == ${quoted(node.value)}` : `${field} contains ${quoted(node.value)}`);
  if (node.kind === "method" && isStart(top)) return `sip.Method == ${quoted(node.value)}`;
  if (node.kind === "status-code") return `sip.Status-Code == ${node.value}`;
  if (isStart(top)) return of(top.label.startsWith("status") ? "sip.Status-Line" : "sip.Request-Line");
  if (top.label === "body") return `sip.msg_body contains ${quoted(node.value)}`;
  return of(`sip.${top.label}`);
}

function isStart(top: TreeNode): boolean {
  return top.label === "request line" || top.label === "status line";
}

function above(tree: readonly TreeNode[], node: TreeNode): TreeNode[] {
  return ancestors(node.path).flatMap((path) => nodeOf(tree, path) ?? []);
}

function quoted(value: string): string {
  return `"${value.replace(/[\\"]/g, "\\$&")}"`;
}
