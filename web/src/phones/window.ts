/** Which rows of a long list are drawn. All are of one height. */
export interface Sight {
  rows: number;
  rowHeight: number;
  /** How far it is scrolled, and how much of the rows can be seen. */
  top: number;
  height: number;
}

export interface Drawn {
  from: number;
  /** Exclusive. */
  to: number;
}

/** Rows drawn beyond what can be seen, so that a turn of the wheel shows no gap. */
const BEYOND = 12;

export function drawn({ rows, rowHeight, top, height }: Sight): Drawn {
  const first = Math.floor(Math.max(0, top) / rowHeight);
  const seen = Math.ceil(Math.max(0, height) / rowHeight) + 1;
  const from = Math.min(Math.max(0, first - BEYOND), Math.max(0, rows - seen - BEYOND));
  return { from, to: Math.min(rows, first + seen + BEYOND) };
}

/** Where to scroll so that a row is seen whole; where it is, nothing moves. */
export function topShowing(row: number, { rowHeight, top, height }: Sight): number {
  const begin = row * rowHeight;
  if (begin < top) return begin;
  const least = begin + rowHeight - height;
  return least > top ? least : top;
}

/** The row that a key leads to; null where the key means nothing here. -1 stands for no row yet. */
export function rowAfter(key: string, row: number, rows: number, page: number): number | null {
  if (rows === 0) return null;
  const to = { ArrowDown: row + 1, ArrowUp: row - 1, PageDown: row + page, PageUp: row - page, Home: 0, End: rows - 1 }[key];
  return to === undefined ? null : Math.min(Math.max(to, 0), rows - 1);
}
