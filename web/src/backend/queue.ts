/** Items that come when they come, to be taken one after the other. */
export interface Queue<T> {
  put(this: void, item: T): void;
  /** Nothing more will come. */
  end(this: void): void;
  /** Nothing more will come, and that is an error. */
  fail(this: void, why: unknown): void;
  /** Each once, until the end; without end where the signal comes first. */
  items(): AsyncGenerator<T>;
}

export function queue<T>(signal: AbortSignal): Queue<T> {
  const waiting: T[] = [];
  let outcome: { why?: unknown } | null = null;
  let wake = (): void => undefined;

  function close(how: { why?: unknown }): void {
    outcome ??= how;
    wake();
  }

  async function* items(): AsyncGenerator<T> {
    for (;;) {
      while (waiting.length > 0 && !signal.aborted) yield waiting.shift() as T;
      if (signal.aborted) return;
      if (outcome) {
        if ("why" in outcome) throw outcome.why;
        return;
      }
      await new Promise<void>((resolve) => (wake = resolve));
    }
  }

  signal.addEventListener("abort", () => wake(), { once: true });
  return {
    put: (item) => {
      waiting.push(item);
      wake();
    },
    end: () => close({}),
    fail: (why) => close({ why }),
    items,
  };
}
