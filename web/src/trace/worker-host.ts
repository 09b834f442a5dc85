/** Where the worker and its wasm file come from: files of their own, fetched when a trace is first looked at. */
import file from "../wasm/pkg-traces/fingerpost_traces_bg.wasm?url";
import type { WasmFile } from "../wasm/traces.ts";

export function worker(): Worker {
  return new Worker(new URL("./worker.ts", import.meta.url), { type: "module", name: "trace" });
}

/** Absolute: a worker counts from its own address. */
export function wasmForWorker(): Promise<WasmFile> {
  return Promise.resolve(new URL(file, document.baseURI).href);
}
