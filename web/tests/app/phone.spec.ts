import type { Page } from "@playwright/test";
import { readFile } from "node:fs/promises";
import { command, expect, open, panel, row, type Served, story, test } from "./served.ts";

const SNOM = ["--vendor", "snom", "--mac", "000413000001"] as const;
const SECRET = "https://admin:hunter2@pbx.example/%{mac}.cfg?key=k3y4711";
const clipboard = (page: Page): Promise<string> => page.evaluate(() => navigator.clipboard.readText());
const region = (page: Page, name: string) => panel(page).getByRole("region", { name });
const ladder = (page: Page) => page.getByRole("listbox", { name: "Ladder of messages" });

/** A phone that was told its URL, opened. */
async function answered(page: Page, served: Served, url = "tftp://%{server}/%{mac}.cfg"): Promise<void> {
  await served.start(["--url", url]);
  await open(page, served);
  await served.phone(SNOM);
  await row(page, /snom/).click();
  await expect(story(page)).toHaveCount(4);
}

test("who said what to whom is a ladder, and a message of it opens in the inspector", async ({ page, served }) => {
  await answered(page, served);
  await panel(page).getByRole("link", { name: "Ladder" }).click();
  const lines = ladder(page).getByRole("option");
  await expect(lines).toHaveText([/SUBSCRIBE/, /200 OK/, /NOTIFY/, /200 OK/]);
  await expect(lines.nth(0)).toHaveAccessibleName(/^1\. SUBSCRIBE.*, 127\.0\.0\.1:\d+ to 239\.255\.80\.\d+, at 0\.000 s/);
  await expect(page.getByText("provisioning server")).toBeVisible();
  await ladder(page).focus();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("tab", { name: /^NOTIFY/ })).toHaveAttribute("aria-selected", "true");
  await expect(page.getByText("NOTIFY sip:", { exact: false }).first()).toBeInViewport();
  await page.goBack();
  await expect(lines).toHaveCount(4);
  await page.getByRole("button", { name: "Copy the ladder as text" }).click();
  await expect(page.getByText("Copied the ladder as text.")).toBeVisible();
  expect(await clipboard(page)).toContain("SUBSCRIBE");
  const download = page.waitForEvent("download");
  await command(page, "save the ladder as svg");
  expect(await readFile(await (await download).path(), "utf8")).toMatch(/^<svg[^]*NOTIFY/);
});

test("each value of a phone's identity is shown where the phone says it", async ({ page, served }) => {
  await answered(page, served);
  await expect(region(page, "Who it says it is")).toContainText("Event parameter model");
  await region(page, "Who it says it is").getByRole("link", { name: "Show where it says so" }).click();
  await expect(page.getByRole("tab", { name: /^SUBSCRIBE/ })).toHaveAttribute("aria-selected", "true");
  await expect(page.getByRole("treeitem", { name: /model/ }).first()).toBeVisible();
});

test("messages that come while the ladder is looked at are drawn, too", async ({ page, served }) => {
  await answered(page, served);
  await command(page, "ladder of snom");
  await expect(ladder(page).getByRole("option")).toHaveCount(4);
  await served.phone(SNOM);
  await expect(ladder(page).getByRole("option")).toHaveCount(8);
});

test("a ticket holds who, what happened and what was said, and no password", async ({ page, served }) => {
  await answered(page, served, SECRET);
  await expect(panel(page)).toContainText("hunter2");
  await panel(page).getByRole("button", { name: "Copy as ticket" }).click();
  await expect(page.getByText("Copied the ticket. Passwords and tokens in it are masked.")).toBeVisible();
  const ticket = await clipboard(page);
  expect(ticket).toContain("## snom snomD120");
  expect(ticket).toContain("- MAC: 00:04:13:00:00:01");
  expect(ticket).toMatch(/\*\*Notified\*\* in the RFC's form https:\/\/\S*pbx\.example\/000413000001\.cfg/);
  expect(ticket).toMatch(/```sip\nSUBSCRIBE sip:/);
  expect(ticket).toContain("https://***:***@pbx.example/000413000001.cfg?key=***\n```");
  for (const secret of ["hunter2", "admin", "k3y4711"]) expect(ticket).not.toContain(secret);
});

test("an exchange is saved for Wireshark and as text, also an earlier one", async ({ page, served }) => {
  await answered(page, served);
  await served.phone(SNOM);
  const save = async (button: string): Promise<{ name: string; bytes: Buffer }> => {
    const download = page.waitForEvent("download");
    await region(page, "Hand on").getByRole("button", { name: button }).click();
    const file = await download;
    return { name: file.suggestedFilename(), bytes: await readFile(await file.path()) };
  };
  await expect(panel(page).getByRole("combobox", { name: "Exchange" })).toBeVisible();
  const capture = await save("Save for Wireshark");
  expect(capture.name).toBe("000413000001-exchange-1.pcapng");
  expect([...capture.bytes.subarray(0, 4)]).toEqual([0x0a, 0x0d, 0x0d, 0x0a]);
  const latest = await save("Save as text");
  expect(latest.bytes.toString()).toMatch(/^# .* from 127\.0\.0\.1:\d+ to 239\.255\.80\.\d+:\d+\r\n\r\nSUBSCRIBE sip:/);
  await panel(page).getByRole("combobox", { name: "Exchange" }).selectOption({ index: 1 });
  const earlier = await save("Save as text");
  expect(earlier.name).toBe("000413000001-exchange-2.sip");
  expect(earlier.bytes.toString()).not.toBe(latest.bytes.toString());
});

test("its web page is a link that leaves this page where it is", async ({ page, served }) => {
  await answered(page, served);
  const link = panel(page).getByRole("link", { name: "Open its web page" });
  await expect(link).toHaveAttribute("href", "http://127.0.0.1/");
  await expect(link).toHaveAttribute("target", "_blank");
  await expect(link).toHaveAttribute("rel", "noopener noreferrer");
});

test("a phone that cannot be asked to check again is not asked, and the page says why where one looks", async ({ page, served }) => {
  await answered(page, served);
  await panel(page).getByRole("button", { name: "Ask it to check again" }).click();
  const outcome = region(page, "Its configuration has changed?").getByRole("status");
  await expect(outcome).toHaveText(/^Not asked: Nobody answers at 127\.0\.0\.1\.$/);
  // A restart is asked for twice, and the refusal stands in the dialog's place.
  await panel(page).getByRole("button", { name: "Restart and check again …" }).click();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await command(page, "restart and check");
  await page.getByRole("dialog", { name: "Restart snom snomD120?" }).getByRole("button", { name: "Restart it" }).click();
  await expect(outcome).toHaveText(/^Not asked: Nobody answers/);
});

test("what people say of a phone stands in its story, and outlives a restart with the phone", async ({ page, served }) => {
  await answered(page, served);
  await panel(page).getByRole("button", { name: "Adopt" }).click();
  await expect(panel(page)).toContainText("Adopted: one of ours.");
  await panel(page).getByRole("button", { name: "Tag …" }).click();
  await page.getByRole("textbox", { name: "Tag" }).fill("lobby");
  await page.keyboard.press("Enter");
  await panel(page).getByText("Said by people: 2 changes").click();
  await expect(panel(page).locator(".said li")).toContainText(['tagged "lobby"', "adopted"]);

  await served.stop();
  await served.start();
  await open(page, served);
  await expect(row(page, /snom/)).toContainText("Remembered");
  await expect(row(page, /snom/)).toContainText("lobby");
  await row(page, /snom/).click();
  await expect(panel(page)).toContainText("It has not asked since Fingerpost was started.");
  await expect(story(page)).toContainText([/^Asked on lo/, /^Answered 200/, /^Notified in the/, /^Acknowledged 200/]);
  await panel(page).getByRole("link", { name: "Ladder" }).click();
  await expect(ladder(page).getByRole("option")).toHaveCount(4);
});

test("the step at which a phone is stuck is marked", async ({ page, served }) => {
  await served.start(["--url", "tftp://%{server}/%{mac}.cfg"]);
  await open(page, served);
  await served.phone(["--vendor", "audiocodes"], "1s");
  await row(page, /audiocodes/).click();
  await expect(story(page).filter({ hasText: "stuck here" })).toHaveText(/^Ignored/);
});

test("a phone is forgotten from its own panel", async ({ page, served }) => {
  await answered(page, served);
  await panel(page).getByRole("button", { name: "Forget …" }).click();
  await page.getByRole("dialog", { name: "Forget snom snomD120?" }).getByRole("button", { name: "Forget" }).click();
  await expect(page.getByRole("heading", { name: "No phone has asked yet" })).toBeVisible();
});

test("without a data folder the page says why no exchange can be saved", async ({ page, served }) => {
  await served.start(["--url", "tftp://%{server}/%{mac}.cfg"], "127.0.0.1:0", false);
  await open(page, served);
  await served.phone(SNOM);
  await row(page, /snom/).click();
  await expect(region(page, "Hand on")).toContainText("Exchanges can be saved as files where Fingerpost was given a data folder");
  await expect(panel(page).getByRole("button", { name: "Save for Wireshark" })).toHaveCount(0);
});
