import { expect, test } from "vitest";
import type { TimedEvent } from "../backend/host.ts";
import { exchanges, hasBothForms, marks } from "./happened.ts";
import { phone, row } from "./sample.ts";

const at = (millis: number): string => new Date(Date.parse("2026-11-22T13:02:11.000Z") + millis).toISOString();
const asked = (time: number): TimedEvent => ({
  time: at(time),
  event: "phone_asked",
  interface: "eno1",
  source: "10.13.2.44:5060",
  phone: phone(),
});
const whole: TimedEvent[] = [
  asked(0),
  { time: at(1), event: "answered", phone: phone(), status: 200, rule: "lobby" },
  { time: at(1), event: "notified", phone: phone(), url: "tftp://a", dialect: "manual", attempt: 1 },
  { time: at(501), event: "notified", phone: phone(), url: "tftp://a", dialect: "manual", attempt: 2 },
  { time: at(520), event: "acknowledged", phone: phone(), status: 200 },
];

test("an exchange is told in order, with the time of its beginning and what came how much later", () => {
  const [only] = exchanges(whole, row({ state: "acknowledged" }));
  expect(only?.steps.map((step) => step.word)).toEqual(["Asked", "Answered", "Notified", "Notified again", "Acknowledged"]);
  expect(only?.steps.map((step) => step.shown)).toEqual([expect.stringMatching(/:11\.000$/), "+1 ms", "+1 ms", "+501 ms", "+520 ms"]);
  expect(only?.steps[2]?.wire).toBe("tftp://a");
});

test("the latest exchange comes first, and says what it waits for", () => {
  const told = exchanges([...whole, asked(9000), ...whole.slice(1, 3)], row({ state: "notified" }));
  expect(told).toHaveLength(2);
  expect(told[0]?.steps.at(-1)).toMatchObject({ word: "Waiting", isDone: false });
  expect(told[1]?.steps.at(-1)).toMatchObject({ word: "Acknowledged", isDone: true });
});

test("it is known whether both forms were tried, in the latest exchange", () => {
  const rfc: TimedEvent = { time: at(2), event: "notified", phone: phone(), url: "tftp://a", dialect: "rfc", attempt: 1 };
  expect(hasBothForms(whole)).toBe(false);
  expect(hasBothForms([...whole, rfc])).toBe(true);
  expect(hasBothForms([...whole, asked(9000), rfc])).toBe(false);
});

test("a question that nobody answered says so", () => {
  expect(exchanges([asked(0)], row({}))[0]?.steps.map((step) => step.word)).toEqual(["Asked", "Not answered"]);
});

test("a story whose beginning was forgotten is told from where it is known", () => {
  expect(exchanges(whole.slice(3), row({ state: "acknowledged" }))[0]?.steps).toHaveLength(2);
  expect(exchanges([], row({}))).toEqual([]);
});

test("a message that somebody sent is an exchange of its own, with what the phone said to it", () => {
  const sent: TimedEvent = { time: at(9000), event: "message_sent", phone: phone(), number: 4, what: "NOTIFY", bytes: 412, wants_answer: true };
  const answered: TimedEvent = { time: at(9012), event: "message_answered", phone: phone(), number: 4, status: 200, reason: "OK", ms: 12 };
  const [latest] = exchanges([...whole, sent, answered], row({ state: "acknowledged" }));
  expect(latest?.steps).toMatchObject([
    { word: "Sent", text: "NOTIFY by hand", note: "412 bytes" },
    { word: "Answered", text: "200 OK", note: "after 12 ms", isStuck: false },
  ]);
  const silent: TimedEvent = { time: at(14_000), event: "message_unanswered", phone: phone(), number: 4 };
  expect(exchanges([sent, silent], row({ state: "acknowledged" }))[0]?.steps.at(-1)).toMatchObject({ word: "Unanswered", isStuck: true });
});

test("a request to fetch anew is an exchange of its own, with what the phone said to it", () => {
  const sync = (time: number, attempt: number): TimedEvent => ({
    time: at(time),
    event: "check_sync_sent",
    phone: phone(),
    sent: "check-sync;reboot=false",
    attempt,
    remark: null,
  });
  const told = exchanges([...whole, sync(9000, 1), sync(9500, 2), { time: at(9510), event: "check_sync_answered", phone: phone(), status: 481 }], row({ state: "acknowledged" }));
  expect(told[0]?.steps.map(({ word, text }) => `${word} ${text}`)).toEqual([
    "Check-sync we ask it to fetch anew",
    "Check-sync again we ask it to fetch anew",
    "Refused 481",
  ]);
  expect(told[0]?.steps[0]?.wire).toBe("check-sync;reboot=false");
  expect(told).toHaveLength(2);
});

test("a phone that is known later, and a subscription that ends, are told in words", () => {
  const later: TimedEvent[] = [
    { time: at(30), event: "identified", phone: phone(), formerly: "x-1f" },
    { time: at(40), event: "subscription_ended", phone: phone() },
  ];
  expect(exchanges([...whole, ...later], row({ state: "acknowledged" }))[0]?.steps.slice(-2).map(({ word, note }) => `${word}: ${note}`)).toEqual([
    "Known: formerly x-1f",
    "Ended: null",
  ]);
});

test("what people said stands apart from what was on the wire", () => {
  const adopted: TimedEvent = { time: at(30), event: "phones_marked", phones: ["000413a27c10"], what: "adopted" };
  const named: TimedEvent = { time: at(40), event: "phones_marked", phones: ["000413a27c10"], what: 'named "x"' };
  const timeline = [whole[0]!, adopted, ...whole.slice(1), named];
  expect(exchanges(timeline, row({ state: "acknowledged" }))[0]?.steps).toHaveLength(5);
  expect(marks(timeline).map(({ what }) => what)).toEqual(['named "x"', "adopted"]);
});

test("where an exchange ended wrongly it is said to be stuck, and nowhere else", () => {
  const stuck = (events: TimedEvent[], state: Parameters<typeof row>[0]): string[] =>
    exchanges(events, row(state)).flatMap(({ steps }) => steps.filter(({ isStuck }) => isStuck).map(({ word }) => word));
  const refused: TimedEvent = { time: at(9), event: "refused", phone: phone(), status: 488 };
  expect(stuck([...whole.slice(0, 3), refused], { state: "refused" })).toEqual(["Refused"]);
  expect(stuck([asked(0), { time: at(1), event: "answered", phone: phone(), status: 403, rule: "no" }], { state: "answered" })).toEqual(["Answered"]);
  expect(stuck(whole, { state: "acknowledged" })).toEqual([]);
  // One that went well since then is not stuck any more.
  expect(stuck([asked(0), refused, asked(100)], { state: "asked" })).toEqual([]);
});
