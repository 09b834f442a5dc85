/** What is said between the page and the worker that holds a trace. */
import type { Row, SearchError, TraceHead, TraceMessage, WasmFile } from "../wasm/traces.ts";

/** A file, read piece by piece by the worker itself; or a text. */
export type Source = File | { name: string; text: string };

export type Drawing = "text" | "mermaid" | "svg";

/** What can be asked of a trace, and what comes back. */
export interface Asks {
  message: (index: number) => TraceMessage | null;
  search: (typed: string) => Found;
  severities: (from: number, to: number) => Uint8Array;
  values: (field: string, from: number, to: number) => string[];
  /** Each without what opens a door. */
  mask: (texts: readonly string[]) => string[];
  draw: (drawing: Drawing, only: readonly number[]) => string;
}

export type Found = { found: Uint32Array; error: null } | { found: null; error: SearchError };

export type ToWorker =
  | { kind: "open"; wasm: WasmFile; sources: readonly Source[] }
  | { kind: "ask"; id: number; name: keyof Asks; with: readonly unknown[] };

export type FromWorker =
  /** So many bytes of all were read; so many messages found. */
  | { kind: "read"; bytes: number; of: number; messages: number }
  | { kind: "rows"; rows: Row[] }
  | { kind: "opened"; head: TraceHead }
  | { kind: "failed"; why: string }
  | { kind: "answer"; id: number; value: unknown }
  | { kind: "refused"; id: number; why: string };
