/** What of the text is drawn first: after a paste what one sees of it, and what lies beyond with a later frame. Laying
 *  out lines that nobody sees yet would keep everything else waiting. */
import { StateEffect } from "@codemirror/state";
import { type EditorView, ViewPlugin, type ViewUpdate } from "@codemirror/view";
import type { Range } from "./position.ts";

/** Behind the frame that shows the rest, in milliseconds. */
const SHORTLY = 60;

const beyond = StateEffect.define<null>();

/** What lies beyond is to be drawn now. */
export function isBeyond({ transactions }: ViewUpdate): boolean {
  return transactions.some(({ effects }) => effects.some((effect) => effect.is(beyond)));
}

/** What is to be drawn with this update. */
export function inSight({ view }: ViewUpdate): readonly Range[] {
  const lines = view.plugin(sight)?.lines ?? null;
  return lines === null ? view.visibleRanges : aroundCaret(view, lines);
}

/** So many lines before the caret and behind it: a paste brings the caret into sight. */
function aroundCaret({ state: { doc, selection }, visibleRanges }: EditorView, lines: number): readonly Range[] {
  const caret = doc.lineAt(selection.main.head).number;
  const from = doc.line(Math.max(1, caret - lines)).from;
  const to = doc.line(Math.min(doc.lines, caret + lines)).to;
  const cut = visibleRanges.map((part) => ({ from: Math.max(part.from, from), to: Math.min(part.to, to) }));
  return cut.filter((part) => part.from <= part.to);
}

/** Stands before what asks it. */
export const sight = ViewPlugin.fromClass(
  class {
    /** How many lines are drawn around the caret; null where all is drawn. */
    lines: number | null = null;
    #seen = 0;
    #frame = 0;
    #timer: ReturnType<typeof setTimeout> | undefined;

    constructor(readonly view: EditorView) {
      this.#measure();
    }

    update(update: ViewUpdate): void {
      if (update.geometryChanged) this.#measure();
      if (update.docChanged) this.#wait(update.transactions.some((transaction) => transaction.isUserEvent("input.paste")));
      if (isBeyond(update)) this.lines = null;
    }

    destroy(): void {
      cancelAnimationFrame(this.#frame);
      clearTimeout(this.#timer);
    }

    /** Where the browser has laid out anyway. */
    #measure(): void {
      this.view.requestMeasure({ key: this, read: (view) => (this.#seen = Math.ceil(view.scrollDOM.clientHeight / view.defaultLineHeight)) });
    }

    /** Until a frame with the rest was shown. */
    #wait(isPasted: boolean): void {
      this.destroy();
      this.lines = isPasted && this.#seen > 0 ? this.#seen + 4 : null;
      if (this.lines === null) return;
      this.#frame = requestAnimationFrame(() => {
        this.#timer = setTimeout(() => this.view.dispatch({ effects: beyond.of(null) }), SHORTLY);
      });
    }
  },
);
