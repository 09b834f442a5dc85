import { expect, test } from "vitest";
import { queue } from "./queue.ts";

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}

test("what comes before it is asked for is not lost, and comes in order", async () => {
  const coming = queue<number>(new AbortController().signal);
  for (const number of [1, 2, 3]) coming.put(number);
  coming.end();
  expect(await all(coming.items())).toEqual([1, 2, 3]);
});

test("whoever waits is woken by what comes, and by the end", async () => {
  const coming = queue<number>(new AbortController().signal);
  const found = all(coming.items());
  await Promise.resolve();
  coming.put(1);
  await Promise.resolve();
  coming.put(2);
  coming.end();
  expect(await found).toEqual([1, 2]);
});

test("an error comes after what came before it", async () => {
  const coming = queue<number>(new AbortController().signal);
  coming.put(1);
  coming.fail(new Error("broken"));
  const items = coming.items();
  expect((await items.next()).value).toBe(1);
  await expect(items.next()).rejects.toThrow("broken");
});

test("whoever has had enough waits no longer", async () => {
  const enough = new AbortController();
  const found = all(queue<number>(enough.signal).items());
  enough.abort();
  expect(await found).toEqual([]);
});
