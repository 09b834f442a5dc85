/** What is shown about the text: handed in from outside, drawn where one looks. */
import { StateEffect } from "@codemirror/state";
import { Decoration, type DecorationSet, ViewPlugin, type ViewUpdate } from "@codemirror/view";
import type { Message, Token } from "../wasm/index.ts";
import type { Range } from "./position.ts";
import { drawn } from "./drawn.ts";
import { inSight, isBeyond } from "./sight.ts";

/** A message that may find the tokens of a part without making all of them. */
export interface Dissected extends Message {
  readonly tokensWithin?: (part: Range) => readonly Token[];
}

export interface Dissection {
  messages: readonly Dissected[];
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
      if (fresh || ((update.viewportChanged || isBeyond(update)) && !this.#isStale)) {
        this.decorations = drawn(update.state.doc, inSight(update), this.#shown);
      }
    }
  },
  { decorations: (plugin) => plugin.decorations },
);

function newest(update: ViewUpdate): Dissection | null {
  const effects = update.transactions.flatMap((transaction) => transaction.effects);
  return effects.findLast((effect) => effect.is(dissect))?.value ?? null;
}
