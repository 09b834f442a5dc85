/** What became of a message that was sent to a phone. */
import type { TimedEvent } from "../backend/host.ts";
import { count } from "../inspect/words.ts";

/** A message that was sent, or is about to be. */
export interface Sent {
  phone: string;
  /** How the phone is called. */
  name: string;
  /** Where it went. */
  to: string;
  size: number;
  /** How the engine calls it; null before it says so. */
  number: number | null;
  /** What happened since, in order. */
  events: readonly TimedEvent[];
}

export interface Outcome {
  words: string;
  /** Null while nothing is decided. */
  isGood: boolean | null;
}

/** The same with one more event, where that concerns it. `taken`: numbers that are another one's. */
export function heard(sent: Sent, event: TimedEvent, taken: ReadonlySet<number>): Sent {
  if (event.event === "send_failed") {
    const isIts = event.destination === sent.to && !isOver(sent);
    return isIts ? { ...sent, events: [...sent.events, event] } : sent;
  }
  if (event.event === "message_sent") {
    const isIts = sent.number === null && event.phone.id === sent.phone && event.bytes === sent.size && !taken.has(event.number);
    return isIts ? { ...sent, number: event.number, events: [event] } : sent;
  }
  if (event.event !== "message_answered" && event.event !== "message_unanswered") return sent;
  const isIts = event.phone.id === sent.phone && event.number === sent.number;
  const isNews = !sent.events.some((known) => known.time === event.time && known.event === event.event);
  return isIts && isNews ? { ...sent, events: [...sent.events, event] } : sent;
}

function isOver({ events }: Sent): boolean {
  const last = events.at(-1);
  if (last?.event === "message_sent") return !last.wants_answer;
  return last !== undefined && (last.event !== "message_answered" || last.status >= 200);
}

export function outcome({ events, name, to }: Sent): Outcome {
  const [first, last] = [events[0], events.at(-1)];
  if (!last) return { words: `Sending it to ${name} at ${to} …`, isGood: null };
  switch (last.event) {
    case "message_sent":
      return last.wants_answer
        ? { words: `Sent to ${name} at ${to}. Waiting for its answer.`, isGood: null }
        : { words: `Sent to ${name} at ${to}. No answer comes to such a message.`, isGood: true };
    case "message_answered":
      return { words: `${[last.status, last.reason].filter(Boolean).join(" ")} after ${last.ms.toLocaleString("en")} ms, from ${name} at ${to}.`, isGood: last.status < 200 ? null : last.status < 300 };
    case "send_failed":
      return { words: `It could not be sent to ${name} at ${to}: ${last.reason}.`, isGood: false };
    default:
      return { words: `No answer after ${waited(first, last)} from ${name} at ${to}.`, isGood: false };
  }
}

function waited(first: TimedEvent | undefined, last: TimedEvent): string {
  return count(Math.round((Date.parse(last.time) - Date.parse(first?.time ?? last.time)) / 1000), "second");
}
