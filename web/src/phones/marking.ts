/** What people can say of phones: which commands, in which words, and what of it would change anything. */
import type { Command, PhoneRow } from "../backend/host.ts";
import { count } from "../inspect/words.ts";
import { name } from "./states.ts";

export interface Choice {
  id: "adopt" | "ignore" | "release";
  title: string;
  does: string;
  /** The same in the past, before what it was done to. */
  done: string;
  /** Phones of which this is said already. */
  adoption: PhoneRow["adoption"];
}

export const CHOICES: readonly Choice[] = [
  { id: "adopt", title: "Adopt", does: "It is one of ours", done: "Adopted", adoption: "adopted" },
  { id: "ignore", title: "Ignore", does: "Tell it nothing, whatever the rules say, and count it nowhere", done: "Ignored from now on:", adoption: "ignored" },
  { id: "release", title: "Release", does: "Neither ours nor ignored: as if nobody had said anything", done: "Released", adoption: "new" },
];

export function ids(rows: readonly PhoneRow[]): string[] {
  return rows.map(({ phone }) => phone.id);
}

export function commandOf({ id }: Choice, rows: readonly PhoneRow[]): Command {
  return { command: id, phones: ids(rows) };
}

export function isOfUse({ adoption }: Choice, rows: readonly PhoneRow[]): boolean {
  return rows.some((row) => row.adoption !== adoption);
}

/** `snom D735`, `3 phones`. */
export function called(rows: readonly PhoneRow[]): string {
  const [first] = rows;
  return rows.length === 1 && first ? name(first) : count(rows.length, "phone");
}

/** The tags of some phones, each once, in alphabetical order. */
export function tagsOf(rows: readonly PhoneRow[]): string[] {
  return [...new Set(rows.flatMap(({ tags }) => tags))].sort((one, other) => one.localeCompare(other));
}
