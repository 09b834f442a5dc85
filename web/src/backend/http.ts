/** The host is `fingerpost serve --http`: JSON over HTTP, opened by the token in the address that it printed. */
import { Denial, type Health, type Host, type News, type PhoneDetail, type PolicyDraft, type PolicyView, Refusal, type Restored, type Search, type SettingsView, Silence, type Traffic, type View } from "./host.ts";
import { linesOf } from "./lines.ts";
import { browser, HISTORY } from "./wasm.ts";

/** An answer takes no longer, or none comes. */
const PATIENCE = 10_000;
/** The stream says every ten seconds that it lives. */
const LONGEST_PAUSE = 25_000;
const KEY = "fingerpost.token";

export function served(): Host {
  const token = takeToken();
  addEventListener("hashchange", () => {
    if (tokenIn(location.hash)) location.reload();
  });

  async function ask(path: string, signal: AbortSignal, rest: RequestInit = {}): Promise<Response> {
    if (!token) throw new Denial(false);
    const headers = { Authorization: `Bearer ${token}`, ...rest.headers };
    const answer = await fetch(`/api${path}`, { ...rest, headers, signal, cache: "no-store" }).catch(() => {
      throw new Silence("Fingerpost does not answer");
    });
    if (answer.status === 401) throw new Denial(true);
    return answer;
  }

  async function told<T>(path: string): Promise<T> {
    const answer = await ask(path, AbortSignal.timeout(PATIENCE));
    if (!answer.ok) throw await refusal(answer);
    return whole(answer.json() as Promise<T>);
  }

  async function post(path: string, content: unknown): Promise<Response> {
    const headers = { "Content-Type": "application/json" };
    const body = JSON.stringify(content);
    const answer = await ask(path, AbortSignal.timeout(PATIENCE), { method: "POST", headers, body });
    if (!answer.ok) throw await refusal(answer);
    return answer;
  }

  async function file(path: string): Promise<Uint8Array<ArrayBuffer>> {
    const answer = await ask(path, AbortSignal.timeout(PATIENCE));
    if (!answer.ok) throw await refusal(answer);
    return new Uint8Array(await whole(answer.arrayBuffer()));
  }

  return {
    ...browser(),
    privacy: {
      badge: "Stays on this machine",
      sentences: [
        "This page talks to the Fingerpost that served it, on this machine, and to nobody else: the browser enforces it (connect-src 'self').",
        "What you paste into the inspector or write in the composer is taken apart here in the page. It is not sent to Fingerpost either, but for a message that you send to a phone: Fingerpost sends it to that phone and nobody else.",
        HISTORY,
        "How the list of phones is shown, and what you typed to find one, is kept in this browser's local storage.",
        "The list of phones and their messages come from Fingerpost. It keeps them in its data folder, where it was given one, else until it ends.",
      ],
    },
    access: [
      `These pages are served on ${location.host}, an address that only this machine reaches, to whoever has the token that Fingerpost printed at its start. It is a new one for each run.`,
      `From another machine, go through an SSH tunnel: ssh -L ${location.port}:${location.host} MACHINE, then open the printed address there.`,
    ],
    view: () => told<View>("/view?brief=true"),
    phone: async (id) => {
      const answer = await ask(`/phones/${encodeURIComponent(id)}`, AbortSignal.timeout(PATIENCE));
      if (answer.status === 404) return null;
      if (!answer.ok) throw await refusal(answer);
      return whole(answer.json() as Promise<PhoneDetail>);
    },
    command: async (command) => void (await post("/command", command)),
    traffic: (after) => told<Traffic>(`/traffic?after=${after}`),
    capture: async (numbers) => new Uint8Array(await whole((await post("/capture", { numbers })).arrayBuffer())),
    health: async (tests) => (tests ? whole((await post("/health", {})).json() as Promise<Health>) : told<Health>("/health")),
    search: async () => whole((await post("/search", { vendor: null })).json() as Promise<Search[]>),
    settings: () => told<SettingsView>("/settings"),
    policy: () => told<PolicyView>("/policy"),
    draft: async (question) => whole((await post("/policy/draft", question)).json() as Promise<PolicyDraft>),
    changePolicy: async (text, before) => void (await post("/policy", { text, before })),
    backup: async () => {
      const answer = await ask("/backup", AbortSignal.timeout(PATIENCE));
      if (!answer.ok) throw await refusal(answer);
      return whole(answer.text());
    },
    restore: async (backup, onlyTry) => whole((await post("/backup", { backup, only_try: onlyTry })).json() as Promise<Restored>),
    events: (signal) => events((until) => ask("/events", until), signal),
    phonesCsv: () => file("/phones.csv"),
    exchange: (id, number, format) => file(`/phones/${encodeURIComponent(id)}/exchange.${format}?exchange=${number}`),
    openPhone: null,
  };
}

async function* events(open: (signal: AbortSignal) => Promise<Response>, signal: AbortSignal): AsyncGenerator<News> {
  const silence = new AbortController();
  let timer = setTimeout(() => silence.abort(), LONGEST_PAUSE);
  try {
    const answer = await open(AbortSignal.any([signal, silence.signal]));
    if (!answer.ok || !answer.body) throw await refusal(answer);
    for await (const line of whole(linesOf(answer.body))) {
      clearTimeout(timer);
      timer = setTimeout(() => silence.abort(), LONGEST_PAUSE);
      yield JSON.parse(line) as News;
    }
  } finally {
    clearTimeout(timer);
  }
}

/** A body that breaks off is silence, too. */
function whole<T>(body: Promise<T>): Promise<T>;
function whole<T>(body: AsyncIterable<T>): AsyncIterable<T>;
function whole<T>(body: Promise<T> | AsyncIterable<T>): Promise<T> | AsyncIterable<T> {
  return body instanceof Promise ? body.catch(brokeOff) : guarded(body);
}

async function* guarded<T>(body: AsyncIterable<T>): AsyncGenerator<T> {
  try {
    yield* body;
  } catch {
    brokeOff();
  }
}

function brokeOff(): never {
  throw new Silence("Fingerpost broke off in the middle of an answer");
}

async function refusal(answer: Response): Promise<Refusal | Silence> {
  const body: unknown = await answer.json().catch(() => null);
  if (answer.status >= 500) return new Silence(wordsIn(body) ?? `Fingerpost answered ${answer.status}`);
  return new Refusal(wordsIn(body) ?? `Fingerpost answered ${answer.status}`, spanIn(body));
}

function wordsIn(body: unknown): string | null {
  return isRecord(body) && typeof body["error"] === "string" ? body["error"] : null;
}

function spanIn(body: unknown): readonly [number, number] | null {
  const span: unknown = isRecord(body) ? body["span"] : null;
  if (!Array.isArray(span)) return null;
  const [from, to] = span as unknown[];
  return typeof from === "number" && typeof to === "number" ? [from, to] : null;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

/** The token of `#token=…`. */
export function tokenIn(fragment: string): string | null {
  return new URLSearchParams(fragment.replace(/^#/, "")).get("token");
}

/** Moves the token out of the address, where it could be read over a shoulder or copied, into this tab's memory. */
function takeToken(): string | null {
  const fresh = tokenIn(location.hash);
  if (fresh) history.replaceState(null, "", location.pathname);
  try {
    if (fresh) sessionStorage.setItem(KEY, fresh);
    return fresh ?? sessionStorage.getItem(KEY);
  } catch {
    return fresh;
  }
}
