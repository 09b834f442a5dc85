import { type Page } from "@playwright/test";
import { chosenRow, expect, findings, marked, open, tabs, test, textField } from "./page.ts";

/** Presses Tab until the element that has the focus is called so. */
async function tabTo(page: Page, name: RegExp): Promise<void> {
  for (let step = 0; step < 60; step++) {
    const called = await page.evaluate(() => {
      const element = document.activeElement;
      return element?.getAttribute("aria-label") ?? element?.textContent ?? "";
    });
    if (name.test(called.trim())) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`Tab never came to ${String(name)}`);
}

async function command(page: Page, words: string): Promise<void> {
  await page.keyboard.press("ControlOrMeta+k");
  await expect(page.getByRole("dialog", { name: "Commands" })).toBeVisible();
  await page.keyboard.type(words);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog", { name: "Commands" })).toBeHidden();
}

test("the whole inspector is walked by keyboard alone", async ({ page }) => {
  await open(page);
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Skip to the message" })).toBeFocused();
  await tabTo(page, /^Examples$/);
  await page.keyboard.press("Enter");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(tabs(page)).toHaveCount(3);
  await expect(textField(page)).toBeFocused();

  await page.keyboard.press("Tab");
  await expect(page.getByRole("button", { name: "Copy with CRLF" })).toBeFocused();
  await tabTo(page, /^\+?\s*request line/);
  await page.keyboard.type("e");
  await page.keyboard.type("e");
  await expect(chosenRow(page)).toHaveAccessibleName(/^Event/);
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await expect(chosenRow(page)).toHaveAccessibleName(/^model/);
  expect(await marked(page)).toBe('model="405HD"');
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("ArrowLeft");
  await expect(chosenRow(page)).toHaveAttribute("aria-expanded", "false");
  await page.keyboard.press("Home");
  await expect(chosenRow(page)).toHaveAccessibleName(/^request line/);
  await page.keyboard.press("End");
  await expect(chosenRow(page)).toHaveAccessibleName(/^Content-Length/);
  await page.keyboard.press("Enter");
  await expect(textField(page)).toBeFocused();
});

test("messages are changed with arrows, findings with F8 and arrows", async ({ page }) => {
  await open(page);
  await command(page, "example page");
  await tabs(page).first().focus();
  await page.keyboard.press("ArrowRight");
  await expect(tabs(page).nth(1)).toBeFocused();
  await expect(tabs(page).nth(1)).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("F8");
  await expect(textField(page)).toBeFocused();
  await expect(page.getByRole("status")).toContainText(/^(warning|note|error): /);

  const jumps = findings(page).locator("button.link");
  await jumps.first().focus();
  await page.keyboard.press("ArrowDown");
  await expect(jumps.nth(1)).toBeFocused();
});

test("nothing traps: Tab leaves the text, Escape closes what is open", async ({ page }) => {
  await open(page);
  await textField(page).focus();
  await page.keyboard.press("Tab");
  await expect(textField(page)).not.toBeFocused();
  await page.keyboard.press("ControlOrMeta+k");
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog", { name: "Commands" })).toBeHidden();
  const badge = page.getByRole("button", { name: "Nothing leaves this page" });
  await badge.press("Enter");
  await expect(page.getByText("connect-src 'self'").first()).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(badge).toBeFocused();
  await expect(badge).toHaveAttribute("aria-expanded", "false");
});

test("the palette reaches every page, theme and action", async ({ page }) => {
  await open(page);
  await command(page, "go compose");
  await expect(page).toHaveURL(/#\/compose$/);
  // The composer is fetched when it is first needed; its commands come with it.
  await expect(page.getByRole("radio", { name: "Manual" })).toBeVisible();
  await command(page, "dialect manual");
  await expect(page.getByRole("radio", { name: "Manual" })).toBeChecked();
  await command(page, "inspect what");
  await expect(tabs(page)).toHaveCount(4);
  await command(page, "next message");
  await expect(tabs(page).nth(1)).toHaveAttribute("aria-selected", "true");
  await command(page, "open all rows");
  await expect(page.getByRole("treeitem", { name: /^transport UDP/ })).toBeVisible();
  await command(page, "theme dark");
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await page.reload();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await page.keyboard.press("ControlOrMeta+k");
  await page.keyboard.type("no such thing");
  await expect(page.getByText("No command has these words")).toBeVisible();
});
