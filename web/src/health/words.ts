/** A diagnosis in words, as a page shows it and as a person copies it. */
import type { CardDiagnosis, Diagnosis, Search, View } from "../backend/host.ts";
import { count, macWithColons } from "../inspect/words.ts";
import { sentence } from "../phones/states.ts";

/** Something that is wrong, or worth knowing. */
export interface Trouble {
  severity: "error" | "warning" | "note";
  words: string;
}

/** What is wrong with the running Fingerpost itself: where nothing is, nothing is told. */
export function ownTrouble(view: View, isDropping: boolean): Trouble[] {
  const cards = view.cards.filter(({ state, reason }) => reason && state !== "listening" && state !== "left_out");
  return [
    ...cards.map(({ name, state, reason }) => ({
      severity: state === "other_port" ? ("warning" as const) : ("error" as const),
      words: `card ${name}: ${reason}`,
    })),
    ...(view.policy_problem ? [{ severity: "error" as const, words: `The policy file is not followed, the policy before it holds: ${view.policy_problem}` }] : []),
    ...(view.memory?.problem
      ? [{ severity: "error" as const, words: `Nothing can be remembered: ${view.memory.file}: ${view.memory.problem}. Phones are answered all the same. Make room, or let this user write there` }]
      : []),
    ...(isDropping
      ? [{ severity: "warning" as const, words: `Datagrams come too fast to be read (${view.dropped.toLocaleString("en")} since the start). Phones ask again; where it goes on, this machine is too slow or something floods it` }]
      : []),
  ].map((one) => ({ ...one, words: sentence(one.words) }));
}

/** How many errors and warnings there are, for the way to this page. */
export function problems(view: View | null, isDropping: boolean): number {
  return view ? ownTrouble(view, isDropping).length : 0;
}

/** The facts of one card, each with its name. */
export function facts(card: CardDiagnosis): { name: string; words: string }[] {
  return [
    { name: "Addresses", words: card.addresses.join(", ") || "no IPv4 address" },
    ...(card.mac ? [{ name: "MAC", words: macWithColons(card.mac) }] : []),
    { name: "Card", words: [card.up ? "switched on" : "switched off", card.link ? "connected" : "not connected", card.multicast ? "says that it can multicast" : "says that it cannot multicast"].join(", ") },
    { name: "Joined", words: joined(card) },
    ...(card.packets ? [{ name: "Packets", words: `${card.packets.received.toLocaleString("en")} came in since it was switched on, ${card.packets.multicast.toLocaleString("en")} of them multicast` }] : []),
    ...(card.self_test ? [{ name: "Self-test", words: tested(card.self_test) }] : []),
  ];
}

function joined({ joined, members, open_error }: CardDiagnosis): string {
  const sockets = members === null ? "" : `, ${count(members, "socket")} of this machine`;
  if (joined === null) return open_error ? `could not be tried: ${open_error}` : "this system does not tell";
  return joined ? `yes, says the kernel${sockets}` : "no, says the kernel: no phone's question is heard here";
}

function tested({ sent, heard, ms, error }: NonNullable<CardDiagnosis["self_test"]>): string {
  if (!sent) return `not sent${error ? `: ${error}` : ""}`;
  if (!heard) return `sent to the group and not heard${error ? `: ${error}` : ""}`;
  return `sent to the group and heard${ms === null ? "" : ` after ${ms.toFixed(1)} ms`}: joined locally. It proves nothing about a switch`;
}

/** The whole as text, for a ticket. */
export function asText(view: View, isDropping: boolean, diagnosis: Diagnosis): string {
  const cards = diagnosis.cards.flatMap((card) => [card.interface, ...facts(card).map(({ name, words }) => `  ${name}: ${words}`), ""]);
  const wrong = [...ownTrouble(view, isDropping), ...diagnosis.problems].map(({ severity, words }) => `- ${severity}: ${words}`);
  const leftOut = diagnosis.left_out.map(({ interface: name, words }) => `- ${name}: ${words}`);
  return [
    `Phones ask ${diagnosis.group}. ${view.state}`,
    "",
    ...cards,
    ...(wrong.length > 0 ? ["Problems:", ...wrong, ""] : ["No problem was found.", ""]),
    ...(leftOut.length > 0 ? ["Left out:", ...leftOut, ""] : []),
    ...(diagnosis.holders.length > 0 ? ["Others on the port:", ...diagnosis.holders.map(({ words }) => `- ${words}`), ""] : []),
    "What cannot be seen from here:",
    diagnosis.cannot_see,
    "",
  ].join("\n");
}

/** Who answered on one card; those at our own address are on this machine. */
export function answered({ responders, problem }: Search, own: readonly string[]): { who: string; url: string; isHere: boolean }[] | string {
  if (problem) return sentence(problem);
  if (responders.length === 0) return "Nobody answered.";
  return responders.map(({ address, port, mac, vendor, url }) => ({
    who: [`${address}:${port}`, mac ? macWithColons(mac) : null, vendor].filter(Boolean).join(", "),
    url: url ?? "no URL",
    isHere: own.includes(address),
  }));
}
