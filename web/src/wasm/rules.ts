/** The fourth door to `fingerpost-wasm`: policies, loaded when somebody asks what Fingerpost would answer. */
import init, * as rules from "./pkg-rules/fingerpost_rules.js";
import type { Answering } from "./pkg-rules/fingerpost_rules.js";
import file from "./pkg-rules/fingerpost_rules_bg.wasm?url";
import { contentOrAddress } from "./data-url.ts";

export type { Answered, Answering, Problem, Sent } from "./pkg-rules/fingerpost_rules.js";

/** What is asked; what is empty is not known. */
export interface Question {
  message: string;
  url: string;
  /** A policy file; null where the URL is for every phone. */
  policy: string | null;
  source: string;
  destination: string;
  server: string;
  card: string;
  tags: readonly string[];
}

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

/** The random words of the answer are drawn from the same number each time: they are examples. */
const SEED = 1;

export function answering({ message, url, policy, source, destination, server, card, tags }: Question): Answering {
  return rules.answering(message, url, policy, source, destination, server, card, [...tags], SEED);
}
