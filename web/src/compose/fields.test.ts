import { expect, test } from "vitest";
import { fieldOf, fresh, request, seedOf } from "./fields.ts";

test("what is left empty is left out", () => {
  const form = { ...fresh(7), model: " ", mac: "" };
  expect(request(form, 7)).toMatchObject({ model: null, mac: null, version: "10.1.159.12", replyTo: null, seed: 7 });
});

test("a pasted SUBSCRIBE is answered only when that is asked for", () => {
  const form = { ...fresh(7), asking: "SUBSCRIBE …" };
  expect(request(form, 7).replyTo).toBeNull();
  expect(request({ ...form, kind: "reply" }, 7).replyTo).toBe("SUBSCRIBE …");
});

test("a seed is a whole number that nothing rounds", () => {
  expect(seedOf(" 7 ")).toBe(7);
  for (const wrong of ["", "x", "-1", "1.5", "9007199254740993"]) expect(seedOf(wrong)).toBeNull();
});

test("errors find their field", () => {
  expect(fieldOf("replyTo")).toBe("asking");
  expect(fieldOf("url")).toBe("url");
  expect(fieldOf(null)).toBeNull();
});
