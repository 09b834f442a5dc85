import { expect, test } from "vitest";
import { drawn, rowAfter, topShowing } from "./window.ts";

const sight = { rows: 10_000, rowHeight: 32, top: 0, height: 640 };

test("draws what is seen and a little more", () => {
  expect(drawn(sight)).toEqual({ from: 0, to: 33 });
  expect(drawn({ ...sight, top: 3200 })).toEqual({ from: 88, to: 133 });
});

test("whatever is seen is drawn, and never many more", () => {
  for (let top = 0; top <= 10_000 * 32 - 640; top += 997) {
    const { from, to } = drawn({ ...sight, top });
    expect(from * 32).toBeLessThanOrEqual(top);
    expect(to * 32).toBeGreaterThanOrEqual(top + 640);
    expect(to - from).toBeLessThan(50);
  }
});

test("a list that became shorter than it is scrolled still shows its end", () => {
  expect(drawn({ ...sight, rows: 5, top: 9000 })).toEqual({ from: 0, to: 5 });
  expect(drawn({ ...sight, rows: 0 })).toEqual({ from: 0, to: 0 });
});

test("scrolls just far enough", () => {
  expect(topShowing(3, sight)).toBe(0);
  expect(topShowing(25, sight)).toBe(26 * 32 - 640);
  expect(topShowing(3, { ...sight, top: 960 })).toBe(96);
});

test("keys walk and stay inside", () => {
  expect(rowAfter("ArrowDown", -1, 9, 4)).toBe(0);
  expect(rowAfter("ArrowUp", -1, 9, 4)).toBe(0);
  expect(rowAfter("PageDown", 6, 9, 4)).toBe(8);
  expect(rowAfter("End", 0, 9, 4)).toBe(8);
  expect(rowAfter("Home", 5, 9, 4)).toBe(0);
  expect(rowAfter("x", 5, 9, 4)).toBeNull();
  expect(rowAfter("ArrowDown", -1, 0, 4)).toBeNull();
});
