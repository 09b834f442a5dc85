import { expect, test } from "vitest";
import { choice } from "./choice.svelte.ts";
import { comparisonSummary, isReal, sentenceOf } from "./words.ts";

const piece = (text: string): { text: string; isMarked: boolean } => ({ text, isMarked: false });
const row = (difference: string, left: string | null, right: string | null): Parameters<typeof sentenceOf>[0] => ({
  place: "To",
  difference,
  isMoved: false,
  left: left === null ? null : [piece(left)],
  right: right === null ? null : [piece(right)],
});

test("what differs is told in one sentence", () => {
  expect(comparisonSummary({ real: 0, noise: 0, spelling: 0, moved: 0 })).toBe("They say the same.");
  const all = { real: 1, noise: 2, spelling: 1, moved: 1 };
  expect(comparisonSummary(all)).toBe(
    "1 line says something else; 2 differ in what differs anyway (branch, tag, Call-ID, counters, times); 1 in spelling; 1 stands elsewhere.",
  );
});

test("a row is a sentence", () => {
  expect(sentenceOf(row("changed", "To: a", "To: b"))).toBe("To: left To: a, right To: b");
  expect(sentenceOf(row("added", null, "To: b"))).toBe("To: only the right message has To: b");
  expect(isReal(row("noise", "a", "b"))).toBe(false);
});

test("two messages are chosen one after the other, and one twice is none", () => {
  expect(choice.choose(4)).toBe(false);
  expect(choice.choose(4)).toBe(false);
  expect(choice.first).toBe(null);
  expect(choice.choose(4)).toBe(false);
  expect(choice.choose(1)).toBe(true);
  expect([choice.left, choice.right]).toEqual([4, 1]);
});
