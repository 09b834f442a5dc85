/** The wasm package by itself in a browser, as somebody else's page would load it. */
import { readFileSync } from "node:fs";
import { expect, type Page, test } from "@playwright/test";

const KINDS: Record<string, string> = { js: "text/javascript", wasm: "application/wasm", html: "text/html" };

function corpus(name: string): string {
  return readFileSync(new URL(`../../../tests/corpus/${name}`, import.meta.url), "utf8");
}

/** Five lines of a page of somebody else's: load the package, start it, call it. */
async function call(page: Page, name: string, ...inputs: unknown[]): Promise<unknown> {
  return callOf(page, "fingerpost_wasm", name, ...inputs);
}

async function callOf(page: Page, part: string, name: string, ...inputs: unknown[]): Promise<unknown> {
  return page.evaluate(
    async ([part, name, inputs]) => {
      const loaded = (await import(new URL(`/package/${part}.js`, location.href).href)) as Record<string, (...inputs: unknown[]) => unknown>;
      await loaded["default"]?.({ module_or_path: `/package/${part}_bg.wasm` });
      return loaded[name]?.(...inputs);
    },
    [part, name, inputs] as const,
  );
}

test.beforeEach(async ({ page }) => {
  await page.route("**/package/**", async (route) => {
    const file = new URL(route.request().url()).pathname.split("/").at(-1) ?? "";
    if (file === "page.html") return route.fulfill({ contentType: "text/html", body: "<!doctype html><title>Somebody's</title>" });
    const folder = file.startsWith("fingerpost_compose") ? "pkg-compose" : "pkg";
    const body = readFileSync(new URL(`../../src/wasm/${folder}/${file}`, import.meta.url));
    return route.fulfill({ contentType: KINDS[file.split(".").at(-1) ?? ""] ?? "text/plain", body });
  });
  await page.goto("./package/page.html");
});

test("the package finds the messages of a pasted page", async ({ page }) => {
  const { messages } = (await call(page, "inspect", corpus("paste/page.txt"), "strict")) as { messages: { title: string }[] };
  expect(messages.map(({ title }) => title)).toEqual(["NOTIFY", "SUBSCRIBE", "200 OK"]);
});

test("the package composes the manual's answers, byte for byte", async ({ page }) => {
  const fields = { dialect: "manual", server: "10.13.4.121", phone: "192.0.2.37", url: "tftp://%{server}", vendor: "snom" };
  const rest = { model: null, version: null, mac: null, seed: 7, replyTo: corpus("manual/subscribe.sip") };
  const { ok, notify } = (await callOf(page, "fingerpost_compose", "compose", { ...fields, ...rest })) as { ok: string; notify: string };
  expect(ok).toBe(corpus("manual/200-ok.sip"));
  expect(notify).toBe(corpus("manual/notify.sip"));
});

test("the package explains the value under the caret", async ({ page }) => {
  const text = corpus("manual/subscribe.sip");
  const { words } = (await call(page, "explain", text, 0, text.indexOf("Expires: 0") + 9)) as { words: string };
  expect(words).toContain("0");
});
