/** The page's side of a trace that a worker holds. Letting go of it ends the worker, whatever it is doing. */
import type { TraceHead } from "../wasm/traces.ts";
import type { Asks, FromWorker, Source, ToWorker } from "./asks.ts";
import { Rows } from "./rows.ts";
import { wasmForWorker, worker } from "./worker-host.ts";

export interface Progress {
  bytes: number;
  of: number;
  messages: number;
}

export interface Opened {
  head: TraceHead;
  rows: Rows;
}

type Waiting = { answer: (value: never) => void; refuse: (error: Error) => void };

export class Held {
  #worker: Worker = worker();
  #waiting = new Map<number, Waiting>();
  #next = 0;

  /** Reads the sources; `told` hears how far it is. Ends with an error where the worker cannot. */
  open(sources: readonly Source[], told: (progress: Progress) => void): Promise<Opened> {
    const rows = new Rows();
    return new Promise((resolve, reject) => {
      this.#worker.onerror = (event) => reject(new Error(event.message || "the browser does not start the worker"));
      this.#worker.onmessage = (event: MessageEvent<FromWorker>) => {
        const words = event.data;
        if (words.kind === "read") told(words);
        else if (words.kind === "rows") rows.add(words.rows);
        else if (words.kind === "opened") resolve({ head: words.head, rows });
        else if (words.kind === "failed") reject(new Error(words.why));
        else this.#hear(words);
      };
      wasmForWorker().then((wasm) => this.#say({ kind: "open", wasm, sources }), reject);
    });
  }

  ask<Name extends keyof Asks>(name: Name, ...given: Parameters<Asks[Name]>): Promise<ReturnType<Asks[Name]>> {
    const id = this.#next++;
    return new Promise((answer, refuse) => {
      this.#waiting.set(id, { answer, refuse });
      this.#say({ kind: "ask", id, name, with: given });
    });
  }

  close(): void {
    this.#worker.terminate();
    for (const { refuse } of this.#waiting.values()) refuse(new Error("the trace was closed"));
    this.#waiting.clear();
  }

  #say(words: ToWorker): void {
    this.#worker.postMessage(words);
  }

  #hear(words: Extract<FromWorker, { id: number }>): void {
    const waiting = this.#waiting.get(words.id);
    this.#waiting.delete(words.id);
    if (words.kind === "answer") waiting?.answer(words.value as never);
    else waiting?.refuse(new Error(words.why));
  }
}
