/** A text that is looked at: messages that are taken apart when somebody looks into them. */
import { Tokens } from "./tokens.ts";
import { treeOf } from "./tree.ts";
import { type Explanation, type Finding, type Head, Look, type Message, type Node as TreeNode, type Phone, type Policy, type Seen, type Token, type Verdict } from "./pkg/fingerpost_wasm.js";

export interface Looked {
  readonly messages: readonly LookedAt[];
  /** What stands at a place of the text, in one of the messages. */
  explain: (message: number, offset: number) => Explanation | null;
  /** Nobody will look any more; what was read stays. */
  close: () => void;
}

export function look(text: string, policy: Policy): Looked {
  const open = new Opened(new Look(text, policy), text);
  const messages = open.heads().map((head, index) => new Lazy(head, () => open.seen(index)));
  return { messages, explain: (message, offset) => open.explain(message, offset), close: () => open.close() };
}

/** A message whose tokens are made where one looks: there may be very many. */
export interface LookedAt extends Message {
  readonly tokensWithin: (part: { from: number; to: number }) => readonly Token[];
}

/** The wasm side, until it is closed. */
class Opened {
  #look: Look | null;
  readonly #text: string;

  constructor(look: Look, text: string) {
    this.#look = look;
    this.#text = text;
  }

  heads(): Head[] {
    return this.#look?.heads() ?? [];
  }

  seen(index: number): Whole | null {
    const seen = this.#look?.message(index);
    return seen && this.#look ? this.#whole(seen, this.#look) : null;
  }

  /** What stands in the text as it is, is taken from there. */
  #whole({ message, isAsItStands, tokenKinds, words }: Seen, look: Look): Whole {
    const text = isAsItStands ? this.#text.slice(message.from, message.to) : message.text;
    const tree = treeOf(look.takeRows(), words, this.#text);
    return { message: { ...message, text, tree }, tokens: new Tokens(tokenKinds, look.takeTokens()) };
  }

  explain(message: number, offset: number): Explanation | null {
    return this.#look?.explain(message, offset) ?? null;
  }

  close(): void {
    this.#look?.free();
    this.#look = null;
  }
}

interface Whole {
  message: Message;
  tokens: Tokens;
}

/** A message of which only the head was read. */
class Lazy implements LookedAt {
  readonly kind: Head["kind"];
  readonly title: string;
  readonly about: string;
  readonly method: string | null;
  readonly status: number | null;
  readonly from: number;
  readonly to: number;
  readonly joined: number;
  readonly isCutOff: boolean;
  readonly #read: () => Whole | null;
  #seen: Whole | null = null;

  constructor(head: Head, read: () => Whole | null) {
    this.kind = head.kind;
    this.title = head.title;
    this.about = head.about;
    this.method = head.method;
    this.status = head.status;
    this.from = head.from;
    this.to = head.to;
    this.joined = head.joined;
    this.isCutOff = head.isCutOff;
    this.#read = read;
  }

  get text(): string {
    return this.#whole?.text ?? "";
  }

  get tokens(): Token[] {
    return this.#all?.tokens.all() ?? [];
  }

  tokensWithin(part: { from: number; to: number }): readonly Token[] {
    return this.#all?.tokens.within(part) ?? [];
  }

  get tree(): TreeNode[] {
    return this.#whole?.tree ?? [];
  }

  get phone(): Phone | null {
    return this.#whole?.phone ?? null;
  }

  get findings(): Finding[] {
    return this.#whole?.findings ?? [];
  }

  get verdict(): Verdict {
    return this.#whole?.verdict ?? { action: "drop", status: null, reason: null };
  }

  get repairs(): string[] {
    return this.#whole?.repairs ?? [];
  }

  get #whole(): Message | null {
    return this.#all?.message ?? null;
  }

  get #all(): Whole | null {
    return (this.#seen ??= this.#read());
  }
}
