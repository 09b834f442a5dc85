/** The form, and what it asks to be composed. */
import type { ComposeFields, Dialect } from "../wasm/index.ts";

/** As typed; what it means is judged by the inspector alone. */
export interface Form {
  /** `reply`: the answers to a SUBSCRIBE that was pasted; `free`: what was begun with, whatever the fields say. */
  kind: "exchange" | "reply" | "free";
  vendor: string;
  mac: string;
  model: string;
  version: string;
  phone: string;
  server: string;
  url: string;
  dialect: Dialect;
  seed: string;
  asking: string;
}

export type FieldName = Exclude<keyof Form, "kind">;

export function fresh(seed: number): Form {
  return {
    kind: "exchange",
    vendor: "snom",
    mac: "00:04:13:a1:b2:c3",
    model: "snomD735",
    version: "10.1.159.12",
    phone: "192.0.2.37",
    server: "192.0.2.1",
    url: "tftp://%{server}",
    dialect: "rfc",
    seed: String(seed),
    asking: "",
  };
}

/** The seed as a number; null where it is none that JSON and Rust both hold exactly. */
export function seedOf(text: string): number | null {
  const seed = Number(text.trim());
  return text.trim() !== "" && Number.isSafeInteger(seed) && seed >= 0 ? seed : null;
}

export function request(form: Form, seed: number): ComposeFields {
  const { vendor, model, version, mac, phone, server, url, dialect } = form;
  const replyTo = form.kind === "reply" ? form.asking : null;
  return { vendor, model: given(model), version: given(version), mac: given(mac), phone, server, url, dialect, seed, replyTo };
}

function given(text: string): string | null {
  return text.trim() === "" ? null : text;
}

export const TITLES: Record<FieldName, string> = {
  vendor: "Spelling",
  mac: "MAC",
  model: "Model",
  version: "Version",
  phone: "Address of the phone",
  server: "Server address",
  url: "URL template",
  dialect: "Dialect",
  seed: "Seed",
  asking: "The SUBSCRIBE to answer",
};

/** The field of the form that an error belongs to; null where that is none that can be seen. */
export function fieldOf(name: keyof ComposeFields | null): FieldName | null {
  return name === "replyTo" ? "asking" : name;
}
