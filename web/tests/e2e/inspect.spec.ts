import { chosenRow, expect, findings, manual, marked, open, paste, row, tabs, test, text, textField } from "./page.ts";

test.use({ permissions: ["clipboard-read", "clipboard-write"] });
test.beforeEach(async ({ page }) => open(page));

test("finds the three messages of a page out of a manual", async ({ page }) => {
  await paste(textField(page), text("page.txt"));
  await expect(tabs(page)).toHaveCount(3);
  await expect(tabs(page).nth(0)).toContainText("NOTIFY 192.0.2.61");
  await expect(tabs(page).nth(1)).toContainText("SUBSCRIBE 224.0.1.75");
  await expect(tabs(page).nth(1)).toContainText("430HD");
  await expect(tabs(page).nth(2)).toContainText("200 OK");
  await expect(tabs(page).nth(2)).toContainText("cut off");
  await expect(page.getByText("3 messages in 62 lines; 9 wrapped lines joined")).toBeVisible();
});

test("finds the three messages of the real manual's page", async ({ page }) => {
  const real = manual();
  test.skip(real === null, "the manual's page is not here");
  await paste(textField(page), real ?? "");
  await expect(tabs(page)).toHaveCount(3);
  await expect(tabs(page).nth(0)).toContainText("NOTIFY 10.13.2.37");
  await tabs(page).nth(1).click();
  await row(page, /^model 440HD/).click();
  expect(await marked(page)).toBe('model="440HD"');
});

test("a click on a row marks its text and says what it means", async ({ page }) => {
  await paste(textField(page), text("page.txt"));
  await tabs(page).nth(1).click();
  await row(page, /^model/).click();
  await expect(chosenRow(page)).toHaveAccessibleName(/^model/);
  expect(await marked(page)).toBe('model="430HD"');
  await expect(page.getByRole("region", { name: "What this value says" })).toContainText("The phone says that it is a 430HD.");
});

test("the tree follows the caret into another message and into the body", async ({ page }) => {
  await paste(textField(page), text("page.txt"));
  await page.getByText("tftp://192.0.2.9", { exact: true }).first().click();
  await expect(tabs(page).nth(0)).toHaveAttribute("aria-selected", "true");
  await expect(chosenRow(page)).toHaveAccessibleName(/^body/);
  await page.keyboard.press("ArrowUp");
  await expect(chosenRow(page)).toHaveAccessibleName(/^(bytes|Content-Length)/);
});

test("says which phone it is, and where it says so", async ({ page }) => {
  await paste(textField(page), text("page.txt"));
  await tabs(page).nth(1).click();
  const identity = page.getByRole("region", { name: "Which phone this is" });
  await expect(identity).toContainText("audiocodes");
  await expect(identity).toContainText("not in this message");
  await identity.getByRole("button", { name: "from User-Agent" }).click();
  await expect(chosenRow(page)).toHaveAccessibleName(/AUDC-IPPhone/);
  await expect(textField(page)).toBeFocused();
});

test("findings jump to their place, by pointer and by Enter", async ({ page }) => {
  await page.getByRole("button", { name: /^A bad SUBSCRIBE/ }).click();
  await expect(findings(page).getByRole("listitem").first()).toContainText("error");
  await findings(page).getByRole("button", { name: /^CSeq names NOTIFY/ }).click();
  await expect(textField(page)).toBeFocused();
  await expect(chosenRow(page)).toHaveAccessibleName(/^method NOTIFY/);
  const expires = findings(page).getByRole("button", { name: /^Expires "soon"/ });
  await expires.focus();
  await expires.press("Enter");
  await expect(textField(page)).toBeFocused();
  await expect(page.getByRole("treeitem", { selected: true })).toContainText("soon");
});

test("a fix is put in, can be taken back, and leaves the focus in the list", async ({ page }) => {
  await page.getByRole("button", { name: /^A bad SUBSCRIBE/ }).click();
  const length = findings(page).getByRole("button", { name: /^Content-Length says 12/ });
  await expect(length).toBeVisible();
  await findings(page).getByRole("button", { name: /^Fix: Content-Length/ }).click();
  await expect(length).toHaveCount(0);
  await expect(textField(page)).toContainText("Content-Length: 0");
  await expect(findings(page).locator(":focus")).toHaveCount(1);
  await expect(page.getByRole("status")).toContainText("Fixed");
  await textField(page).press("ControlOrMeta+z");
  await expect(length).toBeVisible();
});

test("dissects while typing", async ({ page }) => {
  await textField(page).click();
  await page.keyboard.type("OPTIONS sip:pbx.example SIP/2.0\nVia: SIP/2.0/UDP 192.0.2.7;branch=z9hG4bK7");
  await expect(tabs(page)).toHaveCount(1);
  await expect(page.locator(".t-method")).toHaveText(["OPTIONS"]);
  await expect(chosenRow(page)).toHaveAccessibleName(/^branch z9hG4bK7/);
  await page.keyboard.type("77");
  await expect(chosenRow(page)).toHaveAccessibleName(/^branch z9hG4bK777/);
});

test("judges strictly or robustly", async ({ page }) => {
  await page.getByRole("button", { name: /^A bad SUBSCRIBE/ }).click();
  const strict = await findings(page).getByRole("listitem").allTextContents();
  await page.getByRole("button", { name: "Robust" }).click();
  await expect(page.getByRole("button", { name: "Robust" })).toHaveAttribute("aria-pressed", "true");
  await expect.poll(() => findings(page).getByRole("listitem").allTextContents()).not.toEqual(strict);
});

test("lists what was put right before reading", async ({ page }) => {
  await paste(textField(page), text("page.txt"));
  await tabs(page).nth(1).click();
  await page.getByText("Put right before reading: 4 wrapped lines joined, 2 more").click();
  const repairs = page.getByRole("list", { name: "Put right before reading" });
  await expect(repairs.getByRole("listitem")).toHaveCount(6);
  await repairs.getByRole("button", { name: /two lines were joined with a blank: "Via/ }).click();
  await expect(chosenRow(page)).toHaveAccessibleName(/^Via/);
});

test("teaches when there is nothing, and when there is no message", async ({ page }) => {
  await expect(page.getByRole("heading", { name: "Paste anything that holds SIP" })).toBeVisible();
  await textField(page).fill("Dear colleague");
  await expect(page.getByRole("heading", { name: "No SIP message in this text" })).toBeVisible();
});

for (const [example, messages] of [
  ["AudioCodes exchange", 3],
  ["A page out of a PDF", 3],
  ["snom D735", 3],
  ["A bad SUBSCRIBE", 1],
] as const) {
  test(`shows the example: ${example}`, async ({ page }) => {
    await page.getByRole("button", { name: "Examples" }).click();
    await page.getByRole("group", { name: "Examples" }).getByRole("button", { name: example }).click();
    await expect(tabs(page)).toHaveCount(messages);
    await expect(textField(page)).toBeFocused();
  });
}

test("a body of thousands of lines is a tree that draws what is in sight, and keys go through all of it", async ({ page }) => {
  const lines = Array.from({ length: 2000 }, (_, index) => `a=x-line:${index}`);
  const body = lines.join("\r\n");
  const head = ["OPTIONS sip:pbx.example SIP/2.0", "CSeq: 1 OPTIONS", "Content-Type: application/sdp", `Content-Length: ${body.length}`];
  await paste(textField(page), `${head.join("\r\n")}\r\n\r\n${body}`);
  await expect(chosenRow(page)).toContainText("1999");
  expect(await page.getByRole("treeitem").count()).toBeLessThan(200);
  await chosenRow(page).focus();
  await page.keyboard.press("Home");
  await expect(page.getByRole("treeitem", { name: /^request line/ })).toBeFocused();
  await page.keyboard.press("End");
  await expect(page.getByRole("treeitem", { name: /1999/ })).toBeFocused();
});

test("a large paste is taken whole and can still be typed into", async ({ page }) => {
  const many = Array.from({ length: 300 }, (_, index) => text("page.txt").replaceAll("192.0.2.61", `192.0.2.${index % 250}`));
  await paste(textField(page), many.join("\n"));
  await expect(page.getByText(/^900 messages in/)).toBeVisible();
  await expect(page.getByText("870 behind")).toBeVisible();
  await page.keyboard.press("ControlOrMeta+Home");
  await page.keyboard.type("OPTIONS sip:pbx.example SIP/2.0\n");
  await expect(page.getByText(/^901 messages in/)).toBeVisible();
});
