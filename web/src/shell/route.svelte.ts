import { type PageId, pageOf } from "./route.ts";

let page = $state<PageId>(pageOf(location.hash));

export const route = {
  get page(): PageId {
    return page;
  },
};

export function go(to: PageId): void {
  location.hash = `#/${to}`;
}

addEventListener("hashchange", () => {
  page = pageOf(location.hash);
});
