import { expect, test } from "vitest";
import { Tokens } from "./tokens.ts";

/** Groups of groups, each with parts of 3 letters and a gap of 1 behind each. */
const packed: number[] = [];
for (let line = 0; line < 50; line++) {
  const from = line * 20;
  packed.push(0, from, from + 19, 1, 0, from, from + 19, 3);
  for (let part = 0; part < 5; part++) packed.push(1, from + part * 4, from + part * 4 + 3, 4);
}
const tokens = new Tokens(["line", "part"], Uint32Array.from(packed));

test("tokens are unpacked with their kinds, depths and groups", () => {
  expect(tokens.all().slice(0, 3)).toEqual([
    { kind: "line", from: 0, to: 19, depth: 0, isGroup: true },
    { kind: "line", from: 0, to: 19, depth: 1, isGroup: true },
    { kind: "part", from: 0, to: 3, depth: 2, isGroup: false },
  ]);
  expect(tokens.all()).toHaveLength(350);
});

test("the tokens of a part are those of all that share something with it", () => {
  const leaves = tokens.all().filter((token) => !token.isGroup);
  for (let from = 0; from <= 1000; from += 7) {
    for (const to of [from, from + 1, from + 45, 2000]) {
      expect(tokens.within({ from, to })).toEqual(leaves.filter((token) => token.from < to && from < token.to));
    }
  }
  expect(new Tokens([], new Uint32Array()).within({ from: 0, to: 9 })).toEqual([]);
});
