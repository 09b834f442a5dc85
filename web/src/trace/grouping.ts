/** Rows of a list put into groups that open and close. What belongs together, the ladder has said before. */
import { count } from "../inspect/words.ts";
import { span } from "../ladder/lines.ts";
import type { Missing } from "../wasm/traces.ts";
import type { RowList, Rows, Together } from "./rows.ts";

export type Grouping = "none" | Together;

export const GROUPINGS: readonly { id: Grouping; title: string }[] = [
  { id: "none", title: "nothing" },
  { id: "call", title: "conversation" },
  { id: "dialog", title: "dialog" },
  { id: "transaction", title: "transaction" },
];

export interface Group {
  /** The same while the trace is the same. */
  key: string;
  rows: number[];
}

/** Groups in the order in which each begins. What is in no dialog is one group. */
export function grouped(rows: Pick<Rows, "group">, shown: readonly number[], by: Together): Group[] {
  const groups = new Map<number | null, Group>();
  for (const index of shown) {
    const number = rows.group(index, by);
    const group = groups.get(number);
    if (group) group.rows.push(index);
    else groups.set(number, { key: `${by} ${number ?? "none"}`, rows: [index] });
  }
  return [...groups.values()];
}

export type Item = { kind: "row"; index: number } | { kind: "group"; group: Group; isOpen: boolean };

/** What a list shows: each group, and its rows where it is open. */
export function itemsOf(groups: readonly Group[], closed: ReadonlySet<string>): Item[] {
  return groups.flatMap((group): Item[] => {
    const isOpen = !closed.has(group.key);
    const rows = isOpen ? group.rows.map((index): Item => ({ kind: "row", index })) : [];
    return [{ kind: "group", group, isOpen }, ...rows];
  });
}

/** A pause of this many microseconds is worth a word. */
const PAUSE = 400_000;

/** `SUBSCRIBE ua-profile: 4 messages in 5 ms, 1 repeated, missing: a response to NOTIFY`. */
export function groupTitle({ key, rows: indexes }: Group, rows: RowList, missing: readonly Missing[]): string {
  const [first] = indexes;
  const begin = first === undefined ? undefined : rows.at(first);
  const title = key === "dialog none" ? "In no dialog" : `${begin?.label ?? ""} ${begin?.detail ?? ""}`.trim();
  const members = new Set(indexes);
  const { times, repeated } = told(indexes, rows);
  const took = times.reduce((most, time) => Math.max(most, time), -Infinity) - times.reduce((least, time) => Math.min(least, time), Infinity);
  const pause = longestPause(times);
  const parts = [
    `${count(indexes.length, "message")}${times.length > 1 ? ` in ${span(took)}` : ""}`,
    repeated === 0 ? "" : `${repeated} repeated`,
    pause < PAUSE ? "" : `longest pause ${span(pause)}`,
    ...missing.filter(({ after }) => members.has(after)).map(({ what }) => `missing: ${what}`),
  ];
  return `${title}: ${parts.filter(Boolean).join(", ")}`;
}

function told(indexes: readonly number[], rows: RowList): { times: readonly number[]; repeated: number } {
  const times: number[] = [];
  let repeated = 0;
  for (const index of indexes) {
    const row = rows.at(index);
    if (row?.time != null) times.push(row.time);
    if (row?.repeats != null) repeated++;
  }
  return { times, repeated };
}

function longestPause(times: readonly number[]): number {
  return times.slice(1).reduce((longest, time, before) => Math.max(longest, time - (times[before] ?? time)), 0);
}
