/**
 * Keeps the page's own files, so that it works without a network. Knows the list of files that the build wrote into it,
 * and nothing of what the page does. A newer page takes over when no window shows the older one any more.
 */

/** Written by the build: every file of the page, and a word that changes with any of them. */
declare const FILES: readonly string[];
declare const VERSION: string;

/** What of a service worker's world is used here; the library of types for pages does not have it. */
interface Scope {
  addEventListener(type: "install" | "activate", listener: (event: Extendable) => void): void;
  addEventListener(type: "fetch", listener: (event: Fetching) => void): void;
  readonly clients: { claim(): Promise<void> };
  readonly registration: { readonly scope: string };
}
interface Extendable extends Event {
  waitUntil(done: Promise<unknown>): void;
}
interface Fetching extends Extendable {
  readonly request: Request;
  respondWith(answer: Promise<Response>): void;
}

const scope = self as unknown as Scope;
const PREFIX = "fingerpost-";
const CACHE = PREFIX + VERSION;

scope.addEventListener("install", (event) => event.waitUntil(keep()));
scope.addEventListener("activate", (event) => event.waitUntil(takeOver()));
scope.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method === "GET" && request.url.startsWith(scope.registration.scope)) event.respondWith(answer(request));
});

async function keep(): Promise<void> {
  const cache = await caches.open(CACHE);
  await cache.addAll(FILES.map((file) => new Request(file, { cache: "no-cache" })));
}

async function takeOver(): Promise<void> {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith(PREFIX) && name !== CACHE).map((name) => caches.delete(name)));
  await scope.clients.claim();
}

/** What is kept comes first: all files of one page are of one version. */
async function answer(request: Request): Promise<Response> {
  const cache = await caches.open(CACHE);
  const kept = request.mode === "navigate" ? "./index.html" : request;
  return (await cache.match(kept, { ignoreSearch: true, ignoreVary: true })) ?? fetch(request);
}
