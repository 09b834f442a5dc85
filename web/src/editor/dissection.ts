/** What is shown about the text: handed in from outside, drawn where one looks. */
import { StateEffect } from "@codemirror/state";
import { Decoration, type DecorationSet, ViewPlugin, type ViewUpdate } from "@codemirror/view";
import type { Message } from "../wasm/index.ts";
import type { Range } from "./position.ts";
import { drawn } from "./drawn.ts";

export interface Dissection {
  messages: readonly Message[];
  /** The message that the panels beside the text speak of. */
  active: number;
  /** The piece that is chosen in the tree. */
  marked: Range | null;
}

export const dissect = StateEffect.define<Dissection>();

/** Draws only what can be seen; between an edit and the next dissection what was drawn moves with the text. */
export const dissection = ViewPlugin.fromClass(
  class {
    decorations: DecorationSet = Decoration.none;
    #shown: Dissection = { messages: [], active: 0, marked: null };
    #isStale = false;

    update(update: ViewUpdate): void {
      if (update.docChanged) {
        this.decorations = this.decorations.map(update.changes);
        this.#isStale = true;
      }
      const fresh = newest(update);
      if (fresh) {
        this.#shown = fresh;
        this.#isStale = false;
      }
      if (fresh || (update.viewportChanged && !this.#isStale)) {
        this.decorations = drawn(update.state.doc, update.view.visibleRanges, this.#shown);
      }
    }
  },
  { decorations: (plugin) => plugin.decorations },
);

function newest(update: ViewUpdate): Dissection | null {
  const effects = update.transactions.flatMap((transaction) => transaction.effects);
  return effects.findLast((effect) => effect.is(dissect))?.value ?? null;
}
