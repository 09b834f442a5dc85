/** Work that follows what happens: soon, but with rests between, so that much happening is not much work. */

/** The least time between two beginnings. */
const LEAST = 250;
/** Work rests this many times as long as it took: a long list is read less often. */
const SHARE = 3;

/**
 * Each call asks for the work to be done once more, from now on. Calls while it waits or runs are one. Work that fails is
 * the worker's own affair.
 */
export function paced(work: () => Promise<void>): () => void {
  let isWanted = false;
  let isBusy = false;

  async function run(): Promise<void> {
    isBusy = true;
    while (isWanted) {
      isWanted = false;
      const began = performance.now();
      await work().catch(() => undefined);
      const took = performance.now() - began;
      await new Promise((resolve) => setTimeout(resolve, Math.max(LEAST - took, took * SHARE)));
    }
    isBusy = false;
  }

  return () => {
    isWanted = true;
    if (!isBusy) void run();
  };
}
