import { readFileSync } from "node:fs";
import { exchange, pcap } from "./capture.ts";
import { clipboard, command, expect, open, paste, test, text, textField, tool } from "./page.ts";

test.use({ permissions: ["clipboard-read", "clipboard-write"] });
test.beforeEach(async ({ page }) => open(page));

test("redaction shows before and after, and the redacted text takes the place of the pasted one", async ({ page }) => {
  await paste(textField(page), text("page.txt"));
  const panel = await tool(page, "Redact");
  await expect(panel.getByRole("status")).toContainText(/\d+ places in 3 messages: .*address/);
  const beside = panel.getByRole("region", { name: "Before and after" });
  await expect(beside.locator("mark").first()).toBeVisible();
  await expect(beside).toContainText("192.0.2.61");
  await panel.getByText(/^What stands for what/).click();
  const cells = panel.getByRole("row", { name: /address.*192\.0\.2\.61/ }).getByRole("cell");
  const pseudonym = await cells.nth(2).textContent();
  await panel.getByRole("button", { name: "Next message" }).click();
  await expect(panel.getByRole("columnheader", { name: "Message 2 as it is" })).toBeVisible();
  await panel.getByRole("button", { name: "Use the redacted text" }).click();
  await expect(textField(page)).toBeFocused();
  await expect(textField(page)).toContainText(pseudonym ?? "?");
  await expect(textField(page)).not.toContainText("192.0.2.61");
});

test("a capture is given away redacted, each value with one pseudonym", async ({ page }) => {
  const choosing = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "Open files" }).click();
  const buffer = pcap([...exchange(1, 1_000_000), ...exchange(2, 2_000_000)]);
  await (await choosing).setFiles({ name: "office.pcap", mimeType: "application/octet-stream", buffer });
  await expect(page.getByText("Message 1 of 8")).toBeVisible();
  await command(page, "redact replace");
  const panel = page.getByRole("region", { name: "Redact", exact: true });
  await expect(panel.getByRole("status")).toContainText("in 8 messages");
  const saving = page.waitForEvent("download");
  await panel.getByRole("button", { name: "Save it as text" }).click();
  const saved = await saving;
  expect(saved.suggestedFilename()).toBe("messages-redacted.txt");
  const given = readFileSync(await saved.path(), "utf8");
  for (const secret of ["10.1.0.3", "10.1.255.1", "0030ab000001"]) expect(given).not.toContain(secret);
  expect(given.match(/^SUBSCRIBE /gm)).toHaveLength(2);
  const callIds = new Set(given.match(/^Call-ID: .*$/gm));
  expect(callIds.size).toBe(2);
});

test("Escape leads back to the text, and without a message there is nothing to redact", async ({ page }) => {
  const panel = await tool(page, "Redact");
  await expect(panel.getByText("There is no message to redact.")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(textField(page)).toBeFocused();
});

test("what is copied with pseudonyms holds none of the addresses", async ({ page }) => {
  await paste(textField(page), text("page.txt"));
  await page.getByRole("button", { name: "Give away" }).click();
  await page.getByRole("checkbox", { name: /pseudonyms/ }).check();
  await page.getByRole("button", { name: "Copy the messages as Markdown" }).click();
  await expect(page.getByText("Copied the messages as Markdown, with pseudonyms.")).toBeVisible();
  const given = await clipboard(page);
  expect(given).toContain("```sip\n");
  expect(given).not.toContain("192.0.2.61");
});
