/** A text that is looked at: messages that are taken apart when somebody looks into them. */
import { type Explanation, type Finding, type Head, Look, type Message, type Node as TreeNode, type Phone, type Policy, type Seen, type Token, type Verdict } from "./pkg/fingerpost_wasm.js";

export interface Looked {
  readonly messages: readonly Message[];
  /** What stands at a place of the text, in one of the messages. */
  explain: (message: number, offset: number) => Explanation | null;
  /** Nobody will look any more; what was read stays. */
  close: () => void;
}

export function look(text: string, policy: Policy): Looked {
  const open = new Opened(new Look(text, policy));
  const messages = open.heads().map((head, index) => new Lazy(head, () => open.seen(index)));
  return { messages, explain: (message, offset) => open.explain(message, offset), close: () => open.close() };
}

/** The wasm side, until it is closed. */
class Opened {
  #look: Look | null;

  constructor(look: Look) {
    this.#look = look;
  }

  heads(): Head[] {
    return this.#look?.heads() ?? [];
  }

  seen(index: number): Message | null {
    const seen = this.#look?.message(index);
    return seen && this.#look ? { ...seen.message, tokens: unpacked(seen, this.#look.takeTokens()) } : null;
  }

  explain(message: number, offset: number): Explanation | null {
    return this.#look?.explain(message, offset) ?? null;
  }

  close(): void {
    this.#look?.free();
    this.#look = null;
  }
}

function unpacked({ tokenKinds }: Seen, packed: Uint32Array): Token[] {
  const tokens: Token[] = new Array<Token>(packed.length / 4);
  for (let index = 0; index < tokens.length; index++) {
    const [kind = 0, from = 0, to = 0, depth = 0] = [packed[index * 4], packed[index * 4 + 1], packed[index * 4 + 2], packed[index * 4 + 3]];
    tokens[index] = { kind: tokenKinds[kind] ?? "", from, to, depth: depth >> 1, isGroup: (depth & 1) === 1 };
  }
  return tokens;
}

/** A message of which only the head was read. */
class Lazy implements Message {
  readonly kind: Head["kind"];
  readonly title: string;
  readonly about: string;
  readonly method: string | null;
  readonly status: number | null;
  readonly from: number;
  readonly to: number;
  readonly joined: number;
  readonly isCutOff: boolean;
  readonly #read: () => Message | null;
  #seen: Message | null = null;

  constructor(head: Head, read: () => Message | null) {
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
    return this.#whole?.tokens ?? [];
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
    return (this.#seen ??= this.#read());
  }
}
