/** The third door to `fingerpost-wasm`: composing, loaded when somebody composes or wants an example. */
import init, * as composer from "./pkg-compose/fingerpost_compose.js";
import type { ComposeError, ComposeFields, Composed, Hole, ModelError } from "./pkg-compose/fingerpost_compose.js";
import file from "./pkg-compose/fingerpost_compose_bg.wasm?url";
import { contentOrAddress } from "./data-url.ts";

export type { ComposeError, ComposeFields, Composed, Hole, Model, ModelError, Preset, Vendor } from "./pkg-compose/fingerpost_compose.js";
export { answer, capture, command, cString, example, hexDump, jsonString, models, preset, presets, renewed, sipp, vendors } from "./pkg-compose/fingerpost_compose.js";

let loading: Promise<unknown> | null = null;

/** Must be awaited before anything else here is called; asking again costs nothing. */
export async function load(): Promise<void> {
  loading ??= init({ module_or_path: contentOrAddress(file) });
  try {
    await loading;
  } catch (error) {
    // It may work the next time.
    loading = null;
    throw error;
  }
}

export type Written = { composed: Composed; error: null } | { composed: null; error: ComposeError };

/** Composes, and hands an error back as a value: it belongs to a field of the form. */
export function write(fields: ComposeFields): Written {
  try {
    return { composed: composer.compose(fields), error: null };
  } catch (thrown) {
    return { composed: null, error: isTold(thrown) ? (thrown as ComposeError) : { field: null, message: String(thrown) } };
  }
}

export type Holes = { holes: Hole[]; error: null } | { holes: null; error: ModelError };

/** The holes of a template, filled where their names are known. */
export function holes(text: string, seed: number): Holes {
  try {
    return { holes: composer.holes(text, seed), error: null };
  } catch (thrown) {
    return { holes: null, error: modelError(thrown) };
  }
}

export type Filled = { text: string; error: null } | { text: null; error: ModelError };

/** The message that a template becomes. */
export function fill(text: string, filled: readonly Hole[]): Filled {
  try {
    const names = filled.map(({ name }) => name);
    return { text: composer.fill(text, names, filled.map(({ value }) => value)), error: null };
  } catch (thrown) {
    return { text: null, error: modelError(thrown) };
  }
}

function modelError(thrown: unknown): ModelError {
  return isTold(thrown) ? (thrown as ModelError) : { message: String(thrown), line: null, hole: null };
}

function isTold(thrown: unknown): thrown is { message: string } {
  return typeof thrown === "object" && thrown !== null && !(thrown instanceof Error) && "message" in thrown;
}
