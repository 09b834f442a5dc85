/** Where the worker and its wasm file come from in the one-file page: out of the page itself. */
import file from "../wasm/pkg-traces/fingerpost_traces_bg.wasm?url";
import { contentOrAddress } from "../wasm/data-url.ts";
import TraceWorker from "./worker.ts?worker&inline";
import type { WasmFile } from "../wasm/traces.ts";

export function worker(): Worker {
  return new TraceWorker({ name: "trace" });
}

export function wasmForWorker(): Promise<WasmFile> {
  return Promise.resolve(contentOrAddress(file));
}
