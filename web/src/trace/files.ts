/** Files that a person opens or drops. */

/** Up to here a text is read into the editor, where it can be changed. */
const SHORT = 400_000;

/** Whether a text is short enough to be changed. */
export function isEditable(text: string): boolean {
  return text.length <= SHORT;
}

/** The text of a file, where it is one and short: everything else is a trace. */
export async function shortText(file: File): Promise<string | null> {
  if (file.size > SHORT) return null;
  const bytes = new Uint8Array(await file.arrayBuffer());
  // No text holds NUL, and every capture file and packed file does, or is no UTF-8.
  if (bytes.includes(0)) return null;
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** `capture.pcap`, or `3 files`. */
export function fileNames(files: readonly { name: string }[]): string {
  const [file] = files;
  return files.length === 1 && file ? file.name : `${files.length} files`;
}
