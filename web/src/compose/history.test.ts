import { expect, test } from "vitest";
import { added, type Entry, matching, MOST, read } from "./history.ts";

const entry = (title: string, text = title): Entry => ({ time: 1, title, letters: [{ text, from: "", to: "" }] });
const titles = (list: readonly Entry[]): string[] => list.map(({ title }) => title);

test("the newest stands first, and the same document once", () => {
  const list = added(added([entry("a")], entry("b")), entry("again", "a"));
  expect(titles(list)).toEqual(["again", "b"]);
});

test("no more is kept than fits", () => {
  const many = Array.from({ length: 60 }, (_, number) => entry(String(number)));
  expect(many.reduce(added, [] as Entry[])).toHaveLength(MOST.entries);
  const large = "x".repeat(MOST.letters / 2);
  expect(titles([entry("1", `1${large}`), entry("2", `2${large}`), entry("3")].reduce(added, [] as Entry[]))).toEqual(["3", "2"]);
  expect(added([entry("a")], entry("b", `${large}${large}x`))).toEqual([]);
});

test("all words must be found, in title or text", () => {
  const list = [entry("NOTIFY", "Call-ID: 7"), entry("SUBSCRIBE", "Call-ID: 8")];
  expect(titles(matching(list, "call-id 8"))).toEqual(["SUBSCRIBE"]);
  expect(titles(matching(list, " notify "))).toEqual(["NOTIFY"]);
  expect(matching(list, "")).toHaveLength(2);
});

test("what somebody else stored there does no harm", () => {
  for (const stored of [null, "", "{", "7", '[{"time":1}]', '[{"time":1,"title":"a","letters":[7]}]']) expect(read(stored)).toEqual([]);
  expect(read(JSON.stringify([entry("a"), null]))).toEqual([entry("a")]);
});
