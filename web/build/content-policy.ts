import type { Plugin } from "vite";
import { policy } from "./policy.ts";

/** Writes the policy of the public page. `connect-src 'self'` is for the one wasm file. */
export function contentPolicy(): Plugin {
  return {
    name: "fingerpost:content-policy",
    apply: "build",
    transformIndexHtml: () => [
      {
        tag: "meta",
        attrs: {
          "http-equiv": "Content-Security-Policy",
          content: policy({ script: "'self'", style: "'self'", connect: "'self'" }),
        },
        injectTo: "head-prepend",
      },
    ],
  };
}
