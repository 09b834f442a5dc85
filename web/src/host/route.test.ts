import { expect, test } from "vitest";
import { fragmentOf, routeOf } from "./route.ts";

test("the fragment names the page, the phone and which side of it", () => {
  expect(routeOf("#/inspect")).toEqual({ page: "inspect", phone: null, isMessages: false });
  expect(routeOf("#/phones/000413a27c10")).toEqual({ page: "phones", phone: "000413a27c10", isMessages: false });
  expect(routeOf("#/phones/000413a27c10/messages")).toEqual({ page: "phones", phone: "000413a27c10", isMessages: true });
});

test("anything else is the list of phones", () => {
  for (const fragment of ["", "#", "#/", "#/nothing", "#token=1"]) {
    expect(routeOf(fragment)).toEqual({ page: "phones", phone: null, isMessages: false });
  }
});

test("what is written is read again", () => {
  for (const phone of ["000413a27c10", "x/y z", "%"]) {
    const route = { page: "phones", phone, isMessages: true } as const;
    expect(routeOf(fragmentOf(route))).toEqual(route);
  }
  expect(routeOf("#/phones/%")).toMatchObject({ phone: "%" });
});
