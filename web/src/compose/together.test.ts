import { expect, test } from "vitest";
import type { Message } from "../wasm/index.ts";
import { join, partOf, withCrlf, withLf } from "./together.ts";

function message(from: number, to: number): Message {
  return {
    kind: "request",
    title: "NOTIFY",
    about: "",
    method: "NOTIFY",
    status: null,
    from,
    to,
    text: "",
    tokens: [{ kind: "method", from, to: from + 2, depth: 1, isGroup: false }],
    tree: [],
    phone: null,
    findings: [{ rule: "r", severity: "note", message: "m", from, to, reference: null, fix: { from, to: from + 1, text: "x" }, layer: "message", status: null }],
    verdict: { action: "accept", status: null, reason: null },
    repairs: [],
    isCutOff: false,
  };
}

test("joins texts and knows where each one stands", () => {
  expect(join(["ab\r\n", "cde"])).toEqual({
    text: "ab\n\n\ncde\n\n",
    places: [
      { from: 0, to: 3 },
      { from: 5, to: 8 },
    ],
  });
});

test("gives each part its own messages, by its own places", () => {
  const [part] = partOf([message(0, 3), message(5, 8)], { from: 5, to: 8 });
  expect(part).toMatchObject({ from: 0, to: 3, tokens: [{ from: 0, to: 2 }], findings: [{ from: 0, to: 3, fix: { from: 0, to: 1 } }] });
});

test("line ends go back and forth", () => {
  expect(withCrlf("a\nb\r\nc\rd")).toBe("a\r\nb\r\nc\r\nd");
  expect(withLf("a\r\nb\rc\n")).toBe("a\nb\nc\n");
});
