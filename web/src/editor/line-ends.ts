/** Line ends as they are: CR stays in the text, shown as a mark, and so do other characters that cannot be seen. */
import { EditorSelection, EditorState, type Extension, Prec, RangeSetBuilder, type SelectionRange, type Text, type Transaction, type TransactionSpec } from "@codemirror/state";
import { Decoration, type DecorationSet, EditorView, keymap, ViewPlugin, type ViewUpdate, WidgetType } from "@codemirror/view";
import type { Range } from "./position.ts";
import { inSight, isBeyond } from "./sight.ts";

/** Drawn by a style sheet: it is neither copied nor read out. */
class Mark extends WidgetType {
  constructor(
    readonly sign: string,
    readonly tone: "usual" | "odd",
  ) {
    super();
  }

  override eq(other: Mark): boolean {
    return other.sign === this.sign && other.tone === this.tone;
  }

  override toDOM(): HTMLElement {
    const mark = document.createElement("span");
    mark.className = `cm-mark cm-mark-${this.tone}`;
    mark.dataset["sign"] = this.sign;
    mark.title = this.sign === LONE_LF ? "LF without CR, in a text that has CR elsewhere" : "control character";
    return mark;
  }
}

/** Words, because few fonts have the pictures of control characters. */
const NAMES: Record<string, string> = { "\r": "CR", "\0": "NUL", "\u007f": "DEL" };
const LONE_LF = "LF";
const UNSEEN = /[\u0000-\u0008\u000b-\u001f\u007f]/g;

/** The sign that stands for a control character: its name, or its code. */
export function signOf(character: string): string {
  return NAMES[character] ?? `x${character.charCodeAt(0).toString(16).padStart(2, "0")}`;
}

/** What in the lines of `part` cannot be seen: where it stands, how long it is, and how it is shown. */
export function unseen(doc: Text, part: { from: number; to: number }, hasCr: boolean): { from: number; to: number; sign: string; isOdd: boolean }[] {
  const found: { from: number; to: number; sign: string; isOdd: boolean }[] = [];
  for (let at = part.from; at <= part.to; ) {
    const line = doc.lineAt(at);
    const isLast = line.number === doc.lines;
    for (const { 0: character, index } of line.text.matchAll(UNSEEN)) {
      const isEnd = character === "\r" && !isLast && index === line.length - 1;
      found.push({ from: line.from + index, to: line.from + index + 1, sign: signOf(character), isOdd: !isEnd });
    }
    if (hasCr && !isLast && !line.text.endsWith("\r")) found.push({ from: line.to, to: line.to, sign: LONE_LF, isOdd: true });
    at = line.to + 1;
  }
  return found;
}

function holdsCr(doc: Text): boolean {
  for (const chunk of doc.iter()) if (chunk.includes("\r")) return true;
  return false;
}

const PAIR = Decoration.mark({});

const marks = ViewPlugin.fromClass(
  class {
    decorations: DecorationSet;
    /** Line ends of two characters: a step to the side passes both. */
    ends: DecorationSet;
    #hasCr: boolean;

    constructor(view: EditorView) {
      this.#hasCr = holdsCr(view.state.doc);
      this.decorations = this.#draw(view.state.doc, view.visibleRanges);
      this.ends = this.#pairs(view);
    }

    update(update: ViewUpdate): void {
      if (update.docChanged) this.#hasCr = holdsCr(update.state.doc);
      if (!update.docChanged && !update.viewportChanged && !isBeyond(update)) return;
      this.decorations = this.#draw(update.state.doc, inSight(update));
      this.ends = this.#pairs(update.view);
    }

    #pairs(view: EditorView): DecorationSet {
      const { doc } = view.state;
      const pairs = new RangeSetBuilder<Decoration>();
      for (const part of view.visibleRanges) {
        for (let line = doc.lineAt(part.from); ; line = doc.line(line.number + 1)) {
          if (line.text.endsWith("\r") && line.number < doc.lines) pairs.add(line.to - 1, line.to + 1, PAIR);
          if (line.to >= part.to || line.number === doc.lines) break;
        }
      }
      return pairs.finish();
    }

    #draw(doc: Text, parts: readonly Range[]): DecorationSet {
      const builder = new RangeSetBuilder<Decoration>();
      for (const part of parts) {
        for (const { from, to, sign, isOdd } of unseen(doc, part, this.#hasCr)) {
          const widget = new Mark(sign, isOdd ? "odd" : "usual");
          builder.add(from, to, from === to ? Decoration.widget({ widget, side: 1 }) : Decoration.replace({ widget }));
        }
      }
      return builder.finish();
    }
  },
  {
    decorations: (plugin) => plugin.decorations,
    provide: (plugin) => EditorView.atomicRanges.of((view) => view.plugin(plugin)?.ends ?? Decoration.none),
  },
);

/** Whether `at` lies between a CR and its LF. */
function isWithin(doc: Text, at: number): boolean {
  return at > 0 && at < doc.length && doc.sliceString(at - 1, at + 1) === "\r\n";
}

/** The caret stands before a line end or behind it, never within. */
function apart(transaction: Transaction): TransactionSpec | readonly TransactionSpec[] {
  const { newDoc, newSelection } = transaction;
  const wrong = (range: SelectionRange): boolean => isWithin(newDoc, range.anchor) || isWithin(newDoc, range.head);
  if (!newSelection.ranges.some(wrong)) return transaction;
  const put = (at: number): number => (isWithin(newDoc, at) ? at - 1 : at);
  const ranges = newSelection.ranges.map((range) => EditorSelection.range(put(range.anchor), put(range.head)));
  return [transaction, { selection: EditorSelection.create(ranges, newSelection.mainIndex), sequential: true }];
}

/** A line that ends in CR LF is broken into lines that do. */
function newline(view: EditorView): boolean {
  const { state } = view;
  const line = state.doc.lineAt(state.selection.main.head);
  const before = line.number > 1 ? state.doc.line(line.number - 1) : line;
  if (!line.text.endsWith("\r") && !before.text.endsWith("\r")) return false;
  view.dispatch(state.replaceSelection("\r\n"), { scrollIntoView: true, userEvent: "input" });
  return true;
}

/** Backspace and Delete take a line end as one. */
function remove(step: 1 | -1) {
  return (view: EditorView): boolean => {
    const { main } = view.state.selection;
    if (!main.empty) return false;
    const [from, to] = step > 0 ? [main.head, main.head + 2] : [main.head - 2, main.head];
    if (from < 0 || view.state.sliceDoc(from, to) !== "\r\n") return false;
    view.dispatch({ changes: { from, to }, userEvent: step > 0 ? "delete.forward" : "delete.backward" });
    return true;
  };
}

export const lineEnds: Extension = [
  EditorState.lineSeparator.of("\n"),
  EditorState.transactionFilter.of(apart),
  marks,
  Prec.high(
    keymap.of([
      { key: "Enter", run: newline },
      { key: "Backspace", run: remove(-1) },
      { key: "Delete", run: remove(1) },
    ]),
  ),
];
