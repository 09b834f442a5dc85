import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { type Extension, Prec } from "@codemirror/state";
import { drawSelection, EditorView, keymap, lineNumbers, placeholder } from "@codemirror/view";
import { dissection } from "./dissection.ts";
import { lineEnds } from "./line-ends.ts";
import { sight } from "./sight.ts";
import { theme } from "./theme.ts";

export interface Words {
  /** What the field is called. */
  label: string;
  /** What to do with it while it is empty. */
  hint: string;
  /** Line ends stay as they come, and are shown; else all are LF. */
  isRaw: boolean;
}

/** A field for text that wraps, undoes and shows its dissection. Tab leaves it: nothing traps the keyboard. */
export function setup({ label, hint, isRaw }: Words): Extension {
  return [
    sight,
    lineNumbers(),
    history(),
    isRaw ? lineEnds : [],
    drawSelection(),
    EditorView.lineWrapping,
    keymap.of([...defaultKeymap, ...historyKeymap]),
    placeholder(hint),
    EditorView.contentAttributes.of({ "aria-label": label, tabindex: "0", spellcheck: "false", autocapitalize: "off" }),
    dissection,
    Prec.highest(theme),
  ];
}
