/** What becomes of a phone, in words. */
import type { DryRun } from "@engine/DryRun";
import type { Judged } from "@engine/Judged";
import { count } from "../inspect/words.ts";

/** `gets http://pbx/0004.xml (202, no response), by lobby`. */
export function treated({ url, status, reason, rule, decision, variations }: Judged): string {
  const by = rule === null ? "" : rule === "--url" ? ", by the URL for every other phone" : `, by ${rule}`;
  const varied = variations.length > 0 ? ` (${variations.join(", ")})` : "";
  if (url !== null) return `gets ${url}${varied}${by}`;
  if (status !== null) return `is refused with ${status} ${reason ?? ""}`.trimEnd() + by;
  if (decision === "observe") return `is only looked at${by}`;
  return `is ignored: ${reason ?? "no rule matches"}`;
}

/** What saving would change. */
export function wouldChange({ changes, unchanged }: DryRun): string {
  if (changes.length === 0) {
    return unchanged === 0 ? "No phone has asked yet: nothing to compare with." : `Would change nothing for the ${count(unchanged, "phone")} seen so far.`;
  }
  return `Would change ${count(changes.length, "phone")}; ${unchanged.toLocaleString("en")} would be treated as before.`;
}
