import { expect, test } from "vitest";
import { reading, remark, summary } from "./words.ts";

test("a trace is told in one sentence", () => {
  expect(summary({ count: 0, calls: 0 }, 0)).toBe("No message");
  expect(summary({ count: 3, calls: 1 }, 3)).toBe("3 messages");
  expect(summary({ count: 1204, calls: 31 }, 12)).toBe("1,204 messages in 31 conversations; 12 shown");
});

test("reading says how far it is", () => {
  expect(reading({ bytes: 12_400_000, of: 98_000_000, messages: 1 })).toBe("Reading: 12.4 of 98.0 MB, 1 message so far");
});

test("a remark has its place", () => {
  const note = { message: "cut off", count: 1, place: 1200, isLoss: true };
  expect(remark(note)).toBe("cut off (at byte 1,200)");
  expect(remark({ ...note, count: 3 })).toBe("cut off (3 times, first at byte 1,200)");
});
