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
  const fragment = `${START}${VERSION}/${base64url(packed)}`;
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
  return decoded(bytes);
}

async function decoded(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  try {
    const text = await through(bytes, new DecompressionStream("deflate-raw"), MOST);
    return new TextDecoder("utf-8", { fatal: true }).decode(text);
  } catch (error) {
    if (error instanceof LinkError) throw error;
    throw new LinkError("it was cut off or changed on its way; ask for it again, or for the messages as a file");
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
  const whole = new Uint8Array(size);
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
