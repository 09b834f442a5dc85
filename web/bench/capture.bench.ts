/** A capture file opened with the file picker: how long, how smooth, and how much memory. */
import { type Browser, expect, type Page, test } from "@playwright/test";
import { readFileSync, writeFileSync } from "node:fs";
import { FILE, PAGE, tell } from "./asked.ts";

test("capture", async ({ page, browser }) => {
  await page.addInitScript(watch);
  await page.goto(PAGE);
  await expect(page.getByRole("button", { name: "Open files" })).toBeVisible();
  const memory = await Memory.of(browser);
  const choosing = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "Open files" }).click();
  const chooser = await choosing;
  await page.evaluate(() => window.begin());
  await chooser.setFiles(FILE);
  const { took, gap } = await page.evaluate(() => window.listed());
  await rested(page);
  tell({ seconds: took / 1000, gap, grown: memory.grown(), kept: memory.kept() });
});

declare global {
  interface Window {
    begin: () => void;
    listed: () => Promise<{ took: number; gap: number }>;
  }
}

/** Runs in the page, before it: the time until all messages are a list, and the longest time without a frame. */
function watch(): void {
  let done: Promise<{ took: number; gap: number }>;
  window.listed = () => done;
  window.begin = () => {
    const began = performance.now();
    let [last, gap] = [began, 0];
    done = new Promise((resolve) => {
      const frame = (): void => {
        const now = performance.now();
        [gap, last] = [Math.max(gap, now - last), now];
        if (document.querySelector("[aria-label='All messages'] [role=gridcell]")) {
          resolve({ took: now - began, gap });
        } else requestAnimationFrame(frame);
      };
      requestAnimationFrame(frame);
    });
  };
}

/** Long enough for what is thrown away to be collected. */
async function rested(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send("HeapProfiler.collectGarbage");
  await page.waitForTimeout(1000);
}

/** The resident memory of the processes that run pages and their workers, as Linux counts it. In MB of 10^6 bytes. */
class Memory {
  readonly #before: ReadonlyMap<number, number>;

  private constructor(pids: readonly number[]) {
    // Counts the most anew from here.
    for (const pid of pids) writeFileSync(`/proc/${pid}/clear_refs`, "5");
    this.#before = new Map(pids.map((pid) => [pid, megabytes(pid, "VmRSS")]));
  }

  static async of(browser: Browser): Promise<Memory> {
    const session = await browser.newBrowserCDPSession();
    const { processInfo } = await session.send("SystemInfo.getProcessInfo");
    return new Memory(processInfo.filter(({ type }) => type === "renderer").map(({ id }) => id));
  }

  /** The most that came on top since. */
  grown(): number {
    return this.#beyond("VmHWM");
  }

  /** What is on top now. */
  kept(): number {
    return this.#beyond("VmRSS");
  }

  #beyond(what: string): number {
    return [...this.#before].reduce((sum, [pid, before]) => sum + megabytes(pid, what) - before, 0);
  }
}

function megabytes(pid: number, what: string): number {
  const line = new RegExp(`^${what}:\\s+(\\d+) kB`, "m").exec(readFileSync(`/proc/${pid}/status`, "utf8"));
  return (Number(line?.[1] ?? 0) * 1024) / 1e6;
}
