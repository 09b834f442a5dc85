/** Places in UTF-8, as the engine counts, in a string, as the page does. */
export function inString(text: string, [from, to]: readonly [number, number]): { from: number; to: number } {
  const bytes = new TextEncoder().encode(text);
  const before = (end: number): number => new TextDecoder().decode(bytes.subarray(0, end)).length;
  return { from: before(from), to: before(to) };
}
