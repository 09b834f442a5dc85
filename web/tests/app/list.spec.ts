import type { Page } from "@playwright/test";
import { readFile } from "node:fs/promises";
import { bar, command, expect, list, open, panel, row, type Served, test } from "./served.ts";

const MACS = ["000413000001", "000413000002", "000413000003", "000413000004"] as const;
const line = (page: Page, number: number) => row(page, new RegExp(`00:04:13:00:00:0${number}`));
const tab = (page: Page, name: RegExp) => page.getByRole("tab", { name });
const lines = (page: Page) => list(page).getByRole("row");

/** Four phones, the fourth on top. */
async function four(page: Page, served: Served): Promise<void> {
  await served.start(["--url", "tftp://%{server}/%{mac}.cfg"]);
  await open(page, served);
  for (const mac of MACS) await served.phone(["--vendor", "snom", "--mac", mac]);
  await expect(lines(page)).toHaveCount(5);
  await expect(line(page, 4)).toHaveAttribute("aria-rowindex", "2");
}

test("phones are adopted and ignored, and each view counts its own", async ({ page, served }) => {
  await four(page, served);
  await expect(tab(page, /^New/)).toHaveText("New 4");
  await line(page, 1).getByRole("checkbox").click();
  await line(page, 2).getByRole("checkbox").click();
  await expect(bar(page)).toContainText("2 phones selected");
  await bar(page).getByRole("button", { name: "Adopt" }).click();
  await expect(tab(page, /^Adopted/)).toHaveText("Adopted 2");
  await expect(bar(page).getByRole("button", { name: "Adopt" })).toBeDisabled();
  await bar(page).getByRole("button", { name: "Select none" }).click();
  await expect(bar(page)).toHaveCount(0);

  await line(page, 3).getByRole("checkbox").click();
  await bar(page).getByRole("button", { name: "Ignore" }).click();
  await expect(tab(page, /^Ignored/)).toHaveText("Ignored 1");
  await expect(tab(page, /^All/)).toHaveText("All 3");
  await expect(tab(page, /^New/)).toHaveText("New 1");
  await expect(line(page, 3)).toHaveCount(0);
  // It is told nothing from now on.
  expect((await served.phone(["--vendor", "snom", "--mac", MACS[2]], "1s")).url).toBeNull();
  await tab(page, /^Ignored/).click();
  await expect(lines(page)).toHaveCount(2);
  await line(page, 3).getByRole("checkbox").click();
  await bar(page).getByRole("button", { name: "Release" }).click();
  await expect(page.getByText("No phone here. “Ignored” holds")).toBeVisible();
  await page.getByRole("button", { name: "Show all 4 phones" }).click();
  await expect(lines(page)).toHaveCount(5);
});

test("a range is selected with Shift, single ones with Ctrl", async ({ page, served }) => {
  await four(page, served);
  await line(page, 4).click({ modifiers: ["ControlOrMeta"] });
  await line(page, 2).click({ modifiers: ["Shift"] });
  await expect(bar(page)).toContainText("3 phones selected");
  await expect(panel(page)).toHaveCount(0);
  await line(page, 3).click({ modifiers: ["ControlOrMeta"] });
  await expect(bar(page)).toContainText("2 phones selected");
  await expect(line(page, 3)).toHaveAttribute("aria-selected", "false");
  await list(page).getByRole("checkbox", { name: "Select all that are listed" }).click();
  await expect(bar(page)).toContainText("4 phones selected");
});

test("phones are selected, tagged, named, forgotten and had back with the keyboard alone", async ({ page, served }) => {
  await four(page, served);
  await page.keyboard.press("/");
  await page.keyboard.press("ArrowDown");
  await expect(list(page)).toBeFocused();
  await page.keyboard.press("Home");
  await page.keyboard.press("Space");
  await page.keyboard.press("Shift+ArrowDown");
  await page.keyboard.press("Shift+ArrowDown");
  await expect(bar(page)).toContainText("3 phones selected");
  await expect(page.getByText("3 phones selected.")).toBeVisible();
  await page.keyboard.press("Shift+ArrowUp");
  await expect(bar(page)).toContainText("2 phones selected");
  await command(page, "tag the selected");
  await page.keyboard.type("lobby");
  await page.keyboard.press("Enter");
  await expect(line(page, 4)).toContainText("lobby");
  await expect(line(page, 3)).toContainText("lobby");
  await expect(line(page, 2)).not.toContainText("lobby");

  await list(page).focus();
  await page.keyboard.press("ControlOrMeta+a");
  await expect(bar(page)).toContainText("4 phones selected");
  await command(page, "adopt the selected");
  await expect(tab(page, /^Adopted/)).toHaveText("Adopted 4");
  await list(page).focus();
  await page.keyboard.press("ControlOrMeta+z");
  await expect(tab(page, /^New/)).toHaveText("New 4");
  await page.keyboard.press("ControlOrMeta+z");
  await expect(line(page, 4)).not.toContainText("lobby");

  await page.keyboard.press("Escape");
  await expect(bar(page)).toHaveCount(0);
  await page.keyboard.press("End");
  await page.keyboard.press("Space");
  await command(page, "name the selected");
  await page.keyboard.type("Reception");
  await page.keyboard.press("Enter");
  await expect(line(page, 1)).toContainText("Reception");
  await command(page, "forget the selected");
  // Enter alone does no harm.
  await page.keyboard.press("Enter");
  await expect(lines(page)).toHaveCount(5);
  await command(page, "forget the selected");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(lines(page)).toHaveCount(4);
  await expect(line(page, 1)).toHaveCount(0);
  await expect(list(page)).toBeFocused();
});

test("the button takes back what it says", async ({ page, served }) => {
  await four(page, served);
  await line(page, 1).getByRole("checkbox").click();
  await line(page, 2).getByRole("checkbox").click();
  await bar(page).getByRole("button", { name: "Tag …" }).click();
  await page.getByRole("textbox", { name: "Tag" }).fill("first floor");
  await page.keyboard.press("Enter");
  await bar(page).getByRole("button", { name: "Adopt" }).click();
  await page.getByRole("button", { name: "Undo: adopted, 2 phones" }).click();
  await expect(tab(page, /^New/)).toHaveText("New 4");
  await bar(page).getByRole("button", { name: "Take a tag away …" }).click();
  await page.getByRole("button", { name: "Take it away" }).click();
  await expect(line(page, 1)).not.toContainText("first floor");
  await page.getByRole("button", { name: 'Undo: untagged "first floor", 2 phones' }).click();
  await expect(line(page, 1)).toContainText("first floor");
  await page.getByRole("button", { name: 'Undo: tagged "first floor", 2 phones' }).click();
  await expect(line(page, 1)).not.toContainText("first floor");
  await expect(page.getByRole("button", { name: /^Undo/ })).toHaveCount(0);
});

test("a name that is refused stays as it was written, with the engine's words", async ({ page, served }) => {
  await four(page, served);
  await line(page, 1).click();
  await panel(page).getByRole("button", { name: "Name …" }).click();
  const field = page.getByRole("textbox", { name: "Name" });
  await field.fill(`${"x".repeat(100)}y`);
  await page.getByRole("button", { name: "Keep the name" }).click();
  await expect(field).toHaveAccessibleDescription(/A name has at most 100 characters\./);
  await expect(field).toHaveValue(`${"x".repeat(100)}y`);
  await field.fill("Reception");
  await page.getByRole("button", { name: "Keep the name" }).click();
  await expect(panel(page).getByRole("heading", { name: "Reception" })).toBeVisible();
  await panel(page).getByRole("button", { name: "Rename …" }).click();
  await expect(page.getByRole("textbox", { name: "Name" })).toHaveValue("Reception");
  await page.getByRole("textbox", { name: "Name" }).fill("");
  await page.keyboard.press("Enter");
  await expect(panel(page).getByRole("heading", { name: "snom snomD120" })).toBeVisible();
});

test("a tag that is refused stays as it was written, too", async ({ page, served }) => {
  await four(page, served);
  await line(page, 1).getByRole("checkbox").click();
  await bar(page).getByRole("button", { name: "Tag …" }).click();
  await page.getByRole("textbox", { name: "Tag" }).fill(" lobby");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("alert")).toHaveText("A tag is not empty, and neither begins nor ends with a blank.");
  await expect(page.getByRole("textbox", { name: "Tag" })).toHaveValue(" lobby");
  await page.keyboard.press("Escape");
  await expect(bar(page)).toContainText("1 phone selected");
});

test("what is told of phones, columns, order, view and words to find are remembered", async ({ page, served }) => {
  await four(page, served);
  await line(page, 1).getByRole("checkbox").click();
  await bar(page).getByRole("button", { name: "Adopt" }).click();
  await page.getByRole("button", { name: "Columns" }).click();
  await page.getByRole("checkbox", { name: "First asked" }).check();
  await page.getByRole("checkbox", { name: "Version" }).uncheck();
  await page.keyboard.press("Escape");
  await expect(list(page).getByRole("columnheader", { name: "First asked" })).toBeVisible();
  await expect(list(page).getByRole("columnheader", { name: "Version" })).toHaveCount(0);
  await list(page).getByRole("button", { name: "MAC" }).click();
  await tab(page, /^Adopted/).click();
  await page.getByRole("searchbox", { name: "Find a phone" }).fill("snom");

  await page.reload();
  await expect(tab(page, /^Adopted/)).toHaveAttribute("aria-selected", "true");
  await expect(lines(page)).toHaveCount(2);
  await expect(page.getByRole("searchbox", { name: "Find a phone" })).toHaveValue("snom");
  await expect(list(page).getByRole("columnheader", { name: "MAC" })).toHaveAttribute("aria-sort", "ascending");
  await expect(list(page).getByRole("columnheader", { name: "First asked" })).toBeVisible();
  await expect(list(page).getByRole("columnheader", { name: "Version" })).toHaveCount(0);
  // What somebody else wrote there does no harm.
  await page.evaluate(() => localStorage.setItem("fingerpost.phones", '{"version":1,"columns":7,"sort":{"by":"x"},"view":[]}'));
  await page.reload();
  await expect(lines(page)).toHaveCount(5);
  await expect(list(page).getByRole("columnheader", { name: "Version" })).toBeVisible();
});

test("the views are tabs for the keyboard", async ({ page, served }) => {
  await four(page, served);
  await tab(page, /^All/).focus();
  await page.keyboard.press("ArrowLeft");
  await expect(tab(page, /^Ignored/)).toBeFocused();
  await expect(tab(page, /^Ignored/)).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("Home");
  await expect(tab(page, /^New/)).toHaveAttribute("aria-selected", "true");
  await expect(lines(page)).toHaveCount(5);
});

test("two devices with one hardware address are told of in the row and explained in the panel", async ({ page, served }) => {
  await served.start(["--observe"]);
  await open(page, served);
  await served.deafPhone("0004130000de", "127.0.0.1");
  await expect(lines(page)).toHaveCount(2);
  await served.deafPhone("0004130000de", "127.0.0.2");
  await expect(row(page, /00:04:13:00:00:de/)).toContainText("2 addresses");
  await row(page, /00:04:13:00:00:de/).click();
  await expect(panel(page)).toContainText("two devices have the same one, or the phone moved");
  await expect(panel(page).getByRole("term")).toContainText(["127.0.0.2", "127.0.0.1"]);
  // It is found by the other address, too.
  await page.getByRole("searchbox", { name: "Find a phone" }).fill("127.0.0.1");
  await expect(lines(page)).toHaveCount(2);
});

test("all phones are saved as a table for spreadsheets", async ({ page, served }) => {
  await four(page, served);
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Save as CSV" }).click();
  const file = await download;
  expect(file.suggestedFilename()).toBe("phones.csv");
  const text = await readFile(await file.path(), "utf8");
  expect(text.startsWith("\uFEFFid,mac,vendor,model,")).toBe(true);
  expect(text.trim().split("\r\n")).toHaveLength(5);
  expect(text).toContain("00:04:13:00:00:01,snom,snomD120");
});

test("ten thousand phones are a list like any other", async ({ page, served }) => {
  test.slow();
  await served.start(["--observe"]);
  await open(page, served);
  // Where the machine is busy some are not heard, and ask again as real ones do.
  await expect(async () => {
    await served.deafPhones(0x000413100000, 10_000);
    await expect(list(page)).toHaveAttribute("aria-rowcount", "10001");
  }).toPass();
  expect(await lines(page).count()).toBeLessThan(60);
  await list(page).focus();
  const within = async (what: string, work: () => Promise<void>): Promise<void> => {
    const began = Date.now();
    await work();
    expect(Date.now() - began, what).toBeLessThan(10_000);
  };
  await within("to the end", async () => {
    await page.keyboard.press("End");
    await expect(list(page).locator('[aria-rowindex="10001"]')).toBeInViewport();
  });
  await within("all are selected", async () => {
    await page.keyboard.press("ControlOrMeta+a");
    await expect(bar(page)).toContainText("10,000 phones selected");
  });
  await within("all are adopted", async () => {
    await bar(page).getByRole("button", { name: "Adopt" }).click();
    await expect(tab(page, /^Adopted/)).toHaveText("Adopted 10,000");
  });
  await within("one is found", async () => {
    await page.getByRole("searchbox", { name: "Find a phone" }).fill("04:13:10:27:0f");
    await expect(lines(page)).toHaveCount(2);
  });
  await page.getByRole("searchbox", { name: "Find a phone" }).fill("");
  // Half a second's wheel turns: no frame is long in coming.
  const slowest = await list(page).evaluate(async (grid) => {
    let [last, slowest] = [performance.now(), 0];
    for (let frame = 0; frame < 60; frame++) {
      grid.scrollTop += 2400;
      await new Promise(requestAnimationFrame);
      const now = performance.now();
      [last, slowest] = [now, Math.max(slowest, now - last)];
    }
    return slowest;
  });
  expect(slowest).toBeLessThan(1000);
});
