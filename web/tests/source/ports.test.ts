import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const SOURCES = fileURLToPath(new URL("../../src/", import.meta.url));

function importers(wanted: RegExp): string[] {
  const files = readdirSync(SOURCES, { recursive: true, encoding: "utf8" });
  const isSource = (name: string): boolean => /\.(ts|svelte)$/.test(name) && !name.endsWith(".test.ts");
  return files.filter(isSource).filter((name) => wanted.test(readFileSync(SOURCES + name, "utf8")));
}

test("the desktop app is reached through its own port and from nowhere else", () => {
  expect(importers(/@tauri-apps/)).toEqual(["backend/tauri.ts"]);
});

test("the network is reached through the served page's port, and by what keeps the page's own files", () => {
  expect(importers(/\bfetch\(|XMLHttpRequest|WebSocket|EventSource|sendBeacon/).sort()).toEqual(["backend/http.ts", "offline/service-worker.ts"]);
});
