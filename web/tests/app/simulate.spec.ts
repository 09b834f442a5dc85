import { command, expect, list, open, panel, row, sentence, story, test } from "./served.ts";

test("somebody without a phone simulates one, and sees it go the whole way", async ({ page, served }) => {
  await served.start(["--url", "tftp://%{server}/%{mac}.cfg"]);
  await open(page, served);
  await page.getByRole("combobox", { name: "that asks as one of" }).selectOption("snom");
  await page.getByRole("button", { name: "Simulate a phone" }).click();
  const made = row(page, /Simulated/);
  await expect(made).toContainText("Acknowledged");
  await expect(made).toContainText("snom");
  await expect(made).toContainText("00:00:5e:00:53:");
  await made.click();
  await expect(story(page)).toContainText([/^Asked on lo/, /^Answered 200/, /^Notified in the/, /^Acknowledged 200/]);
  await expect(panel(page)).toContainText("No real phone: Fingerpost itself asked, on this machine only");
  await expect(panel(page).getByRole("button", { name: "Ask it to check again" })).toHaveCount(0);
});

test("while phones are observed a simulated one is only seen", async ({ page, served }) => {
  await served.start();
  await open(page, served);
  await page.getByRole("button", { name: "Simulate a phone" }).click();
  await expect(row(page, /Simulated/)).toContainText("Asked, not answered");
  await expect(sentence(page)).toHaveText(/nothing is answered/);
});

test("the same simulated phone asks again, by keyboard alone", async ({ page, served }) => {
  await served.start(["--url", "tftp://%{server}/%{mac}.cfg"]);
  await open(page, served);
  await command(page, "simulate a phone");
  await expect(row(page, /Simulated/)).toContainText("Acknowledged");
  await command(page, "simulate a phone");
  await expect(row(page, /Simulated/).locator(".asked")).toHaveText("2");
  await expect(list(page).getByRole("row")).toHaveCount(2);
});

test("a phone that could not be told from a real one is not simulated, and the page says why", async ({ page, served }) => {
  await served.start();
  await open(page, served);
  await page.getByRole("combobox", { name: "that asks as one of" }).selectOption("audiocodes");
  await page.getByRole("button", { name: "Simulate a phone" }).click();
  await expect(page.getByRole("alert")).toContainText("could not be told from a real one");
});
