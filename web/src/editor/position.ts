/** Places in a text: from (inclusive) to (exclusive). No knowledge of what stands there. */
export interface Range {
  from: number;
  to: number;
}

export function clamp(range: Range, length: number): Range {
  const from = Math.min(Math.max(range.from, 0), length);
  return { from, to: Math.min(Math.max(range.to, from), length) };
}

export function overlaps(one: Range, other: Range): boolean {
  return one.from < other.to && other.from < one.to;
}

/** The index of the first range that ends behind `offset`, of ranges that stand in order and apart. */
export function firstEndingBehind(ranges: readonly Range[], offset: number): number {
  let low = 0;
  let high = ranges.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ranges[middle]?.to ?? 0) > offset) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Those of the ranges, in order and apart, that share something with `seen`. */
export function within<R extends Range>(ranges: readonly R[], seen: Range): R[] {
  const found: R[] = [];
  for (let index = firstEndingBehind(ranges, seen.from); index < ranges.length; index++) {
    const range = ranges[index];
    if (!range || range.from >= seen.to) break;
    found.push(range);
  }
  return found;
}

/** The index of the range that holds `offset`, its end included; -1 where none does. */
export function holding(ranges: readonly Range[], offset: number): number {
  const index = firstEndingBehind(ranges, offset - 1);
  const range = ranges[index];
  if (!range || range.from > offset) return -1;
  const next = ranges[index + 1];
  return range.to === offset && next?.from === offset ? index + 1 : index;
}

/** Something to underline where there is nothing: the piece before or behind a place of no length. */
export function visible(range: Range, length: number): Range {
  const { from, to } = clamp(range, length);
  if (from < to) return { from, to };
  return from > 0 ? { from: from - 1, to: from } : { from, to: Math.min(1, length) };
}
