import { expect, test } from "vitest";
import { readTheme } from "./theme.ts";

test("takes up the theme that was chosen", () => {
  expect(readTheme("dark")).toBe("dark");
  expect(readTheme("light")).toBe("light");
});

test("follows the system when nothing, or nothing known, was remembered", () => {
  expect(readTheme(null)).toBe("system");
  expect(readTheme("sepia")).toBe("system");
});
