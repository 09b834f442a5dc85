import { expect, test } from "vitest";
import { type Kept, read, USUALLY, written } from "./kept.ts";

const kept: Kept = { columns: ["mac", "url"], sort: { by: "mac", isDown: true }, view: "adopted", typed: "snom" };

test("what is written is read again", () => {
  expect(read(written(kept))).toEqual(kept);
});

test("nothing, or what was never written here, is as usual", () => {
  for (const text of [null, "", "{", "[]", "7", "null", '{"version":2}', '{"columns":["mac"]}']) expect(read(text)).toEqual(USUALLY);
});

test("of what is partly broken the rest is kept", () => {
  const broken = { version: 1, columns: ["mac", "nothing", 7], sort: { by: "x", isDown: true }, view: "y", typed: 7 };
  expect(read(JSON.stringify(broken))).toEqual({ ...USUALLY, columns: ["mac"] });
  expect(read(JSON.stringify({ version: 1, columns: [] })).columns).toEqual(USUALLY.columns);
  expect(read(written({ ...kept, typed: "x".repeat(999) })).typed).toHaveLength(200);
});
