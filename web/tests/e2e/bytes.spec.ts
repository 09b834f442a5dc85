import { AxeBuilder } from "@axe-core/playwright";
import type { Locator, Page } from "@playwright/test";
import { chosenRow, clipboard, expect, findings, open, paste, row, test, textField } from "./page.ts";

test.use({ permissions: ["clipboard-read", "clipboard-write"] });
test.beforeEach(async ({ page }) => open(page));

const OPTIONS = [
  "OPTIONS sip:192.0.2.1 SIP/2.0",
  "Via: SIP/2.0/UDP 192.0.2.7;branch=z9hG4bK1",
  "Max-Forwards: 70",
  'From: "Zoë \\"Z\\"" <sip:z@192.0.2.7>;tag=1',
  "To: <sip:192.0.2.1>",
  "Call-ID: 7@192.0.2.7",
  "CSeq: 1 OPTIONS",
  "Content-Length: 0",
  "",
  "",
].join("\r\n");

const bytes = (page: Page): Locator => page.getByRole("grid", { name: "Bytes of the message" });
const chosen = (page: Page): Locator => bytes(page).getByRole("gridcell", { selected: true });

async function showBytes(page: Page, text = OPTIONS): Promise<void> {
  await paste(textField(page), text);
  await page.getByRole("group", { name: "Show as" }).getByRole("button", { name: "Bytes" }).click();
}

test("every byte stands there, line ends too", async ({ page }) => {
  await showBytes(page);
  await expect(bytes(page).getByRole("gridcell").nth(0)).toHaveAccessibleName("4f, O");
  await expect(bytes(page).getByRole("gridcell").nth(29)).toHaveAccessibleName("0d, CR");
  await expect(bytes(page).getByRole("gridcell")).toHaveCount(new TextEncoder().encode(OPTIONS).length);
});

test("a byte chooses its row of the tree, and a row marks its bytes", async ({ page }) => {
  await showBytes(page);
  const at = OPTIONS.indexOf("z9hG4bK1");
  await bytes(page).getByRole("gridcell").nth(at).click();
  await expect(chosenRow(page)).toHaveAccessibleName(/^branch/);
  await expect(chosen(page)).toHaveAccessibleName("7a, z");
  await row(page, /^Call-ID/).click();
  expect((await bytes(page).locator(".cells .marked").allTextContents()).length).toBe("Call-ID: 7@192.0.2.7".length);
});

test("bytes are walked by keys; a letter of two bytes is one step", async ({ page }) => {
  await showBytes(page);
  const at = OPTIONS.indexOf("ë");
  await bytes(page).getByRole("gridcell").nth(at - 1).click();
  await bytes(page).focus();
  await page.keyboard.press("ArrowRight");
  await expect(chosen(page)).toHaveAccessibleName("c3");
  await page.keyboard.press("ArrowRight");
  await expect(chosen(page)).toHaveAccessibleName("20, space");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Home");
  await expect(chosen(page)).toHaveAttribute("id", /^byte-\d+$/);
  await page.keyboard.press("Tab");
  await expect(bytes(page)).not.toBeFocused();
});

test("a row is copied as value, path, bytes and as a filter for Wireshark", async ({ page }) => {
  await paste(textField(page), OPTIONS);
  await row(page, /^From/).click();
  const copy = async (title: RegExp): Promise<string> => {
    await page.getByRole("button", { name: "Copy", exact: true }).click();
    await page.getByRole("button", { name: title }).click();
    await expect(page.getByText(/^Copied: /)).toBeVisible();
    return clipboard(page);
  };
  expect(await copy(/^Value/)).toBe('"Zoë \\"Z\\"" <sip:z@192.0.2.7>;tag=1');
  expect(await copy(/^Wireshark filter/)).toBe('sip.From == "\\"Zoë \\\\\\"Z\\\\\\"\\" <sip:z@192.0.2.7>;tag=1"');
  expect(await copy(/^Bytes as hex/)).toMatch(/^46 72 6f 6d 3a 20 22 5a 6f c3 ab/);
  expect(await copy(/^Path/)).toBe("From");
});

test("the filter that is copied finds its message here, too", async ({ page }) => {
  await paste(textField(page), `${OPTIONS}\r\n${OPTIONS.replace("Zoë", "Ann").replaceAll("7@192", "8@192")}`);
  await row(page, /^From/).click();
  await page.getByRole("button", { name: "Copy", exact: true }).click();
  await page.getByRole("button", { name: /^Wireshark filter/ }).click();
  await expect(page.getByText("Copied: wireshark filter.")).toBeVisible();
  const filter = await clipboard(page);
  await page.getByRole("group", { name: "Show as" }).getByRole("button", { name: "List" }).click();
  await page.getByRole("searchbox", { name: "Search messages" }).fill(filter);
  await expect(page.getByText("2 messages in 2 conversations; 1 shown")).toBeVisible();
});

const BROKEN = OPTIONS.replace("Content-Length: 0", "Content-Length: 9").replace("Max-Forwards: 70\r\n", "").replace("CSeq: 1 OPTIONS", "CSeq: 1 INVITE");

test("findings are narrowed to what weighs, and put right all at once", async ({ page }) => {
  await paste(textField(page), BROKEN);
  await expect(findings(page).getByRole("listitem").first()).toBeVisible();
  const all = await findings(page).getByRole("listitem").count();
  await page.getByRole("button", { name: /^Fix all \d/ }).click();
  await expect(page.getByText(/^Fixed in \d places\. Ctrl Z/)).toBeVisible();
  await expect.poll(() => findings(page).getByRole("listitem").count()).toBeLessThan(all);
  await textField(page).press("ControlOrMeta+z");
  await expect(findings(page).getByRole("listitem")).toHaveCount(all);
});

test("a severity can be left out of the list", async ({ page }) => {
  await page.getByRole("button", { name: /^A bad SUBSCRIBE/ }).click();
  const switches = page.getByRole("group", { name: "Show findings" });
  await switches.getByRole("button", { name: /warning/ }).click();
  await expect(findings(page).getByText("warning", { exact: true })).toHaveCount(0);
  await expect(findings(page).getByText("error", { exact: true }).first()).toBeVisible();
  await switches.getByRole("button", { name: /warning/ }).click();
  await expect(findings(page).getByText("warning", { exact: true }).first()).toBeVisible();
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`the bytes have nothing that axe complains of (${colorScheme})`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    await showBytes(page);
    await row(page, /^Via/).click();
    const { violations } = await new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]).analyze();
    expect(violations.map(({ id, nodes }) => ({ id, nodes: nodes.map((node) => node.html) }))).toEqual([]);
  });
}
