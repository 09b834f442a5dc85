import { RangeSetBuilder, type Text } from "@codemirror/state";
import { Decoration, type DecorationSet } from "@codemirror/view";
import type { Finding, Message, Severity, Token } from "../wasm/index.ts";
import { isRepair } from "../inspect/repairs.ts";
import type { Dissected, Dissection } from "./dissection.ts";
import { clamp, firstEndingBehind, overlaps, type Range, visible, within } from "./position.ts";
import { LOOKS } from "./theme.ts";

interface Drawing extends Range {
  /** Lines first, then from the weakest to the strongest. */
  layer: number;
  decoration: Decoration;
}

/** What of the dissection can be seen. */
export function drawn(doc: Text, seen: readonly Range[], shown: Dissection): DecorationSet {
  const drawings = seen.flatMap((part) => [
    ...lines(doc, part, shown),
    ...within(shown.messages, part).flatMap((message) => pieces(message, part, doc.length)),
    ...mark(part, shown.marked, doc.length),
  ]);
  return assembled(drawings);
}

const PROSE = Decoration.line({ class: "cm-prose" });
const OURS = Decoration.line({ class: "cm-ours" });

/** Lines outside of every message stand back; those of the active one have an edge. */
function lines(doc: Text, part: Range, { messages, active }: Dissection): Drawing[] {
  const found: Drawing[] = [];
  for (let at = part.from; at <= part.to; ) {
    const line = doc.lineAt(at);
    const owner = owning(messages, line);
    const decoration = owner < 0 ? PROSE : owner === active ? OURS : null;
    if (decoration) found.push({ from: line.from, to: line.from, layer: 0, decoration });
    at = line.to + 1;
  }
  return found;
}

/** The index of the message that has something in this line; -1 where none has. */
function owning(messages: readonly Message[], line: Range): number {
  const index = firstEndingBehind(messages, line.from);
  const owner = messages[index];
  return owner && owner.from <= line.to ? index : -1;
}

function pieces(message: Dissected, part: Range, length: number): Drawing[] {
  return [
    ...pieced(tokens(message, part)).flatMap((piece) => inside(piece, length, 2, looks(piece.look))),
    ...message.findings.filter(isJudgement).flatMap((finding) => underline(finding, part, length)),
  ];
}

const looking = new WeakMap<Message, readonly Token[]>();

/** Those of its tokens that can be seen. Kept where they are many: a long message is drawn piece by piece. */
function tokens(message: Dissected, part: Range): readonly Token[] {
  if (message.tokensWithin) return message.tokensWithin(part).filter(isLooking);
  const known = looking.get(message) ?? message.tokens.filter(isLooking);
  looking.set(message, known);
  return within(known, part);
}

function isLooking(token: Token): boolean {
  return !token.isGroup && LOOKS.has(token.kind);
}

interface Piece extends Range {
  look: string;
}

/** Tokens that look the same and touch are one piece: the fewer there are, the sooner they are laid out. */
export function pieced(tokens: readonly Token[]): Piece[] {
  const pieces: Piece[] = [];
  for (const { kind, from, to } of tokens) {
    const look = LOOKS.get(kind) ?? "";
    const last = pieces.at(-1);
    if (last?.look === look && last.to === from) last.to = to;
    else pieces.push({ look, from, to });
  }
  return pieces;
}

/** Lines that were joined are as they should be: they are listed, not underlined. */
function isJudgement(finding: Finding): boolean {
  return !isRepair(finding);
}

const WEIGHT: Record<Severity, number> = { note: 3, warning: 4, error: 5 };

function underline(finding: Finding, part: Range, length: number): Drawing[] {
  const range = visible(finding, length);
  return overlaps(range, part) ? inside(range, length, WEIGHT[finding.severity], looks(`f-${finding.severity}`)) : [];
}

function mark(part: Range, marked: Range | null, length: number): Drawing[] {
  return marked && overlaps(marked, part) ? inside(marked, length, 1, MARKED) : [];
}

const MARKED = Decoration.mark({ class: "cm-marked" });
const known = new Map<string, Decoration>();

function looks(name: string): Decoration {
  const decoration = known.get(name) ?? Decoration.mark({ class: name });
  known.set(name, decoration);
  return decoration;
}

function inside(range: Range, length: number, layer: number, decoration: Decoration): Drawing[] {
  const { from, to } = clamp(range, length);
  return from < to ? [{ from, to, layer, decoration }] : [];
}

function assembled(drawings: Drawing[]): DecorationSet {
  const builder = new RangeSetBuilder<Decoration>();
  drawings.sort((one, other) => one.from - other.from || one.layer - other.layer);
  for (const { from, to, decoration } of drawings) builder.add(from, to, decoration);
  return builder.finish();
}
