/** The views of the list: by what people said of the phones. */
import type { PhoneRow } from "../backend/host.ts";

export const VIEWS = [
  { id: "new", title: "New", holds: "nobody said anything of them yet" },
  { id: "adopted", title: "Adopted", holds: "taken in as ours" },
  { id: "ignored", title: "Ignored", holds: "told nothing, and counted nowhere else" },
  { id: "all", title: "All", holds: "new and adopted" },
] as const;

export type ViewId = (typeof VIEWS)[number]["id"];

export function isViewId(text: unknown): text is ViewId {
  return VIEWS.some(({ id }) => id === text);
}

/** Ignored phones are in their own view and in no other. */
export function inView(rows: readonly PhoneRow[], view: ViewId): readonly PhoneRow[] {
  return rows.filter(({ adoption }) => (view === "all" ? adoption !== "ignored" : adoption === view));
}

export function counts(rows: readonly PhoneRow[]): Record<ViewId, number> {
  const counted: Record<ViewId, number> = { new: 0, adopted: 0, ignored: 0, all: 0 };
  for (const { adoption } of rows) {
    counted[adoption]++;
    if (adoption !== "ignored") counted.all++;
  }
  return counted;
}
