import { fileURLToPath } from "node:url";
import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig, type Plugin } from "vite";
import { adoptStyles } from "./build/adopt-styles.ts";
import { wasmByHand } from "./build/wasm-by-hand.ts";

/** The pages that a running Fingerpost shows, in a browser or in its window. */
export default defineConfig({
  base: "./",
  plugins: [svelte(), wasmByHand(), adoptStyles(), hosted(), asIndex()],
  build: {
    target: "es2022",
    outDir: "dist-app",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: { input: "app.html" },
  },
});

/** Gives the pages that are shared with the public one their host. */
function hosted(): Plugin {
  const current = fileURLToPath(new URL("src/host/current.ts", import.meta.url));
  return {
    name: "fingerpost:hosted",
    enforce: "pre",
    resolveId: (source) => (source.endsWith("/backend/current.ts") ? current : null),
  };
}

/** A server looks for `index.html`. */
function asIndex(): Plugin {
  return {
    name: "fingerpost:as-index",
    enforce: "post",
    generateBundle(_, bundle) {
      const page = bundle["app.html"];
      if (page?.type !== "asset") return this.error("app.html was not built");
      page.fileName = "index.html";
    },
  };
}
