/** Form and text side by side: each follows the other. */
import { type Locator, type Page } from "@playwright/test";
import { clipboard, expect, open, paste, tabs, test, text, textField } from "./page.ts";

test.use({ permissions: ["clipboard-read", "clipboard-write"] });

const message = (page: Page): Locator => page.getByRole("textbox", { name: "Message 1 text" });
const field = (page: Page, label: string): Locator => page.getByRole("form", { name: /^Fields of/ }).getByLabel(label, { exact: true });

/** As it goes out. */
async function copied(page: Page, title: string): Promise<string> {
  await page.getByRole("button", { name: new RegExp(`^Copy ${title} with `) }).click();
  await expect(page.getByRole("status")).toContainText(`Copied ${title}`);
  return clipboard(page);
}

/** A text of one's own, pasted. */
async function own(page: Page, words: string): Promise<void> {
  await open(page, "#/compose");
  await page.getByRole("button", { name: "One message" }).click();
  await page.getByRole("button", { name: "An empty text" }).click();
  await paste(message(page), words);
}

const ODD = [
  "NOTIFY sip:200@192.0.2.7 SIP/2.0",
  "v :SIP/2.0/UDP  192.0.2.1 ; branch=z9hG4bK1",
  "X-Odd:  a  b ",
  "Subject: one",
  " two",
  "no header at all",
  "l: 3",
  "",
  "abc",
].join("\n");

test("a field changes its own bytes and no other", async ({ page }) => {
  await own(page, ODD);
  await field(page, "Request-URI").fill("sip:300@192.0.2.8");
  await field(page, "X-Odd").fill("c");
  expect(await copied(page, "NOTIFY")).toBe(
    ODD.replace("sip:200@192.0.2.7", "sip:300@192.0.2.8").replace("a  b", "c").replaceAll("\n", "\r\n"),
  );
});

test("the text changes the fields while it is typed", async ({ page }) => {
  await own(page, ODD);
  await expect(field(page, "Subject")).toHaveValue("one two");
  await message(page).press("ControlOrMeta+Home");
  await page.keyboard.press("Shift+End");
  await page.keyboard.press("Delete");
  await page.keyboard.type("SIP/2.0 404 Not Found");
  await expect(field(page, "Status")).toHaveValue("404");
  await expect(field(page, "Reason")).toHaveValue("Not Found");
  await expect(field(page, "Method")).toHaveCount(0);
});

test("a field is typed in letter by letter, blanks at its end and all", async ({ page }) => {
  await own(page, ODD);
  await field(page, "Subject").fill("");
  await field(page, "Subject").pressSequentially("a b  c ");
  await expect(field(page, "Subject")).toHaveValue("a b  c ");
  await expect(message(page)).toContainText("Subject: a b  c");
  await page.keyboard.press("Tab");
  await expect(field(page, "Subject")).toHaveValue("a b  c");
});

test("a first line that is no more is put right where it broke", async ({ page }) => {
  await own(page, ODD);
  await field(page, "Method").fill("");
  await expect(page.getByText("This is no SIP message now")).toBeVisible();
  await expect(field(page, "X-Odd")).toHaveAttribute("readonly");
  await field(page, "Method").pressSequentially("MESSAGE");
  await expect(message(page)).toContainText("MESSAGE sip:200@192.0.2.7 SIP/2.0");
  await expect(page.getByText("This is no SIP message now")).toHaveCount(0);
});

test("parts of a value have fields of their own; a parameter gets its value, a header comes and goes", async ({ page }) => {
  await open(page, "#/compose");
  await page.getByRole("button", { name: "One message" }).click();
  await page.getByLabel("A SUBSCRIBE as sent by").selectOption("snom");
  await page.getByRole("button", { name: "Write it", exact: true }).click();
  await page.getByRole("button", { name: "Parts of Via" }).click();
  await field(page, "rport").pressSequentially("5062");
  await field(page, "host").fill("192.0.2.99");
  await expect(message(page)).toContainText("Via: SIP/2.0/UDP 192.0.2.99:5060;rport=5062");
  await page.getByRole("button", { name: "Parts of Accept" }).click();
  await page.getByRole("button", { name: "Remove Accept" }).click();
  await expect(message(page)).not.toContainText("Accept");
  await page.getByLabel("Add a header").fill("Max-Forwards");
  await page.getByLabel("Add a header").press("Enter");
  await field(page, "Max-Forwards").fill("69");
  expect(await copied(page, "SUBSCRIBE")).toMatch(/\r\nContent-Length: 0\r\nMax-Forwards: 69\r\n\r\n$/);
});

test("Content-Length is counted in bytes while the body is typed, and undoing takes both back", async ({ page }) => {
  await own(page, "MESSAGE sip:a SIP/2.0\nContent-Length: 0\n\n");
  await field(page, "Body").fill("é\n");
  await expect(field(page, "Content-Length")).toHaveValue("4");
  expect(await copied(page, "MESSAGE")).toBe("MESSAGE sip:a SIP/2.0\r\nContent-Length: 4\r\n\r\né\r\n");
  await message(page).focus();
  await page.keyboard.press("ControlOrMeta+z");
  await expect(field(page, "Content-Length")).toHaveValue("0");
  await expect(field(page, "Body")).toHaveValue("");
});

test("a mistake in Content-Length is kept where it is meant", async ({ page }) => {
  await own(page, "MESSAGE sip:a SIP/2.0\nContent-Length: 1\n\na");
  await page.getByLabel("Keep my mistake").check();
  await field(page, "Content-Length").fill("7");
  await expect(page.getByRole("list", { name: "Findings in MESSAGE" })).toContainText("Content-Length says 7 bytes, 1 are there");
  await page.getByLabel("Keep my mistake").uncheck();
  await expect(field(page, "Content-Length")).toHaveValue("1");
});

test("made-up values stand resolved, and each is made up anew wherever it stands", async ({ page }) => {
  await open(page, "#/compose");
  await page.getByLabel("Spelling of").selectOption("yealink");
  const call = async (title: string): Promise<string> => (await copied(page, title)).match(/\r\nCall-ID: (.+)\r\n/)?.[1] ?? "";
  const before = await call("SUBSCRIBE");
  const branch = (await copied(page, "SUBSCRIBE")).match(/branch=(\S+)\r/)?.[1] ?? "";
  await expect(page.getByRole("region", { name: "Made up" })).toContainText(before);
  await page.getByRole("button", { name: /^Renew Call-ID of SUBSCRIBE, 200 OK, NOTIFY, Phone's 200 OK$/ }).click();
  const after = await call("SUBSCRIBE");
  expect(after).not.toBe(before);
  expect(after).toMatch(/@192\.0\.2\.37$/);
  for (const title of ["200 OK", "NOTIFY", "Phone's 200 OK"]) expect(await call(title)).toBe(after);
  expect(await copied(page, "SUBSCRIBE")).toContain(branch);
  await page.getByRole("button", { name: /^Renew CSeq of NOTIFY, Phone's 200 OK$/ }).click();
  expect(await copied(page, "NOTIFY")).toContain("CSeq: 2 NOTIFY");
  expect(await copied(page, "200 OK")).toContain("CSeq: 1 SUBSCRIBE");
});

test("findings come while one types, and a fix puts the text right", async ({ page }) => {
  await open(page, "#/compose");
  await page.getByRole("button", { name: "One message" }).click();
  await page.getByRole("button", { name: "Write it", exact: true }).click();
  const findings = page.getByRole("list", { name: "Findings in SUBSCRIBE" });
  await expect(findings).toContainText("Max-Forwards is missing");
  await page.getByRole("button", { name: "Fix: Max-Forwards is missing" }).click();
  await expect(field(page, "Max-Forwards")).toHaveValue("70");
  await expect(findings).not.toContainText("Max-Forwards");
  await field(page, "CSeq").fill("1 NOTIFY");
  await expect(findings).toContainText("CSeq");
});

test("any message is edited as it stands, and answered", async ({ page }) => {
  await open(page);
  await paste(textField(page), text("page.txt"));
  await tabs(page).nth(0).click();
  await page.getByRole("button", { name: "Edit", exact: true }).click();
  await expect(page).toHaveURL(/#\/compose$/);
  await expect(message(page)).toContainText("NOTIFY sip:");
  await expect(field(page, "Method")).toHaveValue("NOTIFY");
  await page.getByRole("link", { name: "Inspect" }).click();
  await page.getByRole("button", { name: "Reply to this" }).click();
  await expect(page.getByRole("textbox", { name: "Message 2 text" })).toContainText("SIP/2.0 200 OK");
  await expect(page.getByRole("heading", { name: "The answer to NOTIFY" })).toBeVisible();
});
