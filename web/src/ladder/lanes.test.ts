import { expect, test } from "vitest";
import { inSight, placesOf } from "./lanes.ts";
import type { Line } from "./lines.ts";

const missing = (from: number, to: number): Line => ({
  kind: "missing",
  index: 0,
  missing: { after: 0, from, to, what: "", why: "", reference: "", waited: null },
});

test("only the lanes that the lines need are drawn, in their order", () => {
  const { used, place } = placesOf([missing(7, 2), missing(2, 4)]);
  expect(used).toEqual([2, 4, 7]);
  expect([place.get(2), place.get(4), place.get(7)]).toEqual([0, 1, 2]);
});

test("of very many lanes those in sight are named", () => {
  expect(inSight(5000, 150, 15_000, 600)).toEqual({ from: 99, to: 105 });
  expect(inSight(3, 150, 0, 600)).toEqual({ from: 0, to: 3 });
});
