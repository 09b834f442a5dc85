import { expect, test } from "vitest";
import { pauseBefore } from "./pause.ts";

test("pauses grow and then stay", () => {
  expect([1, 2, 3, 4, 5, 6, 60].map(pauseBefore)).toEqual([500, 1000, 2000, 4000, 8000, 15_000, 15_000]);
  expect(pauseBefore(0)).toBe(500);
});
