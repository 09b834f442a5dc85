import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vitest/config";
import { adoptStyles } from "./build/adopt-styles.ts";
import { contentPolicy } from "./build/content-policy.ts";
import { oneFile } from "./build/one-file.ts";
import { wasmByHand } from "./build/wasm-by-hand.ts";

/** `--mode single` makes one HTML file that needs nothing beside it. */
export default defineConfig(({ mode }) => {
  const single = mode === "single";
  return {
    base: "./",
    plugins: [svelte(), wasmByHand(), adoptStyles(), single ? oneFile() : contentPolicy()],
    worker: { format: "es", plugins: () => [wasmByHand()] },
    resolve: single ? { alias: [{ find: "./worker-host.ts", replacement: "./worker-host.single.ts" }] } : {},
    build: {
      target: "es2022",
      outDir: single ? "dist-single" : "dist",
      assetsInlineLimit: single ? Number.MAX_SAFE_INTEGER : 0,
      modulePreload: { polyfill: false },
      reportCompressedSize: !single,
    },
    preview: { strictPort: true },
    test: { include: ["src/**/*.test.ts", "tests/source/*.test.ts"] },
  };
});
