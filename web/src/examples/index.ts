/** Texts to begin with: our own, no customer's. */
import bad from "./bad.txt?raw";
import exchange from "./exchange.txt?raw";
import page from "./page.txt?raw";
import snom from "./snom.txt?raw";

export interface Example {
  title: string;
  /** What is to be seen in it. */
  note: string;
  text: string;
}

export const EXAMPLES: readonly Example[] = [
  { title: "AudioCodes exchange", note: "as the manual prints it: SUBSCRIBE, 200 OK, NOTIFY", text: exchange },
  { title: "A page out of a PDF", note: "three messages between prose, their lines wrapped", text: page },
  { title: "snom D735", note: "its MAC in the Request-URI, no branch in Via", text: snom },
  { title: "A bad SUBSCRIBE", note: "what goes wrong in one message", text: bad },
];
