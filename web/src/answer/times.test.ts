import { expect, test } from "vitest";
import { sentAt } from "./times.ts";

test("when a message goes out is told in words", () => {
  expect(sentAt([0])).toBe("at once");
  expect(sentAt([1500])).toBe("after 1.5 s if the phone does not answer");
  expect(sentAt([0, 500])).toBe("at once; again after 0.5 s if the phone does not answer");
  expect(sentAt([0, 500, 1500, 3500])).toBe("at once; again after 0.5 s, 1.5 s and 3.5 s if the phone does not answer");
});
