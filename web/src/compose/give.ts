/** Giving the document and its messages away, in the spellings of other programs. All of them are written by Rust. */
import { backend } from "../backend/current.ts";
import type { Content } from "../backend/index.ts";
import { say } from "../shell/status.svelte.ts";
import { capture, command, cString, hexDump, jsonString, sipp } from "../wasm/compose.ts";
import { fields, partOf } from "./form.svelte.ts";
import type { Letter } from "./letter.svelte.ts";

export interface Given {
  title: string;
  run: () => void;
}

async function done(work: () => Promise<string>): Promise<void> {
  try {
    say(await work());
  } catch (error) {
    say(`Not done: ${error instanceof Error ? error.message : String(error)}.`);
  }
}

function copy(what: string, text: () => string): Given {
  const run = async (): Promise<string> => {
    await backend.copy(text());
    return `Copied ${what}.`;
  };
  return { title: `Copy ${what}`, run: () => void done(run) };
}

function save(what: string, name: string, content: () => Content): Given {
  const run = async (): Promise<string> => ((await backend.save(name, content())) ? `Saved ${what}.` : "Not saved.");
  return { title: `Save ${what}`, run: () => void done(run) };
}

/** One message. */
export function spellings(letter: Letter, title: string): Given[] {
  const part = partOf(letter);
  const asked = fields();
  return [
    copy(`${title} as a hex dump`, () => hexDump(letter.text)),
    copy(`${title} as a C string`, () => cString(letter.text)),
    copy(`${title} as a JSON string`, () => jsonString(letter.text)),
    ...(part && asked ? [copy(`the command that writes ${title}`, () => command(asked, part))] : []),
  ];
}

/** The whole document. */
export function whole(letters: readonly Letter[]): Given[] {
  const texts = (): [string[], string[], string[]] => [
    letters.map(({ text }) => text),
    letters.map(({ from }) => from),
    letters.map(({ to }) => to),
  ];
  const scenario = (side: "first" | "second") => () => sipp(...texts(), side);
  return [
    save("all as a capture (pcapng)", "composed.pcapng", () => captured(letters, Date.now())),
    save("a SIPp scenario of the first side", "first-side.xml", scenario("first")),
    save("a SIPp scenario of the second side", "second-side.xml", scenario("second")),
    copy("a SIPp scenario of the first side", scenario("first")),
    copy("a SIPp scenario of the second side", scenario("second")),
  ];
}

/** The document as a capture file, its first message sent at that time. */
export function captured(letters: readonly Letter[], milliseconds: number): Uint8Array<ArrayBuffer> {
  const bytes = capture(
    letters.map(({ text }) => text),
    letters.map(({ from }) => from),
    letters.map(({ to }) => to),
    milliseconds,
  );
  return new Uint8Array(bytes);
}
