/** What is being inspected: the text, what was found in it, and what of it is chosen. */
import { holding, type Range } from "../editor/position.ts";
import type { Dissection } from "../editor/dissection.ts";
import { type Explanation, type Finding, look, type Looked, type Message, type Policy, type TreeNode } from "../wasm/index.ts";
import { ancestors, nodeAt, nodeOf, touches } from "./tree.ts";
import { eagerly } from "./pace.ts";
import type { OpenedAs } from "./views.ts";

class Session {
  text = $state.raw("");
  #looked = $state.raw<Looked | null>(null);
  readonly messages: readonly Message[] = $derived(this.#looked?.messages ?? []);
  active = $state(0);
  policy = $state<Policy>("strict");
  caret = $state(0);
  chosen = $state<string | null>(null);
  incoming = $state.raw<{ text: string; message: number } | null>(null);
  incomingFiles = $state.raw<{ files: readonly File[]; as: OpenedAs } | null>(null);
  /** Rows that the person, or the caret, has opened or closed: by message and path. */
  #turned = $state.raw<ReadonlyMap<string, boolean>>(new Map());
  #eagerly = eagerly();

  readonly message: Message | null = $derived(this.messages[this.active] ?? null);
  readonly node: TreeNode | null = $derived(this.#node());
  readonly shown: Dissection = $derived({ messages: this.messages, active: this.active, marked: this.node });
  readonly explanation: Explanation | null = $derived(this.#explanation());

  /** The text has changed: what is to be shown of it; null where looking takes long and is done later. */
  edited(text: () => string, caret: number): Dissection | null {
    const isDone = this.#eagerly(() => {
      this.text = text();
      this.caret = caret;
      this.#look();
      this.#follow();
    });
    return isDone ? this.shown : null;
  }

  /** Asks the page to show another text, wherever that comes from, and one of its messages. */
  handIn(text: string, message = 0): void {
    this.incoming = { text, message };
  }

  /** Asks the page to open these files. */
  handInFiles(files: readonly File[], as: OpenedAs): void {
    this.incomingFiles = { files, as };
  }

  /** Another text altogether: what was turned belonged to the old one. */
  begin(text: string): void {
    this.#turned = new Map();
    this.text = text;
    this.#look();
    this.pick(0);
  }

  judge(policy: Policy): void {
    this.policy = policy;
    this.#look();
  }

  /** The caret has moved: its message and its row are the chosen ones. */
  moved(caret: number): void {
    this.caret = caret;
    this.#follow();
  }

  /** Chooses a message; where it begins is where the caret belongs. */
  pick(index: number): Range {
    const last = Math.max(0, this.messages.length - 1);
    this.active = Math.min(Math.max(index, 0), last);
    const from = this.message?.from ?? 0;
    this.caret = from;
    this.chosen = this.message ? (nodeAt(this.message.tree, from)?.path ?? null) : null;
    this.chosen = this.chosen && (ancestors(this.chosen)[0] ?? this.chosen);
    return { from, to: from };
  }

  /** Chooses a row of the tree; its text is what the caret belongs to. */
  choose(path: string): Range | null {
    this.chosen = path;
    this.#reveal(path);
    const { node } = this;
    if (node) this.caret = telling(node);
    return node;
  }

  /** Where a finding is. */
  goTo(range: Range): Range {
    this.caret = range.from;
    this.#follow();
    return range;
  }

  /** Open from the beginning is what tells which phone it is. */
  isOpen(node: TreeNode): boolean {
    return this.#turned.get(this.#key(node.path)) ?? touches(node, evidence(this.message));
  }

  turn(paths: readonly string[], isOpen: boolean): void {
    this.#turned = new Map([...this.#turned, ...paths.map((path) => [this.#key(path), isOpen] as const)]);
  }

  turnAll(isOpen: boolean): void {
    this.turn(all(this.message?.tree ?? []), isOpen);
    if (!isOpen && this.chosen) this.chosen = ancestors(this.chosen)[0] ?? this.chosen;
  }

  /** The next finding behind the caret (or before it), round the end. */
  nextFinding(step: 1 | -1): Finding | null {
    const findings = this.message?.findings ?? [];
    const behind = step > 0 ? findings.find((finding) => finding.from > this.caret) : findings.findLast((finding) => finding.from < this.caret);
    return behind ?? findings.at(step > 0 ? 0 : -1) ?? null;
  }

  #look(): void {
    const before = this.#looked;
    this.#looked = look(this.text, this.policy);
    before?.close();
    this.active = Math.min(this.active, Math.max(0, this.messages.length - 1));
  }

  #follow(): void {
    const index = holding(this.messages, this.caret);
    if (index >= 0) this.active = index;
    const node = index >= 0 && this.message ? nodeAt(this.message.tree, this.caret) : null;
    this.chosen = node?.path ?? null;
    if (node) this.#reveal(node.path);
  }

  #reveal(path: string): void {
    const above = ancestors(path);
    if (above.length > 0) this.turn(above, true);
  }

  #node(): TreeNode | null {
    return this.message && this.chosen ? nodeOf(this.message.tree, this.chosen) : null;
  }

  #explanation(): Explanation | null {
    return this.node ? (this.#looked?.explain(this.active, this.caret) ?? null) : null;
  }

  #key(path: string): string {
    return `${this.active}:${path}`;
  }
}

/** Where a row is explained: one without parts at its value, which stands at its end, else at its beginning. */
function telling(node: TreeNode): number {
  return node.children.length > 0 ? node.from : Math.max(node.from, node.to - 1);
}

function evidence(message: Message | null): Range[] {
  const places = message?.phone?.evidence ?? [];
  return places.flatMap(({ from, to }) => (from === null || to === null ? [] : [{ from, to }]));
}

function all(nodes: readonly TreeNode[]): string[] {
  return nodes.flatMap((node) => (node.children.length > 0 ? [node.path, ...all(node.children)] : []));
}

export const session = new Session();
