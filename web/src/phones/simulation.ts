import type { View } from "../backend/host.ts";

const USUAL = ["224.0.1.75", "5060"];

/** The command that lets a simulated phone ask where this engine listens. */
export function simulation({ cards, group }: Pick<View, "cards" | "group">): string {
  const [address, port] = group.split(":");
  const isLoopback = cards.length > 0 && cards.every((card) => card.name === "lo");
  return [
    "fingerpost phone --vendor snom",
    ...(isLoopback ? ["--interface lo"] : []),
    ...(address === USUAL[0] ? [] : [`--group ${address}`]),
    ...(port === USUAL[1] ? [] : [`--port ${port}`]),
  ].join(" ");
}
