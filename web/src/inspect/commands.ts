/** What the palette offers of the inspector. Does nothing itself: each command is one of what the page can do. */
import { EXAMPLES, type Example } from "../examples/index.ts";
import { FORMS, type GivenForm } from "../give/forms.ts";
import type { Action } from "../shell/actions.ts";
import { trace } from "../trace/trace.svelte.ts";
import type { Message, Policy } from "../wasm/index.ts";
import { isAnswered } from "./asking.ts";
import type { Copy } from "./copying.ts";
import { copyMessage, saveMessage } from "./hand-out.ts";
import { session } from "./session.svelte.ts";
import { type Tool, type View, VIEWS } from "./views.ts";

/** What is looked at. */
export interface Looked {
  message: Message | null;
  active: number;
  tools: readonly { id: Tool; command: string }[];
  copyings: readonly Copy[];
}

/** What the page can do. */
export interface Doing {
  oncompose: (how: "reply" | "edit", text: string) => void;
  pick: (index: number) => void;
  nextFinding: (step: 1 | -1) => void;
  fixAll: () => void;
  show: (to: View | Tool) => void;
  give: (how: "copy" | "save", form: GivenForm) => Promise<void>;
  judge: (policy: Policy) => void;
  leaveFiles: () => void;
  copy: (one: Copy) => Promise<void>;
  pickExample: (example: Example) => void;
  openFile: () => void;
  goToText: () => void;
}

export function commands(looked: Looked, doing: Doing): Action[] {
  return [
    ...(looked.message ? [...ofMessage(looked, looked.message, doing), ...ofAll(looked, doing)] : []),
    ...EXAMPLES.map((example) => ({ title: `Example: ${example.title}`, run: () => doing.pickExample(example) })),
    { title: "Open files: captures, logs, texts", run: doing.openFile },
    ...VIEWS.map(({ id, title }) => ({ title: `Show as ${title.toLowerCase()}`, run: () => doing.show(id) })),
    ...(trace.isFiles ? [{ title: "Close the files", run: doing.leaveFiles }] : []),
    { title: "Judge strictly", run: () => doing.judge("strict") },
    { title: "Judge robustly", run: () => doing.judge("robust") },
    { title: "Go to the text", run: doing.goToText },
  ];
}

function ofAll({ tools }: Looked, { show, give }: Doing): Action[] {
  const given = (how: "copy" | "save", form: GivenForm): Action => ({
    title: `${how === "copy" ? "Copy" : "Save"} ${form.what}`,
    run: () => void give(how, form),
  });
  return [
    ...tools.map(({ id, command }) => ({ title: command, run: () => show(id) })),
    ...FORMS.flatMap((form) => [...(form.isText ? [given("copy", form)] : []), given("save", form)]),
  ];
}

function ofMessage({ active, copyings }: Looked, message: Message, doing: Doing): Action[] {
  const messages = trace.isFiles ? trace.rows : session.messages;
  return [
    { title: "Copy the message with CRLF", run: () => void copyMessage(message) },
    { title: "Save the message as a .sip file", run: () => void saveMessage(message) },
    ...(isAnswered(message) ? [{ title: `Reply to this ${message.title}`, run: () => doing.oncompose("reply", message.text) }] : []),
    { title: "Edit this message in the composer", run: () => doing.oncompose("edit", message.text) },
    { title: "Next finding", keys: "F8", run: () => doing.nextFinding(1) },
    { title: "Previous finding", keys: "Shift F8", run: () => doing.nextFinding(-1) },
    ...(active + 1 < messages.length ? [{ title: "Next message", run: () => doing.pick(active + 1) }] : []),
    ...(active > 0 ? [{ title: "Previous message", run: () => doing.pick(active - 1) }] : []),
    { title: "Open all rows of the structure", run: () => session.turnAll(true) },
    { title: "Close all rows of the structure", run: () => session.turnAll(false) },
    { title: "Go to the structure", run: () => document.querySelector<HTMLElement>('[role=treeitem][tabindex="0"]')?.focus() },
    { title: "Fix all that can be fixed", run: doing.fixAll },
    ...copyings.map((one) => ({ title: `Copy of the chosen row: ${one.title}`, run: () => void doing.copy(one) })),
  ];
}
