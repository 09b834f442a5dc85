import { expect, test } from "vitest";
import { row } from "./sample.ts";
import { counts, inView } from "./views.ts";

const rows = (["new", "adopted", "ignored", "new"] as const).map((adoption) => row({ adoption }));

test("what is ignored is counted in its own view and in no other", () => {
  expect(counts(rows)).toEqual({ new: 2, adopted: 1, ignored: 1, all: 3 });
});

test("a view shows as many as it counts", () => {
  for (const view of ["new", "adopted", "ignored", "all"] as const) expect(inView(rows, view)).toHaveLength(counts(rows)[view]);
});
