import { expect, test } from "vitest";
import type { TimedEvent } from "../backend/host.ts";
import { phone } from "../phones/sample.ts";
import { heard, outcome, type Sent } from "./outcome.ts";

const at = (millis: number): string => new Date(Date.parse("2026-11-22T13:02:11.000Z") + millis).toISOString();
const one = phone();
const begun: Sent = { phone: one.id, name: "snom D735", to: "10.13.2.44:5060", size: 412, number: null, events: [] };
const sent = (number: number, wants_answer = true): TimedEvent => ({ time: at(0), event: "message_sent", phone: one, number, what: "NOTIFY", bytes: 412, wants_answer });
const answered = (number: number, status: number, reason: string, ms: number): TimedEvent => ({ time: at(ms), event: "message_answered", phone: one, number, status, reason, ms });
const silent = (number: number): TimedEvent => ({ time: at(5003), event: "message_unanswered", phone: one, number });
const none: ReadonlySet<number> = new Set();

function after(...events: TimedEvent[]): string {
  return outcome(events.reduce((so, event) => heard(so, event, none), begun)).words;
}

test("each step is told in words", () => {
  expect(after()).toBe("Sending it to snom D735 at 10.13.2.44:5060 …");
  expect(after(sent(7))).toBe("Sent to snom D735 at 10.13.2.44:5060. Waiting for its answer.");
  expect(after(sent(7), answered(7, 200, "OK", 12))).toBe("200 OK after 12 ms, from snom D735 at 10.13.2.44:5060.");
  expect(after(sent(7), answered(7, 180, "", 3), answered(7, 486, "Busy Here", 900))).toContain("486 Busy Here after 900 ms");
  expect(after(sent(7), silent(7))).toBe("No answer after 5 seconds from snom D735 at 10.13.2.44:5060.");
  expect(after(sent(7, false))).toContain("No answer comes to such a message");
});

test("what belongs to another message changes nothing", () => {
  expect(after(sent(7), answered(8, 200, "OK", 12))).toContain("Waiting");
  expect(heard(begun, sent(7), new Set([7]))).toBe(begun);
  const other: TimedEvent = { ...sent(7), bytes: 413 } as TimedEvent;
  expect(heard(begun, other, none)).toBe(begun);
});

test("the same news told twice is told once", () => {
  const [first, again] = [heard(heard(begun, sent(7), none), answered(7, 200, "OK", 12), none), answered(7, 200, "OK", 12)];
  expect(heard(first, again, none)).toBe(first);
});

test("that the system refused to send it is told while it is open", () => {
  const failed: TimedEvent = { time: at(1), event: "send_failed", destination: "10.13.2.44:5060", reason: "Message too long" };
  expect(after(sent(7), failed)).toBe("It could not be sent to snom D735 at 10.13.2.44:5060: Message too long.");
  const over = heard(heard(begun, sent(7), none), silent(7), none);
  expect(heard(over, failed, none)).toBe(over);
});
