import { expect, test } from "vitest";
import type { Recorded } from "../backend/host.ts";
import { exchanges } from "./happened.ts";
import { phone, row } from "./sample.ts";
import { pieces, ticket } from "./ticket.ts";

const mine = row({ name: "Reception *1*", state: "refused", url: "http://pbx/", reason: "the phone answered 488", tags: ["lobby"] });
const message: Recorded = {
  time: "2026-11-22T13:02:11.204Z",
  direction: "in",
  peer: "10.13.2.44:5060",
  local: null,
  interface: "eno1",
  is_multicast: true,
  text: "SUBSCRIBE sip:a SIP/2.0\r\nX: ```\r\n\r\n",
};
const [exchange] = exchanges([{ time: message.time, event: "phone_asked", interface: "eno1", source: message.peer, phone: phone() }], mine);

test("a ticket tells who, how far, what happened and what was said", () => {
  const given = pieces(mine, exchange, [message]);
  const text = ticket(given, [message], "224.0.1.75:5060");
  expect(text).toContain("## Reception \\*1\\*\n\n- State: URL refused\n- Why: The phone answered 488.\n- Phone: snom D735 10.1.159\n- MAC: 00:04:13:a2:7c:10");
  expect(text).toContain("- URL: http://pbx/");
  expect(text).toMatch(/1\. \d\d:\d\d:11\.204 \*\*Asked\*\* on eno1 \(from 10\.13\.2\.44:5060\)/);
  expect(text).toContain("from 10.13.2.44:5060 to 224.0.1.75:5060\n\n````sip\nSUBSCRIBE sip:a SIP/2.0\nX: ```\n````");
  expect(text).toContain("masked");
});

test("what was masked is what stands there", () => {
  const given = pieces(mine, exchange, [message]).map((piece) => piece.replaceAll("pbx", "***"));
  expect(ticket(given, [message], "")).not.toContain("pbx");
});

test("without messages there is no heading for them", () => {
  expect(ticket(pieces(mine, undefined, []), [], "")).not.toContain("### ");
});
