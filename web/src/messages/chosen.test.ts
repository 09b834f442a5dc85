import { expect, test } from "vitest";
import { all, among, NONE, only, turned, upTo } from "./chosen.ts";

const ROWS = [4, 5, 6, 7, 8];
const ids = (chosen: { ids: ReadonlySet<number> }): number[] => [...chosen.ids].sort((one, other) => one - other);

test("one is chosen, then a range from it, either way", () => {
  expect(ids(upTo(only(6), ROWS, 8))).toEqual([6, 7, 8]);
  expect(ids(upTo(upTo(only(6), ROWS, 8), ROWS, 5))).toEqual([5, 6]);
  expect(ids(upTo(NONE, ROWS, 5))).toEqual([5]);
});

test("one more and one less; all", () => {
  expect(ids(turned(turned(only(4), 6), 4))).toEqual([6]);
  expect(ids(all(only(5), ROWS))).toEqual(ROWS);
});

test("what is not shown any more is not chosen any more", () => {
  const chosen = upTo(only(4), ROWS, 6);
  expect(ids(among(chosen, new Set([5, 6, 7])))).toEqual([5, 6]);
  expect(among(chosen, new Set([5])).here).toBeNull();
  expect(among(chosen, new Set(ROWS))).toBe(chosen);
});
