/** Line ends: a text field knows LF alone, on the wire stands CR LF, or what somebody wants to see go wrong. */
export type Ends = "\r\n" | "\n";

export function withLf(text: string): string {
  return text.replace(/\r\n?/g, "\n");
}

export function withEnds(text: string, ends: Ends): string {
  return text.replace(/\r\n?|\n/g, ends);
}

/** How most lines of a text end: CR LF unless no line does. */
export function endsOf(text: string): Ends {
  return text.includes("\n") && !text.includes("\r\n") ? "\n" : "\r\n";
}
