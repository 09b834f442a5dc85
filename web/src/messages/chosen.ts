/** Which rows of a list are chosen, by click and by key. Pure: the list is given, nothing is drawn. */
export interface Chosen {
  ids: ReadonlySet<number>;
  /** Where a range begins. */
  anchor: number | null;
  /** The row that has the keys. */
  here: number | null;
}

export const NONE: Chosen = { ids: new Set(), anchor: null, here: null };

export function only(id: number): Chosen {
  return { ids: new Set([id]), anchor: id, here: id };
}

/** One more, or one less. */
export function turned(chosen: Chosen, id: number): Chosen {
  const ids = new Set(chosen.ids);
  if (!ids.delete(id)) ids.add(id);
  return { ids, anchor: id, here: id };
}

/** Everything from the anchor to here, as the rows stand. */
export function upTo(chosen: Chosen, rows: readonly number[], id: number): Chosen {
  const from = chosen.anchor === null ? -1 : rows.indexOf(chosen.anchor);
  const to = rows.indexOf(id);
  if (from < 0 || to < 0) return only(id);
  return { ids: new Set(rows.slice(Math.min(from, to), Math.max(from, to) + 1)), anchor: chosen.anchor, here: id };
}

export function all(chosen: Chosen, rows: readonly number[]): Chosen {
  return { ...chosen, ids: new Set(rows) };
}

/** What is left of the choice when other rows are shown: nothing unseen stays chosen. */
export function among(chosen: Chosen, rows: ReadonlySet<number>): Chosen {
  if ([...chosen.ids].every((id) => rows.has(id))) return chosen;
  const ids = new Set([...chosen.ids].filter((id) => rows.has(id)));
  const here = chosen.here !== null && rows.has(chosen.here) ? chosen.here : null;
  return { ids, here, anchor: here };
}
