import { expect, test } from "vitest";
import type { Phone } from "../backend/host.ts";
import { COLUMNS, drawnColumns, FIRST_SORT, matching, sorted, turned, USUAL } from "./columns.ts";
import { phone, row } from "./sample.ts";

const of = (changes: Partial<Phone>, rest = {}) => row({ phone: phone(changes), ...rest });
const rows = [
  of({ id: "a", address: "10.0.0.10", version: "2.2.16", mac: "00908f4a1102", vendor: "audiocodes" }, { last_asked: "2026-11-22T13:00:00.000Z" }),
  of({ id: "b", address: "10.0.0.9", version: "2.2.2", mac: null, vendor: null }, { last_asked: "2026-11-22T13:00:02.000Z", state: "acknowledged" }),
  of({ id: "c", address: "10.0.0.100", version: null }, { last_asked: "2026-11-22T13:00:01.000Z", state: "refused", url: "http://pbx/%2e" }),
];
const ids = (list: readonly { phone: Phone }[]): string => list.map((one) => one.phone.id).join("");

test("who asked last stands on top", () => {
  expect(ids(sorted(rows, FIRST_SORT))).toBe("bca");
});

test("numbers count as numbers", () => {
  expect(ids(sorted(rows, { by: "address", isDown: false }))).toBe("bac");
  expect(ids(sorted(rows, { by: "version", isDown: false }))).toBe("bac");
  expect(ids(sorted(rows, { by: "version", isDown: true }))).toBe("abc");
});

test("unknown values stand last, whichever way", () => {
  expect(ids(sorted(rows, { by: "mac", isDown: false })).at(-1)).toBe("b");
  expect(ids(sorted(rows, { by: "mac", isDown: true })).at(-1)).toBe("b");
});

test("states are sorted by what needs a look", () => {
  expect(ids(sorted(rows, { by: "state", isDown: false }))).toBe("cab");
});

test("equals do not jump, whatever order they came in", () => {
  const one = sorted(rows, { by: "model", isDown: false });
  const other = sorted([...rows].reverse(), { by: "model", isDown: false });
  expect(ids(one)).toBe(ids(other));
});

test("a second press turns the order, another column begins anew", () => {
  expect(turned(FIRST_SORT, "last")).toEqual({ by: "last", isDown: false });
  expect(turned(FIRST_SORT, "mac")).toEqual({ by: "mac", isDown: false });
});

test("every word must stand somewhere in the row", () => {
  expect(ids(matching(rows, ""))).toBe("abc");
  expect(ids(matching(rows, "d735 pbx"))).toBe("c");
  expect(ids(matching(rows, "ACKNOWLEDGED"))).toBe("b");
  expect(ids(matching(rows, "audiocodes refused"))).toBe("");
});

test("a MAC is found however it is written", () => {
  for (const typed of ["00:90:8f", "00908F4A", "4a-11-02", "0090.8f4a"]) expect(ids(matching(rows, typed))).toBe("a");
});

test("each column can be sorted by", () => {
  for (const { id } of COLUMNS) expect(sorted(rows, { by: id, isDown: false })).toHaveLength(3);
});

test("a column that no phone has anything for is not drawn, nor one that nobody wants", () => {
  const drawn = (list: typeof rows): string[] => drawnColumns(USUAL, list).map(({ id }) => id);
  expect(drawn(rows)).not.toContain("name");
  expect(drawn(rows)).not.toContain("first");
  expect(drawn([row({ name: "Reception", tags: ["a"], is_remembered: true })])).toEqual(expect.arrayContaining(["name", "tags", "note"]));
  expect(drawnColumns(["mac"], rows).map(({ id }) => id)).toEqual(["mac"]);
});

test("names, tags, notes and other addresses are found, too", () => {
  const named = row({ name: "Reception", tags: ["lobby"], is_simulated: true, also_at: [{ address: "10.9.9.9", interface: "eno1", last_asked: "2026-11-22T13:00:00.000Z" }] });
  for (const typed of ["reception", "lobby", "simulated", "2 addresses", "10.9.9.9"]) expect(matching([named, ...rows], typed)).toEqual([named]);
});

test("ten thousand rows are sorted and searched in no time", () => {
  const many = Array.from({ length: 10_000 }, (_, number) => of({ id: String(number), address: `10.0.${number >> 8}.${number & 255}` }));
  const began = performance.now();
  sorted(many, { by: "address", isDown: true });
  matching(many, "snom 10.0.3");
  expect(performance.now() - began).toBeLessThan(1000);
});
