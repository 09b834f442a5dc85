/** The host is the server that sent the page. */
import type { Host } from "../backend/host.ts";
import { served } from "../backend/http.ts";

export const host: Host = served();
/** The name under which the pages that are shared with the public one ask for their host. */
export const backend = host;
