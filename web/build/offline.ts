import { createHash } from "node:crypto";
import type { Plugin } from "vite";

const WORKER = "offline.js";

/** Tells the service worker which files the page is made of, and gives them a version. */
export function offline(): Plugin {
  return {
    name: "fingerpost:offline",
    apply: "build",
    enforce: "post",
    config: () => ({
      build: {
        rolldownOptions: {
          input: { index: "index.html", offline: "src/offline/service-worker.ts" },
          output: { entryFileNames: ({ name }) => (name === "offline" ? WORKER : "assets/[name]-[hash].js") },
        },
      },
    }),
    generateBundle(_, bundle) {
      const worker = bundle[WORKER];
      if (worker?.type !== "chunk") return this.error("the service worker was not built");
      const files = Object.values(bundle).filter((file) => file !== worker);
      const version = createHash("sha256");
      for (const file of files) version.update(file.fileName).update(file.type === "chunk" ? file.code : file.source);
      const names = ["./", ...files.map((file) => `./${file.fileName}`)];
      worker.code = `const FILES = ${JSON.stringify(names)}, VERSION = "${version.digest("hex").slice(0, 16)}";\n${worker.code}`;
    },
  };
}
