/** What the left half of the inspector shows: the messages in one of four ways, or a tool in their place. */

export type View = "text" | "bytes" | "ladder" | "list";
/** What files that are handed in are looked at as; as a list, where they hold several messages. */
export type OpenedAs = "list" | "ladder" | "compare";
export type Tool = "redact" | "compare" | "share" | "answer";

export const VIEWS: readonly { id: View; title: string; told: string }[] = [
  { id: "text", title: "Text", told: "The text." },
  { id: "bytes", title: "Bytes", told: "The message byte by byte." },
  { id: "ladder", title: "Ladder", told: "Who said what to whom." },
  { id: "list", title: "List", told: "All messages, a line each." },
];

export const TOOLS: readonly { id: Tool; title: string; command: string }[] = [
  { id: "redact", title: "Redact", command: "Redact: replace who and where by pseudonyms" },
  { id: "compare", title: "Compare two messages", command: "Compare two messages" },
  { id: "answer", title: "What would Fingerpost answer?", command: "What would Fingerpost answer?" },
  { id: "share", title: "Share as a link", command: "Share as a link" },
];

export function isView(shown: View | Tool): shown is View {
  return VIEWS.some(({ id }) => id === shown);
}

/** Whether what is shown looks at all messages together, and so needs the trace to be read. */
export function needsTrace(shown: View | Tool): boolean {
  return shown !== "text" && shown !== "bytes" && shown !== "answer";
}
