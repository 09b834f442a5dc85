/** Texts to begin with: our own, no customer's. Exchanges and bad messages are composed when somebody picks them. */

export interface Example {
  title: string;
  /** What is to be seen in it. */
  note: string;
  text: () => Promise<string>;
}

/** Composed by Rust, under this name. */
function composed(title: string, name: string, note: string): Example {
  return { title, note, text: () => compose(name) };
}

async function compose(name: string): Promise<string> {
  const { example, load } = await import("../wasm/compose.ts");
  await load();
  const text = example(name);
  if (text === undefined) throw new Error(`there is no example called ${name}`);
  return text;
}

/** A text that stands in a file of its own. */
function kept(title: string, name: "exchange" | "page" | "snom" | "bad", note: string): Example {
  return { title, note, text: async () => (await import("./texts.ts")).TEXTS[name] };
}

export const EXAMPLES: readonly Example[] = [
  kept("AudioCodes exchange", "exchange", "as the manual prints it: SUBSCRIBE, 200 OK, NOTIFY"),
  kept("A page out of a PDF", "page", "three messages between prose, their lines wrapped"),
  kept("snom D735", "snom", "its MAC in the Request-URI, no branch in Via"),
  kept("A bad SUBSCRIBE", "bad", "what goes wrong in one message"),
  composed("AudioCodes: asked and answered", "audiocodes", "no MAC anywhere; NOTIFY with the phone's own Via; several files in one URL"),
  composed("snom: asked and answered", "snom", "Via without a branch, MAC%3a in capitals; the phone fills in {mac}"),
  composed("Yealink: asked and answered", "yealink", "asks from port 5059, MAC without a separator; asks once a boot"),
  composed("Grandstream: asked and answered", "grandstream", "asks from port 5080, CSeq 20000; the URL is a folder and ends in /"),
  composed("Fanvil: asked and answered", "fanvil", "calls every model VOIP PHONE; its MAC stands in User-Agent, too"),
  composed("PLANET: asked and answered", "planet", "From without a tag, Event: without a blank, MAC= before the address"),
  composed("Gigaset: asked and answered", "gigaset", "vendor and model are OEM: only User-Agent tells what it is"),
  composed("Panasonic: asked and answered", "panasonic", "misspells vendor as vender; waits five seconds, once a start"),
  composed("Htek: asked and answered", "htek", "asks five times, and stops at a 200 or a 500"),
  composed("ATCOM: asked and answered", "atcom", "says ATCOM for its model, whatever it is"),
  composed("VTech: asked and answered", "vtech", "snom's firmware: no branch, vendor and model are OEM"),
  composed("Behind a NAT", "nat", "a private address in Via and Contact; received and rport lead back"),
  composed("Content-Length too small", "length-too-small", "the end of the URL is thrown away"),
  composed("Quote not closed", "open-quote", "the rest of the line belongs to the version"),
  composed("No empty line", "no-empty-line", "the message counts as cut off"),
];
