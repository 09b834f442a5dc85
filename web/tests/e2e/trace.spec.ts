import { AxeBuilder } from "@axe-core/playwright";
import type { Locator, Page } from "@playwright/test";
import { gzipSync } from "node:zlib";
import { exchange, pcap } from "./capture.ts";
import { clipboard, expect, open, paste, tabs, test, text, textField } from "./page.ts";

test.use({ permissions: ["clipboard-read", "clipboard-write"] });
test.beforeEach(async ({ page }) => open(page));

const show = (page: Page, view: string): Promise<void> => page.getByRole("group", { name: "Show as" }).getByRole("button", { name: view }).click();
const ladder = (page: Page): Locator => page.getByRole("listbox", { name: "Ladder of messages" });
const list = (page: Page): Locator => page.getByRole("grid", { name: "Messages" });
const rows = (page: Page): Locator => list(page).getByRole("row").filter({ has: page.getByRole("gridcell") });
const told = (page: Page): Locator => page.getByRole("region", { name: "All messages" }).getByRole("status");

interface Given {
  name: string;
  mimeType: string;
  buffer: Buffer;
}

const file = (name: string, buffer: Buffer): Given => ({ name, mimeType: "application/octet-stream", buffer });

async function openFiles(page: Page, ...files: Given[]): Promise<void> {
  const choosing = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "Open files" }).click();
  await (await choosing).setFiles(files);
}

/** Three phones; the second one never acknowledges. */
const three = (): Buffer => pcap([...exchange(1, 1_000_000), ...exchange(2, 2_000_000, false), ...exchange(3, 3_000_000)]);

test("a pasted page is a ladder: who said what to whom", async ({ page }) => {
  await paste(textField(page), text("page.txt"));
  await show(page, "Ladder");
  await expect(ladder(page).getByRole("option", { name: /^2\. SUBSCRIBE ua-profile, 192\.0\.2\.61 to 224\.0\.1\.75/ })).toBeVisible();
  await ladder(page).getByRole("option", { name: /^3\. 200 OK/ }).click();
  await expect(tabs(page).nth(2)).toHaveAttribute("aria-selected", "true");
});

test("a ladder is walked by keys and opened by Enter", async ({ page }) => {
  await paste(textField(page), text("page.txt"));
  await show(page, "Ladder");
  await ladder(page).focus();
  await page.keyboard.press("Home");
  await expect(tabs(page).nth(0)).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("End");
  await expect(tabs(page).nth(2)).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("Enter");
  await expect(textField(page)).toBeFocused();
});

test("a ladder follows what is typed", async ({ page }) => {
  await paste(textField(page), text("page.txt"));
  await show(page, "List");
  await expect(rows(page)).toHaveCount(3);
  await show(page, "Text");
  await textField(page).press("ControlOrMeta+a");
  await textField(page).press("Delete");
  await paste(textField(page), "OPTIONS sip:192.0.2.1 SIP/2.0\nVia: SIP/2.0/UDP 192.0.2.7;branch=z9hG4bK1\nCSeq: 1 OPTIONS\n\n");
  await show(page, "Ladder");
  await expect(ladder(page).getByRole("option")).toHaveCount(2);
  await expect(ladder(page).getByRole("option", { name: "Missing: a response to OPTIONS, from 192.0.2.1 to 192.0.2.7" })).toBeVisible();
});

test("a capture file is a list, and each of its messages is taken apart", async ({ page }) => {
  await openFiles(page, file("office.pcap", three()));
  await expect(told(page)).toHaveText("11 messages in 3 conversations");
  await expect(rows(page)).toHaveCount(11);
  await expect(rows(page).nth(0)).toContainText("0.000 s");
  await rows(page).nth(2).click();
  await expect(page.getByText("Message 3 of 11")).toBeVisible();
  await expect(page.getByText(/office\.pcap, packet 3, 1970-01-01T00:00:01\.003Z, 10\.1\.255\.1:5060 to 10\.1\.0\.3:5060, UDP/)).toBeVisible();
  await expect(page.getByRole("treeitem", { name: /^Subscription-State/ })).toBeVisible();
  await page.getByRole("button", { name: "Next", exact: true }).click();
  await expect(page.getByText("Message 4 of 11")).toBeVisible();
});

test("a packed capture is read, and several files are one trace in the order of their times", async ({ page }) => {
  await openFiles(page, file("late.pcap", pcap(exchange(2, 9_000_000))), file("early.pcap.gz", gzipSync(pcap(exchange(1, 1_000_000)))));
  await expect(told(page)).toHaveText("8 messages in 2 conversations");
  await expect(page.getByText("Message 1 of 8")).toBeVisible();
  await expect(page.getByText(/^early\.pcap\.gz, packet 1/)).toBeVisible();
  await page.getByText("1 remark on how it was read").click();
  await expect(page.getByText(/unpacked with gzip/)).toBeVisible();
});

test("words, a MAC and a filter find messages; a broken filter says where", async ({ page }) => {
  await openFiles(page, file("office.pcap", three()));
  const search = page.getByRole("searchbox", { name: "Search messages" });
  await search.fill("00:30:AB:00:00:02");
  await expect(told(page)).toHaveText("11 messages in 3 conversations; 3 shown");
  await search.fill('sip.Method == "NOTIFY" and ip.dst == 10.1.0.5');
  await expect(rows(page)).toHaveCount(1);
  await search.fill("sip.Method ==");
  await expect(page.getByRole("alert")).toHaveText("a value to compare with is missing here");
  await search.fill("nothing has this");
  await page.getByRole("button", { name: "show all" }).click();
  await expect(rows(page)).toHaveCount(11);
});

test("the first failure is one click away, and its conversation can be looked at alone", async ({ page }) => {
  await openFiles(page, file("office.pcap", three()));
  await page.getByRole("button", { name: "First failure" }).click();
  await expect(page.getByText("Message 7 of 11")).toBeVisible();
  await page.getByRole("button", { name: "Only this conversation" }).click();
  await expect(told(page)).toHaveText("11 messages in 3 conversations; 3 shown");
  await show(page, "Ladder");
  await expect(ladder(page).getByRole("option").last()).toHaveAccessibleName("Missing: a response to NOTIFY, from 10.1.0.4 to 10.1.255.1");
});

test("a message is judged in the light of its conversation, in the list and beside it", async ({ page }) => {
  const datagrams = exchange(1, 1_000_000);
  const wrong = datagrams.map((one) => ({ ...one, payload: one.payload.startsWith("NOTIFY") ? one.payload.replace(";tag=p1", ";tag=wrong") : one.payload }));
  await openFiles(page, file("office.pcap", pcap(wrong)));
  await expect(rows(page).nth(2)).toContainText("error");
  await rows(page).nth(2).click();
  const together = page.getByRole("list", { name: "Findings in its conversation" });
  await together.getByRole("button", { name: /the tag in To is wrong/ }).click();
  await expect(page.getByRole("treeitem", { selected: true })).toContainText("wrong");
});

test("any header becomes a column", async ({ page }) => {
  await openFiles(page, file("office.pcap", three()));
  await page.getByRole("textbox", { name: "Column" }).fill("sip.Call-ID");
  await expect(rows(page).nth(4)).toContainText("2@10.1.0.4");
});

test("the ladder of what is shown is given away as text, Mermaid and SVG", async ({ page }) => {
  await openFiles(page, file("office.pcap", three()));
  await page.getByRole("searchbox", { name: "Search messages" }).fill("0030ab000002");
  await expect(rows(page)).toHaveCount(3);
  await page.getByRole("button", { name: "Give away" }).click();
  await page.getByRole("button", { name: "Copy the ladder as Mermaid" }).click();
  await expect(page.getByText("Copied the ladder as Mermaid.")).toBeVisible();
  const diagram = await clipboard(page);
  expect(diagram).toContain("sequenceDiagram");
  expect(diagram.match(/->>/g)).toHaveLength(3);
  await page.getByRole("button", { name: "Give away" }).click();
  const saving = page.waitForEvent("download");
  await page.getByRole("button", { name: "Save the ladder as SVG" }).click();
  expect((await saving).suggestedFilename()).toBe("ladder.svg");
});

test("a short text that is opened stands in the editor, and a capture makes room for it again", async ({ page }) => {
  await openFiles(page, file("office.pcap", three()));
  await expect(rows(page)).toHaveCount(11);
  await openFiles(page, file("page.txt", Buffer.from(text("page.txt"))));
  await expect(tabs(page)).toHaveCount(3);
  await expect(page.getByText(/Message \d+ of/)).toHaveCount(0);
});

test("a file without SIP says so", async ({ page }) => {
  await openFiles(page, file("photo.bin", Buffer.from([0x89, 0, 1, 2, 3, 0, 255])));
  await expect(page.getByText("No SIP message was found in what was opened.")).toBeVisible();
});

test("twenty thousand messages are a list that scrolls, and a ladder", async ({ page }) => {
  const phones = Array.from({ length: 5000 }, (_, number) => exchange(number, number * 10_000));
  await openFiles(page, file("storm.pcap", pcap(phones.flat())));
  await expect(told(page)).toHaveText("20,000 messages in 5,000 conversations");
  await list(page).focus();
  await page.keyboard.press("End");
  await expect(page.getByText("Message 20,000 of 20,000")).toBeVisible();
  expect(await rows(page).count()).toBeLessThan(100);
  await show(page, "Ladder");
  await expect(ladder(page).getByRole("option", { selected: true })).toHaveAccessibleName(/^20000\. 200 OK to NOTIFY/);
  await show(page, "List");
  await page.getByRole("searchbox", { name: "Search messages" }).fill("4321@");
  await expect(rows(page)).toHaveCount(4);
});

test("of twenty thousand messages only those in sight are objects in the page", async ({ page }) => {
  const phones = Array.from({ length: 5000 }, (_, number) => exchange(number, number * 10_000));
  await openFiles(page, file("storm.pcap", pcap(phones.flat())));
  await expect(rows(page)).not.toHaveCount(0);
  expect(await objectsLikeRows(page)).toBeLessThan(200);
  await show(page, "Ladder");
  await expect(ladder(page).getByRole("option")).not.toHaveCount(0);
  await ladder(page).focus();
  await page.keyboard.press("End");
  await expect(ladder(page).getByRole("option", { selected: true })).toHaveAccessibleName(/^20000\. 200 OK to NOTIFY/);
  const seen = await objectsLikeRows(page);
  expect(seen).toBeGreaterThan(0);
  expect(seen).toBeLessThan(200);
});

/** How many rows of a trace the page holds as objects, after what nobody needs was collected. */
async function objectsLikeRows(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page);
  const { result: prototype } = await session.send("Runtime.evaluate", { expression: "Object.prototype" });
  const { objects } = await session.send("Runtime.queryObjects", { prototypeObjectId: prototype.objectId ?? "" });
  const { result } = await session.send("Runtime.callFunctionOn", {
    objectId: objects.objectId ?? "",
    functionDeclaration: "function () { return this.filter((one) => Object.hasOwn(one, 'transaction') && Object.hasOwn(one, 'isDeduced')).length; }",
    returnByValue: true,
  });
  await session.detach();
  return result.value as number;
}

for (const theme of ["light", "dark"] as const) {
  for (const view of ["Ladder", "List"]) {
    test(`a trace as ${view.toLowerCase()} has nothing that axe complains of (${theme})`, async ({ page }) => {
      await page.emulateMedia({ colorScheme: theme });
      await openFiles(page, file("office.pcap", three()));
      await expect(rows(page)).toHaveCount(11);
      await show(page, view);
      const { violations } = await new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]).analyze();
      expect(violations.map(({ id, nodes }) => ({ id, nodes: nodes.map((node) => node.html) }))).toEqual([]);
    });
  }
}
