import { expect, test } from "vitest";
import type { PhoneState } from "../backend/host.ts";
import { advice, label, name, rank, reason, ruleName, tally } from "./states.ts";
import { row } from "./sample.ts";

const observing = { mode: "observe", url: null } as const;
const answering = { mode: "answer", url: "tftp://%{server}" } as const;

test("every state has words of its own", () => {
  const states: PhoneState[] = ["asked", "answered", "notified", "acknowledged", "unconfirmed", "refused", "ignored"];
  const labels = states.map((state) => label(row({ state })));
  expect(new Set(labels).size).toBe(states.length);
  expect(labels).toContain("Notified, unconfirmed");
});

test("nothing but an acknowledgement is said to be one", () => {
  expect(label(row({ state: "answered", reason: "answered 403" }))).toBe("Turned down");
  expect(label(row({ state: "notified" }))).toBe("Notified, waiting");
});

test("what is unconfirmed says why, by the form it was sent in", () => {
  expect(reason(row({ state: "unconfirmed", dialect: "manual" }))).toContain("phone's own Via");
  expect(reason(row({ state: "unconfirmed", dialect: "rfc" }))).toContain("never said");
});

test("reasons of the engine are sentences here", () => {
  expect(reason(row({ state: "ignored", reason: "no rule matches" }))).toBe("No rule matches.");
  expect(reason(row({ state: "ignored", reason: 'rule "--url": no value for %{mac}' }))).toBe("No value for %{mac}.");
  expect(reason(row({ state: "asked" }))).toBeNull();
});

test("advice follows the state of things", () => {
  expect(advice(row({ state: "asked" }), observing).join()).toContain("switch to Answer");
  expect(advice(row({ state: "asked" }), answering).join()).not.toContain("switch to Answer");
  expect(advice(row({ state: "ignored", reason: "no rule matches" }), { ...answering, url: null }).join()).toContain("Set a URL");
  expect(advice(row({ state: "unconfirmed", dialect: "manual" }), answering).join()).toContain('dialect = "rfc"');
  expect(advice(row({ state: "refused", dialect: "rfc" }), answering).join()).toContain('dialect = "manual"');
  expect(advice(row({ state: "unconfirmed", dialect: "manual" }), answering, true).join()).not.toContain("dialect =");
  expect(advice(row({ state: "acknowledged", notified: 1 }), answering)).toEqual([]);
  expect(advice(row({ state: "acknowledged", notified: 4 }), answering).join()).toContain("goes on asking");
});

test("what needs a look comes before what is well", () => {
  expect(rank(row({ state: "refused" }))).toBeLessThan(rank(row({ state: "acknowledged" })));
});

test("phones, rules and numbers have names people use", () => {
  expect(name(row({}))).toBe("snom D735");
  expect(name(row({ phone: { ...row({}).phone, vendor: null, model: null } }))).toContain("does not say");
  expect([ruleName("--url"), ruleName("lobby"), ruleName(null)]).toEqual(["every phone", "lobby", null]);
  expect(tally(row({ asked: 3, notified: 1 }))).toBe("Asked 3 times, sent a URL once.");
});
