import { expect, test } from "vitest";
import { byteAt, dump, letter, spoken } from "./dump.ts";

test("bytes and places lead to each other, also where a character has several", () => {
  const found = dump("aü€😀z");
  expect([...found.bytes]).toHaveLength(1 + 2 + 3 + 4 + 1);
  expect([...found.places]).toEqual([0, 1, 1, 2, 2, 2, 3, 3, 3, 3, 5, 6]);
  expect([0, 1, 2, 3, 5, 6].map((place) => byteAt(found, place))).toEqual([0, 1, 3, 6, 10, 11]);
});

test("for every text and every place the way there leads back", () => {
  let seed = 7;
  const random = (below: number): number => (seed = (seed * 1103515245 + 12345) % 2147483648) % below;
  const letters = ["a", "\r", "\n", "ü", "€", "😀", "\0"];
  for (let round = 0; round < 200; round++) {
    const text = Array.from({ length: random(40) }, () => letters[random(letters.length)]).join("");
    const found = dump(text);
    for (let place = 0; place < text.length; place++) {
      const isHalf = (text.charCodeAt(place) & 0xfc00) === 0xdc00;
      if (!isHalf) expect(found.places[byteAt(found, place)]).toBe(place);
    }
    expect(new TextDecoder().decode(found.bytes)).toBe(text);
  }
});

test("bytes are told in words and shown as letters", () => {
  expect([spoken(0x53), spoken(13), spoken(200), letter(65), letter(10), letter(200)]).toEqual(["53, S", "0d, CR", "c8", "A", "·", "·"]);
});
