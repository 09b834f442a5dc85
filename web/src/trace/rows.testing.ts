/** For tests: rows as the worker hands them over. */
import type { Row } from "../wasm/traces.ts";
import { AT_ONCE, type PackedRows, Rows } from "./rows.ts";

const KINDS: readonly Row["kind"][] = ["request", "provisional", "success", "redirection", "failure", "unreadable"];

export function packed(rows: readonly Row[]): Rows {
  const all = new Rows();
  for (let from = 0; from < rows.length; from += AT_ONCE) all.add(part(rows.slice(from, from + AT_ONCE)));
  return all;
}

function part(rows: readonly Row[]): PackedRows {
  const words = [...new Set(rows.flatMap(({ label, detail }) => [label, detail]))];
  const numbers = rows.flatMap((row) => [
    row.from, row.to, row.fromPort ?? -1, row.toPort ?? -1, Number(row.isDeduced), KINDS.indexOf(row.kind), words.indexOf(row.label),
    words.indexOf(row.detail), row.call, row.dialog ?? -1, row.transaction, row.repeats ?? -1, row.answers ?? -1,
  ]);
  return { words, numbers: Int32Array.from(numbers), times: Float64Array.from(rows.flatMap((row) => [row.time ?? NaN, row.took ?? NaN])) };
}
