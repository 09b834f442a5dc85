/** What a row shows beyond its arrow: asked of the worker for the rows in sight, and kept. */
import { SvelteMap } from "svelte/reactivity";
import type { Policy } from "../wasm/traces.ts";
import type { Held } from "./held.ts";

/** Rows asked for at once: whole blocks, so that scrolling asks seldom. */
const BLOCK = 256;

export class Cells {
  #held: Held | null = null;
  #policy: Policy = "strict";
  #field = "";
  #severities = new SvelteMap<number, Uint8Array>();
  #values = new SvelteMap<number, readonly string[]>();
  #asked = new Set<string>();

  /** These rows are in sight, of a trace that is judged so. */
  want(held: Held | null, policy: Policy, field: string, rows: readonly number[]): void {
    if (held !== this.#held) this.#forget(held);
    if (policy !== this.#policy) this.#forgetSeverities(policy);
    if (field !== this.#field) this.#forgetValues(field);
    if (!held) return;
    for (const block of new Set(rows.map((row) => Math.floor(row / BLOCK)))) this.#ask(held, block);
  }

  /** 0 nothing found, 1 a note, 2 a warning, 3 an error. */
  severity(row: number): number {
    return this.#severities.get(Math.floor(row / BLOCK))?.[row % BLOCK] ?? 0;
  }

  value(row: number): string {
    return this.#values.get(Math.floor(row / BLOCK))?.[row % BLOCK] ?? "";
  }

  #ask(held: Held, block: number): void {
    const [from, to] = [block * BLOCK, (block + 1) * BLOCK];
    const field = this.#field;
    const policy = this.#policy;
    this.#once(`${block}`, async () => {
      const severities = await held.ask("severities", from, to);
      if (held === this.#held && policy === this.#policy) this.#severities.set(block, severities);
    });
    if (!field) return;
    this.#once(`${block} ${field}`, async () => {
      const values = await held.ask("values", field, from, to);
      if (held === this.#held && field === this.#field) this.#values.set(block, values);
    });
  }

  /** Asked once; where the trace was closed meanwhile, nobody waits for the answer any more. */
  #once(what: string, ask: () => Promise<void>): void {
    if (this.#asked.has(what)) return;
    this.#asked.add(what);
    ask().catch(() => this.#asked.delete(what));
  }

  #forget(held: Held | null): void {
    this.#held = held;
    this.#severities.clear();
    this.#asked.clear();
    this.#values.clear();
  }

  /** What was said before stays in sight until it is said anew. */
  #forgetSeverities(policy: Policy): void {
    this.#policy = policy;
    for (const what of this.#asked) if (!what.includes(" ")) this.#asked.delete(what);
  }

  #forgetValues(field: string): void {
    this.#field = field;
    this.#values.clear();
    for (const what of this.#asked) if (what.includes(" ")) this.#asked.delete(what);
  }
}
