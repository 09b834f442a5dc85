/** How the list is shown, as it is kept on this machine: read back only where it is what was once written. */
import { type ColumnId, FIRST_SORT, isColumnId, type Sort, USUAL } from "./columns.ts";
import { isViewId, type ViewId } from "./views.ts";

export interface Kept {
  columns: readonly ColumnId[];
  sort: Sort;
  view: ViewId;
  /** What was typed to find phones. */
  typed: string;
}

/** Another shape gets another number, and what has an unknown one is not read. */
const VERSION = 1;
const LONGEST = 200;

export const USUALLY: Kept = { columns: USUAL, sort: FIRST_SORT, view: "all", typed: "" };

export function written(kept: Kept): string {
  return JSON.stringify({ version: VERSION, ...kept });
}

/** Whatever is not as it should be is as usual. */
export function read(text: string | null): Kept {
  const value = parsed(text);
  if (value["version"] !== VERSION) return USUALLY;
  const { columns, sort, view, typed } = value;
  return {
    columns: Array.isArray(columns) && columns.some(isColumnId) ? columns.filter(isColumnId) : USUALLY.columns,
    sort: isSort(sort) ? { by: sort.by, isDown: sort.isDown } : USUALLY.sort,
    view: isViewId(view) ? view : USUALLY.view,
    typed: typeof typed === "string" ? typed.slice(0, LONGEST) : "",
  };
}

function parsed(text: string | null): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text ?? "");
    return isRecord(value) ? value : {};
  } catch {
    return {};
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

function isSort(value: unknown): value is Sort {
  return isRecord(value) && isColumnId(value["by"]) && typeof value["isDown"] === "boolean";
}
