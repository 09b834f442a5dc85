import { expect, test } from "vitest";
import type { Row } from "../wasm/traces.ts";
import { AT_ONCE, Rows } from "./rows.ts";
import { packed } from "./rows.testing.ts";

test("rows are unpacked with what is not known left out", () => {
  const rows = new Rows();
  const [a, b] = [[0, 1, 5060, -1, 1, 0, 0, 1, 3, -1, 4, -1, -1], [1, 0, -1, 5060, 0, 2, 2, 1, 3, 7, 4, 0, 0]];
  rows.add({ words: ["SUBSCRIBE", "", "200 OK"], numbers: Int32Array.from([...a, ...b]), times: Float64Array.from([2e10, NaN, 2e10 + 5, 5]) });
  expect([rows.length, rows.at(0), rows.at(1), rows.at(2)]).toEqual([
    2,
    { from: 0, to: 1, fromPort: 5060, toPort: null, isDeduced: true, kind: "request", label: "SUBSCRIBE", detail: "", time: 2e10, took: null, call: 3, dialog: null, transaction: 4, repeats: null, answers: null },
    { from: 1, to: 0, fromPort: null, toPort: 5060, isDeduced: false, kind: "success", label: "200 OK", detail: "", time: 2e10 + 5, took: 5, call: 3, dialog: 7, transaction: 4, repeats: 0, answers: 0 },
    undefined,
  ]);
});

const row = (index: number): Row => ({
  from: index % 7, to: index % 5, fromPort: 5060, toPort: null, isDeduced: false, kind: index % 2 ? "success" : "request",
  label: `row ${index}`, detail: `of ${index % 3}`, time: index * 100, took: index % 2 ? 100 : null, call: index >> 2,
  dialog: index % 4 ? index >> 2 : null, transaction: index >> 1, repeats: null, answers: index % 2 ? index - 1 : null,
});

test("every row of a large trace is right, in whichever part it came", () => {
  const given = Array.from({ length: 2 * AT_ONCE + 9 }, (_, index) => row(index));
  const rows = packed(given);
  expect(rows.length).toBe(given.length);
  for (const index of [0, 1, AT_ONCE - 1, AT_ONCE, AT_ONCE + 1, 2 * AT_ONCE - 1, 2 * AT_ONCE, 2 * AT_ONCE + 8]) {
    expect(rows.at(index)).toEqual(given[index]);
    const { from, to, call, dialog, transaction } = row(index);
    expect([rows.from(index), rows.to(index)]).toEqual([from, to]);
    expect([rows.group(index, "call"), rows.group(index, "dialog"), rows.group(index, "transaction")]).toEqual([call, dialog, transaction]);
  }
  expect([rows.at(-1), rows.at(given.length), rows.group(given.length, "call")]).toEqual([undefined, undefined, null]);
});

test("no row is kept as an object: each look makes its own", () => {
  const rows = packed([row(0)]);
  expect(rows.at(0)).not.toBe(rows.at(0));
});
