/** Points in time and spans in words. Times are RFC 3339 as the engine writes them, and shown in the reader's own zone. */
const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** `12 s ago`; beyond a week, the day. `now` is the engine's clock, in milliseconds. */
export function ago(time: string, now: number): string {
  const past = now - Date.parse(time);
  if (past < 2 * SECOND) return "just now";
  if (past < MINUTE) return `${Math.floor(past / SECOND)} s ago`;
  if (past < HOUR) return `${Math.floor(past / MINUTE)} min ago`;
  if (past < DAY) return `${Math.floor(past / HOUR)} h ago`;
  if (past < 7 * DAY) return `${Math.floor(past / DAY)} d ago`;
  return day(time);
}

/** `14:02:11.204`. */
export function clock(time: string): string {
  const date = new Date(time);
  const part = (value: number, digits = 2): string => String(value).padStart(digits, "0");
  return `${part(date.getHours())}:${part(date.getMinutes())}:${part(date.getSeconds())}.${part(date.getMilliseconds(), 3)}`;
}

/** `2026-11-22 14:02:11.204`. */
export function exact(time: string): string {
  return `${day(time)} ${clock(time)}`;
}

function day(time: string): string {
  const date = new Date(time);
  const part = (value: number): string => String(value).padStart(2, "0");
  return `${date.getFullYear()}-${part(date.getMonth() + 1)}-${part(date.getDate())}`;
}

/** `+12 ms`, `+3.5 s`: how long after `from`. */
export function later(from: string, to: string): string {
  const span = Math.max(0, Date.parse(to) - Date.parse(from));
  if (span < SECOND) return `+${span} ms`;
  if (span < MINUTE) return `+${(span / SECOND).toFixed(1)} s`;
  return `+${Math.round(span / MINUTE)} min`;
}

/** `in 4 s`, of a span in milliseconds. */
export function shortly(span: number): string {
  return span < SECOND ? "now" : `in ${Math.ceil(span / SECOND)} s`;
}
