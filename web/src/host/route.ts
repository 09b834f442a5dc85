export const PAGES = [
  { id: "phones", title: "Phones" },
  { id: "messages", title: "Messages" },
  { id: "inspect", title: "Inspect" },
  { id: "compose", title: "Compose" },
  { id: "settings", title: "Settings" },
] as const;
export type PageId = (typeof PAGES)[number]["id"];

export interface Route {
  page: PageId;
  /** The id of the phone that is looked at. */
  phone: string | null;
  /** Whether its messages are, and not its story. */
  isMessages: boolean;
}

/** Which page the fragment of the address names: `#/phones/ID/messages`. */
export function routeOf(fragment: string): Route {
  const [page, phone, part] = fragment.replace(/^#\//, "").split("/");
  const known = PAGES.find(({ id }) => id === page)?.id ?? "phones";
  if (known !== "phones" || !phone) return { page: known, phone: null, isMessages: false };
  return { page: known, phone: decoded(phone), isMessages: part === "messages" };
}

export function fragmentOf({ page, phone, isMessages }: Route): string {
  if (page !== "phones" || phone === null) return `#/${page}`;
  return `#/phones/${encodeURIComponent(phone)}${isMessages ? "/messages" : ""}`;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
