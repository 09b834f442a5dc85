import { expect, test } from "vitest";
import type { Recorded } from "../backend/host.ts";
import { phone, row } from "./sample.ts";
import { joined, laddered, own } from "./trace.ts";

const message = (peer: string, direction: "in" | "out" = "in"): Recorded => ({
  time: "2026-11-22T13:02:11.204Z",
  direction,
  peer,
  local: direction === "in" ? null : "10.13.4.121:5060",
  interface: "eno1",
  is_multicast: direction === "in",
  text: "SIP/2.0 200 OK\r\n\r\n",
});

test("messages of other phones behind the same address are left out", () => {
  const mine = row({ source: "127.0.0.1:4000" });
  const other = row({ phone: phone({ id: "x" }), source: "127.0.0.1:5000" });
  const messages = ["127.0.0.1:4000", "127.0.0.1:5000", "127.0.0.1:4001"].map((peer) => message(peer));
  const kept = own({ row: mine, timeline: [], messages }, [mine, other]);
  expect(kept.map(({ peer }) => peer)).toEqual(["127.0.0.1:4000", "127.0.0.1:4001"]);
});

test("where an address was given away, messages belong to who asked last from there", () => {
  const at = (second: number): string => `2026-11-22T13:02:1${second}.000Z`;
  const earlier = row({ source: "10.0.0.1:5060", first_asked: at(1), last_asked: at(1) });
  const later = row({ phone: phone({ id: "x" }), source: "10.0.0.1:5060", first_asked: at(5), last_asked: at(5) });
  const messages = [1, 2, 5, 6].map((second) => ({ ...message("10.0.0.1:5060"), time: at(second) }));
  const times = (mine: typeof earlier, other: typeof earlier): string[] =>
    own({ row: mine, timeline: [], messages }, [mine, other]).map(({ time }) => time);
  expect(times(earlier, later)).toEqual([at(1), at(2)]);
  expect(times(later, earlier)).toEqual([at(5), at(6)]);
});

test("each message says when it went which way", () => {
  const text = joined([message("10.0.0.1:5060"), message("10.0.0.1:5060", "out")]);
  expect(text).toMatch(/^2026-11-2\d \d\d:\d\d:11\.204 from 10\.0\.0\.1:5060 to the group on eno1\r\n\r\nSIP\/2\.0 200 OK\r\n/);
  expect(text).toContain(" to 10.0.0.1:5060 on eno1\r\n\r\nSIP");
});

test("for the ladder each message stands below its time and its two ends", () => {
  const text = laddered([message("10.0.0.1:5060"), message("10.0.0.1:5060", "out")], "224.0.1.75:5060");
  expect(text).toContain("# 2026-11-22T13:02:11.204Z from 10.0.0.1:5060 to 224.0.1.75:5060\r\n\r\nSIP/2.0 200 OK\r\n");
  expect(text).toContain("# 2026-11-22T13:02:11.204Z from 10.13.4.121:5060 to 10.0.0.1:5060\r\n\r\nSIP");
});
