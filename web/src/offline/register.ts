/** Asks the browser to keep the page for times without a network. Where it cannot, nothing changes. */
import { mention, say } from "../shell/status.svelte.ts";

/** Only the built page of many files has something to keep, and only a server can hand it out. */
export async function keepOffline(): Promise<void> {
  if (!import.meta.env.PROD || !("serviceWorker" in navigator) || !/^https?:$/.test(location.protocol)) return;
  try {
    const isFirst = navigator.serviceWorker.controller === null;
    const kept = await navigator.serviceWorker.register("./offline.js", { type: "module", scope: "./" });
    await navigator.serviceWorker.ready;
    if (isFirst) mention("Kept in this browser: works without a network from now on.");
    kept.addEventListener("updatefound", () => say("A newer version was fetched; it is shown when this window is opened again."));
  } catch {
    // A private window, or a server without TLS: the page works all the same, with a network.
  }
}
