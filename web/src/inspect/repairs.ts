/** What was put right before a message could be read: trace's own findings, which are no judgement on the message. */
import type { Finding, Message, Severity } from "../wasm/index.ts";
import { count } from "./words.ts";

export function isRepair(finding: Finding): boolean {
  return finding.rule.startsWith("trace.");
}

/** `4 wrapped lines joined`; null where there was none. */
export function joined(messages: readonly Pick<Message, "joined">[]): string | null {
  const number = messages.reduce((sum, message) => sum + message.joined, 0);
  return number > 0 ? `${count(number, "wrapped line")} joined` : null;
}

/** `4 wrapped lines joined, 2 more`. */
export function repairSummary(message: Message): string {
  const lines = joined([message]);
  const all = message.findings.filter(isRepair).length;
  const others = all - message.joined;
  if (lines === null) return count(all, "place");
  return others > 0 ? `${lines}, ${others} more` : lines;
}

const RANK: Record<Severity, number> = { error: 0, warning: 1, note: 2 };

/** The judgements, the weightiest first, else by place. */
export function judgements(message: Message): Finding[] {
  const own = message.findings.filter((finding) => !isRepair(finding));
  return own.sort((one, other) => RANK[one.severity] - RANK[other.severity]);
}
