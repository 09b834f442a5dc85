import { expect, test } from "vitest";
import type { Row } from "../wasm/traces.ts";
import { grouped, groupTitle, itemsOf } from "./grouping.ts";
import { packed } from "./rows.testing.ts";

const row = (label: string, time: number, call: number, dialog: number | null, transaction: number, repeats: number | null = null): Row => ({
  from: 0, to: 1, fromPort: null, toPort: null, isDeduced: false, kind: "request", label, detail: "", time, took: null, call, dialog, transaction,
  repeats, answers: null,
});
const ROWS = packed([
  row("SUBSCRIBE", 0, 0, 0, 0),
  row("OPTIONS", 1_000, 1, null, 1),
  row("SUBSCRIBE", 500_000, 0, 0, 0, 0),
  row("NOTIFY", 502_000, 0, 0, 2),
]);

test("groups stand in the order in which they begin", () => {
  const rows = (by: "call" | "dialog" | "transaction"): number[][] => grouped(ROWS, [0, 1, 2, 3], by).map((group) => group.rows);
  expect(rows("call")).toEqual([[0, 2, 3], [1]]);
  expect(rows("dialog")).toEqual([[0, 2, 3], [1]]);
  expect(rows("transaction")).toEqual([[0, 2], [1], [3]]);
});

test("only what is shown is grouped", () => {
  expect(grouped(ROWS, [3], "call")).toEqual([{ key: "call 0", rows: [3] }]);
});

test("a closed group hides its rows", () => {
  const items = itemsOf(grouped(ROWS, [0, 1, 2, 3], "call"), new Set(["call 0"]));
  expect(items.map((item) => (item.kind === "group" ? item.group.key : item.index))).toEqual(["call 0", "call 1", 1]);
});

test("a group says what repeats, pauses and is missing", () => {
  const [first, second] = grouped(ROWS, [0, 1, 2, 3], "dialog");
  const missing = [{ after: 3, from: 1, to: 0, what: "a response to NOTIFY", reference: "" }];
  expect(first && groupTitle(first, ROWS, missing as never)).toBe(
    "SUBSCRIBE: 3 messages in 502 ms, 1 repeated, longest pause 500 ms, missing: a response to NOTIFY",
  );
  expect(second && groupTitle(second, ROWS, [])).toBe("In no dialog: 1 message");
});
