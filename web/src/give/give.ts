/** Giving messages of a trace away: to the clipboard and as files. What is shown is what is given. */
import { backend } from "../backend/current.ts";
import { pseudonyms } from "../redact/pseudonyms.ts";
import { say } from "../shell/status.svelte.ts";
import type { Exported } from "../trace/asks.ts";
import { trace } from "../trace/trace.svelte.ts";
import { fileNameOf, type GivenForm } from "./forms.ts";

/** What is shown, in a form. The trace must be open. */
export async function exported({ form }: Pick<GivenForm, "form">, isRedacted: boolean): Promise<Exported> {
  const { held, shown, rows } = trace;
  if (!held) throw new Error("there is no message");
  if (shown.length === 0) throw new Error("no message is shown");
  if (isRedacted) await pseudonyms(held);
  return held.ask("export", form, shown.length === rows.length ? [] : shown, isRedacted);
}

export async function copyAs(form: GivenForm, isRedacted: boolean): Promise<void> {
  try {
    const { bytes, notes } = await exported(form, isRedacted);
    await backend.copy(new TextDecoder().decode(bytes));
    say(told(`Copied ${form.what}`, isRedacted, notes));
  } catch (error) {
    say(`Not copied: ${error instanceof Error ? error.message : String(error)}.`);
  }
}

export async function saveAs(form: GivenForm, isRedacted: boolean): Promise<void> {
  try {
    const { bytes, notes } = await exported(form, isRedacted);
    const isSaved = await backend.save(fileNameOf(form, isRedacted), bytes);
    say(isSaved ? told(`Saved ${form.what}`, isRedacted, notes) : "Not saved.");
  } catch (error) {
    say(`Not saved: ${error instanceof Error ? error.message : String(error)}.`);
  }
}

function told(what: string, isRedacted: boolean, notes: readonly string[]): string {
  const [first, ...more] = notes;
  const left = first === undefined ? "" : ` Note: ${first}${more.length > 0 ? `, and ${more.length} more` : ""}.`;
  return `${what}${isRedacted ? ", with pseudonyms" : ""}.${left}`;
}
