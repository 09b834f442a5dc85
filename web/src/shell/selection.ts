/** Which rows of a list are selected, by their ids. Every step makes a new one; nothing here knows rows or keys. */
export interface Selection<Id = string> {
  ids: ReadonlySet<Id>;
  /** From where a range reaches. */
  anchor: Id | null;
}

export const NONE: Selection<never> = { ids: new Set<never>(), anchor: null };

export function only<Id>(id: Id): Selection<Id> {
  return { ids: new Set([id]), anchor: id };
}

/** One more, or one less; ranges reach from there. */
export function toggled<Id>({ ids }: Selection<Id>, id: Id): Selection<Id> {
  const changed = new Set(ids);
  if (!changed.delete(id)) changed.add(id);
  return { ids: changed, anchor: id };
}

/** Everything from the anchor to `to` in the order of the list; without an anchor from `from`, the row that the keys are on. */
export function reached<Id>(selection: Selection<Id>, order: readonly Id[], from: Id | null, to: Id): Selection<Id> {
  const anchor = selection.anchor ?? from ?? to;
  const [one, other] = [order.indexOf(anchor), order.indexOf(to)];
  if (other < 0) return selection;
  const begin = one < 0 ? other : one;
  const range = order.slice(Math.min(begin, other), Math.max(begin, other) + 1);
  return { ids: new Set(range), anchor: one < 0 ? to : anchor };
}

export function all<Id>(order: readonly Id[]): Selection<Id> {
  return { ids: new Set(order), anchor: order[0] ?? null };
}

/** What is left where only these rows are shown: nothing out of sight stays selected. */
export function among<Id>(selection: Selection<Id>, shown: ReadonlySet<Id>): Selection<Id> {
  const ids = [...selection.ids].filter((id) => shown.has(id));
  return ids.length === selection.ids.size ? selection : { ids: new Set(ids), anchor: selection.anchor };
}
