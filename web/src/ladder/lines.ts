/** What a ladder shows, line by line: its rows, and behind them what is missing. Knows no SIP: all was decided before. */
import type { Lane, Missing, Row } from "../wasm/traces.ts";

export type Line = { kind: "row"; index: number; row: Row } | { kind: "missing"; index: number; missing: Missing };

/** The lines of the rows that are shown, each followed by what should have come next. */
export function linesOf(rows: readonly Row[], missing: readonly Missing[], isShown: (index: number) => boolean): Line[] {
  const lines: Line[] = [];
  let next = 0;
  rows.forEach((row, index) => {
    const isSeen = isShown(index);
    if (isSeen) lines.push({ kind: "row", index, row });
    for (let piece = missing[next]; piece?.after === index; piece = missing[++next]) {
      if (isSeen) lines.push({ kind: "missing", index, missing: piece });
    }
  });
  return lines;
}

/** A line as a sentence, for those who listen. */
export function sentence(line: Line, lanes: readonly Lane[]): string {
  const name = (lane: number): string => lanes[lane]?.name ?? "unknown";
  if (line.kind === "missing") {
    const { what, from, to } = line.missing;
    return `Missing: ${what}, from ${name(from)} to ${name(to)}`;
  }
  const { row, index } = line;
  const parts = [`${index + 1}. ${row.label} ${row.detail}`.trim(), `${name(row.from)} to ${name(row.to)}`, note(row)];
  return parts.filter(Boolean).join(", ");
}

/** `at 1.204 s, 12 ms after its request, repeats 3`. */
export function note(row: Row): string {
  const parts = [
    row.time === null ? "" : `at ${seconds(row.time)}`,
    row.took === null ? "" : `${span(row.took)} after its request`,
    row.repeats === null ? "" : `repeats ${row.repeats + 1}`,
  ];
  return parts.filter(Boolean).join(", ");
}

/** `1.204 s` of microseconds. */
export function seconds(microseconds: number): string {
  return `${(microseconds / 1_000_000).toFixed(3)} s`;
}

/** `12 ms`, `3.5 s`: how long something took. */
export function span(microseconds: number): string {
  if (microseconds < 1000) return `${(microseconds / 1000).toFixed(1)} ms`;
  if (microseconds < 1_000_000) return `${Math.round(microseconds / 1000)} ms`;
  return `${(microseconds / 1_000_000).toFixed(1)} s`;
}

/** What stands on an arrow of so many pixels: all of it, or its beginning. */
export function fitting(text: string, pixels: number): string {
  const letters = Math.max(3, Math.floor(pixels / 7));
  return text.length <= letters ? text : `${text.slice(0, letters - 1)}…`;
}
