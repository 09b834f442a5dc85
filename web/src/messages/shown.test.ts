import { expect, test } from "vitest";
import type { TrafficMessage } from "../backend/host.ts";
import { detail, held, matching, MOST, title, way } from "./shown.ts";

function message(number: number, rest: Partial<TrafficMessage> = {}): TrafficMessage {
  return {
    number,
    summary: "SUBSCRIBE",
    time: "2026-01-02T03:04:05.678Z",
    direction: "in",
    peer: "192.0.2.7:5060",
    local: null,
    interface: "eth0",
    is_multicast: true,
    text: "SUBSCRIBE sip:MAC%3a000413000001@224.0.1.75 SIP/2.0\r\nCall-ID: abc@x\r\n\r\n",
    ...rest,
  };
}
const OK = message(2, { summary: "200 OK to SUBSCRIBE", direction: "out", is_multicast: false, text: "SIP/2.0 200 OK\r\nCall-ID: abc@x\r\n\r\n" });

test("a row tells which way, what, and to whom", () => {
  expect([way(message(1)), title(message(1)), detail(message(1))]).toEqual([
    "from 192.0.2.7:5060",
    "SUBSCRIBE",
    "sip:MAC%3a000413000001@224.0.1.75, to the group",
  ]);
  expect([way(OK), title(OK), detail(OK)]).toEqual(["to 192.0.2.7:5060", "200 OK to SUBSCRIBE", ""]);
  const junk = message(3, { summary: null, is_multicast: false, text: "hello\nworld" });
  expect([title(junk), detail(junk)]).toEqual(["no SIP message", "hello"]);
});

test("every word has to stand somewhere in it", () => {
  const numbers = (typed: string, wanted: "both" | "in" | "out" = "both"): number[] => matching([message(1), OK], typed, wanted).map(({ number }) => number);
  expect(numbers("")).toEqual([1, 2]);
  expect(numbers("ABC@X eth0")).toEqual([1, 2]);
  expect(numbers("200 subscribe")).toEqual([2]);
  expect(numbers("000413000001")).toEqual([1]);
  expect(numbers("", "out")).toEqual([2]);
  expect(numbers("nothing like it")).toEqual([]);
});

test("the oldest go when there are too many, and are counted", () => {
  const many = Array.from({ length: MOST }, (_, index) => message(index + 1));
  const { messages, gone } = held(many, [message(MOST + 1), message(MOST + 2)]);
  expect([messages.length, gone, messages[0]?.number, messages.at(-1)?.number]).toEqual([MOST, 2, 3, MOST + 2]);
  expect(held(many, []).messages).toBe(many);
});
