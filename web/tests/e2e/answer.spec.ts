import { clipboard, command, expect, open, paste, tabs, test, textField } from "./page.ts";
import { readFileSync } from "node:fs";

test.use({ permissions: ["clipboard-read", "clipboard-write"] });
test.beforeEach(async ({ page }) => open(page));

const corpus = (name: string): string => readFileSync(new URL(`../../../tests/corpus/${name}`, import.meta.url), "utf8");

test("the manual's phone is answered byte for byte as the manual prints it", async ({ page }) => {
  await paste(textField(page), corpus("manual/subscribe.sip"));
  await page.getByRole("button", { name: "What would Fingerpost answer?" }).first().click();
  const panel = page.getByRole("region", { name: "What would Fingerpost answer?" });
  await panel.getByRole("textbox", { name: "URL" }).fill("tftp://%{server}");
  await panel.getByText("Where the phone asks").click();
  await panel.getByRole("textbox", { name: "Our address" }).fill("10.13.4.121");
  await expect(panel.getByRole("region", { name: "Decision" })).toContainText("answer: tftp://10.13.4.121 (dialect manual)");
  const notify = panel.getByRole("region", { name: "Answer 2: NOTIFY" });
  await expect(notify).toContainText("at once; again after");
  await notify.getByRole("button", { name: "Copy with CRLF" }).click();
  await expect(page.getByText("Copied NOTIFY with CRLF line ends.")).toBeVisible();
  expect(await clipboard(page)).toBe(corpus("manual/notify.sip"));
});

test("a policy says which rule and why; its mistakes stand at their places", async ({ page }) => {
  await paste(textField(page), corpus("phones/snom.sip"));
  await command(page, "what would");
  const panel = page.getByRole("region", { name: "What would Fingerpost answer?" });
  await panel.getByRole("button", { name: "A policy file" }).click();
  const policy = panel.getByRole("textbox", { name: /^Policy file/ });
  await policy.fill('version = 1\n[[rule]]\nname = "not ours"\nmatch = { vendor = "polycom" }\nignore = true\n[[rule]]\nname = "ours"\nansver = { url = "http://a/" }\n');
  const mistake = panel.getByRole("button", { name: /^Line 8, column 1: .*ansver/ });
  await mistake.click();
  await expect(policy).toBeFocused();
  expect(await policy.evaluate((area: HTMLTextAreaElement) => area.value.slice(area.selectionStart, area.selectionEnd))).toBe("ansver");
  await policy.fill((await policy.inputValue()).replace("ansver", "answer"));
  const decision = panel.getByRole("region", { name: "Decision" });
  await expect(decision).toContainText('by rule "ours"');
  await expect(decision.getByRole("listitem").first()).toContainText('no: vendor is "snom", wanted "polycom"');
  await panel.getByRole("button", { name: "Inspect question and answers" }).click();
  // The question, the 200, and the NOTIFY in the first shape and in the other one.
  await expect(tabs(page)).toHaveCount(4);
});

test("a NOTIFY in two shapes is called by each of them", async ({ page }) => {
  await paste(textField(page), corpus("phones/snom.sip"));
  await command(page, "what would");
  const panel = page.getByRole("region", { name: "What would Fingerpost answer?" });
  await panel.getByRole("button", { name: "A policy file" }).click();
  await panel.getByRole("textbox", { name: /^Policy file/ }).fill('version = 1\n[[rule]]\nanswer = { url = "http://a/", dialect = "auto" }\n');
  const rfc = panel.getByRole("region", { name: "Answer 2: NOTIFY (RFC form)", exact: true });
  const manual = panel.getByRole("region", { name: "Answer 3: NOTIFY (manual form, if refused or not answered)", exact: true });
  // In the manual's form the Via is the phone's own.
  await expect(rfc).toContainText("Via: SIP/2.0/UDP 10.13.2.1:5060");
  await expect(manual).toContainText("Via: SIP/2.0/UDP 10.13.2.51:5060");
});

test("a wrong placeholder of the URL is told at the field", async ({ page }) => {
  await paste(textField(page), corpus("phones/snom.sip"));
  await command(page, "what would");
  const panel = page.getByRole("region", { name: "What would Fingerpost answer?" });
  await panel.getByRole("textbox", { name: "URL" }).fill("http://%{sever}/");
  await expect(panel.getByRole("alert")).toContainText("unknown placeholder %{sever}");
});
