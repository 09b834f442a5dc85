import { expect, test } from "vitest";
import { Rows } from "./rows.ts";

test("rows are unpacked with what is not known left out", () => {
  const rows = new Rows();
  const [a, b] = [[0, 1, 5060, -1, 1, 0, 0, 1, 3, -1, 4, -1, -1], [1, 0, -1, 5060, 0, 2, 2, 1, 3, 7, 4, 0, 0]];
  rows.add({ words: ["SUBSCRIBE", "", "200 OK"], numbers: Int32Array.from([...a, ...b]), times: Float64Array.from([2e10, NaN, 2e10 + 5, 5]) });
  expect(rows.all).toEqual([
    { from: 0, to: 1, fromPort: 5060, toPort: null, isDeduced: true, kind: "request", label: "SUBSCRIBE", detail: "", time: 2e10, took: null, call: 3, dialog: null, transaction: 4, repeats: null, answers: null },
    { from: 1, to: 0, fromPort: null, toPort: 5060, isDeduced: false, kind: "success", label: "200 OK", detail: "", time: 2e10 + 5, took: 5, call: 3, dialog: 7, transaction: 4, repeats: 0, answers: 0 },
  ]);
});
