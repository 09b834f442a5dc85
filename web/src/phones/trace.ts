/** A phone's messages as one text, for the inspector. */
import type { PhoneDetail, PhoneRow, Recorded } from "../backend/host.ts";
import { exact } from "./times.ts";

/**
 * The engine remembers messages by address. Several phones may have the same one: simulated ones at once, real ones when an
 * address is given away again. A message belongs to the phone that asked last from where it came or went.
 */
export function own({ row, timeline, messages }: PhoneDetail, rows: readonly PhoneRow[]): Recorded[] {
  const told = timeline.flatMap((event) => (event.event === "phone_asked" ? [event] : []));
  const mine = latestOf([...told, ...asks(row)]);
  const peers = new Set(messages.map(({ peer }) => peer));
  const others = rows.filter((other) => other.phone.id !== row.phone.id && peers.has(other.source));
  const theirs = latestOf(others.flatMap(asks));
  return messages.filter(({ peer, time }) => mine(peer, time) >= theirs(peer, time));
}

interface Ask {
  source: string;
  time: string;
}

function asks({ source, first_asked, last_asked }: PhoneRow): Ask[] {
  return [first_asked, last_asked].map((time) => ({ source, time }));
}

/** When somebody asked last from there, up to that time; an empty text where nobody did. */
function latestOf(asked: readonly Ask[]): (source: string, until: string) => string {
  return (source, until) =>
    asked.reduce((latest, ask) => (ask.source === source && ask.time <= until && ask.time > latest ? ask.time : latest), "");
}

export function joined(messages: readonly Recorded[]): string {
  return messages.map((message) => `${heading(message)}\r\n\r\n${message.text}`).join("\r\n\r\n");
}

/** The same with both ends of each message, as what draws ladders reads it. `group` is where phones ask. */
export function laddered(messages: readonly Recorded[], group: string): string {
  return messages.map((message) => `# ${message.time} ${ends(message, group)}\r\n\r\n${message.text}`).join("\r\n\r\n");
}

/** `from 10.13.2.44:5060 to 224.0.1.75:5060`. */
export function ends({ direction, peer, local }: Recorded, group: string): string {
  const own = local ?? group;
  return direction === "in" ? `from ${peer} to ${own}` : `from ${own} to ${peer}`;
}

function heading({ time, direction, peer, interface: card, is_multicast }: Recorded): string {
  const way = direction === "in" ? `from ${peer}${is_multicast ? " to the group" : ""}` : `to ${peer}`;
  return `${exact(time)} ${way} on ${card}`;
}
