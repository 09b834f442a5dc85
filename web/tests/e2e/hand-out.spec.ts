import { readFileSync } from "node:fs";
import { clipboard, expect, open, paste, tabs, test, text, textField } from "./page.ts";

test.use({ permissions: ["clipboard-read", "clipboard-write"] });

test("a copied message is put together and has CRLF line ends", async ({ page }) => {
  await open(page);
  await paste(textField(page), text("page.txt"));
  await tabs(page).nth(0).click();
  await page.getByRole("button", { name: "Copy with CRLF" }).click();
  await expect(page.getByRole("status")).toHaveText(/^Copied NOTIFY: \d+ bytes, CRLF line ends\.$/);
  const copied = await clipboard(page);
  expect(copied).toContain("Via: SIP/2.0/UDP 192.0.2.61:5060;rport;branch=z9hG4bK-55aa10f3-0b7c99d1-2e41c0de\r\n");
  expect(copied.replaceAll("\r\n", "")).not.toMatch(/[\r\n]/);
  expect(copied.endsWith("\r\n\r\ntftp://192.0.2.9")).toBe(true);
});

test("a saved message is the same, as a file", async ({ page }) => {
  await open(page);
  await page.getByRole("button", { name: /^snom D735/ }).click();
  await tabs(page).nth(1).click();
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Save .sip" }).click();
  const file = await download;
  expect(file.suggestedFilename()).toBe("200-ok.sip");
  const saved = readFileSync(await file.path(), "utf8");
  expect(saved.startsWith("SIP/2.0 200 OK\r\n")).toBe(true);
  expect(saved.endsWith("\r\n\r\n")).toBe(true);
});

test("a file is opened", async ({ page }) => {
  await open(page);
  const chooser = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "Open file" }).click();
  await (await chooser).setFiles({ name: "trace.txt", mimeType: "text/plain", buffer: Buffer.from(text("page.txt")) });
  await expect(tabs(page)).toHaveCount(3);
});
