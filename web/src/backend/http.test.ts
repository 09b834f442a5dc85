import { expect, test } from "vitest";
import { tokenIn } from "./http.ts";

test("the token is what the printed address has behind the hash", () => {
  expect(tokenIn("#token=0123abcd")).toBe("0123abcd");
});

test("pages have no token in their address", () => {
  for (const fragment of ["", "#", "#/phones", "#/phones/token"]) expect(tokenIn(fragment)).toBeNull();
});
