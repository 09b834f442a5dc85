import { expect, test } from "vitest";
import type { DraftedRule, DraftedVariation } from "../backend/host.ts";
import { emptyFields, fieldOf, fieldsOf, filling, isVaried, joined, moving, parted, ruleOf, title, what, who } from "./form.ts";

const USUAL: DraftedVariation = { status: 200, response: true, subscription_state: true, effective_by: null, slash: null };
const RULE: DraftedRule = {
  name: "lobby",
  conditions: [{ key: "vendor", wanted: ["snom"] }, { key: "tag", wanted: ["a, b", 'say "x"'] }],
  action: { does: "answer", url: "http://pbx/%{mac}", dialect: "rfc", variation: USUAL },
};

test("a rule becomes fields and the same rule again", () => {
  expect(ruleOf(fieldsOf(RULE))).toEqual(RULE);
  const denied: DraftedRule = { name: null, conditions: [], action: { does: "deny", status: 404, reason: null } };
  expect(ruleOf(fieldsOf(denied))).toEqual(denied);
});

test("each variation becomes a field and the same variation again", () => {
  const varied: DraftedVariation = { status: 202, response: false, subscription_state: false, effective_by: 0, slash: true };
  const rule = (variation: DraftedVariation): DraftedRule => ({ ...RULE, action: { does: "answer", url: "http://a/", dialect: null, variation } });
  for (const variation of [USUAL, varied, { ...varied, slash: false, effective_by: 60 }]) {
    expect(ruleOf(fieldsOf(rule(variation)))).toEqual(rule(variation));
    expect(isVaried(fieldsOf(rule(variation)))).toBe(variation !== USUAL);
  }
  expect(ruleOf({ ...emptyFields(), effectiveBy: "soon" }).action).toMatchObject({ variation: { effective_by: -1 } });
});

test("alternatives are parted by commas, and one that holds a comma is quoted", () => {
  expect(parted(" snom ,, D7* ")).toEqual(["snom", "D7*"]);
  expect(parted('"a, b", c')).toEqual(["a, b", "c"]);
  for (const wanted of [["a"], ["a, b", "c"], ['"', "\\"], [" x"]]) expect(parted(joined(wanted))).toEqual(wanted);
});

test("a status that is no number is left to the engine to refuse", () => {
  expect(ruleOf({ ...emptyFields(), does: "deny", status: "40x" }).action).toEqual({ does: "deny", status: 0, reason: null });
});

test("a rule is told in plain words", () => {
  expect(title(RULE, 0)).toBe("lobby");
  expect(title({ ...RULE, name: null }, 2)).toBe("rule 3");
  expect(who({ ...RULE, conditions: [{ key: "model", wanted: ["D7*", "D1*"] }] })).toBe("model D7* or D1*");
  expect(who({ ...RULE, conditions: [] })).toBe("every phone");
  expect(what(RULE)).toBe("gets http://pbx/%{mac}");
  expect(what({ ...RULE, action: { does: "deny", status: 403, reason: "Forbidden" } })).toBe("is refused with 403 Forbidden");
});

test("rules are moved and filled in by their numbers", () => {
  expect(moving(2, 1)).toEqual({ edit: "move_rule", rule: "#3", to: { before: "#2" } });
  expect(moving(0, 1)).toEqual({ edit: "move_rule", rule: "#1", to: { after: "#2" } });
  expect(filling(emptyFields(), null, 2).map(({ edit }) => edit)).toEqual(["add_rule", "fill_rule"]);
  expect(filling(emptyFields(), 1, 2)).toMatchObject([{ edit: "fill_rule", rule: "#2" }]);
});

test("a mistake has its field", () => {
  const fields = ["match.mac", "answer", "answer.url", "deny.status", "name", null].map((key) => fieldOf({ key }));
  expect(fields).toEqual(["mac", "url", "url", "status", "name", null]);
});
