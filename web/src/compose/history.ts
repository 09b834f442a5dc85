/** What was composed before: a list of bounded size, newest first. Knows no browser. */
import type { Begun } from "./letter.svelte.ts";

export interface Entry {
  /** Milliseconds since 1970. */
  time: number;
  title: string;
  letters: readonly Begun[];
}

/** How many documents, and how much text, are kept. */
export const MOST = { entries: 40, letters: 400_000 } as const;

/** The list with one more entry; the same document is not kept twice, the oldest go. */
export function added(list: readonly Entry[], entry: Entry): Entry[] {
  const others = list.filter((other) => !isSame(other, entry));
  const kept: Entry[] = [];
  let letters = 0;
  for (const one of [entry, ...others]) {
    letters += size(one);
    if (kept.length === MOST.entries || letters > MOST.letters) break;
    kept.push(one);
  }
  return kept;
}

function isSame(one: Entry, other: Entry): boolean {
  const { length } = one.letters;
  return length === other.letters.length && one.letters.every(({ text }, index) => other.letters[index]?.text === text);
}

function size({ letters, title }: Entry): number {
  return letters.reduce((sum, { text, from, to }) => sum + text.length + from.length + to.length, title.length);
}

/** The entries that hold all the typed words, in their titles or texts. */
export function matching(list: readonly Entry[], typed: string): Entry[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  return list.filter((entry) => {
    const all = [entry.title, ...entry.letters.map(({ text }) => text)].join("\n").toLowerCase();
    return words.every((word) => all.includes(word));
  });
}

/** What was stored, as far as it can be understood. */
export function read(stored: string | null): Entry[] {
  try {
    const list: unknown = JSON.parse(stored ?? "[]");
    return Array.isArray(list) ? list.filter(isEntry).slice(0, MOST.entries) : [];
  } catch {
    return [];
  }
}

function isEntry(value: unknown): value is Entry {
  if (typeof value !== "object" || value === null) return false;
  const { time, title, letters } = value as Partial<Record<keyof Entry, unknown>>;
  return typeof time === "number" && typeof title === "string" && Array.isArray(letters) && letters.every(isBegun);
}

function isBegun(value: unknown): value is Begun {
  if (typeof value !== "object" || value === null) return false;
  const { text, from, to } = value as Partial<Record<keyof Begun, unknown>>;
  return [text, from, to].every((part) => typeof part === "string");
}
