import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { Page, Request } from "@playwright/test";
import { expect, open, paste, tabs, test, text, textField } from "./page.ts";

test.use({ permissions: ["clipboard-read", "clipboard-write"] });

async function policy(page: Page): Promise<string> {
  return (await page.locator('meta[http-equiv="Content-Security-Policy"]').getAttribute("content")) ?? "";
}

/** Every request from now on, but for the page's own files handed to the person. */
function requests(page: Page): string[] {
  const seen: string[] = [];
  page.on("request", (request) => seen.push(request.url()));
  return seen;
}

async function use(page: Page): Promise<void> {
  await paste(textField(page), text("page.txt"));
  await expect(tabs(page)).toHaveCount(3);
  await tabs(page).nth(1).click();
  await page.getByRole("button", { name: "Copy with CRLF" }).click();
  await page.getByRole("button", { name: "Reply to this" }).click();
  await expect(page.getByRole("textbox", { name: "NOTIFY text" })).toBeVisible();
  await page.getByRole("button", { name: "Inspect all" }).click();
  await page.getByLabel("Theme").selectOption("dark");
}

test("the page has a policy, and loads only its own files, with no word of what is pasted", async ({ page, baseURL }) => {
  const loaded = requests(page);
  await open(page);
  await page.waitForLoadState("networkidle");
  expect(loaded.filter((url) => !url.startsWith(baseURL ?? "?"))).toEqual([]);
  const all = await policy(page);
  for (const part of ["default-src 'none'", "script-src 'self' 'wasm-unsafe-eval'", "style-src 'self'", "connect-src 'self'", "form-action 'none'"]) {
    expect(all.split("; ")).toContain(part);
  }
  const later: Request[] = [];
  page.on("request", (request) => later.push(request));
  await use(page);
  const files = new URL("assets/", baseURL).href;
  for (const request of later) {
    expect(request.url().startsWith(files) && new URL(request.url()).search === "", request.url()).toBe(true);
    expect([request.method(), request.postData()]).toEqual(["GET", null]);
  }
});

test("the policy is enforced: the page cannot reach another host", async ({ browser, baseURL }) => {
  const page = await browser.newPage();
  await page.goto(baseURL ?? "");
  await expect(page.getByRole("heading", { name: "Fingerpost", level: 1 })).toBeVisible();
  const refused = await page.evaluate(async () => {
    const reached = await fetch("https://example.invalid/").then(() => true, () => false);
    return new Promise<string>((resolve) => {
      document.addEventListener("securitypolicyviolation", (event) => resolve(event.effectiveDirective), { once: true });
      void fetch("https://example.invalid/again").catch(() => reached);
    });
  });
  expect(refused).toBe("connect-src");
  await page.close();
});

test("works without a network: the page itself, the composer, a trace", async ({ page, context }) => {
  await open(page);
  await expect(page.getByText("Kept in this browser: works without a network from now on.")).toBeVisible();
  await context.setOffline(true);
  await page.reload();
  await use(page);
  await page.getByRole("group", { name: "Show as" }).getByRole("button", { name: "Ladder" }).click();
  await expect(page.getByRole("listbox", { name: "Ladder of messages" })).toBeVisible();
});

test.describe("as one file", () => {
  let folder: string;
  test.beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "fingerpost-single-"));
    const web = fileURLToPath(new URL("../..", import.meta.url));
    execFileSync("npx", ["vite", "build", "--mode", "single", "--outDir", folder, "--logLevel", "error"], { cwd: web });
  });
  test.afterAll(() => rmSync(folder, { recursive: true }));

  test("it is one file, connects to nothing, and does everything", async ({ page }) => {
    expect(readdirSync(folder)).toEqual(["index.html"]);
    const file = pathToFileURL(join(folder, "index.html")).href;
    const seen = requests(page);
    await page.goto(file);
    expect((await policy(page)).split("; ")).toContain("connect-src 'none'");
    await page.getByRole("button", { name: /^A page out of a PDF/ }).click();
    await expect(tabs(page)).toHaveCount(3);
    await page.getByRole("button", { name: "Reply to this" }).click();
    await expect(page.getByRole("textbox", { name: "NOTIFY text" })).toContainText("198.51.100.24");
    await page.getByRole("link", { name: "Inspect" }).click();
    await page.getByRole("group", { name: "Show as" }).getByRole("button", { name: "Ladder" }).click();
    await expect(page.getByRole("listbox", { name: "Ladder of messages" })).toBeVisible();
    await page.getByRole("button", { name: "Nothing leaves this page" }).click();
    await expect(page.getByText("this one-file page forbids itself every connection")).toBeVisible();
    expect(seen.filter((url) => url !== file && !/^(data|blob):/.test(url))).toEqual([]);
  });
});
