/** The window around the pages, where they have one: files that it hands over, its switches, its keys. */
import type { Host, HostWindow, Switches } from "../backend/host.ts";
import type { Action } from "../shell/actions.ts";
import { say } from "../shell/status.svelte.ts";
import { PAGES, type PageId } from "./route.ts";

/** Between two attempts to hear of files. */
const AGAIN = 2_000;

const WORDS: Record<keyof Switches, { on: string; off: string; isOn: string; isOff: string }> = {
  notifications: {
    on: "Tell me of new phones",
    off: "Do not tell me of new phones",
    isOn: "New phones are told of while the window is not in front.",
    isOff: "New phones are not told of any more.",
  },
  autostart: {
    on: "Open Fingerpost when I log in",
    off: "Do not open Fingerpost when I log in",
    isOn: "Fingerpost opens when you log in.",
    isOff: "Fingerpost does not open when you log in.",
  },
};

export class OwnWindow {
  #switches = $state.raw<Switches | null>(null);

  constructor(
    private readonly window: HostWindow,
    private readonly host: Host,
    private readonly show: (page: PageId) => void,
    private readonly inspect: (files: readonly File[]) => void,
  ) {}

  /** Until the returned function is called: an `$effect`. */
  start(): () => void {
    const end = new AbortController();
    void this.#look();
    void this.#hear(end.signal);
    return () => end.abort();
  }

  actions(): Action[] {
    const switches = this.#switches;
    const turns = (Object.keys(WORDS) as (keyof Switches)[]).flatMap((name) => {
      if (!switches) return [];
      const isOn = switches[name];
      return [{ title: isOn ? WORDS[name].off : WORDS[name].on, run: () => void this.#turn(name, !isOn) }];
    });
    return [
      { title: "Open files in the inspector", keys: "Ctrl O", run: () => void this.#open() },
      ...turns,
      { title: "Quit Fingerpost", keys: "Ctrl Q", run: () => void this.window.leave() },
    ];
  }

  /** Ctrl and 1, 2, 3 go to the pages; O opens, Q quits. */
  keydown(event: KeyboardEvent): void {
    if (!event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const page = PAGES[Number(event.key) - 1];
    const run = page ? () => this.show(page.id) : { o: () => void this.#open(), q: () => void this.window.leave() }[event.key.toLowerCase()];
    if (!run) return;
    event.preventDefault();
    event.stopPropagation();
    run();
  }

  /** Files may be dropped anywhere; without this the drop would be an attempt to leave the page. */
  dragged(event: DragEvent): void {
    if (event.dataTransfer?.types.includes("Files")) event.preventDefault();
  }

  /** The inspector takes what is dropped on it itself. */
  dropped(event: DragEvent): void {
    if (event.defaultPrevented) return;
    const files = [...(event.dataTransfer?.files ?? [])];
    if (files.length === 0) return;
    event.preventDefault();
    this.#give(files);
  }

  async #open(): Promise<void> {
    this.#give(await this.host.open());
  }

  #give(files: readonly File[]): void {
    if (files.length > 0) this.inspect(files);
  }

  /** A file that cannot be read is said; the next ones are heard of all the same. */
  async #hear(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        for await (const files of this.window.handed(signal)) this.#give(files);
      } catch (error) {
        say(`A file could not be opened: ${error instanceof Error ? error.message : String(error)}.`);
        await new Promise((resolve) => setTimeout(resolve, AGAIN));
      }
    }
  }

  async #look(): Promise<void> {
    try {
      this.#switches = await this.window.switches();
    } catch {
      // Without its host the page says so elsewhere.
      this.#switches = null;
    }
  }

  async #turn(name: keyof Switches, on: boolean): Promise<void> {
    try {
      await this.window.turn(name, on);
      say(on ? WORDS[name].isOn : WORDS[name].isOff);
    } catch (error) {
      say(`The switch was not turned: ${error instanceof Error ? error.message : String(error)}.`);
    }
    await this.#look();
  }
}
