import { expect, test } from "vitest";
import type { Finding, Severity } from "../wasm/index.ts";
import { beginning, bytes, fileName, lineCount, macWithColons, summary, tally, worst } from "./words.ts";

const finding = (severity: Severity): Finding => ({
  rule: "r",
  severity,
  message: "m",
  from: 0,
  to: 0,
  reference: null,
  fix: null,
  layer: "message",
  status: null,
});

test("says how much was found", () => {
  expect(summary(3, 61)).toBe("3 messages in 61 lines");
  expect(summary(1, 1)).toBe("1 message in 1 line");
  expect(summary(0, 2)).toBe("No message in 2 lines");
  expect(lineCount("a\nb\n")).toBe(3);
});

test("tallies findings, the weightiest first", () => {
  expect(tally([finding("note"), finding("error"), finding("error")])).toBe("2 errors, 1 note");
  expect(tally([])).toBe("nothing to say");
  expect(worst([finding("note"), finding("warning")])).toBe("warning");
  expect(worst([])).toBeNull();
});

test("writes addresses and file names as people do", () => {
  expect(macWithColons("00908f4a1102")).toBe("00:90:8f:4a:11:02");
  expect(fileName({ title: "200 OK" })).toBe("200-ok.sip");
  expect(fileName({ title: "…" })).toBe("message.sip");
  expect(bytes("é\r\n")).toBe(4);
});

test("a row shows the beginning of a long value", () => {
  expect(beginning("a".repeat(400))).toBe("a".repeat(400));
  expect(beginning("a".repeat(70_000))).toBe(`${"a".repeat(400)}…`);
});
