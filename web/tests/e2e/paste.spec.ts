/** What a paste draws, and when: counted, not timed. */
import type { Page } from "@playwright/test";
import { clipboard, expect, open, paste, row, test, textField } from "./page.ts";

test.use({ permissions: ["clipboard-read", "clipboard-write"] });
test.beforeEach(async ({ page }) => open(page));

const head = (type: string, length: number): string =>
  [
    "NOTIFY sip:192.0.2.7 SIP/2.0", "Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1", "CSeq: 1 NOTIFY", `Content-Type: ${type}`, `Content-Length: ${length}`, "", "",
  ].join("\r\n");
const long = (type: string, line: string, count: number): string => head(type, line.length * count) + line.repeat(count);

interface Drawn {
  /** Lines of the text that are drawn, and line ends of theirs. */
  lines: number;
  ends: number;
  /** Of those, what can be seen of them. */
  bare: number;
}

/** What is drawn when the tree and the findings are there. */
async function first(page: Page, pasted: string): Promise<Drawn> {
  const drawn = page.evaluate(
    () =>
      new Promise<Drawn>((resolve) => {
        const observer = new MutationObserver(() => {
          if (!document.querySelector("[role=treeitem]") || !document.querySelector("[aria-labelledby=findings]")) return;
          observer.disconnect();
          resolve({ lines: document.querySelectorAll(".cm-line").length, ends: document.querySelectorAll(".cm-line .cm-mark").length, bare: 0 });
        });
        observer.observe(document, { subtree: true, childList: true });
      }),
  );
  await paste(textField(page), pasted);
  return drawn;
}

/** What is drawn now; `bare`: lines in sight whose end is not. The last line has none. */
function now(page: Page): Promise<Drawn> {
  return page.evaluate(() => {
    const lines = [...document.querySelectorAll(".cm-line")];
    const field = document.querySelector(".cm-scroller")?.getBoundingClientRect();
    const isSeen = (line: Element): boolean => {
      const { top, bottom } = line.getBoundingClientRect();
      return field !== undefined && bottom > field.top && top < field.bottom;
    };
    const bare = lines.filter((line) => line.textContent !== "" && isSeen(line) && !line.querySelector(".cm-mark"));
    return { lines: lines.length, ends: document.querySelectorAll(".cm-line .cm-mark").length, bare: bare.length };
  });
}

test("with a paste, what one sees of the text is drawn, and soon what lies beyond", async ({ page }) => {
  const atOnce = await first(page, long("text/plain", "the quick brown fox\r\n", 3000));
  expect(atOnce.ends).toBeGreaterThan(0);
  expect(atOnce.ends).toBeLessThan(atOnce.lines * 0.7);
  expect((await now(page)).bare).toBe(0);
  await expect.poll(async () => (await now(page)).ends / (await now(page)).lines).toBeGreaterThan(0.9);
  await textField(page).press("ControlOrMeta+Home");
  await expect.poll(async () => (await now(page)).bare).toBe(0);
  await expect(page.locator(".t-method")).toHaveText(["NOTIFY", "NOTIFY"]);
});

test("a row shows the beginning of a long body, and copies all of it", async ({ page }) => {
  const line = "the quick brown fox\r\n";
  await paste(textField(page), long("text/plain", line, 3000));
  const body = row(page, /^.?\s*body/);
  await expect(body).toHaveCount(1);
  expect((await body.textContent())?.length).toBeLessThan(450);
  const meaning = page.getByRole("region", { name: "What this value says" });
  await body.click();
  await meaning.getByRole("button", { name: "Copy" }).click();
  await meaning.getByRole("button", { name: /^Value/ }).click();
  expect(await clipboard(page)).toBe(line.repeat(3000));
});

test("every line of a long session is a row, whichever one looks at", async ({ page }) => {
  const lines = Array.from({ length: 2500 }, (_, index) => `a=rtpmap:${index} x/8000\r\n`).join("");
  await paste(textField(page), head("application/sdp", lines.length) + lines);
  // The caret stands behind the last line.
  const chosen = page.getByRole("treeitem", { selected: true });
  await chosen.click();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("End");
  await expect(chosen).toContainText("2499 x/8000");
  await page.keyboard.press("ArrowUp");
  await expect(chosen).toContainText("2498 x/8000");
  await expect(page.locator(".cm-marked").first()).toContainText("a=rtpmap:2498 x/8000");
  expect(await page.getByRole("treeitem").count()).toBeLessThan(100);
});
