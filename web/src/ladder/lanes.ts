/** What stands under the name of a lane. */
import type { Lane, Role } from "../wasm/traces.ts";

const WORDS: Record<Role, string> = { phone: "phone", server: "provisioning server", group: "multicast group", other: "" };

export function subtitle(lane: Lane): string {
  return lane.title ?? WORDS[lane.role];
}
