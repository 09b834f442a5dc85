import { expect, test, vi } from "vitest";
import { eagerly } from "./pace.ts";

test("quick work is done at once, and of what comes while slow work rests only the newest, later", () => {
  vi.useFakeTimers();
  const done: string[] = [];
  const work = (name: string, took = 0) => (): void => {
    done.push(name);
    vi.setSystemTime(performance.timeOrigin + performance.now());
    vi.advanceTimersByTime(took);
  };
  const eager = eagerly();
  expect([eager(work("a")), eager(work("b", 20))]).toEqual([true, true]);
  expect([eager(work("c")), eager(work("d"))]).toEqual([false, false]);
  expect(done).toEqual(["a", "b"]);
  vi.advanceTimersByTime(39);
  expect(done).toEqual(["a", "b"]);
  vi.advanceTimersByTime(1);
  expect(done).toEqual(["a", "b", "d"]);
  expect(eager(work("e"))).toBe(true);
  vi.useRealTimers();
});
