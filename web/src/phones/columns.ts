/** The columns of the list: what stands in them, how they are sorted and searched. */
import type { PhoneRow } from "../backend/host.ts";
import { macWithColons } from "../inspect/words.ts";
import { label, notes, rank, reason, ruleName } from "./states.ts";

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
  /** Pixels that it takes at least. */
  width: number;
  /** Whether it is there unless somebody wants it otherwise. */
  isUsual: boolean;
  /** Drawn only once a phone has something to show there. */
  isSparse?: boolean;
}

const LETTERS = ["A to Z", "Z to A"] as const;
const NUMBERS = ["lowest first", "highest first"] as const;
const TIMES = ["longest ago first", "latest first"] as const;

export const COLUMNS = [
  {
    id: "state",
    title: "State",
    order: ["trouble first", "trouble last"],
    text: label,
    key: (row) => String(rank(row)),
    width: 168,
    isUsual: true,
  },
  { id: "note", title: "Note", order: LETTERS, text: (row) => notes(row).map(({ word }) => word).join(", ") || null, width: 116, isUsual: true, isSparse: true },
  { id: "name", title: "Name", order: LETTERS, text: (row) => row.name, width: 128, isUsual: true, isSparse: true },
  { id: "vendor", title: "Vendor", order: LETTERS, text: ({ phone }) => phone.vendor, width: 100, isUsual: true },
  { id: "model", title: "Model", order: LETTERS, text: ({ phone }) => phone.model, width: 104, isUsual: true },
  { id: "version", title: "Version", order: ["oldest first", "newest first"], text: ({ phone }) => phone.version, width: 88, isUsual: true },
  {
    id: "mac",
    title: "MAC",
    order: NUMBERS,
    text: ({ phone }) => phone.mac && macWithColons(phone.mac),
    // Hexadecimal digits are no numbers to count by.
    key: ({ phone }) => phone.mac ?? "",
    isMono: true,
    width: 140,
    isUsual: true,
  },
  { id: "address", title: "Address", order: NUMBERS, text: ({ phone }) => phone.address, isMono: true, width: 116, isUsual: true },
  { id: "card", title: "Card", order: LETTERS, text: (row) => row.interface, width: 64, isUsual: true },
  { id: "first", title: "First asked", order: TIMES, text: (row) => row.first_asked, key: (row) => row.first_asked, width: 96, isUsual: false },
  { id: "last", title: "Last asked", order: TIMES, text: (row) => row.last_asked, key: (row) => row.last_asked, width: 92, isUsual: true },
  { id: "asked", title: "Asked", order: ["least first", "most first"], text: (row) => String(row.asked), width: 60, isUsual: true },
  { id: "rule", title: "Rule", order: LETTERS, text: (row) => ruleName(row.rule), width: 104, isUsual: true },
  { id: "url", title: "URL", order: LETTERS, text: (row) => row.url, isMono: true, width: 160, isUsual: true },
  { id: "tags", title: "Tags", order: LETTERS, text: (row) => row.tags.join(", ") || null, width: 128, isUsual: true, isSparse: true },
] as const satisfies readonly Column[];

export type ColumnId = (typeof COLUMNS)[number]["id"];

export interface Sort {
  by: ColumnId;
  isDown: boolean;
}

/** Who asked last stands on top. */
export const FIRST_SORT: Sort = { by: "last", isDown: true };

export const USUAL: readonly ColumnId[] = COLUMNS.filter(({ isUsual }) => isUsual).map(({ id }) => id);

export function isColumnId(text: unknown): text is ColumnId {
  return COLUMNS.some(({ id }) => id === text);
}

/** The columns that are drawn: those that are wanted, but none in which no phone has anything. */
export function drawnColumns(wanted: readonly ColumnId[], rows: readonly PhoneRow[]): readonly Column[] {
  const columns: readonly Column[] = COLUMNS.filter(({ id }) => wanted.includes(id));
  return columns.filter(({ isSparse, text }) => !isSparse || rows.some((row) => text(row) !== null));
}

export function columnOf(id: ColumnId): Column {
  return COLUMNS.find((column) => column.id === id) ?? COLUMNS[0];
}

/** The same column again turns the order; another one begins with its better end. */
export function turned(sort: Sort, by: ColumnId): Sort {
  return sort.by === by ? { by, isDown: !sort.isDown } : { by, isDown: by === "last" || by === "first" || by === "asked" };
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
  const parts = [phone.vendor, phone.model, phone.version, phone.address, row.interface, ruleName(row.rule), row.url, row.name];
  const marks = [...row.tags, ...notes(row).map(({ word }) => word), ...row.also_at.map(({ address }) => address)];
  return [...parts, ...marks, label(row), reason(row)].join(" ").toLowerCase();
}

function isMacPart({ phone }: PhoneRow, word: string): boolean {
  const digits = word.replace(/[:.-]/g, "");
  return phone.mac !== null && digits !== "" && phone.mac.includes(digits);
}
