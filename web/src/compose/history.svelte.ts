/** What was composed before, kept by this browser. */
import { backend } from "../backend/current.ts";
import { begin, form, sheet } from "./form.svelte.ts";
import { added, type Entry, read } from "./history.ts";

const NAME = "composed";
let entries = $state.raw<readonly Entry[]>(read(backend.recall(NAME)));

export const history = {
  get entries(): readonly Entry[] {
    return entries;
  },
};

/** Keeps the document as it is now. */
export function remember(): void {
  if (!sheet.isWritten) return;
  const letters = sheet.letters.map(({ text, from, to }) => ({ text, from, to }));
  keep(added(entries, { time: Date.now(), title: title(), letters }));
}

/** Keeps what a person has written before something else takes its place. */
export function putAside(): void {
  if (sheet.isChanged) remember();
}

function title(): string {
  if (sheet.about) return sheet.about.title;
  return form.kind === "reply" ? "Reply to a SUBSCRIBE" : `Exchange of a ${form.vendor} phone`;
}

export function recall({ title: of, letters }: Entry): void {
  begin(of, "", letters);
}

export function wipe(): void {
  keep([]);
}

function keep(list: readonly Entry[]): void {
  entries = list;
  backend.remember(NAME, JSON.stringify(list));
}
