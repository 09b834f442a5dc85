/** The other door to `fingerpost-wasm`: whole traces. Only the worker goes through it; the page takes its types. */
import init, { Trace } from "./pkg-traces/fingerpost_wasm.js";

export type { Lane, Ladder, Missing, Role, Row, SearchError, TraceHead, TraceMessage, TraceNote, TraceSource } from "./pkg-traces/fingerpost_wasm.js";
export { Trace };

export async function load(wasm: string | ArrayBuffer): Promise<void> {
  await init({ module_or_path: wasm });
}
