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

/** Work that follows typing, done before anything is drawn where that is quick: whether it was done at once. */
export type Eagerness = (work: () => void) => boolean;

/** Only the newest work is done. Work that took 20 ms is not done again at once within the next 40 ms. */
export function eagerly(): Eagerness {
  let waiting: (() => void) | null = null;
  let free = 0;

  const run = (work: () => void): void => {
    const began = performance.now();
    work();
    const now = performance.now();
    const took = now - began;
    free = now + (took < 8 ? 0 : Math.min(took * 2, 1000));
  };

  const late = (): void => {
    const work = waiting;
    waiting = null;
    if (work) run(work);
  };

  return (work) => {
    const isWaiting = waiting !== null;
    const rest = free - performance.now();
    if (!isWaiting && rest <= 0) {
      run(work);
      return true;
    }
    waiting = work;
    if (!isWaiting) setTimeout(late, rest);
    return false;
  };
}
