/**
 * How the page feels while a building's phones ask: `fingerpost serve --http` on the loopback card, Chromium with one
 * of its pages, and `fingerpost phone --count` storms. Prints a table. Time is nothing to pass or fail.
 *
 * For a network namespace of its own: `cargo xtask bench window` makes it. `FINGERPOST_BIN` names the program,
 * `FINGERPOST_PAGE` one of the pages; `FINGERPOST_PHONES` and `FINGERPOST_STORMS` say how many there are.
 */
import { execFile, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { loadavg } from "node:os";
import { promisify } from "node:util";
import { chromium } from "@playwright/test";

const BINARY = process.env.FINGERPOST_BIN ?? "../target/release/fingerpost";
const PHONES = Number(process.env.FINGERPOST_PHONES ?? 5000);
const STORMS = Number(process.env.FINGERPOST_STORMS ?? 3);
const OVER = "3s";
/** From the first question on; what comes later is the end of it. */
const WATCHED = 8_000;
/** Keys are pressed in the midst of the storm: one by which nothing is found, and Backspace, by which all is. */
const KEYS = { after: 700, every: 250, times: 10 };

const PAGES = [
  { name: "Phones", field: "Find a phone", grid: "Phones" },
  { name: "Messages", field: "Find messages", grid: "All messages" },
];

async function serve() {
  const options = ["serve", "--http", "127.0.0.1:0", "--interface", "lo", "--url", "tftp://%{server}/%{mac}.cfg"];
  const child = spawn(BINARY, options, { stdio: ["ignore", "ignore", "pipe"] });
  const url = await new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code) => reject(new Error(`fingerpost ended with ${code}`)));
    createInterface({ input: child.stderr }).on("line", (line) => line.startsWith("Open ") && resolve(line.slice(5)));
  });
  return { child, url };
}

/** What is watched from within: frames, news, keys. */
function watching() {
  const watched = { frames: [], tasks: [], batches: [], keys: [], shown: [], waiting: null };
  window.watched = watched;
  let last = 0;
  const frame = (now) => {
    if (last) watched.frames.push([now, now - last]);
    last = now;
    const { waiting } = watched;
    if (waiting?.since && waiting.isShown()) {
      watched.shown.push(performance.now() - waiting.since);
      watched.waiting = null;
    }
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
  new PerformanceObserver((list) => {
    for (const { name, startTime, duration } of list.getEntries()) if (name === "keydown") watched.keys.push([startTime, duration]);
  }).observe({ type: "event", durationThreshold: 16 });
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) watched.tasks.push([startTime, duration]);
  }).observe({ type: "longtask" });
  addEventListener("keydown", ({ timeStamp }) => watched.waiting && (watched.waiting.since ??= timeStamp), true);
  const ask = window.fetch;
  window.fetch = async (...words) => {
    const answer = await ask(...words);
    if (!String(words[0]).endsWith("/api/events") || !answer.body) return answer;
    const count = new TransformStream({
      transform(chunk, out) {
        const now = performance.now();
        for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, at + 1)) watched.batches.push([now, 0]);
        watched.batches.push([now, chunk.length]);
        out.enqueue(chunk);
      },
    });
    return new Response(answer.body.pipeThrough(count), answer);
  };
}

/** What is asked besides the news: how often, and how much comes. */
async function asking(session) {
  const asked = { paths: new Map(), times: 0, bytes: 0 };
  session.on("Network.requestWillBeSent", ({ requestId, request }) => asked.paths.set(requestId, new URL(request.url).pathname));
  session.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    if (!/^\/api\/(view|traffic)$/.test(asked.paths.get(requestId) ?? "")) return;
    asked.times++;
    asked.bytes += encodedDataLength;
  });
  await session.send("Network.enable");
  return asked;
}

async function heap(session) {
  await session.send("HeapProfiler.collectGarbage");
  const { usedSize } = await session.send("Runtime.getHeapUsage");
  return usedSize;
}

/** One key after the other; each waits until the list shows what was found. */
async function type(page, { field, grid }) {
  await page.getByRole("searchbox", { name: field }).focus();
  await page.waitForTimeout(KEYS.after);
  for (let typed = 0; typed < KEYS.times; typed++) {
    const isFound = typed % 2 === 1;
    await page.evaluate(
      ([selector, wanted]) => (window.watched.waiting = { since: null, isShown: () => (document.querySelector(selector) !== null) === wanted }),
      [`[aria-label="${grid}"] .body [role=row]`, isFound],
    );
    await page.keyboard.press(isFound ? "Backspace" : "#");
    await page.waitForFunction(() => window.watched.waiting === null, null, { polling: 20 });
    await page.waitForTimeout(KEYS.every);
  }
}

async function storm(page, session, asked, what, mac) {
  const before = { ...asked };
  const began = await page.evaluate(() => performance.now());
  const words = ["phone", "--vendor", "snom", "--mac", mac, "--count", String(PHONES), "--over", OVER, "--interface", "lo", "--json"];
  const phones = promisify(execFile)(BINARY, words, { maxBuffer: 1 << 28 }).catch((error) => error);
  let most = 0;
  const sampling = setInterval(() => void session.send("Runtime.getHeapUsage").then(({ usedSize }) => (most = Math.max(most, usedSize))), 250);
  await type(page, what);
  await page.waitForFunction((end) => performance.now() > end, began + WATCHED, { polling: 100 });
  clearInterval(sampling);
  const told = await page.evaluate((from) => {
    const { frames, tasks, batches, keys, shown } = window.watched;
    const since = (all) => all.filter(([at]) => at >= from);
    const outcome = { frames: since(frames), tasks: since(tasks), batches: since(batches), keys: since(keys), shown: [...shown] };
    shown.length = 0;
    return outcome;
  }, began);
  const reads = { times: asked.times - before.times, bytes: asked.bytes - before.bytes };
  const { phones: all, with_url: served } = JSON.parse(String((await phones).stdout).trim().split("\n").at(-1));
  return { ...told, began, most, reads, kept: await heap(session), summary: `${served} of ${all} phones got their URL` };
}

const middle = (sorted, share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
const ms = (number) => number.toFixed(0);
const mib = (number) => (number / 1048576).toFixed(1);

/** The most within any second, and all. */
function rate(batches, began) {
  const seconds = new Map();
  let [lines, bytes] = [0, 0];
  for (const [at, size] of batches) {
    if (size > 0) bytes += size;
    else {
      lines++;
      const second = Math.floor((at - began) / 1000);
      seconds.set(second, (seconds.get(second) ?? 0) + 1);
    }
  }
  return { most: Math.max(0, ...seconds.values()), lines, bytes };
}

function line(name, { frames, tasks, batches, keys, shown, began, most, kept, reads }) {
  const gaps = frames.map(([, gap]) => gap).sort((one, other) => one - other);
  const news = rate(batches, began);
  const over = (limit) => gaps.filter((gap) => gap > limit).length;
  const found = [...shown].sort((one, other) => one - other);
  const slowest = Math.max(0, ...keys.map(([, duration]) => duration));
  return {
    what: name,
    "load": loadavg()[0].toFixed(1),
    "frames": gaps.length,
    "median ms": ms(middle(gaps, 0.5)),
    "p95 ms": ms(middle(gaps, 0.95)),
    "longest ms": ms(gaps.at(-1) ?? 0),
    "> 50": over(50),
    "> 100": over(100),
    "> 200": over(200),
    "tasks > 50": tasks.length,
    "longest task": ms(Math.max(0, ...tasks.map(([, duration]) => duration))),
    "batches/s most": news.most,
    "batches": news.lines,
    "news MiB": mib(news.bytes),
    "key to paint ms": ms(slowest),
    "key to found ms": shown.length > 0 ? `${ms(middle(found, 0.5))}, most ${ms(found.at(-1))}` : "-",
    "reads": reads.times,
    "reads MiB": mib(reads.bytes),
    "heap most MiB": mib(most),
    "heap kept MiB": mib(kept),
  };
}

async function watch(what) {
  const { child, url } = await serve();
  const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"] });
  try {
    const page = await browser.newPage({ viewport: { width: 1240, height: 760 } });
    await page.addInitScript(watching);
    await page.goto(url);
    await page.getByRole("region", { name: "How things stand" }).getByRole("heading", { level: 2 }).filter({ hasText: /^Answering/ }).waitFor();
    await page.getByRole("navigation", { name: "Tool" }).getByRole("link", { name: what.name }).click();
    const session = await page.context().newCDPSession(page);
    await session.send("HeapProfiler.enable");
    const asked = await asking(session);
    const lines = [];
    // The list is there once somebody has asked.
    await promisify(execFile)(BINARY, ["phone", "--vendor", "snom", "--mac", "000413fffff0", "--interface", "lo"]);
    await page.getByRole("grid").waitFor();
    const began = await page.evaluate(() => performance.now());
    await page.waitForTimeout(2_000);
    const idle = await page.evaluate((from) => ({ frames: window.watched.frames.filter(([at]) => at > from), tasks: [], batches: [], keys: [], shown: [] }), began);
    const kept = await heap(session);
    lines.push(line(`${what.name}, nobody asks`, { ...idle, began, most: kept, kept, reads: { times: 0, bytes: 0 } }));
    for (let number = 1; number <= STORMS; number++) {
      const told = await storm(page, session, asked, what, "000413000000");
      lines.push(line(`${what.name}, storm ${number}`, told));
      console.error(`${what.name}, storm ${number}: ${told.summary}`);
    }
    return lines;
  } finally {
    await browser.close();
    child.kill("SIGINT");
  }
}

const wanted = process.env.FINGERPOST_PAGE;
const lines = [];
for (const what of PAGES.filter(({ name }) => !wanted || name === wanted)) lines.push(...(await watch(what)));
console.log(`\n${PHONES} phones within ${OVER}, watched for ${WATCHED / 1000} s from the first question on\n`);
for (const column of Object.keys(lines[0])) console.log(column.padEnd(18) + lines.map((row) => String(row[column]).padStart(20)).join(""));
