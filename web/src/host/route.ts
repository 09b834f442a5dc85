export const PAGES = [
  { id: "phones", title: "Phones" },
  { id: "rules", title: "Rules" },
  { id: "health", title: "Health" },
  { id: "messages", title: "Messages" },
  { id: "inspect", title: "Inspect" },
  { id: "compose", title: "Compose" },
  { id: "settings", title: "Settings" },
] as const;
export type PageId = (typeof PAGES)[number]["id"];

/** The sides of a phone. */
export const PARTS = ["story", "messages", "ladder"] as const;
export type Part = (typeof PARTS)[number];

export interface Route {
  page: PageId;
  /** The id of the phone that is looked at. */
  phone: string | null;
  /** From which side. */
  part: Part;
}

/** Which page the fragment of the address names: `#/phones/ID/messages`. */
export function routeOf(fragment: string): Route {
  const [page, phone, part] = fragment.replace(/^#\//, "").split("/");
  const known = PAGES.find(({ id }) => id === page)?.id ?? "phones";
  if (known !== "phones" || !phone) return { page: known, phone: null, part: "story" };
  return { page: known, phone: decoded(phone), part: PARTS.find((one) => one === part) ?? "story" };
}

export function fragmentOf({ page, phone, part }: Route): string {
  if (page !== "phones" || phone === null) return `#/${page}`;
  return `#/phones/${encodeURIComponent(phone)}${part === "story" ? "" : `/${part}`}`;
}

/** Where the sides of a phone are. */
export type Addresses = Record<Part, string>;

export function addressesOf(phone: string): Addresses {
  const of = (part: Part): string => fragmentOf({ page: "phones", phone, part });
  return { story: of("story"), messages: of("messages"), ladder: of("ladder") };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
