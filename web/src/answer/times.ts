/** When a message goes out, in words. */

/** `at once`, `at once; again after 0.5 s, 1.5 s and 3.5 s if the phone does not answer`, `after 1.5 s if …`. */
export function sentAt(at: readonly number[]): string {
  const [first = 0, ...more] = at;
  const seconds = (milliseconds: number): string => `${(milliseconds / 1000).toLocaleString("en")} s`;
  const silent = "if the phone does not answer";
  const begin = first === 0 ? "at once" : `after ${seconds(first)}`;
  if (more.length === 0) return first === 0 ? begin : `${begin} ${silent}`;
  const last = more.at(-1) ?? 0;
  const before = more.slice(0, -1).map(seconds);
  const list = before.length > 0 ? `${before.join(", ")} and ${seconds(last)}` : seconds(last);
  return `${begin}; again after ${list} ${silent}`;
}
