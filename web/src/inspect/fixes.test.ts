import { expect, test } from "vitest";
import type { Finding, Fix } from "../wasm/index.ts";
import { fixes } from "./fixes.ts";

const finding = (fix: Fix | null): Finding => ({
  rule: "r",
  severity: "error",
  message: "",
  from: 0,
  to: 0,
  reference: null,
  fix,
  layer: "grammar",
  status: null,
});

test("fixes come in order, and none that touches another one's place", () => {
  const given = [
    { from: 9, to: 12, text: "c" },
    { from: 0, to: 3, text: "a" },
    { from: 2, to: 5, text: "b" },
    { from: 20, to: 20, text: "d" },
    { from: 20, to: 20, text: "e" },
  ];
  const found = fixes([...given.map((fix) => finding(fix)), finding(null)]);
  expect(found.map(({ text }) => text)).toEqual(["a", "c", "d"]);
});
