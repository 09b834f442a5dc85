import { defineConfig } from "@playwright/test";
import page from "../../playwright.config.ts";

/**
 * The pages that the real `fingerpost serve --http` shows, with simulated phones on the loopback card. Before it:
 * `npm run build:app`, then `cargo build -p fingerpost`. `FINGERPOST_BIN` names another binary than `target/debug`'s.
 */
export default defineConfig({
  testDir: ".",
  outputDir: "../../test-results/app",
  fullyParallel: true,
  workers: 2,
  forbidOnly: true,
  // A slow machine is no failure.
  timeout: 180_000,
  expect: { timeout: 20_000 },
  reporter: [["list"]],
  use: {
    viewport: { width: 1240, height: 760 },
    permissions: ["clipboard-read", "clipboard-write"],
    ...(page.use?.launchOptions && { launchOptions: page.use.launchOptions }),
  },
});
