import { expect, test } from "vitest";
import { all, NONE, reached, toggled } from "./selection.ts";

const order = ["a", "b", "c", "d", "e"];
const ids = ({ ids }: { ids: ReadonlySet<string> }): string => [...ids].sort().join("");

test("one is added and taken away again", () => {
  const once = toggled(NONE, "b");
  expect(ids(once)).toBe("b");
  expect(ids(toggled(once, "d"))).toBe("bd");
  expect(ids(toggled(once, "b"))).toBe("");
});

test("a range reaches from where it began, however often its end moves", () => {
  const begun = toggled(NONE, "c");
  expect(ids(reached(begun, order, "x", "e"))).toBe("cde");
  expect(ids(reached(reached(begun, order, null, "e"), order, null, "a"))).toBe("abc");
});

test("without a beginning a range reaches from the row that the keys are on", () => {
  expect(ids(reached(NONE, order, "d", "e"))).toBe("de");
  expect(ids(reached(NONE, order, null, "e"))).toBe("e");
});

test("a beginning that is gone from the list is no beginning", () => {
  expect(ids(reached(toggled(NONE, "gone"), order, null, "b"))).toBe("b");
  expect(ids(reached(toggled(NONE, "a"), order, null, "gone"))).toBe("a");
});

test("all are all that the list shows", () => {
  expect(ids(all(order))).toBe("abcde");
  expect(all([]).anchor).toBeNull();
});
