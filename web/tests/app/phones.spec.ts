import { expect, list, open, panel, row, sentence, story, test, url } from "./served.ts";

const SNOM = ["--vendor", "snom", "--mac", "000413000001"] as const;

test("an empty list teaches what to do", async ({ page, served }) => {
  await served.start();
  await open(page, served);
  await expect(sentence(page)).toHaveText("Observing on 1 card: nothing is answered.");
  await expect(page.getByRole("heading", { name: "No phone has asked yet" })).toBeVisible();
  await expect(page.getByRole("heading", { name: "No phone at hand?" })).toBeVisible();
});

test("the token leaves the address bar, and a reload still knows it", async ({ page, served }) => {
  await served.start();
  await open(page, served);
  expect(page.url()).not.toContain("token");
  await page.reload();
  await expect(sentence(page)).toHaveText(/^Observing/);
});

test("a phone appears by itself, and while it is observed nothing says that it was answered", async ({ page, served }) => {
  await served.start();
  await open(page, served);
  const asking = served.phone(SNOM, "2s");
  await expect(row(page, /snom/)).toBeVisible();
  expect((await asking).url).toBeNull();
  await expect(row(page, /snom/)).toContainText("Asked, not answered");
  await expect(row(page, /snom/)).toContainText("00:04:13:00:00:01");
  await expect(sentence(page)).toHaveText(/nothing is answered/);
  await row(page, /snom/).click();
  await expect(story(page)).toContainText([/^Asked on lo/, /^Not answered/]);
  await expect(panel(page).getByRole("region", { name: "What to try" })).toContainText("switch to Answer");
});

test("switched to answer, the phone is answered with its URL, and its story is told in order", async ({ page, served }) => {
  await served.start();
  await open(page, served);
  await page.getByRole("button", { name: "Answer", exact: true }).click();
  await expect(sentence(page)).toHaveText("Listening on 1 card, but there is no URL to answer with: set one.");
  await url(page).fill("tftp://%{server}/%{mac}.cfg");
  await page.getByRole("button", { name: "Apply" }).click();
  await expect(sentence(page)).toHaveText("Answering on 1 card with tftp://%{server}/%{mac}.cfg.");

  expect((await served.phone(SNOM)).url).toBe("tftp://127.0.0.1/000413000001.cfg");
  const snom = row(page, /snom/);
  await expect(snom).toContainText("Acknowledged");
  await expect(snom).toContainText("tftp://127.0.0.1/000413000001.cfg");
  await expect(snom).toContainText("every phone");
  await snom.click();
  await expect(story(page)).toContainText([/^Asked on lo/, /^Answered 200/, /^Notified in the/, /^Acknowledged 200/]);
  await expect(story(page).nth(0).getByRole("time")).toHaveText(/^\d\d:\d\d:\d\d\.\d\d\d$/);
  await expect(story(page).nth(3).getByRole("time")).toHaveText(/^\+\d+ ms$/);
  await expect(panel(page)).toContainText("Request-URI user");
});

test("its messages stand in the inspector, and what was there before comes back", async ({ page, served }) => {
  await served.start(["--url", "tftp://%{server}/%{mac}.cfg"]);
  await open(page, served);
  await page.getByRole("link", { name: "Inspect" }).click();
  await page.getByRole("textbox", { name: "Message text" }).fill("OPTIONS sip:a@b.example SIP/2.0");
  await expect(page.getByRole("tab")).toHaveText([/^OPTIONS/]);

  await page.getByRole("link", { name: "Phones" }).click();
  await served.phone(SNOM);
  await row(page, /snom/).click();
  await page.getByRole("link", { name: "Messages (4)" }).click();
  await expect(page.getByRole("tab")).toHaveText([/^SUBSCRIBE/, /^200 OK/, /^NOTIFY/, /^200 OK/]);
  await expect(page.getByRole("treeitem", { name: /request line/ })).toBeVisible();

  await page.goBack();
  await expect(panel(page).getByRole("heading", { name: "snom snomD120" })).toBeVisible();
  await page.getByRole("link", { name: "Inspect" }).click();
  await expect(page.getByRole("tab")).toHaveText([/^OPTIONS/]);
});

test("messages that come later wait until they are wanted", async ({ page, served }) => {
  await served.start(["--url", "tftp://%{server}/%{mac}.cfg"]);
  await open(page, served);
  await served.phone(SNOM);
  await row(page, /snom/).click();
  await page.getByRole("link", { name: "Messages (4)" }).click();
  await expect(page.getByRole("tab")).toHaveCount(4);
  await served.phone(SNOM);
  await expect(page.getByText("4 newer messages came.")).toBeVisible();
  await expect(page.getByRole("tab")).toHaveCount(4);
  await page.getByRole("button", { name: "Show", exact: true }).click();
  await expect(page.getByRole("tab")).toHaveCount(8);
});

test("a phone that asks again is told of as two exchanges, the latest first", async ({ page, served }) => {
  await served.start(["--url", "tftp://%{server}/%{mac}.cfg"]);
  await open(page, served);
  await served.phone(SNOM);
  await row(page, /snom/).click();
  await served.phone(SNOM);
  await page.getByText("Earlier: one exchange").click();
  await expect(panel(page).getByRole("listitem").filter({ hasText: /^Acknowledged/ })).toHaveCount(2);
});

test("what a phone does not say keeps it from being answered, and the row says which", async ({ page, served }) => {
  await served.start(["--url", "tftp://%{server}/%{mac}.cfg"]);
  await open(page, served);
  // This vendor's phones do not send their MAC.
  await served.phone(["--vendor", "audiocodes"], "1s");
  await expect(row(page, /audiocodes/)).toContainText("No value for %{mac}");
  await row(page, /audiocodes/).click();
  await expect(panel(page)).toContainText("The URL asks for something that this phone does not say.");
});

test("a phone that does not say that it took its URL is told of as uncertain, with what to try", async ({ page, served }) => {
  await served.start(["--url", "tftp://%{server}/%{mac}.cfg"]);
  await open(page, served);
  const asking = served.deafPhone("0004130000de");
  await expect(row(page, /snom/)).toContainText("Notified, waiting");
  await row(page, /snom/).click();
  await expect(story(page).last()).toHaveText("Waiting for the phone's 200");
  await asking;
  await expect(row(page, /snom/)).toContainText("Notified, unconfirmed", { timeout: 20_000 });
  await expect(panel(page)).toContainText("the phone's 200 may never come back");
  await expect(story(page)).toContainText([/^Notified in the RFC's form/, /^Notified.*in the manual's form/, /^Unconfirmed no 200 came/]);
  await expect(panel(page).getByRole("region", { name: "What to try" })).toContainText("Both forms of the NOTIFY were tried");
});

test("a mistake in the URL stands at the field with its place, and what was typed is kept", async ({ page, served }) => {
  await served.start(["--url", "tftp://%{server}"]);
  await open(page, served);
  await url(page).fill("http://%{server}/%{macc}.cfg");
  await url(page).press("Enter");
  await expect(url(page)).toHaveAttribute("aria-invalid", "true");
  await expect(url(page)).toHaveAccessibleDescription(/Unknown placeholder %\{macc\} \(did you mean %\{mac\}\?\)/);
  await expect(url(page)).toHaveValue("http://%{server}/%{macc}.cfg");
  await expect(url(page)).toBeFocused();
  expect(await page.evaluate(() => getSelection()?.toString())).toBe("%{macc}");
  await expect(page.locator("mark")).toHaveText("%{macc}");
  await expect(sentence(page)).toHaveText("Answering on 1 card with tftp://%{server}.");

  await url(page).fill("http://%{server}/%{mac}.cfg");
  await url(page).press("Enter");
  await expect(sentence(page)).toHaveText("Answering on 1 card with http://%{server}/%{mac}.cfg.");
  await expect(url(page)).not.toHaveAttribute("aria-invalid");
});

test("Escape puts back the URL that is in force", async ({ page, served }) => {
  await served.start(["--url", "tftp://%{server}"]);
  await open(page, served);
  await url(page).fill("x");
  await url(page).press("Escape");
  await expect(url(page)).toHaveValue("tftp://%{server}");
});

test("mode and URL are kept over a restart", async ({ page, served }) => {
  await served.start();
  await open(page, served);
  await page.getByRole("button", { name: "Answer", exact: true }).click();
  await url(page).fill("https://pbx.example/%{mac}.xml");
  await url(page).press("Enter");
  await expect(sentence(page)).toHaveText(/^Answering/);
  await served.stop();
  await served.start();
  await open(page, served);
  await expect(sentence(page)).toHaveText("Answering on 1 card with https://pbx.example/%{mac}.xml.");
  await expect(page.getByRole("button", { name: "Answer", exact: true })).toHaveAttribute("aria-pressed", "true");
});

test("the list is sorted and searched", async ({ page, served }) => {
  await served.start();
  await open(page, served);
  await Promise.all(
    ["snom", "yealink", "grandstream"].map((vendor) => served.phone(["--vendor", vendor, "--count", "3"], "1s")),
  );
  const lines = list(page).getByRole("row");
  await expect(lines).toHaveCount(10);
  await list(page).getByRole("button", { name: "Vendor" }).click();
  await expect(lines.nth(1)).toContainText("grandstream");
  await expect(list(page).getByRole("columnheader", { name: "Vendor" })).toHaveAttribute("aria-sort", "ascending");
  await page.getByRole("combobox", { name: "Sort by" }).selectOption("Vendor: Z to A");
  await expect(lines.nth(1)).toContainText("yealink");
  await page.getByRole("searchbox", { name: "Find a phone" }).fill("snom 0413");
  await expect(lines).toHaveCount(4);
  await expect(page.getByText("3 of 9 phones")).toBeVisible();
  await page.getByRole("searchbox", { name: "Find a phone" }).fill("nobody");
  await page.getByRole("button", { name: "Show all 9 phones" }).click();
  await expect(lines).toHaveCount(10);
});

test("of very many phones only those in sight are drawn", async ({ page, served }) => {
  await served.start();
  await open(page, served);
  await served.phone(["--vendor", "snom", "--mac", "000413100000", "--count", "600", "--over", "3s"], "1s");
  await expect(list(page)).toHaveAttribute("aria-rowcount", "601");
  expect(await list(page).getByRole("row").count()).toBeLessThan(60);
  await list(page).focus();
  await page.keyboard.press("End");
  await expect(list(page).locator('[aria-rowindex="601"]')).toBeInViewport();
  await expect(list(page).locator('[aria-rowindex="601"]')).toHaveAttribute("aria-current", "true");
});
