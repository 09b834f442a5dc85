/** How long to wait before the next try, after so many in vain: growing, but nobody waits longer than a quarter minute. */
const PAUSES = [500, 1000, 2000, 4000, 8000] as const;
const LONGEST = 15_000;

export function pauseBefore(failures: number): number {
  return PAUSES[Math.max(0, failures - 1)] ?? LONGEST;
}
