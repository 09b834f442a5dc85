import { expect, test } from "vitest";
import { called, CHOICES, commandOf, isOfUse, tagsOf } from "./marking.ts";
import { phone, row } from "./sample.ts";

const mine = row({ adoption: "adopted", tags: ["lobby", "b"] });
const other = row({ phone: phone({ id: "x" }), tags: ["a", "lobby"] });

test("what would change nothing is of no use", () => {
  const of = (rows: (typeof mine)[]): string[] => CHOICES.filter((choice) => isOfUse(choice, rows)).map(({ id }) => id);
  expect(of([mine])).toEqual(["ignore", "release"]);
  expect(of([other])).toEqual(["adopt", "ignore"]);
  expect(of([mine, other])).toEqual(["adopt", "ignore", "release"]);
});

test("commands name every phone", () => {
  expect(CHOICES.map((choice) => commandOf(choice, [mine, other]))).toEqual(
    ["adopt", "ignore", "release"].map((command) => ({ command, phones: ["000413a27c10", "x"] })),
  );
});

test("one phone is called by its name, several are counted", () => {
  expect(called([row({ name: "Reception" })])).toBe("Reception");
  expect(called([mine])).toBe("snom D735");
  expect(called([mine, other])).toBe("2 phones");
});

test("each tag is listed once", () => {
  expect(tagsOf([mine, other])).toEqual(["a", "b", "lobby"]);
});
