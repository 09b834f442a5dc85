import type { Plugin } from "vite";

const NEEDLE = /new URL\(["'][^"']*_bg\.wasm["'], import\.meta\.url\)/;

/**
 * The page hands the wasm file to `init()` itself (`src/wasm/index.ts`). Without the package's own way to find it, the
 * file is built in once, also where it is inlined.
 */
export function wasmByHand(): Plugin {
  return {
    name: "fingerpost:wasm-by-hand",
    enforce: "pre",
    transform(code, id) {
      if (!/\/src\/wasm\/pkg(-traces|-compose|-rules)?\//.test(id)) return null;
      return { code: code.replace(NEEDLE, "undefined"), map: null };
    },
  };
}
