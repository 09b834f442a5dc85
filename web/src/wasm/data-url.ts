/** The bytes of a `data:…;base64,` address, which no page may fetch that is forbidden every connection; else the address. */
export function contentOrAddress(url: string): Uint8Array<ArrayBuffer> | string {
  const comma = url.indexOf(",");
  if (!url.startsWith("data:") || !url.slice(0, comma).endsWith(";base64")) return url;
  return Uint8Array.from(atob(url.slice(comma + 1)), (letter) => letter.charCodeAt(0));
}
