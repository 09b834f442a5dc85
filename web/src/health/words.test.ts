import { expect, test } from "vitest";
import type { CardDiagnosis, Diagnosis, View } from "../backend/host.ts";
import { answered, asText, facts, ownTrouble, problems } from "./words.ts";

const CARD: CardDiagnosis = {
  interface: "eth0",
  kind: "lan",
  mac: "020000000001",
  addresses: ["192.0.2.7/24"],
  up: true,
  link: false,
  multicast: true,
  joined: true,
  members: 2,
  packets: { received: 1234, multicast: 5 },
  answers: [],
  open_error: null,
  self_test: { sent: true, heard: true, ms: 0.51, error: null },
  heard: 0,
};
const VIEW = {
  state: "Observing on 1 card: nothing is answered.",
  cards: [{ name: "eth0", addresses: ["192.0.2.7"], state: "listening", reason: null }],
  policy_problem: null,
  memory: null,
  dropped: 0,
} as unknown as View;

test("a healthy Fingerpost has nothing to tell, and each trouble is told with what to do", () => {
  expect([ownTrouble({ ...VIEW, dropped: 3 }, false), problems(VIEW, false), problems(null, true)]).toEqual([[], 0, 0]);
  const ill = {
    ...VIEW,
    cards: [{ name: "eth0", addresses: [], state: "failed", reason: "port 5060 is held by baresip" }],
    policy_problem: "p.toml: 2:1: unknown key",
    memory: { file: "/d/f.db", problem: "database or disk is full", lost: 3, forgotten: 0 },
    dropped: 1,
  } as unknown as View;
  expect(ownTrouble(ill, true).map(({ severity, words }) => `${severity}: ${words}`)).toEqual([
    "error: Card eth0: port 5060 is held by baresip.",
    "error: The policy file is not followed, the policy before it holds: p.toml: 2:1: unknown key.",
    "error: Nothing can be remembered: /d/f.db: database or disk is full. Phones are answered all the same. Make room, or let this user write there.",
    "warning: Datagrams come too fast to be read (1 since the start). Phones ask again; where it goes on, this machine is too slow or something floods it.",
  ]);
});

test("the facts of a card are sentences", () => {
  expect(facts(CARD).map(({ name, words }) => `${name}: ${words}`)).toEqual([
    "Addresses: 192.0.2.7/24",
    "MAC: 02:00:00:00:00:01",
    "Card: switched on, not connected, says that it can multicast",
    "Joined: yes, says the kernel, 2 sockets of this machine",
    "Packets: 1,234 came in since it was switched on, 5 of them multicast",
    "Self-test: sent to the group and heard after 0.5 ms: joined locally. It proves nothing about a switch",
  ]);
  const joined = (rest: Partial<CardDiagnosis>): string | undefined => facts({ ...CARD, ...rest }).find(({ name }) => name === "Joined")?.words;
  expect(joined({ joined: false })).toContain("no phone's question is heard here");
  expect(joined({ joined: null, open_error: "in use" })).toBe("could not be tried: in use");
});

test("the report says everything that the page shows", () => {
  const diagnosis = { verdict: "fine", group: "224.0.1.75:5060", cards: [CARD], left_out: [], holders: [], problems: [], cannot_see: "No switch." } as unknown as Diagnosis;
  const text = asText(VIEW, false, diagnosis);
  for (const words of ["Phones ask 224.0.1.75:5060. Observing", "  Joined: yes", "No problem was found.", "No switch."]) expect(text).toContain(words);
});

test("who answered is told, and whether it is this machine", () => {
  const responder = { address: "192.0.2.7", port: 5060, mac: null, vendor: null, url: "tftp://x" };
  const search = { interface: "eth0", responders: [responder, { ...responder, address: "192.0.2.9", mac: "000413000001", vendor: "snom", url: null }], problem: null };
  expect(answered(search as never, ["192.0.2.7"])).toEqual([
    { who: "192.0.2.7:5060", url: "tftp://x", isHere: true },
    { who: "192.0.2.9:5060, 00:04:13:00:00:01, snom", url: "no URL", isHere: false },
  ]);
  expect(answered({ interface: "eth0", responders: [], problem: null }, [])).toBe("Nobody answered.");
  expect(answered({ interface: "eth0", responders: [], problem: "it broke off" }, [])).toBe("It broke off.");
});
