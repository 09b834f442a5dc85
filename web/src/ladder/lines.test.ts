import { expect, test } from "vitest";
import type { Missing, Row } from "../wasm/traces.ts";
import { packed } from "../trace/rows.testing.ts";
import { fitting, Lines, note, seconds, sentence, span } from "./lines.ts";

const row = (over: Partial<Row>): Row => ({
  from: 0,
  to: 1,
  fromPort: null,
  toPort: null,
  isDeduced: true,
  kind: "request",
  label: "NOTIFY",
  detail: "ua-profile",
  time: null,
  took: null,
  call: 0,
  dialog: null,
  transaction: 0,
  repeats: null,
  answers: null,
  ...over,
});
const missing = (after: number): Missing => ({ after, from: 1, to: 0, what: "a response", why: "", reference: "", waited: null });
const lane = (name: string) => ({ name, role: "other", title: null }) as const;
const lanes = [lane("10.0.0.1"), lane("10.0.0.7")];
const rows = [row({}), row({ repeats: 0, time: 1_204_000 }), row({ from: 1, to: 0, label: "200 OK", detail: "to NOTIFY", took: 12_300, kind: "success" })];
const linesOf = (isShown: (index: number) => boolean): Lines => new Lines(packed(rows), gaps, isShown);
const gaps = [missing(0), missing(2), missing(2)];

test("what is missing stands behind the row that it should follow", () => {
  const shape = linesOf(() => true).slice(0, 9).map(({ kind, index }) => `${kind} ${index}`);
  expect(shape).toEqual(["row 0", "missing 0", "row 1", "row 2", "missing 2", "missing 2"]);
});

test("a row that is left out takes along what is missing after it", () => {
  const shape = linesOf((index) => index === 2).slice(0, 9).map(({ kind, index }) => `${kind} ${index}`);
  expect(shape).toEqual(["row 2", "missing 2", "missing 2"]);
});

test("a line is found by its place, and the line of a message by its number", () => {
  const lines = linesOf((index) => index !== 1);
  expect([lines.length, lines.at(1)?.kind, lines.at(2)?.index, lines.at(5)]).toEqual([5, "missing", 2, undefined]);
  expect([lines.placeOf(0), lines.placeOf(1), lines.placeOf(2), lines.placeOf(-1)]).toEqual([0, -1, 2, -1]);
  expect(lines.slice(3, 99)).toEqual([lines.at(3), lines.at(4)]);
  expect([...lines.lanes()].sort()).toEqual([0, 1]);
});

test("a line is told as a sentence", () => {
  const said = linesOf(() => true).slice(0, 9).map((line) => sentence(line, lanes));
  expect(said[1]).toBe("Missing: a response, from 10.0.0.7 to 10.0.0.1");
  expect(said[2]).toBe("2. NOTIFY ua-profile, 10.0.0.1 to 10.0.0.7, at 1.204 s, repeats 1");
  expect(said[3]).toBe("3. 200 OK to NOTIFY, 10.0.0.7 to 10.0.0.1, 12 ms after its request");
});

test("times are told as people say them", () => {
  expect([seconds(1_204_000), span(400), span(12_300), span(3_500_000)]).toEqual(["1.204 s", "0.4 ms", "12 ms", "3.5 s"]);
  expect(note(row({}))).toBe("");
});

test("words are cut to the room on their arrow", () => {
  expect(fitting("NOTIFY ua-profile", 200)).toBe("NOTIFY ua-profile");
  expect(fitting("NOTIFY ua-profile", 70)).toBe("NOTIFY ua…");
});
