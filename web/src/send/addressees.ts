/** Which phones can be sent a message, and what a person must know before one is. */
import type { PhoneRow } from "../backend/host.ts";
import { count, macWithColons } from "../inspect/words.ts";
import { matching } from "../phones/columns.ts";
import { product } from "../phones/states.ts";

/** Drawn at once; more are found by typing. */
export const MOST_SHOWN = 50;
/** What an IPv4 datagram of UDP carries. */
export const LONGEST = 65_507;
/** Longer ones may be sent in pieces, which not every phone puts together. */
export const WHOLE = 1_300;

/** Those that asked in this run, are real, are known by their MAC, and not ignored; who asked last comes first. */
export function addressees(rows: readonly PhoneRow[], typed: string): readonly PhoneRow[] {
  const able = rows.filter((row) => !row.is_remembered && !row.is_simulated && row.adoption !== "ignored" && row.phone.mac !== null);
  return matching(able, typed);
}

/** `snom D735, 00:04:13:a1:b2:c3, 10.13.2.31:5060`. */
export function told(row: PhoneRow): string {
  return [row.name, product(row.phone), macOf(row), row.source].filter(Boolean).join(", ");
}

function macOf({ phone }: PhoneRow): string {
  return phone.mac ? macWithColons(phone.mac) : "";
}

/** `NOTIFY, 412 bytes, to 10.13.2.31:5060, the phone 00:04:13:a1:b2:c3`. */
export function plan(title: string, size: number, row: PhoneRow): string {
  return `${title}, ${count(size, "byte")}, to ${row.source}, the phone ${macOf(row)}`;
}

/** What is to be said of its size; `isTooMuch` where it cannot be sent. */
export function sizeWords(size: number): { words: string; isTooMuch: boolean } | null {
  if (size === 0) return { words: "It is empty: there is nothing to send.", isTooMuch: true };
  if (size > LONGEST) {
    return { words: `It fits into no UDP datagram: ${LONGEST.toLocaleString("en")} bytes is the most. Make it shorter.`, isTooMuch: true };
  }
  if (size <= WHOLE) return null;
  return { words: `It is longer than ${WHOLE.toLocaleString("en")} bytes: it may cross the network in pieces, and some phones do not put them together.`, isTooMuch: false };
}

export function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
