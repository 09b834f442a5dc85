import { expect, test } from "vitest";
import { ago, clock, exact, later, shortly } from "./times.ts";

const time = "2026-11-22T13:02:11.204Z";
const after = (seconds: number): string => ago(time, Date.parse(time) + seconds * 1000);

test("says how long ago something was, in its coarsest whole unit", () => {
  expect(after(1.9)).toBe("just now");
  expect(after(12.9)).toBe("12 s ago");
  expect(after(60)).toBe("1 min ago");
  expect(after(3599)).toBe("59 min ago");
  expect(after(2 * 3600)).toBe("2 h ago");
  expect(after(3 * 86_400)).toBe("3 d ago");
});

test("a clock that is a little ahead does not make the future", () => {
  expect(after(-3)).toBe("just now");
});

test("says the day of what is long ago", () => {
  expect(after(30 * 86_400)).toMatch(/^2026-11-2\d$/);
});

test("says the exact time with its milliseconds", () => {
  expect(clock(time)).toMatch(/^\d\d:\d\d:11\.204$/);
  expect(exact(time)).toMatch(/^2026-11-2\d \d\d:\d\d:11\.204$/);
});

test("says spans", () => {
  const from = (span: number): string => later(time, new Date(Date.parse(time) + span).toISOString());
  expect([0, 1, 999, 3500, 120_000].map(from)).toEqual(["+0 ms", "+1 ms", "+999 ms", "+3.5 s", "+2 min"]);
  expect(from(-5)).toBe("+0 ms");
  expect([0, 999, 1000, 3200].map(shortly)).toEqual(["now", "now", "in 1 s", "in 4 s"]);
});
