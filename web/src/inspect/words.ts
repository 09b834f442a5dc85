/** Sentences about what was found. */
import type { Finding, Message, Severity } from "../wasm/index.ts";

/** Made once: making one takes longer than all that it writes here. */
const NUMBERS = new Intl.NumberFormat("en");

export function count(number: number, one: string, many = `${one}s`): string {
  return `${NUMBERS.format(number)} ${number === 1 ? one : many}`;
}

/** `3 messages in 61 lines`. */
export function summary(messages: number, lines: number): string {
  return `${messages === 0 ? "No message" : count(messages, "message")} in ${count(lines, "line")}`;
}

export function lineCount(text: string): number {
  let lines = 1;
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) lines++;
  return lines;
}

const SEVERITIES: readonly Severity[] = ["error", "warning", "note"];

/** The weightiest severity there is; null where nothing was found. */
export function worst(findings: readonly Finding[]): Severity | null {
  return SEVERITIES.find((severity) => findings.some((finding) => finding.severity === severity)) ?? null;
}

/** `2 errors, 1 note`. */
export function tally(findings: readonly Finding[]): string {
  const parts = SEVERITIES.map((severity) => ({
    severity,
    number: findings.filter((finding) => finding.severity === severity).length,
  }));
  const said = parts.filter(({ number }) => number > 0).map(({ severity, number }) => count(number, severity));
  return said.join(", ") || "nothing to say";
}

/** `00:90:8f:4a:11:02` of twelve hex digits. */
export function macWithColons(mac: string): string {
  return mac.match(/../g)?.join(":") ?? mac;
}

/** `200-ok.sip`: what a message is called as a file. */
export function fileName(message: Pick<Message, "title">): string {
  const words = message.title.toLowerCase().split(" ").map((word) => word.replace(/[^a-z0-9]/g, ""));
  return `${words.filter(Boolean).join("-") || "message"}.sip`;
}

/** More letters than any row is wide. */
const LONGEST = 400;

/** What of a value a row shows: to lay out all of a long body would take longer than to read it. */
export function beginning(value: string): string {
  return value.length <= LONGEST ? value : `${value.slice(0, LONGEST)}…`;
}

export function bytes(text: string): number {
  return new TextEncoder().encode(text).length;
}
