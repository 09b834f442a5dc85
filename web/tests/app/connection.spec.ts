import { expect, open, row, sentence, test, url } from "./served.ts";

const heading = /Not connected to Fingerpost/;

test("without its token the page says where to find it", async ({ page, served }) => {
  await served.start();
  await page.goto(served.origin);
  await expect(page.getByRole("heading", { name: "This page needs its token" })).toBeVisible();
  await expect(page.getByText("fingerpost serve --http")).toBeVisible();
  await expect(page.getByRole("button", { name: "Answer" })).toHaveCount(0);
  // The other pages need no token.
  await page.getByRole("link", { name: "Compose" }).click();
  await expect(page.getByRole("textbox", { name: "NOTIFY text" })).toBeVisible();
});

test("a token of an earlier run is told from none", async ({ page, served }) => {
  await served.start();
  await page.goto(`${served.origin}/#token=${"0".repeat(64)}`);
  await expect(page.getByRole("heading", { name: "This page's token is not the right one" })).toBeVisible();
  // The right address in the same tab is taken at once.
  await page.goto(served.url);
  await expect(sentence(page)).toHaveText(/^Observing/);
});

test("a lost connection is said, nothing old is shown as live, and what was typed is kept", async ({ page, served }) => {
  await served.start(["--url", "tftp://%{server}/%{mac}.cfg"]);
  await open(page, served);
  await served.phone(["--vendor", "snom", "--mac", "000413000001"]);
  await expect(row(page, /snom/)).toBeVisible();
  await url(page).fill("half a UR");
  const authority = served.authority;
  await served.stop();

  await expect(sentence(page)).toHaveText(heading);
  await expect(page.getByText(/Answering/)).toHaveCount(0);
  await expect(page.getByText(/1 phone, as of \d\d:\d\d:\d\d/)).toBeVisible();
  await expect(row(page, /snom/).getByRole("time")).toHaveText(/^\d\d:\d\d:\d\d$/);
  await expect(page.getByText(/Trying (again in|…)/)).toBeVisible();
  await expect(page.getByRole("button", { name: "Answer", exact: true })).toBeHidden();
  await expect(page).toHaveTitle(/^Not connected/);

  // A new run has a new token: trying on is no use.
  await served.start(["--observe"], authority);
  await page.getByRole("button", { name: "Try now" }).click({ timeout: 2000 }).catch(() => undefined);
  await expect(page.getByRole("heading", { name: "This page's token is not the right one" })).toBeVisible({ timeout: 20_000 });
  await page.goto(served.url);
  await expect(sentence(page)).toHaveText(/^Observing/);
});

test("it connects again by itself, with what happened meanwhile", async ({ page, served }) => {
  await served.start();
  await page.route("**/api/**", (route) => route.abort());
  await page.goto(served.url);
  await expect(sentence(page)).toHaveText(heading);
  await served.phone(["--vendor", "snom"], "1s");
  await page.unroute("**/api/**");
  await expect(sentence(page)).toHaveText(/^Observing/, { timeout: 20_000 });
  await expect(row(page, /snom/)).toBeVisible();
});

test("a stream that breaks is taken up again, and what was typed is still there", async ({ page, served }) => {
  await served.start();
  let isBroken = false;
  await page.route("**/api/events", async (route) => {
    if (isBroken) return route.continue();
    isBroken = true;
    // It says that it lives, and ends.
    return route.fulfill({ contentType: "application/x-ndjson", body: "[]\n" });
  });
  await page.goto(served.url);
  await expect(sentence(page)).toHaveText(/^Observing/);
  await served.phone(["--vendor", "snom"], "1s");
  await expect(row(page, /snom/)).toBeVisible();
});
