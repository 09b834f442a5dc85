/** Texts that were written, not composed: our own, no customer's. */
import bad from "./bad.txt?raw";
import exchange from "./exchange.txt?raw";
import page from "./page.txt?raw";
import snom from "./snom.txt?raw";

export const TEXTS = { bad, exchange, page, snom };
