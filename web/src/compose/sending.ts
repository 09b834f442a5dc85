/** What a host with phones around it can do with a message of the composer. The public page has none. */
import type { Snippet } from "svelte";
import type { Letter } from "./letter.svelte.ts";

export interface Sending {
  /** The person wants to send it to a phone. */
  ask: (letter: Letter) => void;
  /** What became of a letter, by its key. */
  outcome: Snippet<[key: string]>;
}
