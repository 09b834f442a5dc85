import { expect, test } from "vitest";
import { inString } from "./place.ts";

test("bytes before a place are not always letters", () => {
  expect(inString("tftp://%{servr}", [7, 15])).toEqual({ from: 7, to: 15 });
  expect(inString("é/%{x}", [3, 7])).toEqual({ from: 2, to: 6 });
  expect(inString("📞%{x}", [4, 8])).toEqual({ from: 2, to: 6 });
});

test("a place behind the end is the end", () => {
  expect(inString("%{mac", [0, 99])).toEqual({ from: 0, to: 5 });
});
