import { expect, test } from "vitest";
import { tabWindow } from "./tabs.ts";

test("all messages have a tab while they are few", () => {
  expect(tabWindow(30, 29)).toEqual({ before: 0, after: 0 });
});

test("of many, those around the active one", () => {
  expect(tabWindow(1000, 0)).toEqual({ before: 0, after: 970 });
  expect(tabWindow(1000, 500)).toEqual({ before: 485, after: 485 });
  expect(tabWindow(1000, 999)).toEqual({ before: 970, after: 0 });
});
