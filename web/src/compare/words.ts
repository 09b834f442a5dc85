/** Sentences about what differs. */
import { count } from "../inspect/words.ts";
import type { Beside, Comparison } from "../wasm/traces.ts";

/** `2 lines say something else; 3 differ in what differs anyway; 1 stands elsewhere`. */
export function comparisonSummary({ real, noise, spelling, moved }: Pick<Comparison, "real" | "noise" | "spelling" | "moved">): string {
  const verb = (number: number, one: string, many: string): string => (number === 1 ? one : many);
  const parts = [
    real === 0 ? "They say the same" : `${count(real, "line")} ${verb(real, "says", "say")} something else`,
    noise === 0 ? "" : `${noise} ${verb(noise, "differs", "differ")} in what differs anyway (branch, tag, Call-ID, counters, times)`,
    spelling === 0 ? "" : `${spelling} in spelling`,
    moved === 0 ? "" : `${moved} ${verb(moved, "stands", "stand")} elsewhere`,
  ];
  return `${parts.filter(Boolean).join("; ")}.`;
}

function line(pieces: Beside["left"]): string {
  return (pieces ?? []).map(({ text }) => text).join("");
}

/** `To: changed from …, to …`, for those who read a list. */
export function sentenceOf(row: Beside): string {
  const [left, right] = [line(row.left), line(row.right)];
  const moved = row.isMoved ? "; it stands elsewhere" : "";
  switch (row.difference) {
    case "added":
      return `${row.place}: only the right message has ${right}`;
    case "removed":
      return `${row.place}: only the left message has ${left}`;
    case "same":
      return `${row.place}: the same${moved}`;
    default:
      return `${row.place}: left ${left}, right ${right}${moved}`;
  }
}

/** Whether the row is shown where only what matters is. */
export function isReal({ difference }: Beside): boolean {
  return difference === "changed" || difference === "added" || difference === "removed";
}
