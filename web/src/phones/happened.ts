/** A phone's events as a story: one exchange after the other, the latest first. */
import type { PhoneRow, TimedEvent } from "../backend/host.ts";
import { count } from "../inspect/words.ts";
import { FOR_EVERYONE, sentence } from "./states.ts";
import { clock, later } from "./times.ts";

export interface Step {
  word: string;
  text: string;
  /** What was on the wire. */
  wire: string | null;
  note: string | null;
  time: string | null;
  /** The time of the first step; how much later each other one came. */
  shown: string;
  isDone: boolean;
  /** Nothing more will come by itself: this is where to look. */
  isStuck: boolean;
}

export interface Exchange {
  time: string;
  steps: Step[];
}

export function exchanges(timeline: readonly TimedEvent[], row: PhoneRow): Exchange[] {
  const groups: TimedEvent[][] = [];
  for (const event of timeline) {
    if (event.event === "phones_marked") continue;
    const group = groups.at(-1);
    if (!group || begins(event)) groups.push([event]);
    else group.push(event);
  }
  return groups.map((group, index) => exchange(group, index === groups.length - 1 ? row : null)).reverse();
}

/** What people said of it, the latest first. */
export function marks(timeline: readonly TimedEvent[]): { time: string; what: string }[] {
  return timeline.flatMap((event) => (event.event === "phones_marked" ? [{ time: event.time, what: event.what }] : [])).reverse();
}

/** A phone's question begins an exchange, and so does our own request that it fetch anew, and what somebody sent to it. */
function begins(event: TimedEvent): boolean {
  return event.event === "phone_asked" || event.event === "message_sent" || (event.event === "check_sync_sent" && event.attempt === 1);
}

/** Whether the latest exchange tried the RFC's form and the manual's. */
export function hasBothForms(timeline: readonly TimedEvent[]): boolean {
  const begin = timeline.findLastIndex((event) => event.event === "phone_asked");
  const forms = timeline.slice(Math.max(0, begin)).flatMap((event) => (event.event === "notified" ? [event.dialect] : []));
  return new Set(forms).size > 1;
}

function exchange(events: readonly TimedEvent[], latest: PhoneRow | null): Exchange {
  const begin = events[0]?.time ?? "";
  const steps = events.map((event, index) => ({
    ...words(event),
    time: event.time,
    shown: index === 0 ? clock(event.time) : later(begin, event.time),
    isDone: true,
    isStuck: index === events.length - 1 && latest !== null && isStuck(event, latest),
  }));
  const open = latest && pending(latest);
  return { time: begin, steps: open ? [...steps, open] : steps };
}

/** Whether an exchange ended here and not where it should. */
function isStuck(event: TimedEvent, { state }: PhoneRow): boolean {
  if (event.event === "answered") return state === "answered" && event.status >= 300;
  return ["unacknowledged", "refused", "ignored", "check_sync_unanswered", "message_unanswered"].includes(event.event);
}

type Words = Pick<Step, "word" | "text" | "wire" | "note">;

function words(event: TimedEvent): Words {
  switch (event.event) {
    case "phone_asked":
      return { word: "Asked", text: `on ${event.interface}`, wire: null, note: `from ${event.source}` };
    case "answered":
      return { word: "Answered", text: String(event.status), wire: null, note: by(event.rule) };
    case "notified":
      return {
        word: event.attempt > 1 ? "Notified again" : "Notified",
        text: event.dialect === "manual" ? "in the manual's form" : "in the RFC's form",
        wire: event.url,
        note: event.attempt > 1 ? `attempt ${event.attempt}` : null,
      };
    case "acknowledged":
      return { word: "Acknowledged", text: String(event.status), wire: null, note: "the phone took its URL" };
    case "unacknowledged":
      return { word: "Unconfirmed", text: "no 200 came", wire: null, note: null };
    case "refused":
      return { word: "Refused", text: String(event.status), wire: null, note: "the phone did not take its URL" };
    case "identified":
      return { word: "Known", text: "by its link address", wire: null, note: `formerly ${event.formerly}` };
    case "subscription_ended":
      return { word: "Ended", text: "its subscription", wire: null, note: null };
    case "check_sync_sent":
      return {
        word: event.attempt > 1 ? "Check-sync again" : "Check-sync",
        text: "we ask it to fetch anew",
        wire: event.sent,
        note: event.attempt > 1 ? `attempt ${event.attempt}` : event.remark,
      };
    case "check_sync_answered": {
      const isTaken = event.status < 300;
      const note = isTaken ? "the phone fetches anew" : "the phone does not fetch anew";
      return { word: isTaken ? "Taken" : "Refused", text: String(event.status), wire: null, note };
    }
    case "check_sync_unanswered":
      return { word: "Unconfirmed", text: "no answer to check-sync came", wire: null, note: null };
    case "message_sent": {
      const note = event.wants_answer ? null : "no answer comes to such a message";
      return { word: "Sent", text: `${event.what ?? "no SIP message"} by hand`, wire: null, note: [count(event.bytes, "byte"), note].filter(Boolean).join(", ") };
    }
    case "message_answered":
      return { word: "Answered", text: [event.status, event.reason].filter(Boolean).join(" "), wire: null, note: `after ${event.ms.toLocaleString("en")} ms` };
    case "message_unanswered":
      return { word: "Unanswered", text: "nothing came back", wire: null, note: null };
    case "ignored":
      return { word: "Ignored", text: "", wire: null, note: sentence(event.reason) };
    default:
      return { word: event.event.replaceAll("_", " "), text: "", wire: null, note: null };
  }
}

function by(rule: string): string {
  return rule === FOR_EVERYONE ? "by the URL for every phone" : `by the rule “${rule}”`;
}

/** What is still to come. */
function pending(row: PhoneRow): Step | null {
  const open = { wire: null, time: null, shown: "", isDone: false, isStuck: false };
  if (row.state === "notified") return { ...open, word: "Waiting", text: "for the phone's 200", note: null };
  if (row.state === "asked") return { ...open, word: "Not answered", text: "", note: null };
  return null;
}
