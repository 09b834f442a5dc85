/** The host is the desktop app around the page. */
import type { Host } from "../backend/host.ts";
import { windowed } from "../backend/tauri.ts";

export const host: Host = windowed();
/** The name under which the pages that are shared with the public one ask for their host. */
export const backend = host;
