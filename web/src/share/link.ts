/** Messages in a link: packed into the part behind `#`, which browsers do not send to any server. */

/** Grows when links of today can no longer be read. */
const VERSION = 1;
const START = "#/text/";
/** No link opens into more than that. */
const MOST = 4_000_000;
/** No link is longer than that: programs that pass links on give up before. */
export const LONGEST = 100_000;

export class LinkError extends Error {}

/** `#/text/1/…`. */
export async function fragmentFor(text: string): Promise<string> {
  const packed = await through(new TextEncoder().encode(text), new CompressionStream("deflate-raw"), Infinity);
  const fragment = `${START}${VERSION}/${base64url(joined([sum(packed), packed]))}`;
  if (fragment.length > LONGEST) {
    throw new LinkError(`the link would have ${fragment.length.toLocaleString("en")} characters, and ${LONGEST.toLocaleString("en")} are the most; give a file away, or show fewer messages`);
  }
  return fragment;
}

export function isLink(fragment: string): boolean {
  return fragment.startsWith(START);
}

/** The text in a link; throws a `LinkError` in words for people. */
export async function textOf(fragment: string): Promise<string> {
  const [version = "", packed = ""] = fragment.slice(START.length).split("/");
  if (/^\d+$/.test(version) && Number(version) > VERSION) {
    throw new LinkError("it was made by a newer Fingerpost; open it there, or ask for the messages as a file");
  }
  if (version !== String(VERSION) || packed === "") throw new LinkError("it is not whole; ask for it again, or for the messages as a file");
  const bytes = fromBase64url(packed);
  if (!bytes) throw new LinkError("a character in it was changed on its way; ask for it again, or for the messages as a file");
  const [stated, content] = [bytes.subarray(0, SUM), bytes.subarray(SUM)];
  if (sum(content).some((byte, at) => byte !== stated[at])) throw new LinkError(CHANGED);
  return decoded(content);
}

const CHANGED = "it was cut off or changed on its way; ask for it again, or for the messages as a file";

/** What is packed has no checksum of its own: FNV-1a, because it is about accidents, not about forgers. */
const SUM = 4;
function sum(bytes: Uint8Array): Uint8Array {
  let hash = 0x811c9dc5;
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193);
  return Uint8Array.of(hash >>> 24, hash >>> 16, hash >>> 8, hash);
}

async function decoded(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  try {
    const text = await through(bytes, new DecompressionStream("deflate-raw"), MOST);
    return new TextDecoder("utf-8", { fatal: true }).decode(text);
  } catch (error) {
    if (error instanceof LinkError) throw error;
    throw new LinkError(CHANGED);
  }
}

async function through(bytes: Uint8Array<ArrayBuffer>, way: CompressionStream | DecompressionStream, most: number): Promise<Uint8Array> {
  const reader = new Blob([bytes]).stream().pipeThrough(way).getReader();
  const parts: Uint8Array[] = [];
  let size = 0;
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    size += part.value.length;
    if (size > most) {
      await reader.cancel();
      throw new LinkError(`it holds more than ${most / 1_000_000} MB; ask for the messages as a file`);
    }
    parts.push(part.value);
  }
  return joined(parts);
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function base64url(bytes: Uint8Array): string {
  let letters = "";
  for (const byte of bytes) letters += String.fromCharCode(byte);
  return btoa(letters).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

function fromBase64url(letters: string): Uint8Array<ArrayBuffer> | null {
  if (!/^[A-Za-z0-9_-]+$/.test(letters) || letters.length % 4 === 1) return null;
  return Uint8Array.from(atob(letters.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));
}
