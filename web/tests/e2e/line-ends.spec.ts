import { clipboard, expect, open, paste, tabs, test, textField } from "./page.ts";

test.use({ permissions: ["clipboard-read", "clipboard-write"] });
test.beforeEach(async ({ page }) => open(page));

const message = (end: string): string =>
  ["OPTIONS sip:192.0.2.1 SIP/2.0", "Via: SIP/2.0/UDP 192.0.2.7;branch=z9hG4bK1", "CSeq: 1 OPTIONS", "", ""].join(end);

test("CR, a bare LF and NUL are marks that one sees", async ({ page }) => {
  await paste(textField(page), "OPTIONS sip:192.0.2.1 SIP/2.0\r\nVia: SIP/2.0/UDP 192.0.2.7;branch=z9hG4bK1\nSubject: a\0b\r\nCSeq: 1 OPTIONS\r\n\r\n");
  const marks = page.locator(".cm-mark");
  await expect(marks).toHaveCount(6);
  expect(await marks.evaluateAll((all) => all.map((mark) => (mark as HTMLElement).dataset["sign"]).join(" "))).toBe("CR LF NUL CR CR CR");
});

test("a text with CRLF is taken as it is: nothing had to be put right", async ({ page }) => {
  await paste(textField(page), message("\r\n"));
  await expect(tabs(page)).toHaveCount(1);
  await expect(page.getByText(/Put right before reading/)).toHaveCount(0);
  await textField(page).press("ControlOrMeta+a");
  await textField(page).press("Delete");
  await paste(textField(page), message("\n"));
  await expect(page.getByText(/Put right before reading/)).toBeVisible();
});

test("what is copied out of the text has the line ends that it was pasted with", async ({ page }) => {
  await paste(textField(page), message("\r\n"));
  await textField(page).press("ControlOrMeta+a");
  await textField(page).press("ControlOrMeta+c");
  expect(await clipboard(page)).toBe(message("\r\n"));
});

test("a line is broken, joined and typed on as if its end were one character", async ({ page }) => {
  await paste(textField(page), message("\r\n"));
  await textField(page).press("ControlOrMeta+Home");
  await textField(page).press("End");
  await textField(page).press("Enter");
  await page.keyboard.type("Subject: x");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.type("y");
  await page.keyboard.press("End");
  await page.keyboard.press("Delete");
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.press("ControlOrMeta+c");
  const typed = message("\r\n").replace("SIP/2.0\r\nVia", "SIP/2.0\r\nSubject: xyVia");
  expect(await clipboard(page)).toBe(typed);
});
