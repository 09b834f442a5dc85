/** How much is remembered, between what is typed and what the engine takes. */
import type { Settings } from "../backend/host.ts";

type Retention = Settings["retention"];
const MIB = 1 << 20;

export interface Typed {
  exchanges: string;
  mebibytes: string;
  phones: string;
}

export function shownOf(retention: Retention): Typed {
  return { exchanges: String(retention.exchanges_per_phone), mebibytes: String(Math.max(1, Math.round(retention.bytes / MIB))), phones: String(retention.phones) };
}

/** What was typed, as the engine takes it; its bounds are the engine's to name. Throws where it is no number. */
export function read(typed: Typed): Retention {
  return { exchanges_per_phone: whole(typed.exchanges, "exchanges of one phone"), bytes: whole(typed.mebibytes, "MiB") * MIB, phones: whole(typed.phones, "phones") };
}

function whole(text: string, what: string): number {
  const digits = text.replace(/[\s,]/g, "");
  if (!/^\d{1,9}$/.test(digits)) throw new Error(`${what}: a whole number is wanted, not “${text}”`);
  return Number(digits);
}
