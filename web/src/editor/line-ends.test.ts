import { Text } from "@codemirror/state";
import { expect, test } from "vitest";
import { signOf, unseen } from "./line-ends.ts";

const shown = (text: string): string => {
  const doc = Text.of(text.split("\n"));
  const found = unseen(doc, { from: 0, to: doc.length }, text.includes("\r"));
  return found.map(({ from, sign, isOdd }) => `${from}${sign}${isOdd ? "!" : ""}`).join(" ");
};

test("a CR before LF is usual, a LF alone among them is not", () => {
  expect(shown("a\r\nb\r\n")).toBe("1CR 4CR");
  expect(shown("a\r\nb\nc")).toBe("1CR 4LF!");
});

test("a text with LF alone has no marks", () => {
  expect(shown("a\nb\n")).toBe("");
});

test("a CR within a line, a NUL and other controls are odd; a tab is none of them", () => {
  expect(shown("a\rb\0c\u0001\tx")).toBe("1CR! 3NUL! 5x01!");
  expect(shown("a\r")).toBe("1CR!");
  expect(signOf("\u007f")).toBe("DEL");
});
