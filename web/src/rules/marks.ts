/** Underlines places of a text: handed in from outside, moved with the text until others are handed in. */
import { StateEffect, StateField } from "@codemirror/state";
import { Decoration, type DecorationSet, EditorView } from "@codemirror/view";
import { type Range, visible } from "../editor/position.ts";

export type Mark = Range & { kind: "error" | "warning" };

export const mark = StateEffect.define<readonly Mark[]>();

export const marks = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(drawn, transaction) {
    const fresh = transaction.effects.findLast((effect) => effect.is(mark));
    if (!fresh) return drawn.map(transaction.changes);
    const { length } = transaction.state.doc;
    const lines = fresh.value.map((one) => ({ ...visible(one, length), kind: one.kind })).filter(({ from, to }) => from < to);
    return Decoration.set(
      lines.map(({ from, to, kind }) => Decoration.mark({ class: `f-${kind}` }).range(from, to)),
      true,
    );
  },
  provide: (field) => EditorView.decorations.from(field),
});
