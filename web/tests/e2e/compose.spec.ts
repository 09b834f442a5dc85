import { type Page } from "@playwright/test";
import { clipboard, expect, expected, open, paste, tabs, test, text, textField } from "./page.ts";

test.use({ permissions: ["clipboard-read", "clipboard-write"] });

async function copied(page: Page, title: string): Promise<string> {
  await page.getByRole("button", { name: `Copy ${title} with CRLF` }).click();
  await expect(page.getByRole("status")).toContainText(`Copied ${title}`);
  return clipboard(page);
}

async function fill(page: Page, fields: Record<string, string>): Promise<void> {
  for (const [label, value] of Object.entries(fields)) await page.getByLabel(label, { exact: true }).fill(value);
}

/** The expected texts were written by `fingerpost compose ok|notify --reply-to page.txt --seed 7 …`. */
for (const dialect of ["rfc", "manual"] as const) {
  test(`replies to a pasted SUBSCRIBE in the dialect of the ${dialect}`, async ({ page }) => {
    await open(page, "#/compose");
    await page.getByRole("button", { name: "Reply", exact: true }).click();
    await paste(page.getByRole("textbox", { name: "The SUBSCRIBE to answer" }), text("page.txt"));
    await fill(page, { "Server address": "192.0.2.9", "URL template": "tftp://%{server}", Seed: "7" });
    await page.getByLabel(dialect, { exact: false }).check();
    expect(await copied(page, "200 OK")).toBe(expected(`${dialect}-ok.sip`));
    expect(await copied(page, "NOTIFY")).toBe(expected(`${dialect}-notify.sip`));
    await expect(page.getByRole("heading", { name: "SUBSCRIBE", exact: true })).toHaveCount(0);
  });
}

test("replies to the SUBSCRIBE that is being inspected", async ({ page }) => {
  await open(page);
  await paste(textField(page), text("page.txt"));
  await tabs(page).nth(1).click();
  await page.getByRole("button", { name: "Reply to this" }).click();
  await expect(page).toHaveURL(/#\/compose$/);
  await expect(page.getByRole("textbox", { name: "The SUBSCRIBE to answer" })).toContainText("SUBSCRIBE sip:224.0.1.75:5060");
  await expect(page.getByRole("textbox", { name: "NOTIFY text" })).toContainText("91d5f3-77a01b0c");
});

test("a response offers no reply", async ({ page }) => {
  await open(page);
  await paste(textField(page), text("page.txt"));
  await tabs(page).nth(2).click();
  await expect(page.getByRole("button", { name: "Copy with CRLF" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Reply to this" })).toHaveCount(0);
});

test("writes the exchange of a vendor's phone from the fields", async ({ page }) => {
  await open(page, "#/compose");
  await page.getByLabel("Spelling of").selectOption("yealink");
  await fill(page, { MAC: "80:5e:0c:4d:79:6d", Model: "T53W", Address: "192.0.2.41", "URL template": "http://%{server}/%{mac}.cfg" });
  expect(await copied(page, "SUBSCRIBE")).toContain("805e0c4d796d");
  const notify = await copied(page, "NOTIFY");
  expect(notify).toContain("\r\n\r\nhttp://192.0.2.1/805e0c4d796d.cfg");
  await page.getByRole("button", { name: "New seed" }).click();
  expect(await copied(page, "NOTIFY")).not.toBe(notify);
});

test("an error stands at its field, and what was typed stays", async ({ page }) => {
  await open(page, "#/compose");
  for (const [label, wrong] of [
    ["Server address", "nowhere"],
    ["MAC", "12:34"],
    ["URL template", "tftp://%{serve}"],
    ["Seed", "many"],
  ] as const) {
    const field = page.getByLabel(label, { exact: true });
    const right = await field.inputValue();
    await field.fill(wrong);
    await expect(field).toHaveAttribute("aria-invalid", "true");
    await expect(field).toHaveAccessibleDescription(/\w/);
    await expect(page.getByRole("heading", { name: "Nothing is written yet" })).toBeVisible();
    await expect(field).toHaveValue(wrong);
    await field.fill(right);
    await expect(field).toHaveAttribute("aria-invalid", "false");
    await expect(page.getByRole("textbox", { name: "NOTIFY text" })).toBeVisible();
  }
});

test("a text that is changed by hand is judged at once, copied as it is, and taken back", async ({ page }) => {
  await open(page, "#/compose");
  const letter = page.getByRole("region", { name: "NOTIFY" });
  await expect(letter.getByText("Findings: nothing to say")).toBeVisible();
  const field = page.getByRole("textbox", { name: "NOTIFY text" });
  await field.press("ControlOrMeta+End");
  await page.keyboard.type("/more");
  await expect(letter.getByText("changed by hand")).toBeVisible();
  await expect(field).toContainText("Content-Length: 21");
  await page.getByLabel("Keep my mistake").check();
  await field.press("ControlOrMeta+End");
  await page.keyboard.type("!");
  await expect(letter.getByRole("list")).toContainText("Content-Length");
  expect(await copied(page, "NOTIFY")).toMatch(/\r\nContent-Length: 21\r\n\r\ntftp:\/\/192\.0\.2\.1\/more!$/);
  await letter.getByRole("button", { name: "Take changes back" }).click();
  await expect(letter.getByText("Findings: nothing to say")).toBeVisible();
});

test("the public page sends nothing to anybody: it does not offer it", async ({ page }) => {
  await open(page, "#/compose");
  await expect(page.getByRole("button", { name: "Save NOTIFY as a .sip file" })).toBeVisible();
  await expect(page.getByRole("button", { name: /Send .* to a phone/ })).toHaveCount(0);
  await page.keyboard.press("ControlOrMeta+k");
  await page.keyboard.type("to a phone");
  await expect(page.getByText("No command has these words.")).toBeVisible();
});

test("the manual's dialect is judged in the light of the SUBSCRIBE", async ({ page }) => {
  await open(page, "#/compose");
  await page.getByLabel("Manual").check();
  const letter = page.getByRole("region", { name: "NOTIFY" });
  await expect(letter.getByRole("list")).toContainText("not swapped");
});

test("what is composed can be inspected", async ({ page }) => {
  await open(page, "#/compose");
  await page.getByRole("button", { name: "Inspect all" }).click();
  await expect(page).toHaveURL(/#\/inspect$/);
  await expect(tabs(page)).toHaveCount(4);
});
