/** The last thing that was done, in words; the foot of the page says it, also to screen readers. */
let text = $state("");

export const status = {
  get text(): string {
    return text;
  },
};

export function say(words: string): void {
  text = words;
}
