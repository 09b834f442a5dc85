/** Which two messages are compared: both of the trace, or one of it and a pasted one. */

class Choice {
  left = $state(0);
  right = $state(1);
  /** A message from elsewhere takes the place of the right one. */
  isPasted = $state(false);
  pasted = $state("");
  /** The first of two, chosen in a list; null where none was. */
  first = $state<number | null>(null);
  /** Both were chosen in a list: they are the ones to begin with. */
  #isMeant = false;

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
    this.#isMeant = true;
    return true;
  }

  /** Begins with the message that is looked at and the one behind it; at the end, the one before. */
  begin(active: number, messages: number): void {
    const isMeant = this.#isMeant && this.left < messages && this.right < messages;
    this.#isMeant = false;
    if (isMeant) return;
    this.left = Math.max(0, Math.min(active, messages - 2));
    this.right = this.left + 1;
    this.isPasted = messages < 2;
  }
}

export const choice = new Choice();
