/** A running `fingerpost serve --http` on the loopback card, phones that ask it, and a page that shows both. */
import { type ChildProcess, execFile, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createSocket, type Socket } from "node:dgram";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, type Locator, type Page, test as base } from "@playwright/test";

export const BINARY = process.env["FINGERPOST_BIN"] ?? fileURLToPath(new URL("../../../target/debug/fingerpost", import.meta.url));
/** Far more than a start takes. */
const LONG = 20_000;

export class Served {
  /** The address to open, with the token. */
  url = "";
  #child: ChildProcess | null = null;
  /** What a program is told to reach it. */
  readonly network: readonly string[];
  readonly #group: string;
  readonly #port: number;
  readonly #folder = mkdtempSync(join(tmpdir(), "fingerpost-page-"));
  readonly #deaf: Socket[] = [];
  /** The words before its command: what puts it on another machine. */
  wrapper: readonly string[] = [];

  /** Each has a group and a port of its own. */
  constructor(number: number) {
    this.#group = `239.255.80.${number}`;
    this.#port = 38_000 + number;
    this.network = ["--interface", "lo", "--group", this.#group, "--port", String(this.#port)];
  }

  async start(options: readonly string[] = [], http = "127.0.0.1:0", hasData = true, network = this.network): Promise<void> {
    const data = hasData ? ["--data", this.#folder] : [];
    await this.#startBy([...this.wrapper, BINARY, "serve", "--http", http, ...data, ...network, ...options]);
  }

  /** The data folder is a disk of 1.5 MB that only this server sees. The path under which others see it. */
  async startOnSmallDisk(options: readonly string[] = []): Promise<string> {
    const script = 'mount -t tmpfs -o size=1536k tmpfs "$1" && shift && exec "$@"';
    const serve = [BINARY, "serve", "--http", "127.0.0.1:0", "--data", this.#folder, ...this.network, ...options];
    await this.#startBy(["unshare", "--mount", "--propagation", "private", "sh", "-c", script, "sh", this.#folder, ...serve]);
    return `/proc/${this.#child?.pid}/root${this.#folder}`;
  }

  async #startBy([program, ...words]: readonly string[]): Promise<void> {
    const child = spawn(program ?? "", words, { stdio: ["ignore", "ignore", "pipe"] });
    this.#child = child;
    this.url = await new Promise((resolve, reject) => {
      const said: string[] = [];
      const give = setTimeout(() => reject(new Error(`no address: ${said.join("\n")}`)), LONG);
      child.on("error", reject);
      child.on("exit", (code) => reject(new Error(`ended with ${code}: ${said.join("\n")}`)));
      createInterface({ input: child.stderr }).on("line", (line) => {
        said.push(line);
        if (!line.startsWith("Open ")) return;
        clearTimeout(give);
        resolve(line.slice("Open ".length));
      });
    });
  }

  /** As Ctrl C does it. */
  async stop(): Promise<void> {
    const child = this.#child;
    if (!child || child.exitCode !== null) return;
    const ended = new Promise((resolve) => child.once("exit", resolve));
    child.kill("SIGINT");
    await ended;
  }

  async remove(): Promise<void> {
    await this.stop();
    for (const socket of this.#deaf) socket.close();
    rmSync(this.#folder, { recursive: true });
  }

  /** `127.0.0.1:PORT`. */
  get authority(): string {
    return new URL(this.url).host;
  }

  get origin(): string {
    return new URL(this.url).origin;
  }

  /** A phone asks and never says a word to what it is told. */
  async deafPhone(mac: string, address = "127.0.0.1"): Promise<void> {
    const socket = await this.#deafSocket(address);
    await this.#ask(socket, mac);
  }

  /** Very many phones ask, as fast as they are heard; none says a word to what it is told. */
  async deafPhones(first: number, count: number): Promise<void> {
    const sockets = await Promise.all(Array.from({ length: 50 }, (_, number) => this.#deafSocket(`127.0.7.${number + 1}`)));
    for (let number = 0; number < count; number += sockets.length) {
      const asking = sockets.slice(0, count - number).map((socket, index) => this.#ask(socket, (first + number + index).toString(16).padStart(12, "0")));
      await Promise.all(asking);
      await new Promise((resolve) => setTimeout(resolve, 40));
    }
  }

  async #deafSocket(address: string): Promise<Socket> {
    const socket = createSocket("udp4");
    // What comes back finds somebody who listens and says nothing, until the end.
    this.#deaf.push(socket);
    await new Promise<void>((resolve) => socket.bind(0, address, resolve));
    socket.setMulticastInterface("127.0.0.1");
    return socket;
  }

  async #ask(socket: Socket, mac: string): Promise<void> {
    const { address, port } = socket.address();
    const own = `${address}:${port}`;
    const lines = [
      `SUBSCRIBE sip:MAC%3a${mac}@${this.#group} SIP/2.0`,
      `Via: SIP/2.0/UDP ${own};branch=z9hG4bK${mac}`,
      `From: <sip:MAC%3a${mac}@${this.#group}>;tag=${mac}`,
      `To: <sip:MAC%3a${mac}@${this.#group}>`,
      `Call-ID: ${mac}@deaf`,
      "CSeq: 1 SUBSCRIBE",
      'Event: ua-profile;profile-type="device";vendor="snom";model="snomD120";version="10.1"',
      "Expires: 0",
      "Accept: application/url",
      `Contact: <sip:${own}>`,
      "Content-Length: 0",
    ];
    const text = `${lines.join("\r\n")}\r\n\r\n`;
    await new Promise((resolve) => socket.send(text, this.#port, this.#group, resolve));
  }

  /** What came and went, oldest first. */
  async traffic(): Promise<string[]> {
    const answer = await fetch(`${this.origin}/api/traffic`, { headers: this.#authorization });
    const { messages } = (await answer.json()) as { messages: { text: string }[] };
    return messages.map(({ text }) => text);
  }

  /** Tells it something as a program does. */
  async command(command: object): Promise<void> {
    const headers = { "Content-Type": "application/json", ...this.#authorization };
    const answer = await fetch(`${this.origin}/api/command`, { method: "POST", headers, body: JSON.stringify(command) });
    if (!answer.ok) throw new Error(await answer.text());
  }

  /** What it tells a program. */
  async get(path: string): Promise<unknown> {
    const answer = await fetch(`${this.origin}/api/${path}`, { headers: this.#authorization });
    if (!answer.ok) throw new Error(await answer.text());
    return answer.json();
  }

  get #authorization(): { Authorization: string } {
    return { Authorization: `Bearer ${new URLSearchParams(new URL(this.url).hash.slice(1)).get("token") ?? ""}` };
  }

  /** A phone asks, and goes when it has been answered or has waited. */
  async phone(options: readonly string[], wait = "3s", network = this.network): Promise<{ url: string | null }> {
    const arguments_ = ["phone", "--json", "--wait", wait, ...network, ...options];
    // That nobody answered is no error here.
    const done = await promisify(execFile)(BINARY, arguments_).catch((error: { stdout: string }) => error);
    return JSON.parse(done.stdout.split("\n")[0] ?? "") as { url: string | null };
  }
}

/** A server of its own for each test, and a page that must not complain. */
export const test = base.extend<{ served: Served; other: Served; complaints: string[] }>({
  served: async ({}, use, info) => {
    const served = new Served(1 + info.parallelIndex * 60 + (next++ % 60));
    await use(served);
    await served.remove();
  },
  /** Another machine, as it were. */
  other: async ({}, use, info) => {
    const other = new Served(1 + info.parallelIndex * 60 + (next++ % 60));
    await use(other);
    await other.remove();
  },
  complaints: async ({}, use) => use([]),
  page: async ({ page, complaints }, use) => {
    page.on("pageerror", (error) => complaints.push(error.message));
    page.on("console", (message) => {
      // What the server refuses, or does not answer, is what some tests are about.
      if (message.text().startsWith("Failed to load resource")) return;
      if (message.type() === "error" || message.type() === "warning") complaints.push(message.text());
    });
    await use(page);
    expect(complaints).toEqual([]);
  },
});
export { expect };
let next = 0;

/** Opens the page as it was printed, and waits until it is live. */
export async function open(page: Page, served: Served): Promise<void> {
  await page.goto(served.url);
  await expect(sentence(page)).toHaveText(/^(Observing|Answering|Listening|Not listening)/);
}

export const sentence = (page: Page): Locator => page.getByRole("region", { name: "How things stand" }).getByRole("heading", { level: 2 });
export const list = (page: Page): Locator => page.getByRole("grid", { name: "Phones" });
export const row = (page: Page, name: RegExp | string): Locator => list(page).getByRole("row", { name });
export const panel = (page: Page): Locator => page.getByRole("complementary");
export const url = (page: Page): Locator => page.getByRole("textbox", { name: /^URL for/ });
export const bar = (page: Page): Locator => page.getByRole("region", { name: "Selected phones" });
/** Does what the palette calls so. */
export async function command(page: Page, words: string): Promise<void> {
  await page.keyboard.press("ControlOrMeta+k");
  await page.keyboard.type(words);
  await page.keyboard.press("Enter");
}
/** The steps of the latest exchange, in words. */
export const story = (page: Page): Locator => panel(page).getByRole("region", { name: "What happened" }).getByRole("list").first().getByRole("listitem");
