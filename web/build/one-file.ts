import { createHash } from "node:crypto";
import type { Plugin } from "vite";
import { policy } from "./policy.ts";

const SCRIPT = /<script type="module"[^>]*src="[^"]*"[^>]*><\/script>\s*/;
const STYLE = /<link rel="stylesheet"[^>]*>\s*/;

/**
 * Makes one HTML file of the page: script, style and (in the script, as base64) wasm. The policy names both by their
 * hashes and forbids every connection.
 */
export function oneFile(): Plugin {
  return {
    name: "fingerpost:one-file",
    apply: "build",
    enforce: "post",
    config: () => ({ build: { cssCodeSplit: false, rolldownOptions: { output: { codeSplitting: false } } } }),
    generateBundle(_, bundle) {
      const files = Object.values(bundle);
      const page = files.find((file) => file.fileName === "index.html");
      const scripts = files.filter((file) => file.type === "chunk");
      const styles = files.filter((file) => file.type === "asset" && file.fileName.endsWith(".css"));
      const [script] = scripts;
      const [style] = styles;
      if (page?.type !== "asset" || !script || scripts.length > 1 || style?.type !== "asset" || styles.length > 1) {
        return this.error("one page, one script and one style sheet are needed to make one file");
      }
      page.source = assemble(String(page.source), script.code, String(style.source));
      for (const file of files) if (file !== page) delete bundle[file.fileName];
    },
  };
}

/** The script stands at the end: an inline module waits for the document anyway. */
function assemble(page: string, script: string, style: string): string {
  const code = script.replaceAll("</script", "<\\/script").trim();
  const sources = { script: hash(code), style: hash(style), connect: "'none'", worker: "blob:" };
  const meta = `<meta http-equiv="Content-Security-Policy" content="${policy(sources)}">`;
  return page
    .replace(SCRIPT, "")
    .replace(STYLE, () => `<style>${style}</style>`)
    .replace("<head>", () => `<head>\n    ${meta}`)
    .replace("</body>", () => `<script type="module">${code}</script>\n  </body>`);
}

function hash(text: string): string {
  return `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
}
