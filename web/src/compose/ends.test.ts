import { expect, test } from "vitest";
import { endsOf, withEnds, withLf } from "./ends.ts";

test("line ends go back and forth", () => {
  expect(withEnds("a\nb\r\nc\rd", "\r\n")).toBe("a\r\nb\r\nc\r\nd");
  expect(withEnds("a\r\nb\n", "\n")).toBe("a\nb\n");
  expect(withLf("a\r\nb\rc\n")).toBe("a\nb\nc\n");
});

test("a text without any CR LF is one that ends its lines with LF", () => {
  expect([endsOf("a\nb"), endsOf("a\r\nb\nc"), endsOf("a"), endsOf("")]).toEqual(["\n", "\r\n", "\r\n", "\r\n"]);
});
