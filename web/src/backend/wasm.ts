import type { Backend, Content, Privacy } from "./index.ts";

/** What every host says: the composer's history is the one thing that stays behind. */
export const HISTORY = "What you composed is kept in this browser's local storage, as the history of the composer, until you wipe it there.";

/** The plain browser: no host at all, the inspector runs in the page. */
export function browser(): Backend {
  return { privacy: privacy(), copy, save, open, recall, remember };
}

/** Told by the policy itself, so that the words cannot promise more than the browser enforces. */
function privacy(): Privacy {
  const meta = document.querySelector<HTMLMetaElement>('meta[http-equiv="Content-Security-Policy"]');
  const policy = meta?.content ?? "";
  if (!policy) {
    return {
      badge: "No policy: development build",
      sentences: [
        "This build has no Content-Security-Policy, so the browser enforces nothing. The page still sends nothing of what you paste.",
      ],
    };
  }
  const closed = policy.includes("connect-src 'none'");
  return {
    badge: "Nothing leaves this page",
    sentences: [
      "Messages are taken apart and written here, in WebAssembly. What you paste is sent nowhere, and nothing counts your visit.",
      closed
        ? "The browser enforces it: this one-file page forbids itself every connection (connect-src 'none')."
        : "The browser enforces it: the page may fetch its own files and nothing else (connect-src 'self'), each when it is first needed; a server that can be reached gets no word of what you paste. No form, no image and no script can reach another host.",
      HISTORY,
      "A link that you make under Share as a link holds the messages in itself, behind the #, which browsers do not send to a server. Whoever you give it to can read them; so can what keeps addresses, such as the history of their browser.",
      "Cut the network and go on: it works the same.",
      `The policy, word for word: ${policy}`,
    ],
  };
}

async function copy(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    copyByEvent(text);
  }
}

/** Where the clipboard is closed to pages. The event takes the text as it is; a text field would lose the CRs. */
function copyByEvent(text: string): void {
  const hand = (event: ClipboardEvent): void => {
    event.clipboardData?.setData("text/plain", text);
    event.preventDefault();
  };
  document.addEventListener("copy", hand, { once: true });
  const copied = document.execCommand("copy");
  document.removeEventListener("copy", hand);
  if (!copied) throw new Error("the browser does not let this page write to the clipboard");
}

async function save(name: string, content: Content): Promise<boolean> {
  const address = URL.createObjectURL(new Blob([content], { type: "application/octet-stream" }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
  // What becomes of it is between the browser and the person.
  return true;
}

function open(): Promise<readonly File[]> {
  return new Promise((resolve) => {
    const input = document.createElement("input");
    input.type = "file";
    input.multiple = true;
    input.addEventListener("cancel", () => resolve([]));
    input.addEventListener("change", () => resolve([...(input.files ?? [])]));
    input.click();
  });
}

const PREFIX = "fingerpost.";

/** Storage may be closed (a file opened from disk, a private window): then nothing is remembered. */
function recall(name: string): string | null {
  try {
    return localStorage.getItem(PREFIX + name);
  } catch {
    return null;
  }
}

function remember(name: string, value: string): void {
  try {
    localStorage.setItem(PREFIX + name, value);
  } catch {
    // Nothing is lost but the comfort.
  }
}
