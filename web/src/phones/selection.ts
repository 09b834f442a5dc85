/** Which phones are selected. Every step makes a new one; nothing here knows rows or keys. */
export interface Selection {
  ids: ReadonlySet<string>;
  /** From where a range reaches. */
  anchor: string | null;
}

export const NONE: Selection = { ids: new Set(), anchor: null };

/** One more, or one less; ranges reach from there. */
export function toggled({ ids }: Selection, id: string): Selection {
  const changed = new Set(ids);
  if (!changed.delete(id)) changed.add(id);
  return { ids: changed, anchor: id };
}

/** Everything from the anchor to `to` in the order of the list; without an anchor from `from`, the row that the keys are on. */
export function reached(selection: Selection, order: readonly string[], from: string | null, to: string): Selection {
  const anchor = selection.anchor ?? from ?? to;
  const [one, other] = [order.indexOf(anchor), order.indexOf(to)];
  if (other < 0) return selection;
  const begin = one < 0 ? other : one;
  const range = order.slice(Math.min(begin, other), Math.max(begin, other) + 1);
  return { ids: new Set(range), anchor: one < 0 ? to : anchor };
}

export function all(order: readonly string[]): Selection {
  return { ids: new Set(order), anchor: order[0] ?? null };
}
