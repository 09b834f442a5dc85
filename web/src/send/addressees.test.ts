import { expect, test } from "vitest";
import { phone, row } from "../phones/sample.ts";
import { addressees, hexOf, plan, sizeWords } from "./addressees.ts";

const known = row({ phone: phone({ id: "a", mac: "000413a1b2c3" }), source: "10.13.2.31:5060" });

test("only phones that can be sent something are offered", () => {
  const rows = [
    known,
    row({ phone: phone({ id: "b", mac: null }) }),
    { ...known, is_remembered: true },
    { ...known, is_simulated: true },
    { ...known, adoption: "ignored" as const },
  ];
  expect(addressees(rows, "")).toEqual([known]);
});

test("a phone is found by its MAC however it is written, and by its address", () => {
  for (const typed of ["00:04:13:a1", "000413A1B2C3", "10.13.2"]) expect(addressees([known], typed)).toEqual([known]);
  expect(addressees([known], "10.14")).toEqual([]);
});

test("what is sent, how much of it and where is one sentence", () => {
  expect(plan("NOTIFY", 412, known)).toBe("NOTIFY, 412 bytes, to 10.13.2.31:5060, the phone 00:04:13:a1:b2:c3");
});

test("a size that asks for a word gets one, and one that fits nowhere stops it", () => {
  expect([sizeWords(1), sizeWords(1300)]).toEqual([null, null]);
  expect(sizeWords(1301)).toMatchObject({ isTooMuch: false });
  expect(sizeWords(65_507)).toMatchObject({ isTooMuch: false });
  expect([sizeWords(65_508)?.isTooMuch, sizeWords(0)?.isTooMuch]).toEqual([true, true]);
});

test("bytes are pairs of hex digits", () => {
  expect(hexOf(new Uint8Array([0, 10, 255]))).toBe("000aff");
});
