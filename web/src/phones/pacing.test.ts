import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { paced } from "./pacing.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function counted(takes: number): { ask: () => void; done: () => number } {
  let count = 0;
  const ask = paced(async () => {
    await new Promise((resolve) => setTimeout(resolve, takes));
    count++;
  });
  return { ask, done: () => count };
}

test("the first is done at once, and what is asked meanwhile is done once more", async () => {
  const { ask, done } = counted(0);
  ask();
  ask();
  await vi.advanceTimersByTimeAsync(1);
  expect(done()).toBe(1);
  for (let call = 0; call < 50; call++) ask();
  await vi.advanceTimersByTimeAsync(200);
  expect(done()).toBe(1);
  await vi.advanceTimersByTimeAsync(100);
  expect(done()).toBe(2);
  await vi.advanceTimersByTimeAsync(5000);
  expect(done()).toBe(2);
});

test("long work is done less often", async () => {
  const { ask, done } = counted(500);
  const asking = setInterval(ask, 10);
  await vi.advanceTimersByTimeAsync(8000);
  clearInterval(asking);
  expect(done()).toBe(4);
});

test("work that fails does not end it", async () => {
  let count = 0;
  const ask = paced(() => {
    count++;
    return Promise.reject(new Error("no"));
  });
  ask();
  await vi.advanceTimersByTimeAsync(300);
  ask();
  await vi.advanceTimersByTimeAsync(300);
  expect(count).toBe(2);
});
