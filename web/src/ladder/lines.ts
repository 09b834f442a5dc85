/** What a ladder shows, line by line: its rows, and behind them what is missing. Knows no SIP: all was decided before. */
import type { Rows } from "../trace/rows.ts";
import type { Lane, Missing, Row } from "../wasm/traces.ts";

export type Line = { kind: "row"; index: number; row: Row } | { kind: "missing"; index: number; missing: Missing };

type LadderRows = Pick<Rows, "length" | "at" | "from" | "to">;

/** The lines of the rows that are shown, each followed by what should have come next. A line is made where one looks:
 *  here stands only what it shows, a row by its place, and a missing piece by its own, counted down from -1. */
export class Lines {
  readonly #rows: LadderRows;
  readonly #missing: readonly Missing[];
  readonly #shown: Int32Array;

  constructor(rows: LadderRows, missing: readonly Missing[], isShown: (index: number) => boolean) {
    this.#rows = rows;
    this.#missing = missing;
    this.#shown = new Int32Array(shownOf(rows.length, missing, isShown));
  }

  get length(): number {
    return this.#shown.length;
  }

  at(place: number): Line | undefined {
    const shown = this.#shown[place];
    if (shown === undefined) return undefined;
    if (shown < 0) {
      const missing = this.#missing[-1 - shown];
      return missing && { kind: "missing", index: missing.after, missing };
    }
    const row = this.#rows.at(shown);
    return row && { kind: "row", index: shown, row };
  }

  slice(from: number, to: number): Line[] {
    const places = Array.from({ length: Math.max(0, Math.min(to, this.length) - from) }, (_, offset) => from + offset);
    return places.flatMap((place) => this.at(place) ?? []);
  }

  /** Where the row of a message stands; -1 where it is not shown. */
  placeOf(index: number): number {
    return index < 0 ? -1 : this.#shown.indexOf(index);
  }

  /** The lanes that they go between. */
  lanes(): Set<number> {
    const lanes = new Set<number>();
    for (const shown of this.#shown) {
      const missing = shown < 0 ? this.#missing[-1 - shown] : undefined;
      lanes.add(missing ? missing.from : this.#rows.from(shown));
      lanes.add(missing ? missing.to : this.#rows.to(shown));
    }
    return lanes;
  }
}

function* shownOf(rows: number, missing: readonly Missing[], isShown: (index: number) => boolean): Generator<number> {
  let next = 0;
  for (let index = 0; index < rows; index++) {
    const isSeen = isShown(index);
    if (isSeen) yield index;
    for (; missing[next]?.after === index; next++) if (isSeen) yield -1 - next;
  }
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
