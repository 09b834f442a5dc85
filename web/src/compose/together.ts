/** Messages of one exchange are judged together: a NOTIFY is right or wrong in the light of its SUBSCRIBE. */
import type { Message } from "../wasm/index.ts";
import type { Range } from "../editor/position.ts";

const BETWEEN = "\n\n";

export interface Together {
  text: string;
  /** Where each part stands in it. */
  places: Range[];
}

/** One text of several, with LF line ends. */
export function join(parts: readonly string[]): Together {
  const places: Range[] = [];
  let text = "";
  for (const part of parts) {
    const from = text.length;
    text += withLf(part);
    places.push({ from, to: text.length });
    text += BETWEEN;
  }
  return { text, places };
}

/** The messages that begin in the part at `place`, with the places that they have within it. */
export function partOf(messages: readonly Message[], place: Range): Message[] {
  const own = messages.filter((message) => place.from <= message.from && message.from < place.to);
  return own.map((message) => ({
    ...shifted(message, place),
    tokens: message.tokens.map((token) => shifted(token, place)),
    findings: message.findings.map((finding) => ({
      ...shifted(finding, place),
      fix: finding.fix && shifted(finding.fix, place),
    })),
  }));
}

function shifted<R extends Range>(range: R, { from, to }: Range): R {
  const within = (offset: number): number => Math.min(Math.max(offset - from, 0), to - from);
  return { ...range, from: within(range.from), to: within(range.to) };
}

export function withLf(text: string): string {
  return text.replace(/\r\n?/g, "\n");
}

export function withCrlf(text: string): string {
  return text.replace(/\r\n?|\n/g, "\r\n");
}
