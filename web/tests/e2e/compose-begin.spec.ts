/** What the composer begins with, and the exchange as one document with its ladder. */
import AxeBuilder from "@axe-core/playwright";
import { type Locator, type Page } from "@playwright/test";
import { clipboard, expect, open, test } from "./page.ts";

test.use({ permissions: ["clipboard-read", "clipboard-write"] });

const message = (page: Page): Locator => page.getByRole("textbox", { name: "Message 1 text" });
const ladder = (page: Page): Locator => page.getByRole("listbox", { name: "Ladder of messages" });

test.beforeEach(async ({ page }) => open(page, "#/compose"));

async function one(page: Page): Promise<void> {
  await page.getByRole("button", { name: "One message" }).click();
}

async function bad(page: Page, title: string): Promise<void> {
  await one(page);
  await page.getByText("A message with a mistake").click();
  await page.getByRole("button", { name: new RegExp(`^${title} `) }).click();
}

test("a SUBSCRIBE is written as each vendor's phones write it", async ({ page }) => {
  await one(page);
  const vendor = page.getByLabel("A SUBSCRIBE as sent by");
  const names = await vendor.locator("option").allTextContents();
  expect(names).toEqual(expect.arrayContaining(["audiocodes", "snom", "yealink", "grandstream", "fanvil", "planet", "gigaset", "panasonic"]));
  for (const [name, spelling] of [
    ["planet", "Event:ua-profile"],
    ["panasonic", "vender="],
    ["yealink", "192.0.2.37:5059"],
    ["audiocodes", "AUDC-IPPhone"],
  ] as const) {
    await vendor.selectOption(name);
    await page.getByRole("button", { name: "Write it", exact: true }).click();
    await expect(page.getByRole("heading", { name: `SUBSCRIBE of a ${name} phone` })).toBeVisible();
    await expect(message(page)).toContainText(spelling);
  }
});

test("a template's holes are filled, and an error names line and hole", async ({ page }) => {
  await one(page);
  await page.getByText("A template with holes").click();
  await page.getByLabel("Template", { exact: true }).selectOption({ label: "Read your configuration again (NOTIFY check-sync)" });
  await page.getByLabel("user", { exact: true }).fill("4711");
  await page.getByLabel("cseq", { exact: true }).fill("one");
  await expect(page.getByRole("alert")).toHaveText(/^Line 7: CSeq: expected/);
  await expect(page.getByLabel("cseq", { exact: true })).toHaveAttribute("aria-invalid", "true");
  await expect(page.getByRole("button", { name: "Write the message" })).toBeDisabled();
  await page.getByLabel("cseq", { exact: true }).fill("3");
  await page.getByRole("button", { name: "Write the message" }).click();
  await expect(message(page)).toContainText("NOTIFY sip:4711@192.0.2.37:5060 SIP/2.0");
  await expect(message(page)).toContainText("CSeq: 3 NOTIFY");
});

test("a template of one's own has the holes that are written into it", async ({ page }) => {
  await one(page);
  await page.getByText("A template with holes").click();
  await page.getByLabel(/^Its text/).fill("MESSAGE sip:{{who}} SIP/2.0\nCall-ID: {{call}}\n\n{{words}}");
  await page.getByLabel("who", { exact: true }).fill("a");
  await page.getByLabel("words", { exact: true }).fill("hello");
  await page.getByRole("button", { name: "Write the message" }).click();
  await expect(message(page)).toContainText("MESSAGE sip:a SIP/2.0");
  await expect(message(page)).toContainText("Content-Length: 5");
});

test("a message with a mistake says what it teaches, and shows the mistake", async ({ page }) => {
  await bad(page, "CSeq method differs");
  await expect(page.getByText("The method of CSeq is that of the request line", { exact: false }).last()).toBeVisible();
  await expect(page.getByRole("list", { name: "Findings in SUBSCRIBE" })).toContainText("CSeq");
  for (const title of ["Missing header", "Folded header", "No branch", "No empty line"]) {
    await page.getByRole("button", { name: new RegExp(`^${title} `) }).click();
    await expect(page.getByRole("heading", { name: title })).toBeVisible();
  }
});

test("LF alone goes out as LF alone, until it is fixed", async ({ page }) => {
  await bad(page, "LF only");
  await page.getByRole("button", { name: "Copy SUBSCRIBE with LF" }).click();
  await expect(page.getByRole("status")).toContainText("LF line ends");
  expect(await clipboard(page)).not.toContain("\r");
  await page.getByRole("button", { name: /^Fix: \d+ lines end with LF alone/ }).click();
  await expect(page.getByText("lines end with LF alone", { exact: true })).toHaveCount(0);
  await page.getByRole("button", { name: "Copy SUBSCRIBE with CRLF" }).click();
  await expect(page.getByRole("status")).toContainText("CRLF line ends");
  expect((await clipboard(page)).replaceAll("\r\n", "")).not.toContain("\n");
});

test("a wrong Content-Length stays wrong while the rest is changed", async ({ page }) => {
  await bad(page, "Content-Length too small");
  await expect(page.getByLabel("Keep my mistake")).toBeChecked();
  await page.getByRole("form", { name: /^Fields of/ }).getByLabel("CSeq", { exact: true }).fill("9 NOTIFY");
  await expect(message(page)).toContainText("CSeq: 9 NOTIFY");
  await expect(message(page)).toContainText("Content-Length: 9");
});

test("an exchange is one document of four messages with its ladder", async ({ page }) => {
  await expect(ladder(page).getByRole("option")).toHaveCount(4);
  const names = await ladder(page).getByRole("option").evaluateAll((rows) => rows.map((row) => row.getAttribute("aria-label") ?? ""));
  expect(names[0]).toMatch(/^1\. SUBSCRIBE ua-profile, 192\.0\.2\.37 to 224\.0\.1\.75/);
  expect(names[1]).toMatch(/^2\. 200 OK to SUBSCRIBE, 192\.0\.2\.1 to 192\.0\.2\.37/);
  expect(names[2]).toMatch(/^3\. NOTIFY .*, 192\.0\.2\.1 to 192\.0\.2\.37/);
  expect(names[3]).toMatch(/^4\. 200 OK to NOTIFY, 192\.0\.2\.37 to 192\.0\.2\.1/);
});

test("the ladder follows the texts and leads to them by keyboard", async ({ page }) => {
  await page.getByLabel("Server address").fill("192.0.2.77");
  await expect(ladder(page).getByRole("option").nth(2)).toHaveAccessibleName(/192\.0\.2\.77 to 192\.0\.2\.37/);
  await ladder(page).focus();
  await page.keyboard.press("End");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("textbox", { name: "Phone's 200 OK text" })).toBeFocused();
  await page.keyboard.press("ControlOrMeta+Home");
  await page.keyboard.press("Shift+End");
  await page.keyboard.press("Delete");
  await page.keyboard.type("SIP/2.0 481 Call/Transaction Does Not Exist");
  await expect(ladder(page).getByRole("option").nth(3)).toHaveAccessibleName(/^4\. 481/);
});

test("a message is made an exchange by adding its answer", async ({ page }) => {
  await one(page);
  await page.getByText("A template with holes").click();
  await page.getByRole("button", { name: "Write the message" }).click();
  await page.getByRole("button", { name: "Other forms" }).click();
  await page.getByRole("button", { name: "Add the answer to OPTIONS" }).click();
  await expect(page.getByRole("textbox", { name: "Message 2 text" })).toContainText("SIP/2.0 200 OK");
  await expect(ladder(page).getByRole("option")).toHaveCount(2);
  await expect(ladder(page).getByRole("option").nth(1)).toHaveAccessibleName(/^2\. 200 OK to OPTIONS, 192\.0\.2\.37 to 192\.0\.2\.1/);
});

test("a menu of a message opens within the window", async ({ page }) => {
  await page.getByRole("region", { name: "NOTIFY", exact: true }).getByRole("button", { name: "Other forms" }).click();
  const button = await page.getByRole("button", { name: "Copy NOTIFY as a JSON string" }).boundingBox();
  expect((button?.x ?? 9999) + (button?.width ?? 0)).toBeLessThanOrEqual(1240);
  expect(button?.height).toBeLessThan(30);
});

test("a message is begun, changed and copied by keyboard alone", async ({ page }) => {
  const tabTo = async (name: RegExp): Promise<void> => {
    for (let step = 0; step < 90; step++) {
      const called = await page.evaluate(() => {
        const element = document.activeElement;
        const label = element instanceof HTMLInputElement ? element.labels?.[0]?.textContent : null;
        return element?.getAttribute("aria-label") ?? label ?? element?.textContent ?? "";
      });
      if (name.test(called.trim())) return;
      await page.keyboard.press("Tab");
    }
    throw new Error(`Tab never came to ${String(name)}`);
  };
  await expect(ladder(page)).toBeVisible();
  await tabTo(/^One message$/);
  await page.keyboard.press("Enter");
  await tabTo(/^A message with a mistake/);
  await page.keyboard.press("Enter");
  await tabTo(/^No hops left/);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "No hops left" })).toBeVisible();
  await tabTo(/^Max-Forwards$/);
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type("70");
  await expect(page.getByText("Findings: 2 notes")).toBeVisible();
  await page.keyboard.press("ControlOrMeta+k");
  await page.keyboard.type("copy subscribe crlf");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("status")).toContainText("Copied SUBSCRIBE");
  expect(await clipboard(page)).toContain("\r\nMax-Forwards: 70\r\n");
});

test("the whole composer is walked by the palette", async ({ page }) => {
  const command = async (words: string): Promise<void> => {
    await page.keyboard.press("ControlOrMeta+k");
    await page.keyboard.type(words);
    await page.keyboard.press("Enter");
  };
  await expect(ladder(page)).toBeVisible();
  await command("hide ladder");
  await expect(ladder(page)).toHaveCount(0);
  await command("compose one message");
  await expect(page.getByRole("button", { name: "One message" })).toHaveAttribute("aria-pressed", "true");
  await command("compose whole");
  await command("copy command notify");
  await expect(page.getByRole("status")).toHaveText("Copied the command that writes NOTIFY.");
  await command("keep my mistake");
  await expect(page.getByLabel("Keep my mistake")).toBeChecked();
  await command("search history");
  await expect(page.getByRole("group", { name: "History" })).toBeVisible();
});

const STATES: Record<string, (page: Page) => Promise<void>> = {
  "the exchange": async (page) => {
    await expect(ladder(page).getByRole("option")).toHaveCount(4);
    await page.getByRole("button", { name: "Fields of NOTIFY" }).click();
  },
  "a message with a mistake": async (page) => {
    await bad(page, "Quote not closed");
    await page.getByRole("button", { name: "Parts of Via" }).click();
  },
  "a template": async (page) => {
    await one(page);
    await page.getByText("A template with holes").click();
  },
  "the history": async (page) => {
    await page.getByRole("button", { name: "Copy NOTIFY with CRLF" }).click();
    await page.getByRole("button", { name: "History" }).click();
  },
  "what is given away": async (page) => page.getByRole("button", { name: "Give away" }).click(),
};

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });
    for (const [state, reach] of Object.entries(STATES)) {
      test(`${state} in the composer is clean by WCAG 2.2 AA in ${colorScheme}`, async ({ page }) => {
        await reach(page);
        const { violations } = await new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]).analyze();
        expect(violations.map(({ id, nodes }) => ({ id, where: nodes.map((node) => node.html) }))).toEqual([]);
      });
    }
  });
}

for (const width of [320, 861, 1240]) {
  test(`nothing in the composer scrolls sideways at ${width} px`, async ({ page }) => {
    await page.setViewportSize({ width, height: 700 });
    for (const [state, reach] of Object.entries(STATES)) {
      await page.reload();
      await reach(page);
      const needed = await page.evaluate(() => document.documentElement.scrollWidth);
      expect(needed, state).toBeLessThanOrEqual(width);
    }
  });
}
