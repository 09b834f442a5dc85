import { defineConfig } from "@playwright/test";
import page from "../playwright.config.ts";

/** Measures; judges nothing. `cargo xtask bench page` serves what is measured and makes the table. */
export default defineConfig({
  testDir: ".",
  testMatch: "*.bench.ts",
  outputDir: "../test-results/bench",
  workers: 1,
  timeout: 600_000,
  expect: { timeout: 300_000 },
  reporter: [["list"]],
  use: {
    viewport: { width: 1240, height: 760 },
    permissions: ["clipboard-read", "clipboard-write"],
    ...(page.use?.launchOptions && { launchOptions: page.use.launchOptions }),
  },
});
