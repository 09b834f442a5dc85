/** How far a phone came, in words: what it is called, why it is so, and what to do about it. */
import type { CardState, CardView, PhoneRow, PhoneState, View } from "../backend/host.ts";
import { count } from "../inspect/words.ts";

export type Tone = "ok" | "note" | "warning" | "error" | "";

const TONES: Record<PhoneState, Tone> = {
  asked: "note",
  answered: "",
  notified: "",
  acknowledged: "ok",
  unconfirmed: "warning",
  refused: "error",
  ignored: "",
};

/** What needs a look comes first. */
const RANKS: readonly PhoneState[] = ["refused", "unconfirmed", "ignored", "asked", "answered", "notified", "acknowledged"];

export function rank(row: PhoneRow): number {
  return isDenied(row) ? RANKS.indexOf("ignored") : RANKS.indexOf(row.state);
}

export function tone(row: PhoneRow): Tone {
  return TONES[row.state];
}

export function label(row: PhoneRow): string {
  switch (row.state) {
    case "asked":
      return "Asked, not answered";
    case "answered":
      return isDenied(row) ? "Turned down" : "Answered, no URL yet";
    case "notified":
      return "Notified, waiting";
    case "acknowledged":
      return "Acknowledged";
    case "unconfirmed":
      return "Notified, unconfirmed";
    case "refused":
      return "URL refused";
    case "ignored":
      return "Ignored";
  }
}

/** It was answered, but with a refusal of ours. */
function isDenied(row: PhoneRow): boolean {
  return row.state === "answered" && row.reason !== null;
}

const ASTRAY =
  "In the manual's form the NOTIFY carries the phone's own Via, so the phone's 200 may never come back. Whether it fetches its file will show.";

/** Why it stands so; null where there is nothing to add. */
export function reason(row: PhoneRow): string | null {
  switch (row.state) {
    case "unconfirmed":
      return row.dialect === "manual" ? ASTRAY : "It was told its URL and never said that it took it.";
    case "notified":
      return "Its URL is on the way; its 200 has not come yet.";
    case "acknowledged":
      return "It said that it took its URL.";
    default:
      return row.reason && sentence(row.reason);
  }
}

/** The engine's words as a sentence; what they are about stands beside it. */
export function sentence(words: string): string {
  const about = ["the URL: ", `rule "${FOR_EVERYONE}": `].find((start) => words.startsWith(start)) ?? "";
  const rest = words.slice(about.length);
  return `${rest.charAt(0).toUpperCase()}${rest.slice(1)}${rest.endsWith(".") ? "" : "."}`;
}

/** Something that a row must say beside its state, and why. */
export interface Note {
  word: string;
  tone: Tone;
  why: string;
}

export function notes(row: PhoneRow): Note[] {
  return [
    ...(row.also_at.length > 0 ? [{ word: `${row.also_at.length + 1} addresses`, tone: "warning", why: CLONE } as const] : []),
    ...(row.is_simulated ? [row.phone.mac === SEARCHER ? SEARCH : ({ word: "Simulated", tone: "note", why: SIMULATED } as const)] : []),
    ...(row.is_remembered ? [{ word: "Remembered", tone: "", why: REMEMBERED } as const] : []),
  ];
}

const CLONE =
  "Within ten minutes this hardware address asked from more than one IP address: two devices have the same one, or the phone moved.";
const SIMULATED =
  "No real phone: Fingerpost itself asked, on this machine only, with a hardware address that is reserved for documentation (RFC 9542).";
/** As whom Fingerpost searches for others who answer phones. */
const SEARCHER = "00005e005302";
const SEARCH = {
  word: "Search",
  tone: "note",
  why: "No real phone: Fingerpost asked like one, on the LAN, because somebody searched for others who answer (Health). Its hardware address is reserved for documentation (RFC 9542).",
} as const;
const REMEMBERED = "It is known from an earlier run. It has not asked since Fingerpost was started.";

/** How a phone is called: by the name that people gave it, else `snom D735`, else by what else is known. */
export function name({ phone, name: given }: PhoneRow): string {
  if (given) return given;
  return product(phone);
}

export function product(phone: PhoneRow["phone"]): string {
  const known = [phone.vendor, phone.model].filter(Boolean).join(" ");
  return known || "A phone that does not say what it is";
}

/** How the engine calls the rule that the URL for every phone makes. */
export const FOR_EVERYONE = "--url";

export function ruleName(rule: string | null): string | null {
  return rule === FOR_EVERYONE ? "every phone" : rule;
}

/** What to try, where not all is well; `hasBothForms` where its URL went out in the RFC's form and in the manual's. */
export function advice(row: PhoneRow, view: Standing, hasBothForms = false): string[] {
  return [...ofState(row, view, hasBothForms), ...(asksOn(row) ? [ASKS_ON] : [])];
}

type Standing = Pick<View, "mode" | "url">;

const ASKS_ON =
  "It goes on asking although it took its URL: then it does not get a file from there. Open the URL from a machine on its network, and look at that server's log.";

function asksOn(row: PhoneRow): boolean {
  return row.state === "acknowledged" && row.notified >= 3;
}

function ofState(row: PhoneRow, view: Standing, hasBothForms: boolean): string[] {
  switch (row.state) {
    case "asked":
      return view.mode === "observe"
        ? ["Fingerpost observes: switch to Answer, then restart the phone, or wait until it asks again."]
        : ["It asked before phones were answered. Restart it, or wait until it asks again."];
    case "ignored":
      return ofIgnored(row, view);
    case "answered":
      return isDenied(row)
        ? [`The rule “${ruleName(row.rule) ?? "?"}” turns it down. Change the rule if that is not wanted.`]
        : [];
    case "unconfirmed":
      return [
        "Look at the server that the URL names: a request from this phone proves that it took it.",
        ...(hasBothForms ? ["Both forms of the NOTIFY were tried: another one is not what it waits for."] : [`If none comes, ${otherForm(row)}`]),
        "A firewall on this machine may keep its answers away: let UDP in on the port that phones ask.",
      ];
    case "refused":
      return [
        ...(hasBothForms ? ["It was sent both forms of the NOTIFY and refused the last: the form is not the reason."] : [otherForm(row, "Give")]),
        "Read its refusal in its messages: a Warning or Reason header says more.",
      ];
    default:
      return [];
  }
}

function otherForm(row: PhoneRow, give = "give"): string {
  return `${give} its rule the other form (dialect = "${row.dialect === "manual" ? "rfc" : "manual"}") and restart the phone.`;
}

function ofIgnored(row: PhoneRow, view: Standing): string[] {
  const why = row.reason ?? "";
  if (why.includes("no value for")) {
    return ["The URL asks for something that this phone does not say. Leave that part out, or write a rule for these phones."];
  }
  if (why.includes("no rule matches") && !view.url) return ["Set a URL above, for every phone that no rule names."];
  if (why.includes("no rule matches")) return ["There is a URL now. Restart the phone, or wait until it asks again."];
  return row.rule ? [`The rule “${ruleName(row.rule)}” kept Fingerpost silent. Change the rule if that is not wanted.`] : [];
}

/** `Asked 3 times, sent a URL twice.` */
export function tally(row: PhoneRow): string {
  return `Asked ${times(row.asked)}, ${row.notified === 0 ? "never sent a URL" : `sent a URL ${times(row.notified)}`}.`;
}

function times(number: number): string {
  return { 1: "once", 2: "twice" }[number] ?? count(number, "time");
}

const CARDS: Record<CardState, string> = {
  listening: "listening",
  other_port: "listening, answers from another port",
  failed: "not listened on",
  down: "switched off",
  gone: "gone",
  left_out: "left out",
};

export function cardWords(card: CardView): string {
  return CARDS[card.state];
}

export function cardTone(card: CardView): Tone {
  return card.state === "listening" ? "ok" : card.state === "failed" ? "error" : "warning";
}
