import { expect, test } from "vitest";
import { contentOrAddress } from "./data-url.ts";

test("reads the bytes of a base64 data address", () => {
  expect(contentOrAddress("data:application/wasm;base64,AGFzbQ==")).toEqual(new Uint8Array([0, 97, 115, 109]));
});

test("leaves every other address alone", () => {
  for (const url of ["assets/fingerpost_wasm_bg.wasm", "data:,"]) expect(contentOrAddress(url)).toBe(url);
});
