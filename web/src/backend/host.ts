/** What the phones pages ask of a running engine, beside what every page asks of its host. */
import type { Command } from "@engine/Command";
import type { News } from "@engine/News";
import type { PhoneDetail } from "@engine/PhoneDetail";
import type { View } from "@engine/View";
import type { Backend } from "./index.ts";

export type { CardState } from "@engine/CardState";
export type { CardView } from "@engine/CardView";
export type { Command } from "@engine/Command";
export type { Evidence } from "@engine/Evidence";
export type { News } from "@engine/News";
export type { Phone } from "@engine/Phone";
export type { PhoneDetail } from "@engine/PhoneDetail";
export type { PhoneRow } from "@engine/PhoneRow";
export type { PhoneState } from "@engine/PhoneState";
export type { Recorded } from "@engine/Recorded";
export type { TimedEvent } from "@engine/TimedEvent";
export type { View } from "@engine/View";

export interface Host extends Backend {
  view(): Promise<View>;
  /** Null where no such phone is known. */
  phone(id: string): Promise<PhoneDetail | null>;
  command(command: Command): Promise<void>;
  /**
   * What happens from now on, until the connection or the engine ends. The first news comes at once: from then on nothing
   * escapes. News without events says that the connection lives.
   */
  events(signal: AbortSignal): AsyncIterable<News>;
  /** The window around the page, where the page has one of its own. */
  readonly window?: HostWindow;
}

/** What the page asks of the window around it. */
export interface HostWindow {
  /** Files that the program was started with, now or later; those of one start together. */
  handed(signal: AbortSignal): AsyncIterable<readonly File[]>;
  switches(): Promise<Switches>;
  turn(name: keyof Switches, on: boolean): Promise<void>;
  /** Ends the program, after a question where phones are being answered. */
  leave(): Promise<void>;
}

export interface Switches {
  /** The window opens with the session. */
  autostart: boolean;
  /** New phones are told of while the window is not looked at. */
  notifications: boolean;
}

/** The engine did not do it, and says why. */
export class Refusal extends Error {
  override name = "Refusal";

  /** `span` is the mistake's place in what was sent, in bytes of UTF-8. */
  constructor(
    words: string,
    readonly span: readonly [number, number] | null = null,
  ) {
    super(words);
  }
}

/** The host does not know whoever asks. */
export class Denial extends Error {
  override name = "Denial";

  constructor(readonly hasToken: boolean) {
    super(hasToken ? "this page's token is not the one of the running Fingerpost" : "this page has no token");
  }
}

/** The host does not answer, or has broken off. */
export class Silence extends Error {
  override name = "Silence";
}
