import { readFileSync, writeFileSync } from "node:fs";
import AxeBuilder from "@axe-core/playwright";
import type { Locator, Page } from "@playwright/test";
import { expect, open, row, sentence, test } from "./served.ts";

const SNOM = ["--vendor", "snom", "--mac", "000413000001"] as const;

const form = (page: Page, name: string): Locator => page.getByRole("form", { name });
const part = (page: Page, name: string): Locator => page.getByRole("region", { name });

async function toSettings(page: Page): Promise<void> {
  await page.getByRole("navigation", { name: "Tool" }).getByRole("link", { name: "Settings" }).click();
  await expect(form(page, "Cards")).toBeVisible();
}

test("another group and port are listened to at once, and found again at the next start", async ({ page, served }) => {
  await served.start();
  await open(page, served);
  await toSettings(page);
  const where = form(page, "Where phones ask");
  await expect(where).toContainText("The program was started with another group or port.");
  await where.getByLabel("Group").fill("10.0.0.1");
  await where.getByRole("button", { name: "Apply" }).click();
  await expect(where.getByRole("alert")).toContainText("10.0.0.1 is no multicast group");
  await expect(where.getByLabel("Group")).toHaveValue("10.0.0.1");
  await where.getByLabel("Group").fill("239.255.81.77");
  await where.getByLabel("Port").fill("38999");
  await where.getByRole("button", { name: "Apply" }).click();
  await expect(where.getByRole("alert")).toBeHidden();
  await expect(where.getByRole("button", { name: "Apply" })).toBeDisabled();
  const network = ["--interface", "lo", "--group", "239.255.81.77", "--port", "38999"];
  await served.phone([...SNOM], "500ms", network);
  await page.getByRole("link", { name: "Phones" }).click();
  await expect(row(page, /snom/)).toBeVisible();
  await served.stop();
  await served.start([], "127.0.0.1:0", true, ["--interface", "lo"]);
  await page.goto(served.url);
  await toSettings(page);
  await expect(where.getByLabel("Port")).toHaveValue("38999");
});

test("cards are chosen by ticking them; what the command line chose is said", async ({ page, served }) => {
  await served.start();
  await open(page, served);
  await toSettings(page);
  const cards = form(page, "Cards");
  await expect(cards).toContainText("The program was started with cards of its own.");
  await expect(cards.getByRole("checkbox", { name: /^lo / })).toBeChecked();
  await cards.getByRole("checkbox", { name: /^lo / }).uncheck();
  await expect(cards.getByRole("radio", { name: /^All that suit/ })).toBeChecked();
  await cards.getByRole("button", { name: "Keep the old" }).click();
  await expect(cards.getByRole("checkbox", { name: /^lo / })).toBeChecked();
  await expect(cards.getByRole("button", { name: "Apply" })).toBeDisabled();
});

test("the mode is switched here, too, and the phones' page says the same", async ({ page, served }) => {
  await served.start(["--url", "tftp://%{server}", "--observe"]);
  await open(page, served);
  await toSettings(page);
  await page.getByRole("radio", { name: /^Answer/ }).check();
  await expect(part(page, "Answering")).toContainText("Answering on 1 card with tftp://%{server}.");
  await page.getByRole("link", { name: "Phones" }).click();
  await expect(sentence(page)).toHaveText("Answering on 1 card with tftp://%{server}.");
});

test("how much is remembered is changed, and what is no number is named", async ({ page, served }) => {
  await served.start();
  await open(page, served);
  await toSettings(page);
  const memory = form(page, "What is remembered");
  await memory.getByLabel("MiB of all messages").fill("lots");
  await memory.getByRole("button", { name: "Apply" }).click();
  await expect(memory.getByRole("alert")).toHaveText("MiB: a whole number is wanted, not “lots”.");
  await memory.getByLabel("MiB of all messages").fill("50");
  await memory.getByLabel("Phones of which nobody said anything").fill("0");
  await memory.getByRole("button", { name: "Apply" }).click();
  await expect(memory.getByRole("alert")).toContainText("at least 1 and at most 10000");
  await memory.getByLabel("Phones of which nobody said anything").fill("500");
  await memory.getByRole("button", { name: "Apply" }).click();
  await expect(memory.getByRole("button", { name: "Apply" })).toBeDisabled();
  await page.reload();
  await expect(memory.getByLabel("MiB of all messages")).toHaveValue("50");
  await expect(memory.getByLabel("Phones of which nobody said anything")).toHaveValue("500");
});

test("everything goes into one file, and comes out of it on another machine", async ({ page, served, other }, info) => {
  await served.start(["--url", "tftp://%{server}/%{mac}.cfg"]);
  await open(page, served);
  await served.phone(SNOM);
  await served.command({ command: "adopt", phones: ["000413000001"] });
  await served.command({ command: "name", phone: "000413000001", name: "Lobby" });
  await toSettings(page);
  const backup = part(page, "Everything in one file");
  const coming = page.waitForEvent("download");
  await backup.getByRole("button", { name: "Save to a file" }).click();
  const download = await coming;
  expect(download.suggestedFilename()).toBe("fingerpost-backup.json");
  const kept = info.outputPath("backup.json");
  writeFileSync(kept, readFileSync(await download.path()));

  await other.start();
  await page.goto(other.url);
  await toSettings(page);
  const choosing = page.waitForEvent("filechooser");
  await backup.getByRole("button", { name: "Take over from a file" }).click();
  await (await choosing).setFiles(kept);
  const outcome = backup.getByRole("group", { name: "What would change" });
  await expect(outcome).toContainText("1 phone that was not known");
  await expect(outcome).toContainText("phones are answered");
  await backup.getByRole("button", { name: "Take it over" }).click();
  await expect(backup.getByRole("status")).toContainText("1 phone that was not known");
  await page.getByRole("link", { name: "Phones" }).click();
  await expect(sentence(page)).toHaveText("Answering on 1 card with tftp://%{server}/%{mac}.cfg.");
  await page.getByRole("tablist", { name: "Which phones" }).getByRole("tab", { name: /^Adopted/ }).click();
  await expect(row(page, /Lobby/)).toContainText("00:04:13:00:00:01");
});

test("a file that is no backup is refused, and nothing changes", async ({ page, served }) => {
  await served.start();
  await open(page, served);
  await toSettings(page);
  const choosing = page.waitForEvent("filechooser");
  await part(page, "Everything in one file").getByRole("button", { name: "Take over from a file" }).click();
  await (await choosing).setFiles({ name: "notes.txt", mimeType: "text/plain", buffer: Buffer.from("hello") });
  await expect(part(page, "Everything in one file").getByRole("alert")).toContainText("This is no backup of Fingerpost");
});

for (const theme of ["light", "dark"] as const) {
  test(`axe finds nothing, wide and narrow, in the ${theme} theme`, async ({ page, served }) => {
    await served.start();
    await page.emulateMedia({ colorScheme: theme });
    await open(page, served);
    await toSettings(page);
    for (const width of [1240, 320]) {
      await page.setViewportSize({ width, height: 760 });
      expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
      await page.screenshot({ path: `../target/pictures/settings-${theme}-${width}.png` });
    }
  });
}
