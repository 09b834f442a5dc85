import type { Message } from "../wasm/index.ts";

/** Whether a server could answer it: core has recognised a phone that asks for its URL. */
export function isAsking(message: Message): boolean {
  return message.phone !== null;
}
