import AxeBuilder from "@axe-core/playwright";
import { type Page } from "@playwright/test";
import { expect, open, tabs, test, tool } from "./page.ts";

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

async function violations(page: Page): Promise<unknown[]> {
  const { violations: found } = await new AxeBuilder({ page }).withTags(TAGS).analyze();
  return found.map(({ id, nodes }) => ({ id, where: nodes.map((node) => node.html) }));
}

async function example(page: Page, name: RegExp): Promise<void> {
  await page.getByRole("button", { name }).click();
  await expect(tabs(page).first()).toBeVisible();
}

const STATES: Record<string, (page: Page) => Promise<void>> = {
  "the empty inspector": (page) => open(page),
  "the inspector": async (page) => {
    await open(page);
    await example(page, /^A page out of a PDF/);
    await page.getByText(/^Put right before reading/).click();
  },
  "the inspector with errors": async (page) => {
    await open(page);
    await example(page, /^A bad SUBSCRIBE/);
  },
  "the composer": (page) => open(page, "#/compose"),
  "the composer with an error": async (page) => {
    await open(page, "#/compose");
    await page.getByLabel("MAC", { exact: true }).fill("x");
  },
  "the reply": async (page) => {
    await open(page);
    await example(page, /^snom D735/);
    await page.getByRole("button", { name: "Reply to this" }).click();
  },
  "the palette": async (page) => {
    await open(page);
    await page.keyboard.press("ControlOrMeta+k");
  },
  "the badge": async (page) => {
    await open(page);
    await page.getByRole("button", { name: "Nothing leaves this page" }).click();
  },
  ...Object.fromEntries(
    (["Redact", "Compare two messages", "What would Fingerpost answer?", "Share as a link"] as const).map((name) => [
      `the tool “${name}”`,
      async (page: Page) => {
        await open(page);
        await example(page, /^A page out of a PDF/);
        const panel = await tool(page, name);
        await expect(panel.getByRole("status").first()).toContainText(/\d|answer/);
      },
    ]),
  ),
  "what can be given away": async (page) => {
    await open(page);
    await page.getByRole("button", { name: "Give away" }).click();
  },
  "the examples": async (page) => {
    await open(page);
    await page.getByRole("button", { name: "Examples", exact: true }).click();
  },
};

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });
    for (const [state, reach] of Object.entries(STATES)) {
      test(`${state} is clean by WCAG 2.2 AA in ${colorScheme}`, async ({ page }) => {
        await reach(page);
        expect(await violations(page)).toEqual([]);
      });
    }
  });
}

for (const width of [320, 390, 620, 861, 1920]) {
  test(`nothing scrolls sideways at ${width} px`, async ({ page }) => {
    await page.setViewportSize({ width, height: 700 });
    for (const state of Object.keys(STATES).filter((state) => !["the palette", "the empty inspector"].includes(state))) {
      await STATES[state]?.(page);
      const needed = await page.evaluate(() => document.documentElement.scrollWidth);
      expect(needed, state).toBeLessThanOrEqual(width);
    }
  });
}

test("the chosen theme wins over the system's", async ({ page }) => {
  await page.emulateMedia({ colorScheme: "dark" });
  await open(page);
  const background = (): Promise<string> => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const dark = await background();
  await page.getByLabel("Theme").selectOption("light");
  expect(await background()).not.toBe(dark);
  await page.getByLabel("Theme").selectOption("system");
  expect(await background()).toBe(dark);
});
