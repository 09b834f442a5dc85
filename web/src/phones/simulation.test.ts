import { expect, test } from "vitest";
import type { CardView } from "../backend/host.ts";
import { simulation } from "./simulation.ts";

const card = (name: string): CardView => ({ name, addresses: [], state: "listening", reason: null });

test("the simulated phone asks where Fingerpost listens", () => {
  expect(simulation({ cards: [card("eth0")], group: "224.0.1.75:5060" })).toBe("fingerpost phone --vendor snom");
  expect(simulation({ cards: [card("lo")], group: "239.255.75.1:35075" })).toBe(
    "fingerpost phone --vendor snom --interface lo --group 239.255.75.1 --port 35075",
  );
});
