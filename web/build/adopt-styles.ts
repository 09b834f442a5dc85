import type { Plugin } from "vite";

const NEEDLE = "!root.head && root.adoptedStyleSheets";

/**
 * CodeMirror writes its styles into a `<style>` element, which would need `style-src 'unsafe-inline'`. In a shadow root
 * it adopts a style sheet object instead, and no policy stands against that: let it do so in the document, too.
 */
export function adoptStyles(): Plugin {
  return {
    name: "fingerpost:adopt-styles",
    apply: "build",
    transform(code, id) {
      if (!/\/style-mod\/.*\.js$/.test(id)) return null;
      if (!code.includes(NEEDLE)) this.error("style-mod has changed: its choice of adopted style sheets is gone");
      return { code: code.replace(NEEDLE, "root.adoptedStyleSheets"), map: null };
    },
  };
}
