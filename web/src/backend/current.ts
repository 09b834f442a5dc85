/** Which host there is. The desktop window and the served page will choose their own here. */
import { browser } from "./wasm.ts";

export const backend = browser();
