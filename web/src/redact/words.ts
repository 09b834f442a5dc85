/** Sentences about what is replaced. */
import { count } from "../inspect/words.ts";
import type { Redaction } from "../wasm/traces.ts";

const NAMES: Record<string, string> = {
  number: "number",
  user: "user",
  name: "name",
  address: "address",
  host: "host",
  mac: "MAC address",
  instance: "device id",
  credential: "credential",
  token: "token",
};

/** What a value is, in words. */
export function kindName(kind: string): string {
  return NAMES[kind] ?? kind;
}

/** `12 places in 3 messages: 2 addresses, 1 host`. */
export function redactionSummary({ places, messages, kinds }: Redaction): string {
  if (places === 0) return "Nothing says who or where: nothing is replaced.";
  const parts = kinds.map(({ kind, values }) => count(values, kindName(kind), plural(kindName(kind))));
  return `${count(places, "place")} in ${count(messages, "message")}: ${parts.join(", ")}.`;
}

function plural(name: string): string {
  return name.endsWith("s") ? `${name}es` : `${name}s`;
}
