import type { Message } from "../wasm/index.ts";

/** Whether there is something to answer. */
export function isAnswered(message: Message): boolean {
  return message.kind === "request";
}
