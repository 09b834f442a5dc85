import { expect, test } from "vitest";
import { clamp, firstEndingBehind, holding, overlaps, visible, within } from "./position.ts";

const ranges = [
  { from: 2, to: 5 },
  { from: 5, to: 9 },
  { from: 12, to: 20 },
];

test("finds the range that holds a place, and the later one where two meet", () => {
  expect(holding(ranges, 2)).toBe(0);
  expect(holding(ranges, 5)).toBe(1);
  expect(holding(ranges, 9)).toBe(1);
  expect(holding(ranges, 20)).toBe(2);
});

test("finds no range between and outside", () => {
  expect(holding(ranges, 0)).toBe(-1);
  expect(holding(ranges, 10)).toBe(-1);
  expect(holding(ranges, 21)).toBe(-1);
  expect(holding([], 0)).toBe(-1);
});

test("gives what can be seen, as a walk over all would", () => {
  const many = Array.from({ length: 300 }, (_, index) => ({ from: index * 7, to: index * 7 + 5 }));
  for (let from = 0; from < 2100; from += 13) {
    const seen = { from, to: from + 40 };
    expect(within(many, seen)).toEqual(many.filter((range) => overlaps(range, seen)));
  }
});

test("keeps ranges inside the text", () => {
  expect(clamp({ from: 3, to: 99 }, 10)).toEqual({ from: 3, to: 10 });
  expect(clamp({ from: 30, to: 99 }, 10)).toEqual({ from: 10, to: 10 });
  expect(firstEndingBehind(ranges, 19)).toBe(2);
});

test("gives a place of no length something to underline", () => {
  expect(visible({ from: 4, to: 4 }, 10)).toEqual({ from: 3, to: 4 });
  expect(visible({ from: 0, to: 0 }, 10)).toEqual({ from: 0, to: 1 });
  expect(visible({ from: 0, to: 0 }, 0)).toEqual({ from: 0, to: 0 });
});
