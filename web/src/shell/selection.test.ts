import { expect, test } from "vitest";
import { all, among, NONE, only, reached, toggled } from "./selection.ts";

const order = ["a", "b", "c", "d", "e"];
const ids = ({ ids }: { ids: ReadonlySet<string> }): string => [...ids].sort().join("");

test("one is added and taken away again", () => {
  const once = toggled<string>(NONE, "b");
  expect(ids(once)).toBe("b");
  expect(ids(toggled(once, "d"))).toBe("bd");
  expect(ids(toggled(once, "b"))).toBe("");
});

test("a range reaches from where it began, however often its end moves", () => {
  const begun = toggled<string>(NONE, "c");
  expect(ids(reached(begun, order, "x", "e"))).toBe("cde");
  expect(ids(reached(reached(begun, order, null, "e"), order, null, "a"))).toBe("abc");
});

test("without a beginning a range reaches from the row that the keys are on", () => {
  expect(ids(reached<string>(NONE, order, "d", "e"))).toBe("de");
  expect(ids(reached<string>(NONE, order, null, "e"))).toBe("e");
});

test("a beginning that is gone from the list is no beginning", () => {
  expect(ids(reached(toggled<string>(NONE, "gone"), order, null, "b"))).toBe("b");
  expect(ids(reached(toggled<string>(NONE, "a"), order, null, "gone"))).toBe("a");
});

test("all are all that the list shows", () => {
  expect(ids(all(order))).toBe("abcde");
  expect(all<string>([]).anchor).toBeNull();
});

test("one alone, and what is not shown any more is not selected any more", () => {
  const numbers = (selection: { ids: ReadonlySet<number> }): number[] => [...selection.ids];
  const range = reached(only(4), [4, 5, 6, 7], null, 6);
  expect(numbers(range)).toEqual([4, 5, 6]);
  expect(numbers(among(range, new Set([5, 6, 7])))).toEqual([5, 6]);
  expect(among(range, new Set([4, 5, 6, 7]))).toBe(range);
});
