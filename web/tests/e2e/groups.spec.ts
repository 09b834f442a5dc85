import type { Locator, Page } from "@playwright/test";
import { AxeBuilder } from "@axe-core/playwright";
import { exchange, pcap } from "./capture.ts";
import { expect, open, test } from "./page.ts";

const grid = (page: Page): Locator => page.getByRole("treegrid", { name: "Messages" });
const groups = (page: Page): Locator => grid(page).locator('[aria-level="1"]');
const messages = (page: Page): Locator => grid(page).locator('[aria-level="2"]');

test.beforeEach(async ({ page }) => {
  await open(page);
  const asked = exchange(2, 2_000_000, false);
  const [first] = asked;
  const again = first ? [{ ...first, time: first.time + 500_000 }] : [];
  const choosing = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "Open files" }).click();
  const buffer = pcap([...exchange(1, 1_000_000), ...asked, ...again]);
  await (await choosing).setFiles({ name: "office.pcap", mimeType: "application/octet-stream", buffer });
  await page.getByLabel("Group by").selectOption("conversation");
});

test("a conversation is a group that tells what repeats, pauses and is missing", async ({ page }) => {
  await expect(groups(page)).toHaveCount(2);
  await expect(groups(page).nth(0)).toContainText("4 messages in 5 ms");
  await expect(groups(page).nth(1)).toContainText("4 messages in 500 ms, 1 repeated, longest pause 497 ms, missing: a response to NOTIFY");
  await expect(messages(page)).toHaveCount(8);
  await page.getByLabel("Group by").selectOption("transaction");
  await expect(groups(page)).toHaveCount(4);
  await page.getByLabel("Group by").selectOption("dialog");
  await expect(groups(page)).toHaveCount(2);
});

test("groups are closed and opened by keys, and walked through", async ({ page }) => {
  await grid(page).focus();
  await page.keyboard.press("Home");
  await page.keyboard.press("ArrowLeft");
  await expect(groups(page).nth(0)).toHaveAttribute("aria-expanded", "false");
  await expect(messages(page)).toHaveCount(4);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await expect(page.getByText("Message 5 of 8")).toBeVisible();
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("Enter");
  await expect(messages(page)).toHaveCount(0);
  await page.keyboard.press("ArrowRight");
  await expect(messages(page)).toHaveCount(4);
});

for (const theme of ["light", "dark"] as const) {
  test(`a list in groups has nothing that axe complains of (${theme})`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: theme });
    await expect(groups(page)).toHaveCount(2);
    const { violations } = await new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]).analyze();
    expect(violations.map(({ id, nodes }) => ({ id, nodes: nodes.map((node) => node.html) }))).toEqual([]);
  });
}
