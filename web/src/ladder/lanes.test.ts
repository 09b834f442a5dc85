import { expect, test } from "vitest";
import { inSight, placesOf } from "./lanes.ts";

test("only the lanes that the lines need are drawn, in their order", () => {
  const { used, place } = placesOf({ lanes: () => new Set([7, 2, 4]) });
  expect(used).toEqual([2, 4, 7]);
  expect([place.get(2), place.get(4), place.get(7)]).toEqual([0, 1, 2]);
});

test("of very many lanes those in sight are named", () => {
  expect(inSight(5000, 150, 15_000, 600)).toEqual({ from: 99, to: 105 });
  expect(inSight(3, 150, 0, 600)).toEqual({ from: 0, to: 3 });
});
