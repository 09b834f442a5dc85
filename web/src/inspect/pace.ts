/** Work that follows typing: with the next frame, and no more often than leaves the page time to breathe. */
export type Pace = (work: () => void) => void;

/** Only the newest work is done. Work that took 20 ms waits 40 ms before it is done again; quick work waits a frame. */
export function pace(): Pace {
  let waiting: (() => void) | null = null;
  let rest = 0;

  const run = (): void => {
    const work = waiting;
    waiting = null;
    const began = performance.now();
    work?.();
    const took = performance.now() - began;
    rest = took < 8 ? 0 : Math.min(took * 2, 1000);
  };

  return (work) => {
    const isWaiting = waiting !== null;
    waiting = work;
    if (isWaiting) return;
    if (rest > 0) setTimeout(run, rest);
    else requestAnimationFrame(run);
  };
}
