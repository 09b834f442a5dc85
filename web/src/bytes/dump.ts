/** A text as its bytes of UTF-8: lines of sixteen, and the way from byte to place in the text and back. */

export const ACROSS = 16;

export interface Dump {
  bytes: Uint8Array;
  /** Of every byte the UTF-16 place at which its character begins, and behind them the end. */
  places: Uint32Array;
}

export function dump(text: string): Dump {
  const bytes = new TextEncoder().encode(text);
  const places = new Uint32Array(bytes.length + 1);
  let byte = 0;
  for (let unit = 0; unit < text.length; ) {
    const code = text.codePointAt(unit) ?? 0;
    const size = code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    places.fill(unit, byte, byte + size);
    byte += size;
    unit += code < 0x10000 ? 1 : 2;
  }
  places[bytes.length] = text.length;
  return { bytes, places };
}

/** The first byte of the character at `place`. */
export function byteAt({ places }: Dump, place: number): number {
  let [low, high] = [0, places.length - 1];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((places[middle] ?? 0) >= place) high = middle;
    else low = middle + 1;
  }
  return low;
}

export function hexOf(byte: number): string {
  return byte.toString(16).padStart(2, "0");
}

const NAMES: Record<number, string> = { 0: "NUL", 9: "tab", 10: "LF", 13: "CR", 32: "space", 127: "DEL" };

/** A byte for those who listen: `53, S`, `0d, CR`. */
export function spoken(byte: number): string {
  const name = NAMES[byte] ?? (byte > 32 && byte < 127 ? String.fromCharCode(byte) : "");
  return name ? `${hexOf(byte)}, ${name}` : hexOf(byte);
}

/** A byte as a letter beside the hex digits; a dot where it has none. */
export function letter(byte: number): string {
  return byte >= 32 && byte < 127 ? String.fromCharCode(byte) : "·";
}
