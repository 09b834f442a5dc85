import { fileURLToPath } from "node:url";
import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig, type Plugin } from "vite";
import { adoptStyles } from "./build/adopt-styles.ts";
import { wasmByHand } from "./build/wasm-by-hand.ts";

/** The pages that a running Fingerpost shows: in a browser, or with `--mode desktop` in its window. */
export default defineConfig(({ mode }) => {
  const isDesktop = mode === "desktop";
  return {
    base: "./",
    plugins: [svelte(), wasmByHand(), adoptStyles(), hosted(isDesktop ? "desktop" : "served"), asIndex()],
    worker: { format: "es", plugins: () => [wasmByHand()] },
    build: {
      target: "es2022",
      outDir: isDesktop ? "dist-desktop" : "dist-app",
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      rolldownOptions: { input: "app.html" },
    },
  };
});

/** Gives the pages their host, also those that are shared with the public one. */
function hosted(name: "served" | "desktop"): Plugin {
  const host = fileURLToPath(new URL(`src/host/${name}.ts`, import.meta.url));
  return {
    name: "fingerpost:hosted",
    enforce: "pre",
    resolveId: (source, importer) => {
      const isHost = source.endsWith("/backend/current.ts") || source.endsWith("/host/current.ts");
      const isBeside = source === "./current.ts" && importer?.includes("/src/host/");
      return isHost || isBeside ? host : null;
    },
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
