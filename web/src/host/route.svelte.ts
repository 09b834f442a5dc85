import { fragmentOf, type Route, routeOf } from "./route.ts";

let current = $state.raw<Route>(routeOf(location.hash));

export const route = {
  get current(): Route {
    return current;
  },
};

export function go(to: Route): void {
  location.hash = fragmentOf(to);
  // The event comes later; who goes wants to be there.
  current = to;
}

/** Goes there without a step that Back would undo: walking through a list is one step. */
export function slide(to: Route): void {
  history.replaceState(history.state, "", fragmentOf(to));
  current = to;
}

addEventListener("hashchange", () => {
  current = routeOf(location.hash);
});
