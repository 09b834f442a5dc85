/** Where the worker and its wasm file come from in the one-file page: out of the page itself. */
import file from "../wasm/pkg-traces/fingerpost_wasm_bg.wasm?url";
import { contentOrAddress } from "../wasm/data-url.ts";
import TraceWorker from "./worker.ts?worker&inline";

export function worker(): Worker {
  return new TraceWorker({ name: "trace" });
}

export function wasmForWorker(): Promise<string | ArrayBuffer> {
  return Promise.resolve(contentOrAddress(file));
}
