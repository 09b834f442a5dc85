/** The state of the composer: the fields, and the document that is made of them or was begun with something else. */
import { type Draft, drafts, inspect } from "../wasm/index.ts";
import { answer, renewed, write, type Written } from "../wasm/compose.ts";
import { fieldOf, type FieldName, type Form, fresh, request, seedOf } from "./fields.ts";
import { type Begun, type Edit, Letter } from "./letter.svelte.ts";
import { withLf } from "./ends.ts";

export const form = $state<Form>(fresh(newSeed()));

const seed = $derived(seedOf(form.seed));
const written: Written = $derived(
  seed === null
    ? { composed: null, error: { field: "seed", message: "a seed is a whole number, 0 or more" } }
    : write(request(form, seed)),
);

export const result = {
  get composed() {
    return written.composed;
  },
  get error(): { field: FieldName | null; message: string } | null {
    return written.error && { field: fieldOf(written.error.field), message: written.error.message };
  },
};

const PARTS = [
  { id: "subscribe", title: "SUBSCRIBE", direction: "phone to everybody", isServer: false },
  { id: "ok", title: "200 OK", direction: "server to phone", isServer: true },
  { id: "notify", title: "NOTIFY", direction: "server to phone", isServer: true },
  { id: "acknowledge", title: "Phone's 200 OK", direction: "phone to server", isServer: false },
] as const;
export type PartId = (typeof PARTS)[number]["id"];

const EXCHANGE: readonly Letter[] = PARTS.map(({ id, title, direction, isServer }) => {
  const begun = (): Begun => ({ text: written.composed?.[id] ?? "", from: isServer ? form.server.trim() : "", to: "" });
  return new Letter(title, direction, begun, draftOf);
});

/** What was begun with: its name, and what it teaches. */
interface About {
  title: string;
  lesson: string;
}

let free = $state.raw<readonly Letter[]>([]);
let about = $state.raw<About>({ title: "", lesson: "" });
let keepsMistakes = $state(false);

/** The messages of the document, in the order in which they are sent. */
const letters: readonly Letter[] = $derived(
  form.kind === "free" ? free : form.kind === "reply" ? EXCHANGE.slice(1) : EXCHANGE,
);

/** What there is to say of each, seen in the light of the others. */
const judged: ReadonlyMap<Letter, Draft> = $derived.by(() => {
  const all = form.kind === "reply" && written.composed ? [written.composed.subscribe] : [];
  const said = drafts([...all, ...letters.map((letter) => letter.text)], "strict").slice(all.length);
  return new Map(letters.flatMap((letter, index) => (said[index] ? [[letter, said[index]] as const] : [])));
});

function draftOf(letter: Letter): Draft | null {
  return judged.get(letter) ?? null;
}

export const sheet = {
  get letters(): readonly Letter[] {
    return letters;
  },
  get about(): About | null {
    return form.kind === "free" && free.length > 0 ? about : null;
  },
  /** Whether there is something to show. */
  get isWritten(): boolean {
    return form.kind === "free" ? free.length > 0 : written.composed !== null;
  },
  get isChanged(): boolean {
    return letters.some((letter) => letter.isChanged);
  },
  /** Content-Length is left as it stands. */
  get keepsMistakes(): boolean {
    return keepsMistakes;
  },
  set keepsMistakes(is: boolean) {
    keepsMistakes = is;
  },
};

/** Which part of the exchange a letter is, as the fields have it; null where a person has written it. */
export function partOf(letter: Letter): PartId | null {
  return letter.isChanged ? null : (PARTS[EXCHANGE.indexOf(letter)]?.id ?? null);
}

export function fields() {
  return seed === null ? null : request(form, seed);
}

/** Begins with other messages, each as it stands. */
export function begin(title: string, lesson: string, begun: readonly Begun[]): void {
  free = begun.map((one) => new Letter(null, "", () => one, draftOf));
  about = { title, lesson };
  form.kind = "free";
  // A Content-Length that is wrong from the beginning is meant.
  keepsMistakes = free.some((letter) => letter.draft?.length);
}

/** Answers a message: a phone that asks by the fields, anything else as a plain user agent would. */
export function reply(text: string): string | null {
  const [message] = inspect(text, "strict").messages;
  if (message?.phone || !message) {
    form.kind = "reply";
    form.asking = withLf(text);
    return null;
  }
  try {
    const response = answer(text, newSeed());
    begin(`The answer to ${message.title}`, "", [message.text, response].map((one) => ({ text: one, from: "", to: "" })));
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Adds the answer to one of the document's messages; the reason where nothing answers it. */
export function addAnswer(to: Letter): string | null {
  try {
    const response = answer(to.text, newSeed());
    const before = letters.map(({ text, from, to: end }): Begun => ({ text, from, to: end }));
    begin(about.title, about.lesson, [...before, { text: response, from: "", to: "" }]);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** A value that is made up, wherever it stands in the document. */
export interface MadeUp {
  role: string;
  value: string;
  key: string;
  /** The letters in which it stands. */
  where: readonly Letter[];
}

export const ROLES: Record<string, string> = { branch: "Branch", tag: "Tag", "call-id": "Call-ID", cseq: "CSeq" };

/** `Call-ID of SUBSCRIBE, 200 OK`. */
export function nameOf({ role, where }: MadeUp): string {
  return `${ROLES[role] ?? role} of ${where.map((letter) => letter.title).join(", ")}`;
}

export function madeUp(): MadeUp[] {
  const found = new Map<string, MadeUp>();
  for (const letter of letters) {
    for (const { role, value, key } of letter.draft?.generated ?? []) {
      const before = found.get(key)?.where ?? [];
      found.set(key, { role, value, key, where: before.includes(letter) ? before : [...before, letter] });
    }
  }
  return [...found.values()];
}

/** Makes a value up anew, in every place where it stands. */
export function renewValue({ role, value, key, where }: MadeUp): string {
  const text = renewed(role, value, random());
  for (const letter of where) {
    const places = letter.draft?.generated.filter((made) => made.key === key) ?? [];
    letter.edit(places.map(({ from, to }): Edit => ({ from, to, text })));
  }
  return text;
}

export function renew(): void {
  form.seed = String(newSeed());
}

/** Small enough to be read aloud. */
export function newSeed(): number {
  return crypto.getRandomValues(new Uint16Array(1))[0] ?? 0;
}

function random(): number {
  return crypto.getRandomValues(new Uint32Array(1))[0] ?? 0;
}
