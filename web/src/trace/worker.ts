/** Holds one trace, away from the page: reading a large file here leaves the page free to be used. */
import { load, mask, type SearchError, Trace, type WasmFile } from "../wasm/traces.ts";
import type { Asks, Exported, Form, Found, FromWorker, Source, ToWorker } from "./asks.ts";
import { AT_ONCE } from "./rows.ts";

/** Bytes that are read at once. */
const PIECE = 1 << 20;

let trace: Trace | null = null;

self.onmessage = (event: MessageEvent<ToWorker>): void => {
  const asked = event.data;
  if (asked.kind === "open") void open(asked.wasm, asked.sources).catch((error: unknown) => tell({ kind: "failed", why: String(error) }));
  else answer(asked);
};

function tell(words: FromWorker): void {
  self.postMessage(words);
}

async function open(wasm: WasmFile, sources: readonly Source[]): Promise<void> {
  await load(wasm);
  const opened = new Trace();
  const all = sources.reduce((sum, source) => sum + size(source), 0);
  let before = 0;
  for (const source of sources) {
    await read(opened, source, (bytes) => tell({ kind: "read", bytes: before + bytes, of: all, messages: opened.count() }));
    before += size(source);
  }
  opened.finish();
  for (let from = 0; from < opened.count(); from += AT_ONCE) tellRows(opened, from);
  tell({ kind: "opened", head: opened.head() });
  trace = opened;
}

/** Handed over and not copied. */
function tellRows(opened: Trace, from: number): void {
  const packed = opened.packedRows(from, from + AT_ONCE);
  const rows = { words: packed.takeWords(), numbers: packed.takeNumbers() as Int32Array<ArrayBuffer>, times: packed.takeTimes() as Float64Array<ArrayBuffer> };
  packed.free();
  const words: FromWorker = { kind: "rows", rows };
  self.postMessage(words, { transfer: [rows.numbers.buffer, rows.times.buffer] });
}

function size(source: Source): number {
  return source instanceof File ? source.size : source.text.length;
}

async function read(into: Trace, source: Source, told: (bytes: number) => void): Promise<void> {
  let bytes = 0;
  const feed = (piece: Uint8Array): void => {
    into.feed(piece);
    bytes += piece.length;
    told(bytes);
  };
  if (source instanceof File) {
    await eachPiece(source, feed);
  } else {
    const whole = new TextEncoder().encode(source.text);
    for (let from = 0; from < whole.length; from += PIECE) feed(whole.subarray(from, from + PIECE));
  }
  into.endSource(source.name);
}

/** Through one buffer where the browser can: else what was read lies about until somebody clears up. */
async function eachPiece(file: File, feed: (piece: Uint8Array) => void): Promise<void> {
  const stream = file.stream();
  let reader: ReadableStreamBYOBReader;
  try {
    reader = stream.getReader({ mode: "byob" });
  } catch {
    const plain = stream.getReader();
    for (let part = await plain.read(); !part.done; part = await plain.read()) feed(part.value);
    return;
  }
  let part = await reader.read(new Uint8Array(PIECE));
  while (!part.done) {
    feed(part.value);
    part = await reader.read(new Uint8Array(part.value.buffer, 0, PIECE));
  }
}

const ASKS: { [Name in keyof Asks]: (held: Trace, ...given: Parameters<Asks[Name]>) => ReturnType<Asks[Name]> } = {
  message: (held, index) => held.message(index) ?? null,
  search,
  judge: (held, policy) => held.judge(policy),
  severities: (held, from, to) => held.severities(from, to),
  values: (held, field, from, to) => held.values(field, from, to),
  mask: (_, texts) => texts.map(mask),
  export: give,
  redact: (held, key) => held.redact(key),
  redacted: (held, index) => held.redacted(index) ?? null,
  compare: (held, left, right) => (typeof right === "number" ? held.compare(left, right) : held.compareText(left, right)),
};

function give(held: Trace, form: Form, only: readonly number[], isRedacted: boolean): Exported {
  const exported = held.export(form, Uint32Array.from(only), isRedacted);
  try {
    return { notes: exported.notes, bytes: exported.takeBytes() as Uint8Array<ArrayBuffer> };
  } finally {
    exported.free();
  }
}

function search(held: Trace, typed: string): Found {
  try {
    return { found: held.search(typed), error: null };
  } catch (error) {
    if (isSearchError(error)) return { found: null, error };
    throw error;
  }
}

function isSearchError(error: unknown): error is SearchError {
  return typeof error === "object" && error !== null && "message" in error && "from" in error;
}

function answer({ id, name, with: given }: Extract<ToWorker, { kind: "ask" }>): void {
  try {
    if (!trace) throw new Error("nothing is open");
    // The page's side has checked the types of what it asks with.
    const ask = ASKS[name] as (held: Trace, ...given: readonly unknown[]) => unknown;
    tell({ kind: "answer", id, value: ask(trace, ...given) });
  } catch (error) {
    tell({ kind: "refused", id, why: error instanceof Error ? error.message : String(error) });
  }
}
