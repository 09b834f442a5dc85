import { expect, test } from "vitest";
import { tabWindow } from "./tabs.ts";

test("all messages have a tab while they are few", () => {
  expect(tabWindow(60, 59)).toEqual({ before: 0, after: 0 });
});

test("of many, those around the active one", () => {
  expect(tabWindow(1000, 0)).toEqual({ before: 0, after: 940 });
  expect(tabWindow(1000, 500)).toEqual({ before: 470, after: 470 });
  expect(tabWindow(1000, 999)).toEqual({ before: 940, after: 0 });
});
