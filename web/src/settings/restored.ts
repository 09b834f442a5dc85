/** What came of a backup, or would come of it, a sentence each. */
import type { Restored } from "../backend/host.ts";
import { count } from "../inspect/words.ts";

export function told(restored: Restored): string[] {
  const { new_phones, changed_phones, settings, policy_file, left_out } = restored;
  const words = [
    ...(new_phones > 0 ? [`${count(new_phones, "phone")} that ${new_phones === 1 ? "was" : "were"} not known`] : []),
    ...(changed_phones > 0 ? [`name, tags or state of ${count(changed_phones, "known phone")}`] : []),
    ...(policy_file ? [`the policy file ${policy_file}`] : []),
    ...settings,
  ];
  return [...(words.length > 0 ? words : ["nothing: everything is like that already"]), ...left_out.map((one) => `left out: ${one}`)];
}
