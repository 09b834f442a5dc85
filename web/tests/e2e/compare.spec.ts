import { clipboard, command, expect, open, paste, test, text, textField, tool } from "./page.ts";

test.use({ permissions: ["clipboard-read", "clipboard-write"] });
test.beforeEach(async ({ page }) => open(page));

const ONE = "OPTIONS sip:a SIP/2.0\nVia: SIP/2.0/UDP 192.0.2.7;branch=z9hG4bK1\nTo: <sip:works@example.com>\nCSeq: 1 OPTIONS\nContent-Length: 0\n\n";
const TWO = "OPTIONS sip:a SIP/2.0\nCSeq: 2 OPTIONS\nv: SIP/2.0/UDP 192.0.2.7;branch=z9hG4bK2\nt: <sip:fails@example.com>\nl: 0\n\n";

test("two messages stand beside each other: what matters first, noise apart", async ({ page }) => {
  await paste(textField(page), ONE + TWO);
  const panel = await tool(page, "Compare two messages");
  await expect(panel.getByRole("status")).toContainText("1 line says something else; 2 differ in what differs anyway");
  const beside = panel.getByRole("region", { name: "Differences side by side" });
  await expect(beside.locator("tbody tr")).toHaveCount(1);
  await expect(beside.locator("mark")).toHaveText(["works", "fails"]);
  await panel.getByRole("button", { name: "Show all lines" }).click();
  await expect(beside.getByRole("row", { name: /^Via .*differs anyway/ })).toBeVisible();
  await expect(beside.getByRole("row", { name: /stands elsewhere/ }).first()).toBeVisible();
});

test("the difference is also a list, and a text that is copied", async ({ page }) => {
  await paste(textField(page), ONE + TWO);
  const panel = await tool(page, "Compare two messages");
  await panel.getByRole("group", { name: "Differences as" }).getByRole("button", { name: "List" }).click();
  await expect(panel.getByRole("listitem")).toHaveText(["To: left To: <sip:works@example.com>, right t: <sip:fails@example.com>"]);
  await panel.getByRole("button", { name: "Copy as text" }).click();
  await expect(page.getByText("Copied the comparison as text.")).toBeVisible();
  expect(await clipboard(page)).toContain("- To: <sip:works@example.com>\n+ t: <sip:fails@example.com>");
});

test("a message is compared with a pasted one, and a text without a message says so", async ({ page }) => {
  await paste(textField(page), ONE);
  await command(page, "compare two messages");
  const panel = page.getByRole("region", { name: "Compare two messages" });
  await panel.getByRole("textbox", { name: "Message to compare with" }).fill("nothing");
  await expect(panel.getByRole("alert")).toContainText("no SIP message was found in the pasted text");
  await panel.getByRole("textbox", { name: "Message to compare with" }).fill(TWO);
  await expect(panel.getByRole("status")).toContainText("1 line says something else");
});

test("two messages are chosen in the list", async ({ page }) => {
  await paste(textField(page), text("page.txt"));
  await page.getByRole("group", { name: "Show as" }).getByRole("button", { name: "List" }).click();
  const list = page.getByRole("grid", { name: "Messages" });
  await list.getByRole("row").nth(1).click();
  await page.getByRole("button", { name: "Compare …" }).click();
  await list.getByRole("row").nth(3).click();
  await page.getByRole("button", { name: "Compare with message 1" }).click();
  const panel = page.getByRole("region", { name: "Compare two messages" });
  await expect(panel.getByRole("spinbutton").nth(0)).toHaveValue("1");
  await expect(panel.getByRole("spinbutton").nth(1)).toHaveValue("3");
  await expect(panel.getByRole("status")).toContainText("say something else");
});
