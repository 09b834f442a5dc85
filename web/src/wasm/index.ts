/** The one door to the inspector: `fingerpost-wasm`, loaded once. Everything that knows SIP is behind it. */
import init, * as inspector from "./pkg/fingerpost_wasm.js";
import type { ComposeError, ComposeFields, Composed } from "./pkg/fingerpost_wasm.js";
import file from "./pkg/fingerpost_wasm_bg.wasm?url";
import { contentOrAddress } from "./data-url.ts";

export type {
  ComposeError,
  ComposeFields,
  Composed,
  Dialect,
  Evidence,
  Explanation,
  Finding,
  Fix,
  Inspection,
  Message,
  Node as TreeNode,
  Phone,
  Policy,
  Severity,
  Token,
} from "./pkg/fingerpost_wasm.js";
export { explain, inspect, vendors, version } from "./pkg/fingerpost_wasm.js";

/** Must be awaited once before anything else here is called. In the one-file page the bytes stand in the script. */
export async function load(): Promise<void> {
  await init({ module_or_path: contentOrAddress(file) });
}

export type Written = { composed: Composed; error: null } | { composed: null; error: ComposeError };

/** Composes, and hands an error back as a value: it belongs to a field of the form. */
export function write(fields: ComposeFields): Written {
  try {
    return { composed: inspector.compose(fields), error: null };
  } catch (thrown) {
    return { composed: null, error: isComposeError(thrown) ? thrown : { field: null, message: String(thrown) } };
  }
}

function isComposeError(thrown: unknown): thrown is ComposeError {
  return typeof thrown === "object" && thrown !== null && "field" in thrown && "message" in thrown;
}
