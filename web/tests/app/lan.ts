/** Two machines with a cable between them, as network namespaces: Fingerpost on one, a phone on the other. */
import { type ChildProcess, execFile, spawn } from "node:child_process";
import { connect, createServer, type Server } from "node:net";
import { createInterface } from "node:readline";
import { promisify } from "node:util";
import { BINARY } from "./served.ts";

const run = promisify(execFile);
const isRoot = process.getuid?.() === 0;

/** What the phone says to each datagram, run on its machine: 200 with the lines that a response takes over. */
const ANSWERING = `
const [port, address] = process.argv.slice(1);
const socket = require("node:dgram").createSocket("udp4");
socket.on("message", (bytes, from) => {
  console.log(bytes.toString("hex"));
  const taken = bytes.toString("latin1").split(/\\r?\\n/).filter((line) => /^(Via|From|To|Call-ID|CSeq):/.test(line));
  socket.send(["SIP/2.0 200 OK", ...taken, "Content-Length: 0", "", ""].join("\\r\\n"), from.port, from.address);
});
socket.bind(Number(port), address, () => console.log("ready"));
`;
/** One connection to a port of the machine that this runs on. */
const PIPE = `const socket = require("node:net").connect(process.argv[1], "127.0.0.1");
process.stdin.pipe(socket).pipe(process.stdout);
socket.on("error", () => process.exit(1));`;

/** A machine lives as long as its process. */
class Machine {
  readonly #keeper: ChildProcess;

  private constructor(keeper: ChildProcess) {
    this.#keeper = keeper;
  }

  static async start(within: readonly string[] = []): Promise<Machine> {
    const words = [...within, "unshare", isRoot || within.length > 0 ? "-n" : "-Urn", "sh", "-c", "echo up; exec cat"];
    const keeper = spawn(words[0] ?? "", words.slice(1), { stdio: ["pipe", "pipe", "ignore"] });
    await new Promise<void>((resolve, reject) => {
      keeper.once("error", reject);
      keeper.once("exit", () => reject(new Error("no network namespace can be made here")));
      keeper.stdout.once("data", () => resolve());
    });
    return new Machine(keeper);
  }

  get pid(): string {
    return String(this.#keeper.pid);
  }

  /** The words before a command that is to run there. */
  get words(): string[] {
    return ["nsenter", "-t", this.pid, "-n", ...(isRoot ? [] : ["-U", "--preserve-credentials"])];
  }

  async do(...command: string[]): Promise<string> {
    const [program = "", ...rest] = [...this.words, ...command];
    return (await run(program, rest)).stdout;
  }

  start(...command: string[]): ChildProcess {
    const [program = "", ...rest] = [...this.words, ...command];
    return spawn(program, rest, { stdio: ["pipe", "pipe", "ignore"] });
  }

  end(): void {
    this.#keeper.stdin?.end();
  }
}

export const PHONE = "10.13.2.51";
export const MAC = "00:04:13:a1:b2:c3";

export class Lan {
  readonly server: Machine;
  readonly desk: Machine;
  /** What the phone heard, as hex digits. */
  readonly heard: string[] = [];
  #door: Server | null = null;
  readonly #started: ChildProcess[] = [];

  private constructor(server: Machine, desk: Machine) {
    this.server = server;
    this.desk = desk;
  }

  static async open(): Promise<Lan> {
    const server = await Machine.start();
    const lan = new Lan(server, await Machine.start(server.words));
    await server.do("ip", "link", "set", "lo", "up");
    await server.do("ip", "link", "add", "eth0", "type", "veth", "peer", "name", "eth0", "netns", lan.desk.pid);
    await lan.desk.do("ip", "link", "set", "eth0", "address", MAC);
    await lan.desk.do("ip", "address", "add", `${PHONE}/16`, "dev", "eth0");
    await server.do("ip", "address", "add", "10.13.4.121/16", "dev", "eth0");
    await server.do("ip", "link", "set", "eth0", "up");
    await lan.desk.do("ip", "link", "set", "eth0", "up");
    return lan;
  }

  /** Lets this machine's browser reach a port of the server's loopback card under the same address. */
  async lead(port: number): Promise<void> {
    const door = createServer((socket) => {
      const pipe = this.server.start(process.execPath, "-e", PIPE, String(port));
      socket.on("error", () => pipe.kill());
      socket.on("close", () => pipe.kill());
      pipe.stdin?.on("error", () => socket.destroy());
      if (pipe.stdin && pipe.stdout) socket.pipe(pipe.stdin);
      pipe.stdout?.pipe(socket);
    });
    this.#door = door;
    await new Promise<void>((resolve) => door.listen(port, "127.0.0.1", resolve));
    // Whether somebody is behind it.
    await new Promise<void>((resolve, reject) => connect(port, "127.0.0.1", resolve).on("error", reject));
  }

  /** A snom phone asks, and is told its URL. */
  async ask(): Promise<void> {
    await this.desk.do(BINARY, "phone", "--vendor", "snom", "--mac", MAC, "--interface", "eth0", "--wait", "10s");
  }

  /** From now on whatever is sent to the phone's port is heard, and answered with 200. */
  async listen(port: string): Promise<void> {
    const phone = this.desk.start(process.execPath, "-e", ANSWERING, port, PHONE);
    this.#started.push(phone);
    await new Promise<void>((resolve, reject) => {
      phone.once("exit", () => reject(new Error("the phone cannot listen")));
      if (phone.stdout) createInterface({ input: phone.stdout }).on("line", (line) => (line === "ready" ? resolve() : this.heard.push(line)));
    });
  }

  close(): void {
    this.#door?.close();
    for (const child of this.#started) child.kill();
    this.desk.end();
    this.server.end();
  }
}
