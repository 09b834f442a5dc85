/** What is not needed at first comes while the person reads, so that the page goes on when the network goes away. */
export function warm(): void {
  const later = window.requestIdleCallback ?? ((work: () => void) => setTimeout(work, 200));
  later(() => void Promise.all([import("../compose/door.ts").then((door) => door.open()), import("../examples/texts.ts")]).catch(() => undefined));
}
