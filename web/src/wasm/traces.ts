/** The other door to `fingerpost-wasm`: whole traces. Only the worker goes through it; the page takes its types. */
import init, { mask, Trace } from "./pkg-traces/fingerpost_traces.js";

export type { Beside, Comparison, Lane, Missing, Policy, Redaction, Role, Row, SearchError, TraceFinding, TraceHead, TraceMessage, TraceNote, TraceSource } from "./pkg-traces/fingerpost_traces.js";
export { mask, Trace };

/** The address of the wasm file, or its bytes. */
export type WasmFile = string | Uint8Array<ArrayBuffer>;

export async function load(wasm: WasmFile): Promise<void> {
  await init({ module_or_path: wasm });
}
