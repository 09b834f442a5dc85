import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { bar, command, expect, list, open, panel, row, sentence, type Served, story, test, url } from "./served.ts";

const WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

async function clean(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).withTags(WCAG).analyze();
  expect(violations.map(({ id, nodes }) => ({ id, where: nodes.map(({ html }) => html) }))).toEqual([]);
}

/** Phones in several states. */
async function peopled(page: Page, served: Served): Promise<void> {
  await served.start(["--observe"]);
  await open(page, served);
  await served.phone(["--vendor", "grandstream"], "1s");
  await url(page).fill("tftp://%{server}/%{mac}.cfg");
  await url(page).press("Enter");
  await page.getByRole("button", { name: "Answer", exact: true }).click();
  await expect(sentence(page)).toHaveText(/^Answering/);
  await served.phone(["--vendor", "snom", "--mac", "000413000001"]);
  await served.phone(["--vendor", "audiocodes"], "1s");
  await expect(row(page, /audiocodes/)).toContainText("Ignored");
}

for (const colorScheme of ["light", "dark"] as const) {
  for (const width of [1240, 390]) {
    test(`every page is clean in ${colorScheme} at ${width} px`, async ({ page, served }) => {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: 760 });
      await served.start(["--observe"]);
      await open(page, served);
      await clean(page);
      await served.stop();
      await peopled(page, served);
      await clean(page);
      await row(page, /snom/).click();
      await expect(story(page)).toHaveCount(4);
      await clean(page);
      await page.getByRole("navigation", { name: "Of this phone" }).getByRole("link", { name: /^Messages/ }).click();
      await expect(page.getByRole("tab")).toHaveCount(4);
      await clean(page);
      await page.getByRole("link", { name: "Ladder" }).click();
      await expect(page.getByRole("listbox", { name: "Ladder of messages" }).getByRole("option")).toHaveCount(4);
      await clean(page);
      await page.getByRole("button", { name: "All phones" }).click();
      await url(page).fill("%{x}");
      await url(page).press("Enter");
      await expect(url(page)).toHaveAttribute("aria-invalid", "true");
      await clean(page);
      await served.stop();
      await expect(sentence(page)).toHaveText(/Not connected/);
      await clean(page);
      await page.evaluate(() => sessionStorage.clear());
    });
  }
}

for (const colorScheme of ["light", "dark"] as const) {
  for (const width of [1240, 390]) {
    test(`selected, simulated and remembered phones and what is asked of people are clean in ${colorScheme} at ${width} px`, async ({ page, served }) => {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: 760 });
      await peopled(page, served);
      await command(page, "simulate a phone");
      await expect(row(page, /Simulated/)).toContainText("Acknowledged");
      await served.deafPhone("000413000001", "127.0.0.2");
      await expect(row(page, /2 addresses/)).toBeVisible();
      await row(page, /snom/).getByRole("checkbox").click();
      await row(page, /Simulated/).getByRole("checkbox").click();
      await clean(page);
      await bar(page).getByRole("button", { name: "Tag …" }).click();
      await page.getByRole("textbox", { name: "Tag" }).fill(" ");
      await page.keyboard.press("Enter");
      await expect(page.getByRole("alert")).toBeVisible();
      await clean(page);
      await page.getByRole("textbox", { name: "Tag" }).fill("lobby");
      await page.keyboard.press("Enter");
      await bar(page).getByRole("button", { name: "Take a tag away …" }).click();
      await clean(page);
      await page.keyboard.press("Escape");
      await bar(page).getByRole("button", { name: "Forget …" }).click();
      await clean(page);
      await page.keyboard.press("Escape");
      await page.getByRole("button", { name: "Columns" }).click();
      await clean(page);
      await page.keyboard.press("Escape");
      await served.stop();
      await served.start();
      await open(page, served);
      await row(page, /snom/).click();
      await expect(panel(page)).toContainText("Remembered:");
      await panel(page).getByRole("button", { name: "Ask it to check again" }).click();
      await expect(panel(page)).toContainText("Not asked:");
      await clean(page);
    });
  }
}

test("without a token the page is clean, too", async ({ page, served }) => {
  await served.start();
  await page.goto(served.origin);
  await expect(page.getByRole("heading", { name: "This page needs its token" })).toBeVisible();
  await clean(page);
});

test("everything can be done with the keyboard", async ({ page, served }) => {
  await served.start();
  await open(page, served);
  const reach = async (name: string): Promise<void> => {
    for (let steps = 0; steps < 40; steps++) {
      await page.keyboard.press("Tab");
      const label = await page.evaluate(() => {
        const element = document.activeElement as HTMLElement | null;
        return element?.getAttribute("aria-label") ?? (element as HTMLInputElement | null)?.labels?.[0]?.innerText ?? element?.innerText ?? "";
      });
      if (label.trim() === name) return;
    }
    throw new Error(`Tab does not reach ${name}`);
  };
  await reach("Answer");
  await page.keyboard.press("Space");
  await expect(sentence(page)).toHaveText(/no URL/);
  await reach("URL for every phone");
  await page.keyboard.type("tftp://%{server}/%{mac}.cfg");
  await page.keyboard.press("Enter");
  await expect(sentence(page)).toHaveText(/^Answering/);
  for (const mac of ["000413000001", "000413000002", "000413000003"]) await served.phone(["--vendor", "snom", "--mac", mac]);
  await expect(list(page).getByRole("row")).toHaveCount(4);

  await page.keyboard.press("Escape");
  await reach("Find a phone");
  await reach("Phones");
  await expect(list(page)).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await expect(panel(page)).toContainText("00:04:13:00:00:03");
  await page.keyboard.press("End");
  await expect(panel(page)).toContainText("00:04:13:00:00:01");
  await expect(list(page)).toHaveAttribute("aria-activedescendant", "phone-000413000001");
  await reach("Messages (4)");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("tab")).toHaveCount(4);
  await page.goBack();
  await expect(panel(page)).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(panel(page)).toHaveCount(0);
  await expect(list(page)).toBeFocused();

  await page.keyboard.press("ControlOrMeta+k");
  await page.keyboard.type("observe only");
  await page.keyboard.press("Enter");
  await expect(sentence(page)).toHaveText(/nothing is answered/);
  await page.keyboard.press("/");
  await expect(page.getByRole("searchbox", { name: "Find a phone" })).toBeFocused();
});

test("where there is room for one only, the phone takes the place of the list and gives it back", async ({ page, served }) => {
  await page.setViewportSize({ width: 390, height: 760 });
  await peopled(page, served);
  await list(page).focus();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await expect(panel(page)).toHaveCount(0);
  await page.keyboard.press("Enter");
  await expect(panel(page).getByRole("heading", { name: /snom/ })).toBeFocused();
  await expect(list(page)).toBeHidden();
  await page.keyboard.press("Escape");
  await expect(list(page)).toBeFocused();
});

for (const [name, width, height] of [
  ["at 320 px", 320, 640],
  ["at 200 % zoom of a small window", 620, 380],
] as const) {
  test(`nothing is cut off sideways ${name}`, async ({ page, served }) => {
    await page.setViewportSize({ width, height });
    await peopled(page, served);
    const sideways = (): Promise<number> => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(await sideways()).toBeLessThanOrEqual(0);
    await row(page, /snom/).getByRole("checkbox").click();
    expect(await sideways()).toBeLessThanOrEqual(0);
    await row(page, /snom/).click();
    await expect(story(page)).toHaveCount(4);
    expect(await sideways()).toBeLessThanOrEqual(0);
    await page.getByRole("link", { name: "Ladder" }).click();
    await expect(page.getByRole("listbox", { name: "Ladder of messages" })).toBeVisible();
    expect(await sideways()).toBeLessThanOrEqual(0);
    await page.getByRole("navigation", { name: "Of this phone" }).getByRole("link", { name: /^Messages/ }).click();
    await expect(page.getByRole("tab")).toHaveCount(4);
    expect(await sideways()).toBeLessThanOrEqual(0);
  });
}
