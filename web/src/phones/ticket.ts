/** One phone as Markdown for a ticket: who, how far, what happened, what was said. Masking is done elsewhere. */
import type { PhoneRow, Recorded } from "../backend/host.ts";
import { macWithColons } from "../inspect/words.ts";
import type { Exchange } from "./happened.ts";
import { label, name, notes, product, reason, ruleName } from "./states.ts";
import { exact } from "./times.ts";
import { ends } from "./trace.ts";

/** The pieces in which secrets may stand: the story first, then each message. */
export function pieces(row: PhoneRow, exchange: Exchange | undefined, messages: readonly Recorded[]): string[] {
  return [story(row, exchange), ...messages.map(({ text }) => text)];
}

/** The ticket, of the pieces as they were masked. */
export function ticket(masked: readonly string[], messages: readonly Recorded[], group: string): string {
  const [begin = "", ...texts] = masked;
  const blocks = texts.map((text, index) => block(`${index + 1}. ${heading(messages[index], group)}`, text));
  const said = blocks.length > 0 ? ["### Messages", ...blocks] : [];
  return `${[begin, ...said, "Passwords, digests, keys and tokens are masked (\\*\\*\\*)."].join("\n\n")}\n`;
}

function story(row: PhoneRow, exchange: Exchange | undefined): string {
  const { phone } = row;
  const facts: [string, string | null][] = [
    ["State", [label(row), ...notes(row).map(({ word }) => word)].join(", ")],
    ["Why", reason(row)],
    ["Phone", [product(phone), phone.version].filter(Boolean).join(" ")],
    ["MAC", phone.mac && macWithColons(phone.mac)],
    ["Address", `${row.source} on ${row.interface}`],
    ["Rule", ruleName(row.rule)],
    ["URL", row.url],
    ["Asked", `${row.asked}, first ${exact(row.first_asked)}, last ${exact(row.last_asked)}`],
    ["Tags", row.tags.join(", ") || null],
  ];
  const lines = facts.flatMap(([title, text]) => (text ? [`- ${title}: ${plain(text)}`] : []));
  const steps = exchange?.steps.map(({ shown, word, text, wire, note }) => `1. ${[shown, `**${word}**`, plain(text), wire && plain(wire), note && `(${plain(note)})`].filter(Boolean).join(" ")}`) ?? [];
  const happened = steps.length > 0 ? ["### What happened", steps.join("\n")] : [];
  return [`## ${plain(name(row))}`, lines.join("\n"), ...happened].join("\n\n");
}

function heading(message: Recorded | undefined, group: string): string {
  return message ? `${exact(message.time)} ${ends(message, group)}` : "";
}

/** Without what means something in Markdown. */
function plain(text: string): string {
  return text.replace(/[\\`*_<>[\]#|]/g, "\\$&").replace(/\s+/g, " ");
}

/** In a fence that is longer than any in the message. */
function block(title: string, text: string): string {
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map((run) => run.length));
  const fence = "`".repeat(longest + 1);
  return `${title}\n\n${fence}sip\n${text.replaceAll("\r\n", "\n").trimEnd()}\n${fence}`;
}
