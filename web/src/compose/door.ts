/** The composer with the wasm file that it needs, fetched when somebody first composes. */
import { load } from "../wasm/compose.ts";
import Compose from "./Compose.svelte";

export async function open(): Promise<typeof Compose> {
  await load();
  return Compose;
}
