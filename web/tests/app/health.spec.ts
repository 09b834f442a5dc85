import { createSocket } from "node:dgram";
import { closeSync, openSync, rmSync, writeFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import AxeBuilder from "@axe-core/playwright";
import type { Locator, Page } from "@playwright/test";
import { expect, open, sentence, test } from "./served.ts";

const problems = (page: Page): Locator => page.getByRole("region", { name: "Problems" });
const card = (page: Page, name: string): Locator => page.getByRole("region", { name: `Card ${name}` });

async function toHealth(page: Page): Promise<void> {
  await page.getByRole("navigation", { name: "Tool" }).getByRole("link", { name: /^Health/ }).click();
  await expect(card(page, "lo")).toBeVisible();
}

test("each card is told with its address, its join and what came in", async ({ page, served }) => {
  await served.start();
  await open(page, served);
  await toHealth(page);
  await expect(card(page, "lo")).toContainText("127.0.0.1/8");
  await expect(card(page, "lo")).toContainText("Joinedyes, says the kernel");
  await expect(card(page, "lo")).toContainText(/Packets[\d,]+ came in since it was switched on/);
  await expect(card(page, "lo")).toContainText(`Answersleave from 127.0.0.1:${served.network.at(-1)}, which is ours`);
});

test("the self-test is really sent and heard, and says what it does not prove", async ({ page, served }) => {
  await served.start();
  await open(page, served);
  await toHealth(page);
  await expect(card(page, "lo")).not.toContainText("Self-test");
  await page.getByRole("button", { name: "Self-test" }).click();
  await expect(card(page, "lo")).toContainText(/Self-testsent to the group and heard after [\d.]+ ms: joined locally\. It proves nothing about a switch/);
});

test("who answers is found by asking, after a warning, and this machine is told as itself", async ({ page, served }) => {
  await served.start(["--url", "tftp://%{server}/found"]);
  await open(page, served);
  await toHealth(page);
  await page.getByRole("button", { name: "Search for other responders" }).click();
  await expect(page.getByText(/would ask like a phone: one SUBSCRIBE/)).toBeVisible();
  await page.getByRole("button", { name: "Do not ask" }).click();
  await page.getByRole("button", { name: "Search for other responders" }).click();
  await page.getByRole("button", { name: "Ask the LAN" }).click();
  const found = page.getByRole("list", { name: "Who answered on lo" });
  await expect(found).toContainText(/127\.0\.0\.1:\d+, this Fingerpost: tftp:\/\/127\.0\.0\.1\/found/);
});

test("another program of this machine that answers, too, is told apart from this Fingerpost", async ({ page, served, other }) => {
  await served.start(["--url", "tftp://%{server}/ours"]);
  await other.start(["--url", "tftp://%{server}/theirs"], "127.0.0.1:0", true, served.network);
  await open(page, served);
  await toHealth(page);
  await page.getByRole("button", { name: "Search for other responders" }).click();
  await page.getByRole("button", { name: "Ask the LAN" }).click();
  const found = page.getByRole("list", { name: "Who answered on lo" }).getByRole("listitem");
  await expect(found).toHaveCount(2);
  await expect(found.filter({ hasText: "/ours" })).toHaveText(/^127\.0\.0\.1:\d+, this Fingerpost: tftp:\/\/127\.0\.0\.1\/ours$/);
  await expect(found.filter({ hasText: "/theirs" })).toHaveText(/^127\.0\.0\.1:\d+, another program of this machine: fingerpost \(process \d+\) on 127\.0\.0\.1:\d+: tftp:/);
});

test("a policy file that is broken is told on the way here and here, until it is mended", async ({ page, served }, info) => {
  const file = info.outputPath("policy.toml");
  const good = 'version = 1\n[[rule]]\nname = "all"\nanswer.url = "tftp://%{server}"\n';
  writeFileSync(file, good);
  await served.start(["--config", file]);
  await open(page, served);
  await toHealth(page);
  await expect(problems(page)).not.toContainText("policy file");
  writeFileSync(file, `${good}modus = "x"\n`);
  await expect(problems(page)).toContainText(/The policy file is not followed, the policy before it holds: .*modus/);
  await expect(problems(page)).toContainText("What to do: Mend the file; it is followed again as soon as it has no mistake.");
  await expect(page.getByRole("navigation", { name: "Tool" }).getByRole("link", { name: "Health: 1 problem" })).toBeVisible();
  writeFileSync(file, good);
  await expect(problems(page)).not.toContainText("policy file");
  await expect(page.getByRole("link", { name: "Health", exact: true })).toBeVisible();
});

test("a port that another program has is told with its holder, until it is free", async ({ page, served }) => {
  const holder = createSocket("udp4");
  await new Promise<void>((resolve) => holder.bind(Number(served.network.at(-1)), "127.0.0.1", resolve));
  await served.start();
  await open(page, served);
  await toHealth(page);
  await expect(problems(page)).toContainText(/warning.*Card lo: .*node.*What to do: End that program or give it another port/s);
  await expect(problems(page).getByRole("listitem")).toHaveCount(1);
  await expect(card(page, "lo")).toContainText(new RegExp(`Answersleave from port \\d+, for 127\\.0\\.0\\.1:${served.network.at(-1)} is taken: node \\(process ${process.pid}\\)`));
  await expect(page.getByRole("link", { name: "Health: 1 problem" })).toBeVisible();
  holder.close();
  await page.getByRole("link", { name: "Phones" }).click();
  await page.getByRole("button", { name: "Listen again" }).click();
  await expect(page.getByRole("link", { name: "Health", exact: true })).toBeVisible();
});

test("a full disk is told with what to do, until there is room again", async ({ page, served }) => {
  test.skip(process.getuid?.() !== 0, "making a small disk needs root");
  const folder = await served.startOnSmallDisk(["--url", "tftp://%{server}"]);
  await open(page, served);
  await toHealth(page);
  await expect(problems(page)).toHaveText(/None that can be seen/);
  const filler = join(folder, "filler");
  const file = openSync(filler, "w");
  expect(() => {
    while (true) writeSync(file, new Uint8Array(512));
  }).toThrow(/ENOSPC/);
  closeSync(file);
  await served.phone(["--vendor", "yealink", "--model", "x".repeat(4_000), "--count", "50"]);
  await expect(problems(page)).toContainText(/error Nothing can be remembered, though phones are answered all the same: .*memory\.db: .*full/);
  await expect(problems(page)).toContainText("What to do: Make room on the disk, or let this user write there; it is tried again by itself.");
  await expect(page.getByRole("link", { name: "Health: 1 problem" })).toBeVisible();
  rmSync(filler);
  await expect(problems(page)).toHaveText(/None that can be seen/);
  await expect(page.getByRole("link", { name: "Health", exact: true })).toBeVisible();
});

test("what a self-test found stays until the next one", async ({ page, served }) => {
  await served.start();
  await open(page, served);
  await toHealth(page);
  await page.getByRole("button", { name: "Self-test" }).click();
  await expect(card(page, "lo")).toContainText("Self-testsent to the group and heard");
  const looked = page.getByText(/^Looked at/);
  const before = await looked.textContent();
  await expect(looked).not.toHaveText(before ?? "");
  await expect(card(page, "lo")).toContainText("Self-testsent to the group and heard");
});

test("the report is copied as text, by keyboard alone", async ({ page, served }) => {
  await served.start();
  await open(page, served);
  await page.keyboard.press("Control+k");
  await page.keyboard.type("Go to Health");
  await page.keyboard.press("Enter");
  await expect(card(page, "lo")).toBeVisible();
  await page.keyboard.press("Control+k");
  await page.keyboard.type("Copy the health report");
  await page.keyboard.press("Enter");
  await expect(page.getByText("Copied how things stand, as text.")).toBeVisible();
  const text = await page.evaluate(() => navigator.clipboard.readText());
  expect(text).toContain("Observing on 1 card: nothing is answered.");
  expect(text).toContain("lo\n  Addresses: 127.0.0.1/8");
  expect(text).toContain("What cannot be seen from here:");
});

test("where the connection is lost, the page says that it shows what was", async ({ page, served }) => {
  await served.start();
  await open(page, served);
  await toHealth(page);
  await served.stop();
  await expect(page.getByRole("heading", { name: "Not connected to Fingerpost: this is as it was." })).toBeVisible();
  await expect(sentence(page)).toBeHidden();
});

for (const theme of ["light", "dark"] as const) {
  test(`axe finds nothing, wide and narrow, in the ${theme} theme`, async ({ page, served }) => {
    await served.start();
    await page.emulateMedia({ colorScheme: theme });
    await open(page, served);
    await toHealth(page);
    for (const width of [1240, 320]) {
      await page.setViewportSize({ width, height: 760 });
      expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
      await page.screenshot({ path: `../target/pictures/health-${theme}-${width}.png` });
    }
  });
}
