/** Which messages are shown, and what stands in their rows. */
import type { TrafficMessage } from "../backend/host.ts";

/** Held by the page; the oldest go first. */
export const MOST = 20_000;

/** Which way a message went. */
export type Way = "both" | "in" | "out";

/** `from 192.0.2.7:5060`, `to 192.0.2.7:5060`. */
export function way({ direction, peer }: TrafficMessage): string {
  return `${direction === "in" ? "from" : "to"} ${peer}`;
}

/** What it is: the summary, or that it is none. */
export function title({ summary }: TrafficMessage): string {
  return summary ?? "no SIP message";
}

/** What a row tells besides: the Request-URI of a request, the group that it was sent to. */
export function detail({ text, summary, is_multicast }: TrafficMessage): string {
  const line = text.split(/\r?\n/, 1)[0] ?? "";
  const target = summary !== null && !line.startsWith("SIP/") ? (line.split(" ")[1] ?? "") : summary === null ? line : "";
  return [target, is_multicast ? "to the group" : ""].filter(Boolean).join(", ");
}

/** The messages in which every typed word stands somewhere, going that way. */
export function matching(messages: readonly TrafficMessage[], typed: string, wanted: Way): readonly TrafficMessage[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0 && wanted === "both") return messages;
  return messages.filter((message) => {
    if (wanted !== "both" && message.direction !== wanted) return false;
    const text = `${way(message)} ${message.interface} ${title(message)}\n${message.text}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

/** What is held after more came: no more than the most, the oldest gone. */
export function held(before: readonly TrafficMessage[], more: readonly TrafficMessage[]): { messages: readonly TrafficMessage[]; gone: number } {
  if (more.length === 0) return { messages: before, gone: 0 };
  const all = [...before, ...more];
  const gone = Math.max(0, all.length - MOST);
  return { messages: gone > 0 ? all.slice(gone) : all, gone };
}
