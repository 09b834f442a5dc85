/** The state of the composer. */
import { inspect, write, type Written } from "../wasm/index.ts";
import { fieldOf, type FieldName, type Form, fresh, request, seedOf } from "./fields.ts";
import { Letter } from "./letter.svelte.ts";
import { join, partOf, withLf } from "./together.ts";

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

const LETTERS: readonly Letter[] = (
  [
    { id: "subscribe", title: "SUBSCRIBE", direction: "phone to everybody" },
    { id: "ok", title: "200 OK", direction: "server to phone" },
    { id: "notify", title: "NOTIFY", direction: "server to phone" },
  ] as const
).map((about, index) => new Letter(about, () => written.composed?.[about.id] ?? "", () => judged[index] ?? []));

/** What each letter holds, seen in the light of the others. */
const judged = $derived.by(() => {
  const { text, places } = join(LETTERS.map((letter) => letter.text));
  const { messages } = inspect(text, "strict");
  return places.map((place) => partOf(messages, place));
});

/** What goes out: a reply has no SUBSCRIBE of its own. */
export function exchange(): readonly Letter[] {
  return form.kind === "reply" ? LETTERS.slice(1) : LETTERS;
}

/** The SUBSCRIBE to answer. */
export function reply(text: string): void {
  form.kind = "reply";
  form.asking = withLf(text);
}

export function renew(): void {
  form.seed = String(newSeed());
}

/** Small enough to be read aloud. */
function newSeed(): number {
  return crypto.getRandomValues(new Uint16Array(1))[0] ?? 0;
}
