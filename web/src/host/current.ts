/** Which host there is. The build puts `served.ts` or `desktop.ts` here, and in the place of `backend/current.ts`. */
export { backend, host } from "./served.ts";
