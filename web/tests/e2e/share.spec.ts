import { clipboard, expect, open, paste, tabs, test, text, textField, tool } from "./page.ts";

test.use({ permissions: ["clipboard-read", "clipboard-write"] });

test("a link holds the messages with pseudonyms, and opens on another page", async ({ page, context }) => {
  await open(page);
  await paste(textField(page), text("page.txt"));
  const panel = await tool(page, "Share as a link");
  await expect(panel.getByRole("checkbox", { name: /pseudonyms/ })).toBeChecked();
  await expect(panel.getByRole("status")).toContainText(/^[\d,]+ characters\./);
  await panel.getByRole("button", { name: "Copy the link" }).click();
  await expect(page.getByText("Copied the link.")).toBeVisible();
  const link = await clipboard(page);
  expect(link).toMatch(/#\/text\/1\/[\w-]+$/);
  const other = await context.newPage();
  const asked: string[] = [];
  other.on("request", (request) => asked.push(request.url()));
  await other.goto(link);
  await expect(tabs(other)).toHaveCount(3);
  await expect(textField(other)).not.toContainText("192.0.2.61");
  expect(other.url()).toMatch(/#\/inspect$/);
  const packed = link.split("/").at(-1) ?? "?";
  expect(asked.filter((url) => url.includes(packed.slice(0, 40)) && !url.includes("#"))).toEqual([]);
});

test("without pseudonyms the link holds the text as it is, and says what that means", async ({ page, context }) => {
  await open(page);
  await paste(textField(page), text("page.txt"));
  const panel = await tool(page, "Share as a link");
  await panel.getByRole("checkbox", { name: /pseudonyms/ }).uncheck();
  await expect(panel.getByText("The link will hold addresses")).toBeVisible();
  const field = panel.getByRole("textbox", { name: "Link" });
  await expect(field).toBeVisible();
  const other = await context.newPage();
  await other.goto(await field.inputValue());
  await expect(textField(other)).toContainText("192.0.2.61");
});

for (const [what, link, words] of [
  ["a newer link", "#/text/9/AAAA", "it was made by a newer Fingerpost"],
  ["a broken link", "#/text/1/AAAAAAAA", "it was cut off or changed on its way"],
] as const) {
  test(`${what} says what is wrong and what to do`, async ({ page }) => {
    await open(page, link);
    await expect(page.getByRole("alert")).toContainText(words);
    await page.getByRole("alert").getByRole("button", { name: "Close" }).click();
    await expect(page.getByRole("alert")).toHaveCount(0);
    await expect(textField(page)).toBeVisible();
  });
}

test("the words on privacy tell of links", async ({ page }) => {
  await open(page);
  await page.getByRole("button", { name: "Nothing leaves this page" }).click();
  await expect(page.getByText(/A link that you make .* browsers do not send to a server/)).toBeVisible();
});
