import { expect, test } from "vitest";
import { pageOf } from "./route.ts";

test("the fragment names the page", () => {
  expect(pageOf("#/compose")).toBe("compose");
  expect(pageOf("#/inspect")).toBe("inspect");
});

test("anything else is the inspector", () => {
  expect(pageOf("")).toBe("inspect");
  expect(pageOf("#/nothing")).toBe("inspect");
});
