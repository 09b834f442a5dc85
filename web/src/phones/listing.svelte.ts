/** What of the phones is shown, in which order, and which are selected. How it is shown outlives the page. */
import type { Host, PhoneRow } from "../backend/host.ts";
import { type Column, type ColumnId, COLUMNS, drawnColumns, matching, type Sort, sorted, turned, USUAL } from "./columns.ts";
import { read, written } from "./kept.ts";
import type { Live } from "./live.svelte.ts";
import { all, NONE, type Selection } from "../shell/selection.ts";
import { counts, inView, type ViewId } from "./views.ts";

const KEY = "phones";

export class Listing {
  typed = $state("");
  sort = $state.raw<Sort>({ by: "last", isDown: true });
  view = $state<ViewId>("all");
  /** Those that are wanted; see `columns` for those that are drawn. */
  wanted = $state.raw<readonly ColumnId[]>(USUAL);
  selection = $state.raw<Selection>(NONE);

  readonly every: readonly PhoneRow[] = $derived.by(() => this.#live.view?.phones ?? []);
  readonly counts = $derived(counts(this.every));
  /** The phones of the view, found or not. */
  readonly held = $derived(inView(this.every, this.view));
  readonly rows: readonly PhoneRow[] = $derived(sorted(matching(this.held, this.typed), this.sort));
  readonly columns: readonly Column[] = $derived(drawnColumns(this.wanted, this.every));
  /** Only what is seen can be selected: nothing is done to phones out of sight. */
  readonly selected: readonly PhoneRow[] = $derived(
    this.selection.ids.size === 0 ? [] : this.rows.filter(({ phone }) => this.selection.ids.has(phone.id)),
  );

  readonly #live: Live;

  constructor(host: Host, live: Live) {
    this.#live = live;
    const kept = read(host.recall(KEY));
    this.typed = kept.typed;
    this.sort = kept.sort;
    this.view = kept.view;
    this.wanted = kept.columns;
    // Who is out of sight is not selected any more, and does not come back selected.
    $effect(() => {
      const { ids, anchor } = this.selection;
      if (ids.size > this.selected.length) this.selection = { ids: new Set(this.selected.map(({ phone }) => phone.id)), anchor };
    });
    $effect(() => {
      host.remember(KEY, written({ columns: this.wanted, sort: this.sort, view: this.view, typed: this.typed }));
    });
  }

  sortBy(by: ColumnId): void {
    this.sort = turned(this.sort, by);
  }

  /** Shows the column, or does not; one stays. */
  turn(id: ColumnId): void {
    const wanted = COLUMNS.map((column) => column.id).filter((known) => this.wanted.includes(known) !== (known === id));
    if (wanted.length > 0) this.wanted = wanted;
  }

  selectAll(): void {
    this.selection = all(this.rows.map(({ phone }) => phone.id));
  }

  selectNone(): void {
    this.selection = NONE;
  }
}
