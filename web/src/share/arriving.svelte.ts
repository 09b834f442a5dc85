/** Links that arrive: with the page, or pasted into the address of an open one. */
import { session } from "../inspect/session.svelte.ts";
import { isLink, textOf } from "./link.ts";

class Arriving {
  /** Why the last link cannot be opened. */
  failure = $state<string | null>(null);
}

export const arriving = new Arriving();

/** Opens what the address holds, now and later. The address is then the page's own again: a reload keeps nothing. */
export function watchLinks(): () => void {
  const look = (): void => {
    const { hash } = location;
    if (!isLink(hash)) return;
    location.replace("#/inspect");
    void open(hash);
  };
  look();
  addEventListener("hashchange", look);
  return () => removeEventListener("hashchange", look);
}

async function open(fragment: string): Promise<void> {
  try {
    session.handIn(await textOf(fragment));
    arriving.failure = null;
  } catch (error) {
    arriving.failure = error instanceof Error ? error.message : String(error);
  }
}
