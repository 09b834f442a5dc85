import { expect, test } from "vitest";
import { fragmentOf, routeOf } from "./route.ts";

test("the fragment names the page, the phone and which side of it", () => {
  expect(routeOf("#/inspect")).toEqual({ page: "inspect", phone: null, part: "story" });
  expect(routeOf("#/phones/000413a27c10")).toEqual({ page: "phones", phone: "000413a27c10", part: "story" });
  expect(routeOf("#/phones/000413a27c10/ladder")).toEqual({ page: "phones", phone: "000413a27c10", part: "ladder" });
  expect(routeOf("#/phones/000413a27c10/nothing")).toMatchObject({ part: "story" });
  expect(routeOf("#/phones/000413a27c10/messages")).toEqual({ page: "phones", phone: "000413a27c10", part: "messages" });
});

test("anything else is the list of phones", () => {
  for (const fragment of ["", "#", "#/", "#/nothing", "#token=1"]) {
    expect(routeOf(fragment)).toEqual({ page: "phones", phone: null, part: "story" });
  }
});

test("what is written is read again", () => {
  for (const phone of ["000413a27c10", "x/y z", "%"]) {
    const route = { page: "phones", phone, part: "messages" } as const;
    expect(routeOf(fragmentOf(route))).toEqual(route);
  }
  expect(routeOf("#/phones/%")).toMatchObject({ phone: "%" });
});
