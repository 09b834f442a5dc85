/** Everything that can be done, for the palette. Each part of the page says what it can do while it is there. */
export interface Action {
  title: string;
  /** A second way to it: `F8`. */
  keys?: string;
  run: () => void;
}

type Provider = () => readonly Action[];
/** Where actions stand in the list: what belongs to the page in sight comes first. */
type Rank = "page" | "shell";
const providers = new Map<Provider, Rank>();

/** Offers actions until the returned function is called: just what an `$effect` wants. */
export function offer(provider: Provider, rank: Rank = "page"): () => void {
  providers.set(provider, rank);
  return () => providers.delete(provider);
}

export function offered(): Action[] {
  const of = (wanted: Rank): Provider[] => [...providers].filter(([, rank]) => rank === wanted).map(([provider]) => provider);
  return [...of("page"), ...of("shell")].flatMap((provider) => provider());
}

/** The actions in whose titles every typed word begins a word, or at least stands; the former first. */
export function matching(actions: readonly Action[], typed: string): Action[] {
  const words = typed.toLowerCase().split(" ").filter(Boolean);
  const beginning = actions.filter((action) => words.every((word) => ` ${action.title.toLowerCase()}`.includes(` ${word}`)));
  const holding = actions.filter((action) => words.every((word) => action.title.toLowerCase().includes(word)));
  return [...new Set([...beginning, ...holding])];
}
