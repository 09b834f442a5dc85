/** Sentences about a trace. */
import { count } from "../inspect/words.ts";
import type { TraceHead, TraceNote } from "../wasm/traces.ts";
import type { Progress } from "./held.ts";

/** `1,204 messages in 31 conversations; 12 shown`. */
export function summary(head: Pick<TraceHead, "count" | "calls">, shown: number): string {
  const all = head.count === 0 ? "No message" : count(head.count, "message");
  const calls = head.calls > 1 ? ` in ${count(head.calls, "conversation")}` : "";
  return `${all}${calls}${shown === head.count ? "" : `; ${shown.toLocaleString("en")} shown`}`;
}

/** `Reading: 12.4 of 98.0 MB, 4,120 messages so far`. */
export function reading({ bytes, of, messages }: Progress): string {
  const megabytes = (size: number): string => (size / 1_000_000).toFixed(1);
  return `Reading: ${megabytes(bytes)} of ${megabytes(of)} MB, ${count(messages, "message")} so far`;
}

/** A remark on a source with how often and where. */
export function remark(note: TraceNote): string {
  const often = note.count > 1 ? `${count(note.count, "time")}, first at` : "at";
  return `${note.message} (${often} byte ${note.place.toLocaleString("en")})`;
}
