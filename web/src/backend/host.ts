/** What the phones pages ask of a running engine, beside what every page asks of its host. */
import type { Command } from "@engine/Command";
import type { News } from "@engine/News";
import type { PhoneDetail } from "@engine/PhoneDetail";
import type { Health } from "@engine/Health";
import type { Search } from "@engine/Search";
import type { PolicyDraft } from "@engine/PolicyDraft";
import type { PolicyView } from "@engine/PolicyView";
import type { DraftedRule } from "@engine/DraftedRule";
import type { Restored } from "@engine/Restored";
import type { SettingsView } from "@engine/SettingsView";
import type { Traffic } from "@engine/Traffic";
import type { View } from "@engine/View";
import type { Backend } from "./index.ts";

export type { CardState } from "@engine/CardState";
export type { CardView } from "@engine/CardView";
export type { Command } from "@engine/Command";
export type { Health } from "@engine/Health";
export type { Trouble } from "@engine/Trouble";
export type { Search } from "@engine/Search";
export type { Evidence } from "@engine/Evidence";
export type { News } from "@engine/News";
export type { Phone } from "@engine/Phone";
export type { PhoneDetail } from "@engine/PhoneDetail";
export type { PhoneRow } from "@engine/PhoneRow";
export type { PhoneState } from "@engine/PhoneState";
export type { DraftedRule } from "@engine/DraftedRule";
export type { DraftedVariation } from "@engine/DraftedVariation";
export type { PlacedRemark } from "@engine/PlacedRemark";
export type { PolicyDraft } from "@engine/PolicyDraft";
export type { PolicyView } from "@engine/PolicyView";
export type { Why } from "@engine/Why";
export type { Recorded } from "@engine/Recorded";
export type { Restored } from "@engine/Restored";
export type { Settings } from "@engine/Settings";
export type { SettingsView } from "@engine/SettingsView";
export type { Undoable } from "@engine/Undoable";
export type { TimedEvent } from "@engine/TimedEvent";
export type { Traffic } from "@engine/Traffic";
export type { TrafficMessage } from "@engine/TrafficMessage";
export type { View } from "@engine/View";

export interface Host extends Backend {
  /** Who can reach these pages, a sentence each. */
  readonly access: readonly string[];
  /** Its phones' evidence is left out: `phone` tells it. */
  view(): Promise<View>;
  /** Null where no such phone is known. */
  phone(id: string): Promise<PhoneDetail | null>;
  command(command: Command): Promise<void>;
  /** What came and went after the message with this number. */
  traffic(after: number): Promise<Traffic>;
  /** The messages with these numbers as a pcapng file. */
  capture(numbers: readonly number[]): Promise<Uint8Array<ArrayBuffer>>;
  settings(): Promise<SettingsView>;
  /** What the doctor sees; each card is tried out, and the self-test sent on this machine, only where `tests`. */
  health(tests: boolean): Promise<Health>;
  /** Asks the LAN like a phone, and tells everybody who answers. */
  search(): Promise<Search[]>;
  /** The policy file as it stands on the disk. */
  policy(): Promise<PolicyView>;
  /** What comes of a policy before it is followed. Its mistakes are in the answer: they are no refusal. */
  draft(question: DraftQuestion): Promise<PolicyDraft>;
  /** Writes the policy file, which held `before` when it was read, and follows it. */
  changePolicy(text: string, before: string): Promise<void>;
  /** Settings, policy and what people said of phones, as a file's text. */
  backup(): Promise<string>;
  /** Takes such a file over, or only tells what would come of it. */
  restore(backup: string, onlyTry: boolean): Promise<Restored>;
  /**
   * What happens from now on, until the connection or the engine ends. The first news comes at once: from then on nothing
   * escapes. News without events says that the connection lives.
   */
  events(signal: AbortSignal): AsyncIterable<News>;
  /** Every phone as a table for spreadsheets. */
  phonesCsv(): Promise<Uint8Array<ArrayBuffer>>;
  /** An exchange of a phone as it was recorded, 1 for the latest. */
  exchange(id: string, number: number, format: ExchangeFormat): Promise<Uint8Array<ArrayBuffer>>;
  /** Shows the phone's own web page in a browser; null where a link does that. */
  readonly openPhone: ((id: string) => Promise<void>) | null;
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

/** A policy with something done to it, and the phone for which its rules are explained. */
export interface DraftQuestion {
  text: string;
  edits: readonly RuleEdit[];
  phone: string | null;
}

/** Rules are named by `#` and their number, from 1. */
export type RuleEdit =
  | { edit: "add_rule"; rule: string; at: Place }
  | { edit: "fill_rule"; rule: string; form: DraftedRule }
  | { edit: "remove_rule"; rule: string }
  | { edit: "move_rule"; rule: string; to: Place };

export type Place = "first" | "last" | { before: string } | { after: string };

/** A capture for Wireshark, the messages as text, or everything for a bug report. */
export type ExchangeFormat = "pcapng" | "sip" | "json";

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
