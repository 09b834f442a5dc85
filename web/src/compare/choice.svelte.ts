/** Which two messages are compared: both of the trace, or one of it and a pasted one. */

class Choice {
  left = $state(0);
  right = $state(1);
  /** A message from elsewhere takes the place of the right one. */
  isPasted = $state(false);
  pasted = $state("");
  /** The first of two, chosen in a list; null where none was. */
  first = $state<number | null>(null);

  /** The first message was chosen, or both now are: then true. */
  choose(index: number): boolean {
    if (this.first === null || this.first === index) {
      this.first = this.first === index ? null : index;
      return false;
    }
    this.left = this.first;
    this.right = index;
    this.isPasted = false;
    this.first = null;
    return true;
  }

  /** Begins with a message and the one behind it, or before it at the end. */
  begin(active: number, messages: number): void {
    if (this.left < messages && this.right < messages && this.left !== this.right && this.left === active) return;
    this.left = active;
    this.right = active + 1 < messages ? active + 1 : Math.max(0, active - 1);
    this.isPasted = messages < 2;
  }
}

export const choice = new Choice();
