/** What became of our request that a phone fetch its configuration anew. */
import type { TimedEvent } from "../backend/host.ts";

export interface Outcome {
  words: string;
  isGood: boolean | null;
}

/** In words, as far as it is known; `since` is when it was wanted, by the engine's clock. Null before anything left. */
export function outcome(timeline: readonly TimedEvent[], since: string): Outcome | null {
  const last = timeline.findLast(({ time, event }) => time >= since && event.startsWith("check_sync"));
  switch (last?.event) {
    case "check_sync_sent":
      return { words: `Sent as “${last.sent}”${last.attempt > 1 ? `, attempt ${last.attempt}` : ""}. Waiting for its answer.`, isGood: null };
    case "check_sync_answered":
      return last.status < 300
        ? { words: `It answered ${last.status}: it fetches anew.`, isGood: true }
        : { words: `It refused with ${last.status}: it does not fetch anew. Some phones take check-sync from their server's address only.`, isGood: false };
    case "check_sync_unanswered":
      return { words: "It did not answer. Is it switched on, and is this machine's address the server that it listens to?", isGood: false };
    default:
      return null;
  }
}
