/** Giving messages away: to the clipboard and as files, with the line ends that belong on the wire. */
import { backend } from "../backend/current.ts";
import { say } from "../shell/status.svelte.ts";
import type { Message } from "../wasm/index.ts";
import type { Copy } from "./copying.ts";
import { bytes, count, fileName } from "./words.ts";

type Wire = Pick<Message, "title" | "text">;
type Ends = "\r\n" | "\n";

function named(ends: Ends): string {
  return ends === "\n" ? "LF" : "CRLF";
}

export async function copyMessage(message: Wire, ends: Ends = "\r\n"): Promise<void> {
  try {
    await backend.copy(message.text);
    say(`Copied ${message.title}: ${count(bytes(message.text), "byte")}, ${named(ends)} line ends.`);
  } catch (error) {
    say(`Not copied: ${error instanceof Error ? error.message : String(error)}. Save it as a file instead.`);
  }
}

export async function saveMessage(message: Wire, ends: Ends = "\r\n"): Promise<void> {
  try {
    const isSaved = await backend.save(fileName(message), message.text);
    say(isSaved ? `Saved ${message.title}: ${count(bytes(message.text), "byte")}, ${named(ends)} line ends.` : "Not saved.");
  } catch (error) {
    say(`Not saved: ${error instanceof Error ? error.message : String(error)}.`);
  }
}

/** A row of the structure, in one of its forms. */
export async function copyRow({ title, text }: Copy): Promise<void> {
  try {
    await backend.copy(text);
    say(`Copied: ${title.toLowerCase()}.`);
  } catch (error) {
    say(`Not copied: ${error instanceof Error ? error.message : String(error)}.`);
  }
}
