import { expect, test } from "vitest";
import { fragmentFor, isLink, LinkError, textOf } from "./link.ts";

const TEXT = "OPTIONS sip:ü🦊 SIP/2.0\r\nVia: SIP/2.0/UDP 192.0.2.7\r\n\r\n";

test("a link gives back the text, line ends and all", async () => {
  const fragment = await fragmentFor(TEXT);
  expect(fragment).toMatch(/^#\/text\/1\/[A-Za-z0-9_-]+$/);
  expect(isLink(fragment)).toBe(true);
  expect(await textOf(fragment)).toBe(TEXT);
});

test("messages that resemble each other make a short link", async () => {
  expect((await fragmentFor(TEXT.repeat(200))).length).toBeLessThan(400);
});

test("a link of a newer program says so", async () => {
  await expect(textOf("#/text/2/AAAA")).rejects.toThrow("newer Fingerpost");
});

test("a broken link is an error in words, wherever it is broken", async () => {
  const whole = await fragmentFor(TEXT);
  for (const broken of ["#/text/", "#/text/1/", "#/text/x/AAAA", `${whole}!`, whole.slice(0, -9), `${whole.slice(0, 20)}${whole.slice(24)}`]) {
    await expect(textOf(broken), broken).rejects.toThrow(LinkError);
  }
});

test("a small link that opens into very much is refused", async () => {
  const fragment = await fragmentFor("a".repeat(5_000_000));
  await expect(textOf(fragment)).rejects.toThrow("more than 4 MB");
});

test("what does not fit into a link is told with its size", async () => {
  const noise = Array.from({ length: 30_000 }, (_, index) => ((index * 2_654_435_761) >>> 0).toString(36)).join("");
  await expect(fragmentFor(noise)).rejects.toThrow("give a file away");
});
