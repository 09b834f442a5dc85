/** A rule as fields of text, and back; what it says in one line. Pure: judging it is the engine's work. */
import type { DraftedRule, DraftedVariation, PlacedRemark, RuleEdit } from "../backend/host.ts";

export const KEYS = ["vendor", "model", "version", "mac", "interface", "source", "tag"] as const;
export type Key = (typeof KEYS)[number];
export const KEY_WORDS: Record<Key, { title: string; hint: string }> = {
  vendor: { title: "Vendor", hint: "snom" },
  model: { title: "Model", hint: "D7*" },
  version: { title: "Firmware version", hint: ">=10.1" },
  mac: { title: "MAC begins with", hint: "000413" },
  interface: { title: "Card", hint: "eth0" },
  source: { title: "Address", hint: "10.20.0.0/16" },
  tag: { title: "Tag", hint: "lobby" },
};

export type Does = DraftedRule["action"]["does"];
export interface Fields {
  name: string;
  /** Alternatives, parted by commas. */
  conditions: Record<Key, string>;
  does: Does;
  url: string;
  dialect: string;
  status: string;
  reason: string;
  /** 202, not 200. */
  accepted: boolean;
  noResponse: boolean;
  noState: boolean;
  /** Seconds; empty: nothing is said of it. */
  effectiveBy: string;
  /** Empty: as the vendor is known to want it. */
  slash: "" | "yes" | "no";
}

export function emptyFields(): Fields {
  const conditions = Object.fromEntries(KEYS.map((key) => [key, ""])) as Record<Key, string>;
  const usual = { accepted: false, noResponse: false, noState: false, effectiveBy: "", slash: "" } as const;
  return { name: "", conditions, does: "answer", url: "", dialect: "", status: "403", reason: "", ...usual };
}

export function fieldsOf(rule: DraftedRule): Fields {
  const fields = emptyFields();
  fields.name = rule.name ?? "";
  for (const { key, wanted } of rule.conditions) fields.conditions[key as Key] = joined(wanted);
  fields.does = rule.action.does;
  if (rule.action.does === "answer") {
    fields.url = rule.action.url;
    fields.dialect = rule.action.dialect ?? "";
    const { status, response, subscription_state: state, effective_by: seconds, slash } = rule.action.variation;
    Object.assign(fields, { accepted: status === 202, noResponse: !response, noState: !state, effectiveBy: seconds === null ? "" : String(seconds) });
    fields.slash = slash === null ? "" : slash ? "yes" : "no";
  } else if (rule.action.does === "deny") {
    fields.status = String(rule.action.status);
    fields.reason = rule.action.reason ?? "";
  }
  return fields;
}

export function ruleOf(fields: Fields): DraftedRule {
  const conditions = KEYS.map((key) => ({ key, wanted: parted(fields.conditions[key]) })).filter(({ wanted }) => wanted.length > 0);
  return { name: fields.name.trim() || null, conditions, action: actionOf(fields) };
}

function actionOf(fields: Fields): DraftedRule["action"] {
  const { does, url, dialect, status, reason } = fields;
  if (does === "answer") return { does, url: url.trim(), dialect: dialect || null, variation: variationOf(fields) };
  // What is no number is no status: the engine says so.
  if (does === "deny") return { does, status: number(status, 0), reason: reason.trim() || null };
  return { does };
}

function variationOf({ accepted, noResponse, noState, effectiveBy, slash }: Fields): DraftedVariation {
  return {
    status: accepted ? 202 : 200,
    response: !noResponse,
    subscription_state: !noState,
    // What is no number of seconds is refused by the engine.
    effective_by: effectiveBy.trim() === "" ? null : number(effectiveBy, -1),
    slash: slash === "" ? null : slash === "yes",
  };
}

function number(text: string, otherwise: number): number {
  return /^\d{1,10}$/.test(text.trim()) ? Number(text) : otherwise;
}

/** Whether anything of the answer is not as usual. */
export function isVaried({ accepted, noResponse, noState, effectiveBy, slash }: Fields): boolean {
  return accepted || noResponse || noState || effectiveBy !== "" || slash !== "";
}

/** `a, "b, c"`: what holds a comma or a quotation mark stands in quotation marks. */
export function parted(text: string): string[] {
  const pieces = text.match(/"(?:[^"\\]|\\.)*"?|[^,]+/g) ?? [];
  const plain = (piece: string): string => (piece.startsWith('"') ? piece.replace(/^"|"$/g, "").replace(/\\(.)/g, "$1") : piece);
  return pieces.map((piece) => plain(piece.trim())).filter((piece) => piece !== "");
}

export function joined(wanted: readonly string[]): string {
  const quoted = (one: string): string => (/[",\\]|^\s|\s$/.test(one) ? `"${one.replace(/[\\"]/g, "\\$&")}"` : one);
  return wanted.map(quoted).join(", ");
}

/** How people call a rule: its name, else its number. */
export function title(rule: DraftedRule, index: number): string {
  return rule.name ?? `rule ${index + 1}`;
}

/** `vendor snom, model D7* or D1*`. */
export function who(rule: DraftedRule): string {
  if (rule.conditions.length === 0) return "every phone";
  return rule.conditions.map(({ key, wanted }) => `${key} ${wanted.join(" or ")}`).join(", ");
}

/** What becomes of such a phone. */
export function what({ action }: DraftedRule): string {
  switch (action.does) {
    case "answer":
      return `gets ${action.url}`;
    case "deny":
      return `is refused with ${action.status}${action.reason ? ` ${action.reason}` : ""}`;
    case "ignore":
      return "is ignored";
    case "observe":
      return "is only looked at";
  }
}

/** The edits that fill in a rule; null for a new one, which comes behind the others. */
export function filling(fields: Fields, index: number | null, count: number): RuleEdit[] {
  const fill = { edit: "fill_rule", rule: `#${(index ?? count) + 1}`, form: ruleOf(fields) } as const;
  return index === null ? [{ edit: "add_rule", rule: "", at: "last" }, fill] : [fill];
}

/** A rule one place up or down, or to any other place. */
export function moving(from: number, to: number): RuleEdit {
  const target = `#${to + 1}`;
  return { edit: "move_rule", rule: `#${from + 1}`, to: to < from ? { before: target } : { after: target } };
}

/** The field at which a mistake is shown: `url`, `status`, `name`, `vendor` …; null where there is none for it. */
export function fieldOf({ key }: Pick<PlacedRemark, "key">): string | null {
  if (key === null) return null;
  const [first, second] = key.split(".");
  if (first === "match") return second ?? null;
  if (first === "answer") return second ?? "url";
  if (first === "deny") return second ?? "status";
  return first ?? null;
}
