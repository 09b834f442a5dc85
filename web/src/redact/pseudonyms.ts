/** Pseudonyms for a trace: made once, with a key that lives as long as this page and leaves it never. */
import type { Held } from "../trace/held.ts";
import type { Redaction } from "../wasm/traces.ts";

const key = crypto.getRandomValues(new Uint8Array(16));
const made = new WeakMap<Held, Promise<Redaction>>();

/** Asking again costs nothing; the same value has the same pseudonym in every trace of this page. */
export function pseudonyms(held: Held): Promise<Redaction> {
  const known = made.get(held);
  if (known) return known;
  const redaction = held.ask("redact", key);
  made.set(held, redaction);
  redaction.catch(() => made.delete(held));
  return redaction;
}
