import { expect, test } from "vitest";
import { read, shownOf } from "./retention.ts";

test("what is shown is read again", () => {
  const retention = { exchanges_per_phone: 20, bytes: 200 * 1024 * 1024, phones: 10_000 };
  expect(shownOf(retention)).toEqual({ exchanges: "20", mebibytes: "200", phones: "10000" });
  expect(read(shownOf(retention))).toEqual(retention);
  expect(read({ exchanges: "5", mebibytes: "1,000", phones: "9 999" }).bytes).toBe(1000 * 1024 * 1024);
});

test("what is no number is named", () => {
  expect(() => read({ exchanges: "many", mebibytes: "1", phones: "1" })).toThrow("exchanges of one phone: a whole number is wanted, not “many”");
  expect(() => read({ exchanges: "1", mebibytes: "-1", phones: "1" })).toThrow("MiB");
  expect(() => read({ exchanges: "1", mebibytes: "", phones: "1" })).toThrow("MiB");
});
