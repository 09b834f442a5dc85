/** What is asked of a policy; what was typed is kept while the page is open. */
import type { Question } from "../wasm/rules.ts";

const POLICY = `version = 1

[[rule]]
name = "snom"
match = { vendor = "snom" }
answer = { url = "http://%{server}/snom/%{mac}.xml" }

[[rule]]
name = "everyone else"
answer = { url = "http://%{server}/" }
`;

class Asked {
  isPolicy = $state(false);
  url = $state("http://%{server}/");
  policy = $state(POLICY);
  /** Null where the trace, or else the message itself, tells it. */
  source = $state<string | null>(null);
  server = $state("");
  card = $state("");
  tags = $state("");

  question(message: string, from: string | null, to: string | null): Question {
    return {
      message,
      url: this.url,
      policy: this.isPolicy ? this.policy : null,
      source: this.source ?? from ?? "",
      destination: to ?? "",
      server: this.server,
      card: this.card,
      tags: this.tags.split(",").map((tag) => tag.trim()).filter(Boolean),
    };
  }
}

export const asked = new Asked();
