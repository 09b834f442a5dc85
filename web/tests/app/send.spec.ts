import AxeBuilder from "@axe-core/playwright";
import type { Locator, Page } from "@playwright/test";
import { Lan, MAC, PHONE } from "./lan.ts";
import { command, expect, open, row, type Served, test as base } from "./served.ts";

/** A machine with a phone on it beside the one with Fingerpost; the phone has asked, and answers what it is sent. */
const test = base.extend<{ lan: Lan; port: string }>({
  lan: async ({}, use) => {
    const lan = await Lan.open().catch((error: unknown) => error as Error);
    if (lan instanceof Error) return test.skip(true, lan.message);
    await use(lan);
    lan.close();
  },
  /** From which it asked. */
  port: [async ({ page, served, lan }, use) => {
    served.wrapper = lan.server.words;
    await served.start(["--url", "tftp://%{server}/%{mac}.cfg"], "127.0.0.1:0", true, ["--interface", "eth0"]);
    await lan.lead(Number(new URL(served.url).port));
    await open(page, served);
    await lan.ask();
    await expect(row(page, /snom/)).toContainText("Acknowledged");
    const port = (await sourceOf(served)).split(":")[1] ?? "";
    await lan.listen(port);
    await use(port);
  }, { auto: true }],
});

async function sourceOf(served: Served): Promise<string> {
  const view = (await served.get("view")) as { phones: { source: string }[] };
  return view.phones[0]?.source ?? "";
}

const dialog = (page: Page): Locator => page.getByRole("dialog", { name: /^Send/ });
const became = (page: Page): Locator => page.getByRole("status", { name: "What became of it" }).filter({ hasText: /./ });

async function toComposer(page: Page): Promise<void> {
  await page.getByRole("navigation", { name: "Tool" }).getByRole("link", { name: "Compose" }).click();
  await expect(page.getByRole("textbox", { name: "NOTIFY text", exact: true })).toBeVisible();
}

/** Chooses the phone by keyboard. */
async function choose(page: Page, typed: string): Promise<void> {
  await dialog(page).getByRole("combobox", { name: "Find a phone" }).fill(typed);
  await expect(dialog(page).getByRole("option")).toHaveCount(1);
  await page.keyboard.press("Enter");
}

test("what is written is sent to a phone that asked, with its mistakes, after it was said what and where", async ({ page, lan, port }) => {
  await toComposer(page);
  await page.getByRole("checkbox", { name: "Keep my mistake in Content-Length" }).check();
  await page.getByRole("textbox", { name: "NOTIFY text", exact: true }).focus();
  await page.keyboard.press("ControlOrMeta+End");
  for (let at = 0; at < 5; at++) await page.keyboard.press("Backspace");
  await page.keyboard.type("ä!");
  const letter = page.getByRole("region", { name: "NOTIFY", exact: true });
  const told = /(\d+) bytes/.exec((await letter.locator(".head").textContent()) ?? "")?.[1] ?? "";
  await letter.getByRole("button", { name: "Send NOTIFY to a phone …" }).click();
  await choose(page, "00:04:13:A1");
  await expect(dialog(page)).toContainText(`NOTIFY, ${told} bytes, to ${PHONE}:${port}, the phone ${MAC}.`);
  await expect(dialog(page).getByRole("list", { name: /^It has 1 error, sent with it/ })).toContainText("Content-Length");
  const { violations } = await new AxeBuilder({ page }).include("dialog[open]").analyze();
  expect(violations).toEqual([]);
  expect(lan.heard).toEqual([]);
  // The way out has the focus: once more Enter would send nothing.
  await expect(dialog(page).getByRole("button", { name: "Cancel" })).toBeFocused();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(became(page)).toContainText(/^200 OK after [\d,]+ ms, from snom .* at 10\.13\.2\.51:\d+\. Its messages$/);
  expect(lan.heard).toHaveLength(1);
  const heard = Buffer.from(lan.heard[0] ?? "", "hex");
  expect(heard.length).toBe(Number(told));
  expect(heard.toString()).toMatch(/^NOTIFY sip:.*\r\n/);
  expect(heard.toString()).toMatch(/ä!$/);
  await became(page).getByRole("link", { name: "Its messages" }).click();
  await expect(page.getByRole("tab")).toHaveCount(6);
  await page.getByRole("navigation", { name: "Of this phone" }).getByRole("link").first().click();
  const story = page.getByRole("complementary").getByRole("region", { name: "What happened" }).getByRole("list").first().getByRole("listitem");
  await expect(story).toContainText([/^Sent NOTIFY by hand/, /^Answered 200 OK/]);
});

test("it can be left without anything being sent, and a phone that does not answer is told so", async ({ page, lan }) => {
  await toComposer(page);
  await command(page, "send the 200 ok to a phone");
  await choose(page, PHONE);
  await page.keyboard.press("Enter");
  await expect(dialog(page)).toBeHidden();
  expect(lan.heard).toEqual([]);
  await command(page, "send the subscribe to a phone");
  await choose(page, `${MAC} snom`);
  await lan.desk.do("ip", "route", "add", "blackhole", "10.13.4.121");
  await dialog(page).getByRole("button", { name: "Send it" }).click();
  await expect(became(page)).toContainText(/^No answer after 5 seconds from/);
});

test("a phone that is another device by now, or that is ignored, is sent nothing, and the dialog says why", async ({ page, served, lan }) => {
  await toComposer(page);
  await command(page, "send the notify to a phone");
  await choose(page, PHONE);
  await lan.desk.do("ip", "link", "set", "eth0", "address", "02:00:00:00:00:01");
  await lan.server.do("ip", "neigh", "flush", "dev", "eth0");
  await dialog(page).getByRole("button", { name: "Send it" }).click();
  await expect(dialog(page).getByRole("alert")).toHaveText("Not sent: Another device answers at 10.13.2.51 now: 020000000001.");
  await served.command({ command: "ignore", phones: [MAC.replaceAll(":", "")] });
  await dialog(page).getByRole("button", { name: "Send it" }).click();
  await expect(dialog(page).getByRole("alert")).toContainText("Somebody wants this phone ignored");
  await dialog(page).getByRole("button", { name: "Another phone" }).click();
  await expect(dialog(page).getByRole("option")).toHaveCount(0);
  await expect(dialog(page)).toContainText("No such phone has asked yet.");
  await expect(became(page)).toHaveCount(0);
  expect(lan.heard).toEqual([]);
});
