/** The host is the desktop app: its window shows these pages, and its commands reach the engine beside them. */
import { Channel, invoke, type InvokeArgs } from "@tauri-apps/api/core";
import type { Refusal as Told } from "@engine/Refusal";
import { type Health, type Host, type News, type PhoneDetail, type PolicyDraft, type PolicyView, Refusal, type Restored, type Search, type SettingsView, Silence, type Switches, type Traffic, type View } from "./host.ts";
import { queue } from "./queue.ts";
import type { Content } from "./index.ts";
import { browser, HISTORY } from "./wasm.ts";

export function windowed(): Host {
  return {
    ...browser(),
    privacy: {
      badge: "Stays on this machine",
      sentences: [
        "This window talks to the Fingerpost that it belongs to, and to nobody else: its policy forbids every other connection.",
        "What you paste into the inspector or write in the composer is taken apart here in the page. A message that you send to a phone goes to that phone and nobody else.",
        HISTORY,
        "How the list of phones is shown, and what you typed to find one, is kept beside it.",
        "The list of phones and their messages are kept in Fingerpost's data folder on this machine.",
      ],
    },
    save,
    access: ["This window talks to the Fingerpost beside it, without any port: nobody else can see or change what is here."],
    view: () => call<View>("view"),
    phone: (id) => call<PhoneDetail | null>("phone", { id }),
    command: (command) => call<void>("command", { command }),
    traffic: (after) => call<Traffic>("traffic", { after }),
    capture: async (numbers) => new Uint8Array(await call<ArrayBuffer>("capture", { numbers })),
    health: (tests) => call<Health>("health", { tests }),
    search: () => call<Search[]>("search", { vendor: null }),
    settings: () => call<SettingsView>("settings"),
    policy: () => call<PolicyView>("policy"),
    draft: ({ text, edits, phone }) => call<PolicyDraft>("policy_draft", { text, edits, phone }),
    changePolicy: async (text, before) => void (await call("change_policy", { text, before })),
    backup: () => call<string>("backup"),
    restore: (backup, onlyTry) => call<Restored>("restore", { backup, onlyTry }),
    events,
    phonesCsv: () => bytes("phones_csv"),
    exchange: (id, number, format) => bytes("exchange", { id, number, format }),
    openPhone: (id) => call<void>("open_phone", { id }),
    window: {
      handed,
      switches: () => call<Switches>("switches"),
      turn: (name, on) => call<void>("turn", { switch: name, on }),
      leave: () => call<void>("leave"),
    },
  };
}

async function save(name: string, content: Content): Promise<boolean> {
  return call<boolean>("save", { name, content: typeof content === "string" ? content : [...content] });
}

async function bytes(name: string, args?: InvokeArgs): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await call<ArrayBuffer>(name, args));
}

async function* events(signal: AbortSignal): AsyncGenerator<News> {
  const coming = queue<News>(signal);
  const told = new Channel<News>(coming.put);
  call<void>("news", { told }).then(coming.end, coming.fail);
  yield* coming.items();
}

interface Waiting {
  id: number;
  name: string;
}

async function* handed(signal: AbortSignal): AsyncGenerator<readonly File[]> {
  const coming = queue<readonly Waiting[]>(signal);
  const told = new Channel<readonly Waiting[]>(coming.put);
  call<void>("handed", { told }).catch(coming.fail);
  for await (const files of coming.items()) yield await Promise.all(files.map(read));
}

async function read({ id, name }: Waiting): Promise<File> {
  return new File([await call<ArrayBuffer>("read_handed", { id })], name);
}

async function call<T>(name: string, args?: InvokeArgs): Promise<T> {
  try {
    return await invoke<T>(name, args);
  } catch (error) {
    throw isTold(error) ? new Refusal(error.error, error.span ?? null) : new Silence(String(error));
  }
}

function isTold(error: unknown): error is Told {
  return typeof error === "object" && error !== null && "error" in error && typeof error.error === "string";
}
