export const PAGES = [
  { id: "inspect", title: "Inspect" },
  { id: "compose", title: "Compose" },
] as const;
export type PageId = (typeof PAGES)[number]["id"];

/** Which page the fragment of the address names. */
export function pageOf(fragment: string): PageId {
  return PAGES.find((page) => fragment === `#/${page.id}`)?.id ?? "inspect";
}
