import type { Judged } from "@engine/Judged";
import { expect, test } from "vitest";
import { treated, wouldChange } from "./outcome.ts";

const JUDGED: Judged = { decision: "answer", rule: "lobby", url: "http://a/", dialect: "rfc", variations: [], status: null, reason: null };

test("what becomes of a phone is told with the rule that says so", () => {
  expect(treated(JUDGED)).toBe("gets http://a/, by lobby");
  expect(treated({ ...JUDGED, variations: ["202", "no response"] })).toBe("gets http://a/ (202, no response), by lobby");
  expect(treated({ ...JUDGED, rule: "--url" })).toBe("gets http://a/, by the URL for every other phone");
  expect(treated({ ...JUDGED, url: null, decision: "deny", status: 403, reason: "Forbidden" })).toBe("is refused with 403 Forbidden, by lobby");
  expect(treated({ ...JUDGED, url: null, decision: "ignore", rule: null, reason: "no rule matches" })).toBe("is ignored: no rule matches");
});

test("what saving would change is counted", () => {
  expect(wouldChange({ changes: [], unchanged: 0 })).toContain("No phone has asked");
  expect(wouldChange({ changes: [], unchanged: 2 })).toBe("Would change nothing for the 2 phones seen so far.");
  const changed = { phone: { id: "x" } as never, before: JUDGED, after: JUDGED };
  expect(wouldChange({ changes: [changed], unchanged: 1 })).toBe("Would change 1 phone; 1 would be treated as before.");
});
