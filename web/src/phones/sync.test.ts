import { expect, test } from "vitest";
import type { TimedEvent } from "../backend/host.ts";
import { phone } from "./sample.ts";
import { outcome } from "./sync.ts";

const at = (second: number): string => `2026-11-22T13:02:1${second}.000Z`;
const sent = (second: number, attempt = 1): TimedEvent => ({ time: at(second), event: "check_sync_sent", phone: phone(), sent: "check-sync;reboot=false", attempt, remark: null });

test("what was asked earlier is no outcome of what is asked now", () => {
  expect(outcome([sent(1)], at(2))).toBeNull();
  expect(outcome([], at(2))).toBeNull();
});

test("it is followed from its leaving to its answer", () => {
  expect(outcome([sent(3)], at(2))?.words).toBe("Sent as “check-sync;reboot=false”. Waiting for its answer.");
  expect(outcome([sent(3), sent(4, 2)], at(2))?.words).toContain("attempt 2");
  const answered = (status: number): TimedEvent => ({ time: at(5), event: "check_sync_answered", phone: phone(), status });
  expect(outcome([sent(3), answered(200)], at(2))).toEqual({ words: "It answered 200: it fetches anew.", isGood: true });
  expect(outcome([sent(3), answered(489)], at(2))).toMatchObject({ isGood: false });
  expect(outcome([sent(3), { time: at(6), event: "check_sync_unanswered", phone: phone() }], at(2))?.words).toContain("did not answer");
});
