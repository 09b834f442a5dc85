import { expect, test } from "vitest";
import { redactionSummary } from "./words.ts";

test("what is replaced is counted by kind", () => {
  const kinds = [
    { kind: "address", values: 2, places: 9 },
    { kind: "mac", values: 1, places: 3 },
  ];
  const redaction = { messages: 3, places: 12, kinds, pseudonyms: [], unlisted: 0 };
  expect(redactionSummary(redaction)).toBe("12 places in 3 messages: 2 addresses, 1 MAC address.");
  expect(redactionSummary({ ...redaction, places: 0, kinds: [] })).toBe("Nothing says who or where: nothing is replaced.");
});
