/** The forms in which messages are given away, in words. */
import type { Form } from "../trace/asks.ts";

export interface GivenForm {
  form: Form;
  /** What is given: `the messages as Markdown`. */
  what: string;
  title: string;
  /** As a file. */
  name: string;
  /** Whether it can be put on the clipboard. */
  isText: boolean;
}

const text = (form: Form, title: string, what: string, name: string): GivenForm => ({ form, title, what, name, isText: true });

export const FORMS: readonly GivenForm[] = [
  text("text", "Text, byte for byte", "the messages as text", "messages.txt"),
  text("markdown", "Markdown for a ticket", "the messages as Markdown", "messages.md"),
  text("csv", "Table (CSV)", "the messages as a table", "messages.csv"),
  { form: "pcapng", title: "Capture for Wireshark (pcapng)", what: "the messages as a capture", name: "messages.pcapng", isText: false },
  text("json", "Messages and findings (JSON)", "the messages and findings as JSON", "messages.json"),
  text("sarif", "Findings (SARIF)", "the findings as SARIF", "findings.sarif"),
  text("ladder", "Ladder as text", "the ladder as text", "ladder.txt"),
  text("mermaid", "Ladder as Mermaid", "the ladder as Mermaid", "ladder.mmd"),
  text("svg", "Ladder as a picture (SVG)", "the ladder as SVG", "ladder.svg"),
];

/** `messages-redacted.md`. */
export function fileNameOf({ name }: GivenForm, isRedacted: boolean): string {
  return isRedacted ? name.replace(".", "-redacted.") : name;
}
