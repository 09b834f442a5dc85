/** What a person does with the page, in words. */
import { readFileSync } from "node:fs";
import { expect, type Locator, type Page, test as base } from "@playwright/test";

/** A page that is watched: no error may be thrown, nothing may be refused by the policy. */
export const test = base.extend<{ page: Page }>({
  page: async ({ page }, use) => {
    const complaints: string[] = [];
    page.on("pageerror", (error) => complaints.push(error.message));
    page.on("console", (message) => {
      if (message.type() === "error" || message.type() === "warning") complaints.push(message.text());
    });
    await use(page);
    expect(complaints).toEqual([]);
  },
});
export { expect };

export function text(name: string): string {
  return readFileSync(new URL(`../texts/${name}`, import.meta.url), "utf8");
}

export function expected(name: string): string {
  return readFileSync(new URL(`../expected/${name}`, import.meta.url), "utf8");
}

/** The page of the real manual, where `FINGERPOST_MANUAL` names its folder; it is not ours to publish. */
export function manual(): string | null {
  const folder = process.env["FINGERPOST_MANUAL"];
  return folder ? readFileSync(`${folder}/page-54.txt`, "utf8") : null;
}

export async function open(page: Page, where = ""): Promise<void> {
  await page.goto(`./${where}`);
  await expect(page.getByRole("heading", { name: "Fingerpost", level: 1 })).toBeVisible();
}

/** As Ctrl V does it. */
export async function paste(field: Locator, pasted: string): Promise<void> {
  await field.click();
  await field.page().evaluate((words) => navigator.clipboard.writeText(words), pasted);
  await field.press("ControlOrMeta+v");
}

export async function clipboard(page: Page): Promise<string> {
  return page.evaluate(() => navigator.clipboard.readText());
}

export const textField = (page: Page): Locator => page.getByRole("textbox", { name: "Message text" });
export const tabs = (page: Page): Locator => page.getByRole("tab");
export const row = (page: Page, name: RegExp | string): Locator => page.getByRole("treeitem", { name });
export const chosenRow = (page: Page): Locator => page.getByRole("treeitem", { selected: true });
export const findings = (page: Page): Locator => page.getByRole("list", { name: "Findings", exact: true });
/** The marked piece of the text; the marks of one piece may be several elements. */
export async function marked(page: Page): Promise<string> {
  return (await page.locator(".cm-marked").allTextContents()).join("");
}

/** Chooses one of the tools that take the place of the text. */
export async function tool(page: Page, name: string): Promise<Locator> {
  await page.getByRole("button", { name: "Tools", exact: true }).click();
  await page.getByRole("group", { name: "Tools" }).getByRole("button", { name }).click();
  return page.getByRole("region", { name, exact: true });
}

/** By its words, as somebody does who knows only the palette. */
export async function command(page: Page, words: string): Promise<void> {
  await page.keyboard.press("ControlOrMeta+k");
  await page.getByRole("combobox", { name: "Search commands" }).fill(words);
  // What can be done is offered once the page knows what it shows.
  await expect(page.getByRole("option", { name: new RegExp(words.split(" ").join(".*"), "i") }).first()).toBeVisible();
  await page.keyboard.press("Enter");
}
