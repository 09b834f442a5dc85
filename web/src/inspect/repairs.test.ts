import { expect, test } from "vitest";
import type { Finding, Message, Severity } from "../wasm/index.ts";
import { joined, judgements, repairSummary } from "./repairs.ts";

const finding = (rule: string, severity: Severity = "note"): Finding => ({
  rule,
  severity,
  message: rule,
  from: 0,
  to: 0,
  reference: null,
  fix: null,
  layer: "message",
  status: null,
});
const message = (...findings: Finding[]): Message => ({
  kind: "request",
  title: "SUBSCRIBE",
  about: "",
  method: null,
  status: null,
  from: 0,
  to: 0,
  text: "",
  tokens: [],
  tree: [],
  phone: null,
  findings,
  verdict: { action: "accept", status: null, reason: null },
  repairs: [],
  joined: findings.filter(({ rule }) => rule === "trace.joined-line").length,
  isCutOff: false,
});

test("counts the lines that were joined, and says that there is more", () => {
  const wrapped = message(finding("trace.joined-line"), finding("trace.joined-line"), finding("trace.line-ends"));
  expect(repairSummary(wrapped)).toBe("2 wrapped lines joined, 1 more");
  expect(joined([wrapped, wrapped])).toBe("4 wrapped lines joined");
  expect(repairSummary(message(finding("trace.line-ends")))).toBe("1 place");
  expect(joined([message()])).toBeNull();
});

test("puts the weightiest judgement first and leaves repairs out", () => {
  const mixed = message(finding("a"), finding("trace.joined-line"), finding("b", "error"), finding("c", "warning"), finding("d"));
  expect(judgements(mixed).map((one) => one.rule)).toEqual(["b", "c", "a", "d"]);
});
