/** Which host there is: the server that sent the page. The desktop window will choose its own here. */
import type { Host } from "../backend/host.ts";
import { served } from "../backend/http.ts";

export const host: Host = served();
/** The name under which the other pages ask for their host; the build puts this in the place of `backend/current.ts`. */
export const backend = host;
