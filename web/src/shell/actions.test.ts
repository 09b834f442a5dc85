import { expect, test } from "vitest";
import { matching, offer, offered } from "./actions.ts";

const run = (): void => {};
const actions = ["Copy the message with CRLF", "Theme: dark", "Go to Compose"].map((title) => ({ title, run }));
const titles = (typed: string): string[] => matching(actions, typed).map((action) => action.title);

test("every word that is typed must stand in the title", () => {
  expect(titles("copy crlf")).toEqual(["Copy the message with CRLF"]);
  expect(titles("copy dark")).toEqual([]);
  expect(titles("")).toHaveLength(3);
});

test("titles whose words begin so come first", () => {
  expect(titles("co")).toEqual(["Copy the message with CRLF", "Go to Compose"]);
  expect(titles("omp")).toEqual(["Go to Compose"]);
});

test("what the page in sight can do comes before what can always be done", () => {
  const [copy, dark] = actions;
  const takeBack = [offer(() => (dark ? [dark] : []), "shell"), offer(() => (copy ? [copy] : []))];
  expect(offered().map((action) => action.title)).toEqual(["Copy the message with CRLF", "Theme: dark"]);
  for (const take of takeBack) take();
});

test("actions are offered until they are taken back", () => {
  const takeBack = offer(() => actions);
  expect(offered()).toHaveLength(3);
  takeBack();
  expect(offered()).toHaveLength(0);
});
