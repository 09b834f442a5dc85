// A picture of every page in both themes, for people to look at: `target/pictures/page-NAME-THEME.png`. Each page is
// seen with what it holds on a LAN where two phones asked.
import type { Page } from "@playwright/test";
import { expect, open, test } from "./served.ts";

const ANSWER = ["--url", "tftp://%{server}/%{mac}.cfg"] as const;
const PAGES = ["Phones", "Rules", "Health", "Messages", "Inspect", "Compose", "Settings"] as const;

async function go(page: Page, name: string): Promise<void> {
  await page.getByRole("navigation", { name: "Tool" }).getByRole("link", { name }).click();
  await expect(page.getByRole("navigation", { name: "Tool" }).getByRole("link", { name })).toHaveAttribute("aria-current", "page");
}

for (const theme of ["light", "dark"] as const) {
  test(`every page has its picture in the ${theme} theme, and none is wider than the window`, async ({ page, served }) => {
    await served.start(ANSWER);
    await page.emulateMedia({ colorScheme: theme });
    await page.setViewportSize({ width: 1240, height: 760 });
    await open(page, served);
    await served.phone(["--vendor", "snom", "--mac", "000413000001"]);
    await served.phone(["--vendor", "yealink", "--mac", "805ec0000002"]);
    await expect(page.getByText("805ec0000002").or(page.getByText("80:5e:c0:00:00:02")).first()).toBeVisible();
    for (const name of PAGES) {
      await go(page, name);
      await expect(page.getByRole("main")).not.toContainText("Loading");
      const tooWide = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
      expect(tooWide, name).toBe(false);
      await page.screenshot({ path: `../target/pictures/page-${name.toLowerCase()}-${theme}.png` });
    }
  });
}
