/** Giving away what was composed, the history, and the examples of the inspector that are composed. */
import { readFileSync } from "node:fs";
import { type Locator, type Page } from "@playwright/test";
import { clipboard, expect, findings, open, row, tabs, test, textField } from "./page.ts";

test.use({ permissions: ["clipboard-read", "clipboard-write"] });

const letter = (page: Page, title: string): Locator => page.getByRole("region", { name: title, exact: true });

/** Chooses from the menu of a message, and hands back what is on the clipboard then. */
async function other(page: Page, title: string, form: string): Promise<string> {
  await letter(page, title).getByRole("button", { name: "Other forms" }).click();
  await page.getByRole("button", { name: `Copy ${form}` }).click();
  await expect(page.getByRole("status")).toHaveText(`Copied ${form}.`);
  return clipboard(page);
}

async function saved(page: Page, what: string): Promise<Buffer> {
  await page.getByRole("button", { name: "Give away" }).click();
  const saving = page.waitForEvent("download");
  await page.getByRole("button", { name: `Save ${what}` }).click();
  return readFileSync(await (await saving).path());
}

test("a message is copied as hex dump, C string and JSON string, byte for byte", async ({ page }) => {
  await open(page, "#/compose");
  await page.getByRole("button", { name: "Copy NOTIFY with CRLF" }).click();
  await expect(page.getByRole("status")).toContainText("Copied NOTIFY");
  const wire = await clipboard(page);
  const dump = await other(page, "NOTIFY", "NOTIFY as a hex dump");
  const hex = dump.split("\n").map((line) => line.slice(8, 56)).join("").replaceAll(" ", "");
  expect(Buffer.from(hex, "hex").toString()).toBe(wire);
  expect(JSON.parse(await other(page, "NOTIFY", "NOTIFY as a JSON string"))).toBe(wire);
  const c = await other(page, "NOTIFY", "NOTIFY as a C string");
  expect(c.split("\n").map((line) => JSON.parse(line.replaceAll("\\?", "?")) as string).join("")).toBe(wire);
});

/** `crates/cli/tests/compose.rs` runs such lines in a shell and compares the bytes. */
test("the command that writes a message is copied, as long as nobody has changed it", async ({ page }) => {
  await open(page, "#/compose");
  await page.getByLabel("Seed", { exact: true }).fill("7");
  await page.getByLabel("URL template").fill("http://%{server}/it's/%{mac}.cfg");
  expect(await other(page, "NOTIFY", "the command that writes NOTIFY")).toBe(
    String.raw`fingerpost compose notify --vendor snom --mac 00:04:13:a1:b2:c3 --model snomD735 --version 10.1.159.12 --phone 192.0.2.37 --server 192.0.2.1 --url 'http://%{server}/it'\''s/%{mac}.cfg' --seed 7`,
  );
  await page.getByRole("textbox", { name: "NOTIFY text" }).press("ControlOrMeta+End");
  await page.keyboard.type("/more");
  await letter(page, "NOTIFY").getByRole("button", { name: "Other forms" }).click();
  await expect(page.getByRole("button", { name: "Copy NOTIFY as a C string" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Copy the command that writes NOTIFY" })).toHaveCount(0);
});

/** `tests/system/tests/sipp.rs` lets the real SIPp run such scenarios. */
test("a SIPp scenario is saved for either side", async ({ page }) => {
  await open(page, "#/compose");
  const phone = (await saved(page, "a SIPp scenario of the first side")).toString();
  expect(phone).toMatch(/<send retrans="500"><!\[CDATA\[\nSUBSCRIBE [\s\S]*<recv request="NOTIFY"/);
  const server = (await saved(page, "a SIPp scenario of the second side")).toString();
  expect(server).toMatch(/<recv request="SUBSCRIBE"[\s\S]*NOTIFY sip:\[\$peer1\] SIP\/2\.0/);
});

test("what SIPp cannot run says why", async ({ page }) => {
  await open(page, "#/compose");
  await page.getByRole("button", { name: "One message" }).click();
  await page.getByText("A message with a mistake").click();
  await page.getByRole("button", { name: /^Missing header / }).click();
  await page.getByRole("button", { name: "Give away" }).click();
  await page.getByRole("button", { name: "Copy a SIPp scenario of the first side" }).click();
  await expect(page.getByRole("status")).toHaveText("Not done: message 1 has no Call-ID: SIPp finds its calls by it.");
});

test("a capture of the exchange is saved, and opens in the inspector", async ({ page }) => {
  await open(page, "#/compose");
  const capture = await saved(page, "all as a capture (pcapng)");
  await page.getByRole("link", { name: "Inspect" }).click();
  const choosing = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "Open files" }).click();
  await (await choosing).setFiles({ name: "composed.pcapng", mimeType: "application/octet-stream", buffer: capture });
  const rows = page.getByRole("grid", { name: "Messages" }).getByRole("row");
  await expect(rows).toHaveCount(5);
  await expect(rows.nth(1)).toContainText("224.0.1.75");
  await expect(rows.nth(4)).toContainText("200 OK");
});

test("the history keeps what was given away, is searched, survives a reload, and is wiped", async ({ page }) => {
  await open(page, "#/compose");
  const history = page.getByRole("button", { name: "History", exact: true });
  await history.click();
  await expect(page.getByText("Nothing yet.")).toBeVisible();
  await expect(page.getByText("kept in this browser only", { exact: false })).toBeVisible();
  await page.keyboard.press("Escape");
  for (const vendor of ["yealink", "fanvil"]) {
    await page.getByLabel("Spelling of").selectOption(vendor);
    await page.getByRole("button", { name: "Copy SUBSCRIBE with CRLF" }).click();
  }
  await page.reload();
  await history.click();
  const list = page.getByRole("list", { name: "History" });
  await expect(list.getByRole("listitem")).toHaveCount(2);
  await page.getByRole("searchbox", { name: "Search the history" }).fill("subscribe ua-profile yealink");
  await expect(list.getByRole("listitem")).toHaveCount(1);
  await list.getByRole("button", { name: "Exchange of a yealink phone" }).click();
  await expect(page.getByRole("textbox", { name: "Message 1 text" })).toContainText("User-Agent: Yealink");
  await expect(page.getByRole("textbox", { name: "Message 4 text" })).toContainText("SIP/2.0 200 OK");
  await history.click();
  await page.getByRole("button", { name: "Wipe the history" }).click();
  await expect(page.getByText("Nothing yet.")).toBeVisible();
  await page.reload();
  await history.click();
  await expect(page.getByText("Nothing yet.")).toBeVisible();
});

test("what was changed by hand is in the history before something else takes its place", async ({ page }) => {
  await open(page, "#/compose");
  await page.getByRole("textbox", { name: "NOTIFY text" }).press("ControlOrMeta+End");
  await page.keyboard.type("/kept");
  await page.getByRole("button", { name: "One message" }).click();
  await page.getByRole("button", { name: "History", exact: true }).click();
  await page.getByRole("button", { name: "Exchange of a snom phone" }).click();
  await expect(page.getByRole("textbox", { name: "Message 3 text" })).toContainText("/kept");
});

const VENDORS = ["AudioCodes", "snom", "Yealink", "Grandstream", "Fanvil", "PLANET", "Gigaset", "Panasonic", "Htek", "ATCOM", "VTech"];

test("the examples hold an exchange of each vendor, with a note of its quirk", async ({ page }) => {
  await open(page);
  for (const vendor of VENDORS) {
    const examples = page.getByRole("button", { name: "Examples", exact: true });
    await examples.click();
    const example = page.getByRole("group", { name: "Examples" }).getByRole("button", { name: `${vendor}: asked and answered` });
    await expect(example.locator(".muted")).toHaveText(/\w{3}/);
    await example.click();
    await expect(tabs(page)).toHaveCount(4);
    await expect(row(page, /^Event/)).toBeVisible();
    await expect(page.getByText(vendor.toLowerCase(), { exact: true }).first()).toBeVisible();
  }
});

test("the example behind a NAT shows received and rport, and the bad ones their mistakes", async ({ page }) => {
  await open(page);
  await page.getByRole("button", { name: /^Behind a NAT/ }).click();
  await expect(tabs(page)).toHaveCount(4);
  await expect(textField(page)).toContainText("received=203.0.113.9");
  await expect(textField(page)).toContainText("rport=41872");
  await page.getByRole("button", { name: "Examples", exact: true }).click();
  await page.getByRole("button", { name: /^Quote not closed/ }).click();
  await expect(findings(page)).toContainText("error");
});
