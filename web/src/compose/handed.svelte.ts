/** What another page wants composed, until the composer takes it. Small: it is there before the composer is loaded. */
export interface Handed {
  /** `reply`: answer it; `edit`: change it as it stands. */
  how: "reply" | "edit";
  text: string;
}

let next = $state.raw<Handed | null>(null);

export const handed = {
  get next(): Handed | null {
    return next;
  },
};

export function hand(how: Handed["how"], text: string): void {
  next = { how, text };
}

export function taken(): void {
  next = null;
}
