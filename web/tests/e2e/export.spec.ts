import { readFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import { exchange, pcap } from "./capture.ts";
import { clipboard, command, expect, open, paste, test, text, textField } from "./page.ts";

test.use({ permissions: ["clipboard-read", "clipboard-write"] });
test.beforeEach(async ({ page }) => open(page));

async function openFile(page: Page, name: string, buffer: Buffer): Promise<void> {
  const choosing = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "Open files" }).click();
  await (await choosing).setFiles({ name, mimeType: "application/octet-stream", buffer });
}

async function saved(page: Page, what: string): Promise<{ name: string; bytes: Buffer }> {
  const saving = page.waitForEvent("download");
  await page.getByRole("button", { name: "Give away" }).click();
  await page.getByRole("button", { name: `Save ${what}`, exact: true }).click();
  const file = await saving;
  return { name: file.suggestedFilename(), bytes: readFileSync(await file.path()) };
}

test("what is searched for is what is given away, in every form", async ({ page }) => {
  await openFile(page, "office.pcap", pcap([...exchange(1, 1_000_000), ...exchange(2, 2_000_000, false)]));
  await page.getByRole("searchbox", { name: "Search messages" }).fill("0030ab000002");
  await expect(page.getByRole("region", { name: "All messages" }).getByRole("status")).toContainText("3 shown");
  const whats = ["the messages as text", "the messages as Markdown", "the messages as a table", "the messages and findings as JSON", "the ladder as text", "the ladder as SVG"];
  for (const what of whats) {
    const { bytes } = await saved(page, what);
    expect(bytes.toString(), what).toContain("SUBSCRIBE");
    expect(bytes.toString(), what).not.toContain("0030ab000001");
  }
  const table = (await saved(page, "the messages as a table")).bytes.toString().trimEnd().split("\r\n");
  expect(table).toHaveLength(4);
});

test("a capture that is saved is read again as it was", async ({ page }) => {
  await openFile(page, "office.pcap", pcap(exchange(1, 1_000_000)));
  await expect(page.getByText("Message 1 of 4")).toBeVisible();
  const { name, bytes } = await saved(page, "the messages as a capture");
  expect(name).toBe("messages.pcapng");
  await openFile(page, name, bytes);
  await expect(page.getByText(/^messages\.pcapng, packet 1, 1970-01-01T00:00:01Z, 10\.1\.0\.3:5060 to 224\.0\.1\.75:5060/)).toBeVisible();
});

test("findings of a pasted text are SARIF at the lines of that text", async ({ page }) => {
  await paste(textField(page), text("page.txt"));
  const { name, bytes } = await saved(page, "the findings as SARIF");
  expect(name).toBe("findings.sarif");
  const log = JSON.parse(bytes.toString()) as { version: string; runs: { results: { locations: { physicalLocation: { region: { startLine: number } } }[] }[] }[] };
  expect(log.version).toBe("2.1.0");
  const lines = log.runs[0]?.results.map((result) => result.locations[0]?.physicalLocation.region.startLine ?? 0) ?? [];
  expect(Math.max(...lines)).toBeGreaterThan(10);
});

test("JSON holds each message with its findings, also from the palette", async ({ page }) => {
  await paste(textField(page), text("page.txt"));
  await command(page, "copy findings as json");
  await expect(page.getByText("Copied the messages and findings as JSON.")).toBeVisible();
  const report = JSON.parse(await clipboard(page)) as { messages: { method: string | null; findings: unknown[] }[] };
  expect(report.messages.map(({ method }) => method)).toEqual(["NOTIFY", "SUBSCRIBE", null]);
});

test("list, findings and what is given away are judged as the switch says", async ({ page }) => {
  // A strict reader must refuse the blank behind the version, and a NOTIFY with a tag that the phone never said.
  const datagrams = exchange(1, 1_000_000).map((one) => ({
    ...one,
    payload: one.payload.startsWith("SUBSCRIBE") ? one.payload.replace("SIP/2.0\r\n", "SIP/2.0 \r\n") : one.payload.replace(/(NOTIFY[^]*To: [^]*?);tag=p1/, "$1;tag=wrong"),
  }));
  await openFile(page, "office.pcap", pcap(datagrams));
  const rows = page.getByRole("grid", { name: "Messages" }).getByRole("row");
  const severities = async (): Promise<string[]> => {
    const { bytes } = await saved(page, "the messages and findings as JSON");
    const report = JSON.parse(bytes.toString()) as { messages: { findings: { severity: string }[] }[] };
    return report.messages.flatMap(({ findings }) => findings.map(({ severity }) => severity));
  };
  await expect(rows.nth(1)).toContainText("error");
  expect(await severities()).toContain("error");
  const strict = (await saved(page, "the findings as SARIF")).bytes.toString();
  await page.getByRole("button", { name: "Robust" }).click();
  await expect(rows.nth(1)).toContainText("warning");
  await expect(rows.nth(1)).not.toContainText("error");
  const robust = (await saved(page, "the findings as SARIF")).bytes.toString();
  expect(robust).not.toBe(strict);
  const weighed = await severities();
  await page.getByRole("button", { name: "Strict" }).click();
  await expect(rows.nth(1)).toContainText("error");
  expect(await severities()).not.toEqual(weighed);
});

test("a pasted text is given away judged as the switch says", async ({ page }) => {
  await paste(textField(page), text("page.txt"));
  const strict = (await saved(page, "the messages and findings as JSON")).bytes.toString();
  await page.getByRole("button", { name: "Robust" }).click();
  expect((await saved(page, "the messages and findings as JSON")).bytes.toString()).not.toBe(strict);
  await page.getByRole("button", { name: "Strict" }).click();
  expect((await saved(page, "the messages and findings as JSON")).bytes.toString()).toBe(strict);
});

test("without a message there is nothing to give away, and it says so", async ({ page }) => {
  await page.getByRole("button", { name: "Give away" }).click();
  await page.getByRole("button", { name: "Copy the messages as text" }).click();
  await expect(page.getByText("Not copied: no message is shown.")).toBeVisible();
});
