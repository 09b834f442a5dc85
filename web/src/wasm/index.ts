/** The one door to the inspector: `fingerpost-wasm`, loaded once. Everything that knows SIP is behind it. */
import init from "./pkg/fingerpost_wasm.js";
import file from "./pkg/fingerpost_wasm_bg.wasm?url";
import { contentOrAddress } from "./data-url.ts";

export type {
  ComposeFields,
  Dialect,
  Draft,
  Evidence,
  Explanation,
  Finding,
  Fix,
  FormField,
  Generated,
  Inspection,
  Message,
  Node as TreeNode,
  Phone,
  Policy,
  Severity,
  Token,
} from "./pkg/fingerpost_wasm.js";
export { drafts, inspect, version } from "./pkg/fingerpost_wasm.js";
export { look, type Looked } from "./look.ts";

/** Must be awaited once before anything else here is called. In the one-file page the bytes stand in the script. */
export async function load(): Promise<void> {
  await init({ module_or_path: contentOrAddress(file) });
}
