/** The lanes that are drawn: of those of a whole trace only the ones that the shown lines need. */
import type { Lane, Role } from "../wasm/traces.ts";
import type { Lines } from "./lines.ts";

const WORDS: Record<Role, string> = { phone: "phone", server: "provisioning server", group: "multicast group", other: "" };

/** What stands under the name of a lane. */
export function subtitle(lane: Lane): string {
  return lane.title ?? WORDS[lane.role];
}

/** The lanes in use, in their order; and where each of all is now. */
export interface Places {
  used: number[];
  place: ReadonlyMap<number, number>;
}

export function placesOf(lines: Pick<Lines, "lanes">): Places {
  const used = [...lines.lanes()].sort((one, other) => one - other);
  return { used, place: new Map(used.map((lane, place) => [lane, place])) };
}

/** Which lanes can be seen, and one more on either side. */
export function inSight(lanes: number, step: number, scrolled: number, width: number): { from: number; to: number } {
  const from = Math.max(0, Math.floor(scrolled / step) - 1);
  return { from, to: Math.min(lanes, Math.ceil((scrolled + width) / step) + 1) };
}
