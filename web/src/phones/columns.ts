/** The columns of the list: what stands in them, how they are sorted and searched. */
import type { PhoneRow } from "../backend/host.ts";
import { macWithColons } from "../inspect/words.ts";
import { label, rank, reason, ruleName } from "./states.ts";

export interface Column {
  id: string;
  title: string;
  /** How it is called where it stands alone. */
  order: readonly [up: string, down: string];
  /** Null where it is not known. */
  text: (row: PhoneRow) => string | null;
  /** What it is sorted by, where that is not its text. */
  key?: (row: PhoneRow) => string;
  isMono?: boolean;
}

const LETTERS = ["A to Z", "Z to A"] as const;

export const COLUMNS = [
  {
    id: "state",
    title: "State",
    order: ["trouble first", "trouble last"],
    text: label,
    key: (row) => String(rank(row)),
  },
  { id: "vendor", title: "Vendor", order: LETTERS, text: ({ phone }) => phone.vendor },
  { id: "model", title: "Model", order: LETTERS, text: ({ phone }) => phone.model },
  { id: "version", title: "Version", order: ["oldest first", "newest first"], text: ({ phone }) => phone.version },
  {
    id: "mac",
    title: "MAC",
    order: ["lowest first", "highest first"],
    text: ({ phone }) => phone.mac && macWithColons(phone.mac),
    // Hexadecimal digits are no numbers to count by.
    key: ({ phone }) => phone.mac ?? "",
    isMono: true,
  },
  { id: "address", title: "Address", order: ["lowest first", "highest first"], text: ({ phone }) => phone.address, isMono: true },
  { id: "card", title: "Card", order: LETTERS, text: (row) => row.interface },
  {
    id: "last",
    title: "Last asked",
    order: ["longest ago first", "latest first"],
    text: (row) => row.last_asked,
    key: (row) => row.last_asked,
  },
  { id: "rule", title: "Rule", order: LETTERS, text: (row) => ruleName(row.rule) },
  { id: "url", title: "URL", order: LETTERS, text: (row) => row.url, isMono: true },
] as const satisfies readonly Column[];

export type ColumnId = (typeof COLUMNS)[number]["id"];

export interface Sort {
  by: ColumnId;
  isDown: boolean;
}

/** Who asked last stands on top. */
export const FIRST_SORT: Sort = { by: "last", isDown: true };

export function columnOf(id: ColumnId): Column {
  return COLUMNS.find((column) => column.id === id) ?? COLUMNS[0];
}

/** The same column again turns the order; another one begins with its better end. */
export function turned(sort: Sort, by: ColumnId): Sort {
  return sort.by === by ? { by, isDown: !sort.isDown } : { by, isDown: by === "last" };
}

/** Unknown values stand last, whichever way; equals stay in the order of their ids, so that nothing jumps. */
export function sorted(rows: readonly PhoneRow[], { by, isDown }: Sort): PhoneRow[] {
  const column = columnOf(by);
  const key = column.key ?? ((row: PhoneRow) => natural(column.text(row) ?? ""));
  const keyed = rows.map((row) => ({ row, key: key(row) }));
  keyed.sort((one, other) => {
    if (one.key === other.key) return one.row.phone.id < other.row.phone.id ? -1 : 1;
    if (one.key === "" || other.key === "") return one.key === "" ? 1 : -1;
    return one.key < other.key === isDown ? 1 : -1;
  });
  return keyed.map(({ row }) => row);
}

/** Numbers in a text count as numbers: 10.0.0.9 before 10.0.0.10. */
function natural(text: string): string {
  return text.toLowerCase().replace(/\d+/g, (digits) => digits.padStart(10, "0"));
}

/** The rows in which every typed word stands somewhere; a MAC is found however it is written. */
export function matching(rows: readonly PhoneRow[], typed: string): readonly PhoneRow[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return rows;
  return rows.filter((row) => {
    const text = searched(row);
    return words.every((word) => text.includes(word) || isMacPart(row, word));
  });
}

function searched(row: PhoneRow): string {
  const { phone } = row;
  const parts = [phone.vendor, phone.model, phone.version, phone.address, row.interface, ruleName(row.rule), row.url];
  return [...parts, label(row), reason(row)].join(" ").toLowerCase();
}

function isMacPart({ phone }: PhoneRow, word: string): boolean {
  const digits = word.replace(/[:.-]/g, "");
  return phone.mac !== null && digits !== "" && phone.mac.includes(digits);
}
