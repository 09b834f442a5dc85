/** A text pasted into the editor, from the paste event on; and the same text in wasm alone. */
import { expect, type Page, test } from "@playwright/test";
import { readFileSync } from "node:fs";
import { FILE, PACKAGE, PAGE, tell } from "./asked.ts";

const RUNS = 21;
const FIRSTS = 15;

/** From the paste event until tree and findings stand in the page, and until that is painted. */
interface Took {
  there: number;
  painted: number;
}

test("paste", async ({ page }) => {
  const text = readFileSync(FILE, "utf8");
  await page.addInitScript(watch);
  const first: number[] = [];
  for (let run = 0; run < FIRSTS; run++) {
    await open(page, text);
    first.push((await paste(page)).there);
  }
  const later: Took[] = [];
  for (let run = 0; run < RUNS; run++) {
    await clear(page);
    later.push(await paste(page));
  }
  const alone = await wasm(page, text);
  tell({ first, there: later.map(({ there }) => there), painted: later.map(({ painted }) => painted), ...alone });
});

async function open(page: Page, text: string): Promise<void> {
  await page.goto(PAGE);
  await page.evaluate((words) => navigator.clipboard.writeText(words), text);
  await field(page).click();
}

const field = (page: Page) => page.getByRole("textbox", { name: "Message text" });

async function clear(page: Page): Promise<void> {
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.press("Delete");
  await expect(page.getByRole("treeitem")).toHaveCount(0);
}

/** By the keys with which a person pastes. */
async function paste(page: Page): Promise<Took> {
  await page.evaluate(() => window.forget());
  await page.keyboard.press("ControlOrMeta+v");
  return page.evaluate(() => window.took());
}

declare global {
  interface Window {
    forget: () => void;
    took: () => Promise<Took>;
  }
}

/** Runs in the page, before it. */
function watch(): void {
  let hear: ((took: Took) => void) | null = null;
  let told: Promise<Took>;
  window.forget = () => {
    told = new Promise((resolve) => (hear = resolve));
  };
  window.took = () => told;
  document.addEventListener("paste", () => measure(performance.now()), true);

  function isThere(): boolean {
    return document.querySelector("[role=treeitem]") !== null && document.querySelector("[aria-labelledby=findings]") !== null;
  }

  function measure(began: number): void {
    const observer = new MutationObserver(() => {
      if (!isThere()) return;
      observer.disconnect();
      const there = performance.now() - began;
      // A message that is posted in a frame is heard when that frame is done.
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => hear?.({ there, painted: performance.now() - began });
        port2.postMessage(null);
      });
    });
    observer.observe(document, { subtree: true, childList: true });
  }
}

/** How long wasm takes, with what it hands over: for what is in sight after a paste, and for all of the text. */
async function wasm(page: Page, text: string): Promise<{ wasm: number[]; wasmFirst: number[]; all: number[] }> {
  const first: number[] = [];
  let later: number[] = [];
  let all: number[] = [];
  for (let run = 0; run < FIRSTS; run++) {
    await page.goto(`${PACKAGE}package.json`);
    const times = await page.evaluate(inspected, { text, runs: RUNS });
    first.push(times.seen[0] ?? 0);
    later = times.seen.slice(1);
    all = times.all.slice(1);
  }
  return { wasm: later, wasmFirst: first, all };
}

async function inspected({ text, runs }: { text: string; runs: number }): Promise<{ seen: number[]; all: number[] }> {
  const path = "/fingerpost_wasm.js";
  const wasm = (await import(path)) as typeof import("../src/wasm/pkg/fingerpost_wasm.js");
  await wasm.default();
  const measured = async (work: () => void): Promise<number> => {
    const began = performance.now();
    work();
    const took = performance.now() - began;
    // Elsewhere a person would do something now.
    await new Promise((resolve) => setTimeout(resolve, 20));
    return took;
  };
  /** As the page does it: the caret stands in the last message. */
  const look = (): void => {
    const look = new wasm.Look(text, "strict");
    const last = look.heads().length - 1;
    look.message(last);
    look.takeTokens();
    look.free();
  };
  const [seen, all]: [number[], number[]] = [[], []];
  for (let run = 0; run <= runs; run++) seen.push(await measured(look));
  for (let run = 0; run <= runs; run++) all.push(await measured(() => void wasm.inspect(text, "strict")));
  return { seen, all };
}
