/** What is said between the page and the worker that holds a trace. */
import type { PackedRows } from "./rows.ts";
import type { Beside, Comparison, Policy, Redaction, SearchError, TraceHead, TraceMessage, WasmFile } from "../wasm/traces.ts";

/** A file, read piece by piece by the worker itself; or a text. */
export type Source = File | { name: string; text: string };

/** The forms in which messages are given away. */
export type Form = "text" | "markdown" | "csv" | "json" | "sarif" | "pcapng" | "ladder" | "mermaid" | "svg";

export interface Exported {
  bytes: Uint8Array<ArrayBuffer>;
  /** What did not fit into the form, in words. */
  notes: readonly string[];
}

/** What can be asked of a trace, and what comes back. */
export interface Asks {
  message: (index: number) => TraceMessage | null;
  search: (typed: string) => Found;
  /** Messages are judged by that policy from here on. */
  judge: (policy: Policy) => void;
  severities: (from: number, to: number) => Uint8Array;
  values: (field: string, from: number, to: number) => string[];
  /** Each without what opens a door. */
  mask: (texts: readonly string[]) => string[];
  /** Of all messages where `only` is empty; with pseudonyms only once `redact` made them. */
  export: (form: Form, only: readonly number[], isRedacted: boolean) => Exported;
  redact: (key: Uint8Array) => Redaction;
  redacted: (index: number) => Beside[] | null;
  /** Beside another message of the trace, or beside the first one of a text. */
  compare: (left: number, right: number | string) => Comparison;
}

export type Found = { found: Uint32Array; error: null } | { found: null; error: SearchError };

export type ToWorker =
  | { kind: "open"; wasm: WasmFile; sources: readonly Source[] }
  | { kind: "ask"; id: number; name: keyof Asks; with: readonly unknown[] };

export type FromWorker =
  /** So many bytes of all were read; so many messages found. */
  | { kind: "read"; bytes: number; of: number; messages: number }
  | { kind: "rows"; rows: PackedRows }
  | { kind: "opened"; head: TraceHead }
  | { kind: "failed"; why: string }
  | { kind: "answer"; id: number; value: unknown }
  | { kind: "refused"; id: number; why: string };
