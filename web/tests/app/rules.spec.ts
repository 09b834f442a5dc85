import AxeBuilder from "@axe-core/playwright";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Locator, Page } from "@playwright/test";
import { command, expect, open, type Served, test as base } from "./served.ts";

const RULES = `# ours
version = 1

# the lobby
[[rule]]
name = "lobby"
match = { tag = "lobby" } # by hand
ignore = true

[[rule]]
name = "desk"
match = { vendor = "snom" }
answer = { url = "http://one.example/%{mac}", status = 202 }
`;

/** A policy file of its own for each test. */
const test = base.extend<{ file: string }>({
  file: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), "fingerpost-rules-"));
    writeFileSync(join(folder, "policy.toml"), RULES);
    await use(join(folder, "policy.toml"));
    rmSync(folder, { recursive: true });
  },
});

const list = (page: Page): Locator => page.getByRole("list", { name: "Rules", exact: true });
const names = (page: Page): Locator => list(page).locator("strong");
const editor = (page: Page): Locator => page.getByRole("textbox", { name: "The policy file" });
const on = (file: string): string => readFileSync(file, "utf8");

async function opened(page: Page, served: Served, options: readonly string[], hasData = true): Promise<void> {
  await served.start(options, "127.0.0.1:0", hasData);
  await open(page, served);
  await served.phone(["--vendor", "snom", "--mac", "000413000001"]);
  await page.getByRole("link", { name: "Rules", exact: true }).click();
}

/** Replaces what the file's field holds, as one types it. */
async function write(page: Page, text: string): Promise<void> {
  await editor(page).click();
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.insertText(text);
}

test("rules are put in order by drag, by buttons and by Alt with an arrow, and saved with their comments", async ({ page, served, file }) => {
  await opened(page, served, ["--config", file]);
  await expect(names(page)).toHaveText(["lobby", "desk"]);
  await list(page).getByRole("listitem").nth(1).dragTo(list(page).getByRole("listitem").nth(0));
  await expect(names(page)).toHaveText(["desk", "lobby"]);
  await page.getByRole("button", { name: "Down desk" }).click();
  await expect(names(page)).toHaveText(["lobby", "desk"]);
  await page.getByRole("button", { name: "Edit desk" }).focus();
  await page.keyboard.press("Alt+ArrowUp");
  await expect(names(page)).toHaveText(["desk", "lobby"]);
  await expect(page.getByRole("button", { name: "Edit desk" })).toBeFocused();
  await expect(page.getByText("desk is now 1 of 2.")).toBeVisible();
  expect(on(file)).toBe(RULES);
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByText("Saved. The rules are in force now.")).toBeVisible();
  expect(on(file).indexOf('"desk"')).toBeLessThan(on(file).indexOf('"lobby"'));
  for (const kept of ["# ours", "# the lobby", "# by hand", "status = 202"]) expect(on(file)).toContain(kept);
});

test("a rule is edited with its mistakes at the field, shown for a real phone, tried on all, and then in force", async ({ page, served, file }) => {
  await opened(page, served, ["--config", file]);
  await page.getByRole("combobox", { name: "Phone" }).selectOption({ index: 1 });
  await page.getByRole("button", { name: "Edit desk" }).click();
  const url = page.getByRole("textbox", { name: "URL", exact: true });
  await url.fill("http://two.example/%{mac");
  await expect(url).toHaveAttribute("aria-invalid", "true");
  await page.getByRole("button", { name: "Take this rule" }).click();
  await expect(url).toBeFocused();
  await expect(url).toHaveValue("http://two.example/%{mac");
  await url.fill("http://two.example/%{mac}");
  await expect(page.getByText("http://two.example/000413000001")).toBeVisible();
  await expect(page.getByText("It matches that phone.")).toBeVisible();
  await page.getByRole("textbox", { name: "MAC begins with" }).fill("zz");
  await expect(page.getByRole("textbox", { name: "MAC begins with" })).toHaveAttribute("aria-invalid", "true");
  await page.getByRole("textbox", { name: "MAC begins with" }).fill("000413");
  await page.getByRole("button", { name: "Take this rule" }).click();
  await expect(page.getByText("Would change 1 phone; 0 would be treated as before.")).toBeVisible();
  await page.getByText("Which phones, and how").click();
  await expect(page.getByRole("list", { name: /would be treated in another way/ })).toContainText("gets http://two.example/000413000001 (202), by desk (now it gets http://one.example/000413000001 (202), by desk)");
  expect((await served.phone(["--vendor", "snom", "--mac", "000413000001"])).url).toBe("http://one.example/000413000001");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByText("Saved. The rules are in force now.")).toBeVisible();
  expect((await served.phone(["--vendor", "snom", "--mac", "000413000001"])).url).toBe("http://two.example/000413000001");
});

test("the variations of an answer are set by keyboard, tried on a real phone, and then in the file and on the wire", async ({ page, served, file }) => {
  await opened(page, served, ["--config", file]);
  await page.getByRole("button", { name: "Edit desk" }).focus();
  await page.keyboard.press("Enter");
  // What is set already is unfolded.
  const accept = page.getByRole("checkbox", { name: "Accept with 202, not 200" });
  await expect(accept).toBeChecked();
  await expect(accept).toHaveAccessibleDescription(/from before RFC 6665/);
  await accept.focus();
  await page.keyboard.press("Space");
  for (const next of ["Send the NOTIFY alone", "Leave out Subscription-State"]) {
    await page.keyboard.press("Tab");
    await expect(page.getByRole("checkbox", { name: next })).toBeFocused();
  }
  await page.keyboard.press("Space");
  await page.keyboard.press("Tab");
  const seconds = page.getByRole("textbox", { name: /effective-by/ });
  await expect(seconds).toBeFocused();
  await page.keyboard.type("soon");
  await expect(seconds).toHaveAttribute("aria-invalid", "true");
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type("0");
  await expect(seconds).not.toHaveAttribute("aria-invalid");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("combobox", { name: "How the URL ends" })).toBeFocused();
  await page.keyboard.press("w");
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Take this rule" }).press("Enter");
  await page.getByText("Which phones, and how").click();
  const now = "gets http://one.example/000413000001 (202), by desk";
  const then = "gets http://one.example/000413000001/ (no Subscription-State, effective-by 0), by desk";
  await expect(page.getByRole("list", { name: /would be treated in another way/ })).toContainText(`${then} (now it ${now})`);
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByText("Saved. The rules are in force now.")).toBeVisible();
  expect(on(file)).toBe(RULES.replace("status = 202", "subscription_state = false, effective_by = 0, slash = true"));
  expect((await served.phone(["--vendor", "snom", "--mac", "000413000001"])).url).toBe("http://one.example/000413000001/");
  const messages = await served.traffic();
  const notify = messages.findLast((text) => text.startsWith("NOTIFY ")) ?? "";
  expect(notify).toContain("effective-by=0");
  expect(notify).not.toContain("Subscription-State");
  expect(messages.findLast((text) => text.startsWith("SIP/2.0 ") && text.includes("SUBSCRIBE"))).toMatch(/^SIP\/2\.0 200 OK/);
});

test("for a chosen phone it is told which rule matched, and at which condition another did not", async ({ page, served, file }) => {
  await opened(page, served, ["--config", file]);
  await page.getByRole("combobox", { name: "Phone" }).selectOption({ index: 1 });
  const asked = page.getByRole("list", { name: "Rules that were asked" });
  await expect(asked).toContainText('No: the phone has no tags, wanted "lobby"');
  await expect(asked).toContainText('Yes: vendor is "snom", wanted "snom"');
  await expect(page.getByText("It gets http://one.example/000413000001 (202), by desk.")).toBeVisible();
  await expect(list(page).getByRole("listitem").nth(1)).toContainText("matches");
});

test("a save that is refused says why, and what was changed stays", async ({ page, served, file }) => {
  await opened(page, served, ["--config", file]);
  await page.getByRole("button", { name: "Remove lobby" }).click();
  // What the file is written into before it takes its place.
  mkdirSync(`${file}.new`);
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByRole("alert")).toContainText(`cannot write ${file}`);
  await expect(names(page)).toHaveText(["desk"]);
  expect(on(file)).toBe(RULES);
  rmSync(`${file}.new`, { recursive: true });
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByText("Saved. The rules are in force now.")).toBeVisible();
});

test("a rule is removed, and undone", async ({ page, served, file }) => {
  await opened(page, served, ["--config", file]);
  await page.getByRole("button", { name: "Remove lobby" }).click();
  await expect(names(page)).toHaveText(["desk"]);
  await page.getByRole("button", { name: "Undo", exact: true }).click();
  await expect(names(page)).toHaveText(["lobby", "desk"]);
  await expect(page.getByRole("button", { name: "Save", exact: true })).toHaveCount(0);
});

test("the file itself is written with each mistake at its line and column, and cannot be saved with one", async ({ page, served, file }) => {
  await opened(page, served, ["--config", file]);
  await page.getByRole("button", { name: "File", exact: true }).click();
  await write(page, 'version = 1\n# new\n[[rule]]\nmatch = { vender = "snom" }\nignore = true\n');
  await expect(page.getByRole("button", { name: /Line 4, column 11: .*did you mean `vendor`/ })).toBeVisible();
  await expect(page.locator(".f-error")).toHaveText("vender");
  await expect(page.getByRole("button", { name: "Save", exact: true })).toBeDisabled();
  await write(page, 'version = 1\n# new\n[[rule]]\nmatch = { vendor = "snom" }\nignore = true\n');
  await expect(page.getByText("Would change 1 phone")).toBeVisible();
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByText("Saved. The rules are in force now.")).toBeVisible();
  expect(on(file)).toContain("# new");
});

test("a file that is changed outside is shown; over unsaved changes it is said, and nothing is written over it", async ({ page, served, file }) => {
  await opened(page, served, ["--config", file]);
  await expect(names(page)).toHaveText(["lobby", "desk"]);
  writeFileSync(file, RULES.replace('"desk"', '"table"'));
  await expect(names(page)).toHaveText(["lobby", "table"]);
  await page.getByRole("button", { name: "Remove lobby" }).click();
  writeFileSync(file, RULES.replace('"desk"', '"theirs"'));
  await expect(page.getByRole("alert")).toContainText("changed by somebody else");
  await expect(page.getByRole("button", { name: "Save", exact: true })).toBeDisabled();
  await expect(names(page)).toHaveText(["table"]);
  await page.getByRole("button", { name: "Keep mine" }).click();
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByText("Saved. The rules are in force now.")).toBeVisible();
  expect(on(file)).not.toContain("theirs");
});

test("a file that is broken on the disk is shown with its mistakes", async ({ page, served, file }) => {
  await opened(page, served, ["--config", file]);
  writeFileSync(file, "version = 1\nmode = 7\n");
  await expect(page.getByText("The file has 1 mistake")).toBeVisible();
  await page.getByRole("button", { name: "Show the file" }).click();
  await expect(page.getByRole("button", { name: /Line 2, column 8/ })).toBeVisible();
});

test("without a policy file one is begun by keyboard alone, and found again at the next start", async ({ page, served }) => {
  await opened(page, served, []);
  await expect(page.getByText("There is no policy file yet.")).toBeVisible();
  await command(page, "add a rule");
  await expect(page.getByRole("textbox", { name: "Name" })).toBeFocused();
  await page.keyboard.type("desk");
  await page.keyboard.press("Tab");
  await page.keyboard.type("snom");
  for (let steps = 0; steps < 8; steps++) await page.keyboard.press("Tab");
  await expect(page.getByRole("textbox", { name: "URL", exact: true })).toBeFocused();
  await page.keyboard.type("http://pbx.example/%{{mac}");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("textbox", { name: "URL", exact: true })).toHaveAttribute("aria-invalid", "true");
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type("http://pbx.example/%{mac}");
  await page.keyboard.press("Enter");
  await expect(names(page)).toHaveText(["desk"]);
  await command(page, "save the rules");
  await expect(page.getByText("Saved. The rules are in force now, and at the next start.")).toBeVisible();
  await served.stop();
  await served.start();
  await open(page, served);
  await page.getByRole("link", { name: "Rules", exact: true }).click();
  await expect(names(page)).toHaveText(["desk"]);
});

test("without a data folder it is said what to start it with", async ({ page, served }) => {
  await opened(page, served, ["--observe"], false);
  await expect(page.getByText("--config FILE")).toBeVisible();
  await expect(page.getByRole("button", { name: "Add a rule" })).toBeDisabled();
});

for (const colorScheme of ["light", "dark"] as const) {
  for (const width of [1240, 320]) {
    test(`the page Rules is clean in ${colorScheme} at ${width} px`, async ({ page, served, file }) => {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: 760 });
      await opened(page, served, ["--config", file]);
      await page.getByRole("combobox", { name: "Phone" }).selectOption({ index: 1 });
      await expect(page.getByRole("list", { name: "Rules that were asked" })).toBeVisible();
      await page.getByRole("button", { name: "Remove desk" }).click();
      await page.getByText("Which phones, and how").click();
      await clean(page, `${colorScheme}-${width}-list`);
      await page.getByRole("button", { name: "Edit lobby" }).click();
      await page.getByRole("textbox", { name: "MAC begins with" }).fill("zz");
      await expect(page.getByRole("textbox", { name: "MAC begins with" })).toHaveAttribute("aria-invalid", "true");
      await clean(page, `${colorScheme}-${width}-form`);
      await page.getByRole("button", { name: "File", exact: true }).click();
      await write(page, "version = 2\n");
      await expect(page.getByRole("button", { name: /Line 1, column 11/ })).toBeVisible();
      await clean(page, `${colorScheme}-${width}-file`);
    });
  }
}

async function clean(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: `../target/pictures/rules-${name}.png` });
  const { violations } = await new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]).analyze();
  expect(violations.map(({ id, nodes }) => ({ id, where: nodes.map(({ html }) => html) }))).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
}
