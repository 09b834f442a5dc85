/** The one port to whatever hosts the page. Components ask the host for nothing except through this. */
export interface Backend {
  /** What becomes of what is pasted here: words for the badge and what stands behind it. */
  readonly privacy: Privacy;
  /** Puts the text on the clipboard, line ends untouched. */
  copy(text: string): Promise<void>;
  /** Hands the text out as a file, line ends untouched; false where the person changed their mind. */
  save(name: string, text: string): Promise<boolean>;
  /** Lets the person choose files; none where they did not. */
  open(): Promise<readonly File[]>;
  /** What was remembered under this name, here and by this host only. */
  recall(name: string): string | null;
  remember(name: string, value: string): void;
}

export interface Privacy {
  badge: string;
  sentences: readonly string[];
}
