/** Texts without what opens a door. What knows that is loaded when it is first wanted, and works away from the page. */
import { Held } from "../trace/held.ts";

export async function masked(texts: readonly string[]): Promise<string[]> {
  const held = new Held();
  try {
    await held.open([], () => undefined);
    return await held.ask("mask", texts);
  } finally {
    held.close();
  }
}
