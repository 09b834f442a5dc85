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

/** Something that nobody asked for: it takes no place of what was just done. */
export function mention(words: string): void {
  if (text === "") text = words;
}
