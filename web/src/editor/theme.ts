import { EditorView } from "@codemirror/view";

const TELLING = ["method", "status-code"];
const NAMES = ["header-name", "sdp-type"];
const ASIDE = ["version", "protocol", "transport", "param-name", "comment", "separator", "boundary"];
const WRONG = ["malformed"];

/** The classes of the kinds of tokens that look like something; the others are plain text. Those that stand back are one. */
export const LOOKS: ReadonlyMap<string, string> = new Map([
  ...[...TELLING, ...NAMES, ...WRONG].map((kind) => [kind, `t-${kind}`] as const),
  ...ASIDE.map((kind) => [kind, "t-aside"] as const),
]);

const of = (kinds: readonly string[]): string => kinds.map((kind) => `.t-${kind}`).join(", ");

/** The looks of the text, from the tokens alone: both colour schemes come from them. */
export const theme = EditorView.theme({
  "&": { height: "100%", color: "var(--text)", backgroundColor: "var(--surface)", fontSize: "var(--t1)" },
  "&.cm-focused": { outline: "2px solid var(--accent)", outlineOffset: "-2px" },
  ".cm-scroller": { fontFamily: "var(--mono)", lineHeight: "20px" },
  ".cm-content": { padding: "var(--s2) 0", caretColor: "var(--text)" },
  ".cm-line": { padding: "0 var(--s3) 0 var(--s2)" },
  ".cm-gutters": { backgroundColor: "var(--surface)", color: "var(--muted)", border: "0", fontSize: "var(--t0)" },
  ".cm-lineNumbers .cm-gutterElement": { padding: "0 var(--s1) 0 var(--s2)", minWidth: "28px" },
  ".cm-placeholder": { color: "var(--muted)" },
  ".cm-cursor": { borderLeftColor: "var(--text)", borderLeftWidth: "2px" },
  ".cm-selectionBackground, &.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground": {
    backgroundColor: "var(--select)",
  },

  ".cm-prose": { color: "var(--muted)" },
  ".cm-ours": { boxShadow: "inset 2px 0 var(--accent)" },
  ".cm-marked": { backgroundColor: "var(--accent-weak)", boxShadow: "0 1px var(--accent)" },

  [of(TELLING)]: { color: "var(--accent)", fontWeight: "600" },
  [of(NAMES)]: { color: "var(--note)" },
  ".t-aside": { color: "var(--muted)" },
  [of(WRONG)]: { color: "var(--error)" },

  ".cm-mark::after": { content: "attr(data-sign)", fontSize: "8px", userSelect: "none", margin: "0 2px", verticalAlign: "1px" },
  ".cm-mark-usual::after": { color: "var(--muted)", opacity: "0.6" },
  ".cm-mark-odd::after": { color: "var(--warn)", fontWeight: "700", border: "1px solid", borderRadius: "2px", padding: "0 1px" },

  ".f-error, .f-warning, .f-note": {
    textDecoration: "underline wavy 1px",
    textUnderlineOffset: "3px",
    textDecorationSkipInk: "none",
  },
  ".f-error": { textDecorationColor: "var(--error)" },
  ".f-warning": { textDecorationColor: "var(--warn)" },
  ".f-note": { textDecorationStyle: "dotted", textDecorationColor: "var(--note)" },
});
