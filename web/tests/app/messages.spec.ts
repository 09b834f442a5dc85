import { readFileSync } from "node:fs";
import AxeBuilder from "@axe-core/playwright";
import type { Locator, Page } from "@playwright/test";
import { expect, open, type Served, test } from "./served.ts";

const SNOM = ["--vendor", "snom", "--mac", "000413000001"] as const;
const YEALINK = ["--vendor", "yealink", "--mac", "805ec0000002"] as const;
const ANSWER = ["--url", "tftp://%{server}/%{mac}.cfg"] as const;

const messages = (page: Page): Locator => page.getByRole("grid", { name: "All messages" });
const rows = (page: Page): Locator => messages(page).getByRole("row").filter({ has: page.getByRole("gridcell") });
const tell = (page: Page): Locator => page.locator(".messages .tools").getByRole("status");

/** The page with what two phones and the server said: eight messages. */
async function openWithTwo(page: Page, served: Served): Promise<void> {
  await served.start(ANSWER);
  await open(page, served);
  await served.phone(SNOM);
  await served.phone(YEALINK);
  await toMessages(page);
  await expect(tell(page)).toHaveText("8 messages");
}

async function toMessages(page: Page): Promise<void> {
  await page.getByRole("navigation", { name: "Tool" }).getByRole("link", { name: "Messages" }).click();
}

test("everything that is said appears as it is said, and is read beside the list", async ({ page, served }) => {
  await served.start(ANSWER);
  await open(page, served);
  await toMessages(page);
  await expect(page.getByRole("heading", { name: "Nothing was said yet" })).toBeVisible();
  await served.phone(SNOM);
  await expect(rows(page)).toContainText([/from 127\.0\.0\.1.*SUBSCRIBE.*to the group/, /to 127\.0\.0\.1.*200 OK to SUBSCRIBE/, /NOTIFY/, /from.*200 OK to NOTIFY/]);
  await rows(page).nth(2).click();
  const text = page.getByRole("complementary", { name: "The message" });
  await expect(text).toContainText("tftp://127.0.0.1/000413000001.cfg");
  await text.getByRole("button", { name: "Inspect" }).click();
  await expect(page.getByRole("tree")).toBeVisible();
  await expect(page.locator(".cm-content")).toContainText("NOTIFY sip:");
});

test("messages are found by words and by the way they went", async ({ page, served }) => {
  await openWithTwo(page, served);
  await page.getByRole("searchbox", { name: "Find messages" }).fill("805ec0000002 notify");
  await expect(rows(page).first()).toContainText("NOTIFY");
  await expect(tell(page)).toHaveText(/^[1-3] of 8 messages$/);
  await page.getByRole("searchbox", { name: "Find messages" }).fill("");
  await page.getByLabel("Which way").selectOption("To phones");
  await expect(tell(page)).toHaveText("4 of 8 messages");
  await page.getByRole("searchbox", { name: "Find messages" }).fill("no such word");
  await page.getByRole("button", { name: "Show all 8 messages" }).click();
  await expect(tell(page)).toHaveText("8 messages");
});

test("while it is paused nothing moves, and what came meanwhile follows", async ({ page, served }) => {
  await served.start(ANSWER);
  await open(page, served);
  await toMessages(page);
  await served.phone(SNOM);
  await expect(tell(page)).toHaveText("4 messages");
  await page.getByRole("button", { name: "Pause" }).click();
  await served.phone(YEALINK);
  await expect(page.getByText("Paused. 4 newer messages wait.")).toBeVisible();
  await expect(tell(page)).toHaveText("4 messages");
  await page.getByRole("button", { name: "Follow" }).click();
  await expect(tell(page)).toHaveText("8 messages");
  await page.getByRole("button", { name: "Clear" }).click();
  await expect(page.getByRole("heading", { name: "Nothing was said yet" })).toBeVisible();
});

test("the chosen messages are saved as a capture with their bytes", async ({ page, served }) => {
  await served.start(ANSWER);
  await open(page, served);
  await served.phone(SNOM);
  await toMessages(page);
  await expect(tell(page)).toHaveText("4 messages");
  await rows(page).nth(0).click();
  await rows(page).nth(1).click({ modifiers: ["Shift"] });
  await expect(tell(page)).toHaveText("4 messages, 2 chosen");
  const coming = page.waitForEvent("download");
  await page.getByRole("button", { name: "Save as pcapng" }).click();
  const download = await coming;
  expect(download.suggestedFilename()).toBe("messages.pcapng");
  const file = readFileSync(await download.path());
  expect(file.readUInt32BE(0)).toBe(0x0a0d0d0a);
  const text = file.toString("latin1");
  expect(text.match(/SUBSCRIBE sip:/g)).toHaveLength(1);
  expect(text).not.toContain("NOTIFY sip:");
});

test("what is shown becomes a ladder in the inspector", async ({ page, served }) => {
  await served.start(ANSWER);
  await open(page, served);
  await served.phone(SNOM);
  await toMessages(page);
  await expect(tell(page)).toHaveText("4 messages");
  await page.getByRole("button", { name: "Ladder" }).click();
  const arrows = page.getByRole("region", { name: "All messages" });
  await expect(arrows).toContainText("239.255.80");
  await expect(arrows.getByRole("option")).toHaveCount(4);
});

test("two chosen messages stand beside each other with what differs", async ({ page, served }) => {
  await openWithTwo(page, served);
  const compare = page.getByRole("button", { name: "Compare" });
  await expect(compare).toBeDisabled();
  await page.getByLabel("Which way").selectOption("From phones");
  await page.getByRole("searchbox", { name: "Find messages" }).fill("SUBSCRIBE sip:");
  await rows(page).nth(0).click();
  await page.keyboard.press("Shift+ArrowDown");
  await compare.click();
  const beside = page.getByRole("region", { name: "Compare two messages" });
  await expect(beside).toContainText("snom");
  await expect(beside).toContainText("yealink");
});

test("by keyboard alone: to the page, into the list, a range, the text, and back", async ({ page, served }) => {
  await served.start(ANSWER);
  await open(page, served);
  await served.phone(SNOM);
  await page.keyboard.press("Control+k");
  await page.keyboard.type("Go to Messages");
  await page.keyboard.press("Enter");
  await expect(tell(page)).toHaveText("4 messages");
  await page.keyboard.press("/");
  await expect(page.getByRole("searchbox", { name: "Find messages" })).toBeFocused();
  await messages(page).focus();
  await page.keyboard.press("Home");
  await expect(page.getByRole("complementary", { name: "The message" })).toContainText("SUBSCRIBE sip:");
  await page.keyboard.press("Shift+ArrowDown");
  await expect(tell(page)).toHaveText("4 messages, 2 chosen");
  await page.keyboard.press("Control+a");
  await expect(tell(page)).toHaveText("4 messages, 4 chosen");
  await page.keyboard.press("Escape");
  await expect(page.getByRole("complementary", { name: "The message" })).toBeHidden();
  await expect(messages(page)).toBeFocused();
});

test("two thousand messages at once leave the page usable", async ({ page, served }) => {
  await served.start(ANSWER);
  await open(page, served);
  await toMessages(page);
  await served.phone(["--vendor", "snom", "--count", "500", "--over", "1s"], "5s");
  await expect(tell(page)).toHaveText(/^2,\d\d\d messages$/);
  expect(await rows(page).count()).toBeLessThan(120);
  await messages(page).focus();
  await page.keyboard.press("Home");
  await expect(rows(page).first()).toContainText("SUBSCRIBE");
});

for (const theme of ["light", "dark"] as const) {
  test(`axe finds nothing, wide and narrow, in the ${theme} theme`, async ({ page, served }) => {
    await served.start(ANSWER);
    await page.emulateMedia({ colorScheme: theme });
    await open(page, served);
    await served.phone(SNOM);
    await toMessages(page);
    await expect(tell(page)).toHaveText("4 messages");
    for (const width of [1240, 320]) {
      await page.setViewportSize({ width, height: 760 });
      expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
      await page.screenshot({ path: `../target/pictures/messages-${theme}-${width}.png` });
    }
    await rows(page).first().click();
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
    await page.screenshot({ path: `../target/pictures/message-${theme}-320.png` });
  });
}
