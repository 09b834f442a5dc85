import { expect, test } from "vitest";
import { told } from "./restored.ts";

const NOTHING = { done: false, new_phones: 0, changed_phones: 0, settings: [], policy_file: null, left_out: [] };

test("what changes is told, and what does not is told, too", () => {
  expect(told(NOTHING)).toEqual(["nothing: everything is like that already"]);
  expect(told({ ...NOTHING, new_phones: 1, changed_phones: 3, settings: ["phones are answered"], left_out: ["the policy: none here"] })).toEqual([
    "1 phone that was not known",
    "name, tags or state of 3 known phones",
    "phones are answered",
    "left out: the policy: none here",
  ]);
});
