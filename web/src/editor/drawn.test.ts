import { expect, test } from "vitest";
import type { Token } from "../wasm/index.ts";
import { pieced } from "./drawn.ts";

const token = (kind: string, from: number, to: number): Token => ({ kind, from, to, depth: 1, isGroup: false });

test("what looks the same and touches is one piece", () => {
  // `SIP/2.0/UDP`, a blank, `;branch=`, and a name beside a separator.
  const tokens = [
    token("protocol", 0, 3), token("separator", 3, 4), token("version", 4, 7), token("separator", 7, 8), token("transport", 8, 11),
    token("separator", 12, 13), token("param-name", 13, 19), token("separator", 19, 20), token("header-name", 20, 23), token("method", 23, 26),
  ];
  expect(pieced(tokens)).toEqual([
    { look: "t-aside", from: 0, to: 11 },
    { look: "t-aside", from: 12, to: 20 },
    { look: "t-header-name", from: 20, to: 23 },
    { look: "t-method", from: 23, to: 26 },
  ]);
  expect(pieced([])).toEqual([]);
});
