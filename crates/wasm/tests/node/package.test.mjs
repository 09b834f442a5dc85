// The package as JavaScript sees it. `cargo xtask test` builds it and names it in FINGERPOST_WASM.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import test from "node:test";

const wasm = createRequire(import.meta.url)(process.env.FINGERPOST_WASM);

const corpus = (name) =>
  readFileSync(new URL(`../../../../tests/corpus/${name}`, import.meta.url), "utf8");

const fields = {
  dialect: "rfc",
  server: "192.0.2.1",
  phone: "192.0.2.37",
  url: "tftp://%{server}",
  vendor: "snom",
  model: null,
  version: null,
  mac: null,
  seed: 7,
  replyTo: null,
};

test("finds three messages in a pasted page", () => {
  const { messages } = wasm.inspect(corpus("paste/page.txt"), "strict");
  assert.deepEqual(
    messages.map((message) => message.title),
    ["NOTIFY", "SUBSCRIBE", "200 OK"],
  );
  assert.equal(messages[1].phone.model, "EX40");
  assert.equal(messages[2].isCutOff, true);
  assert.equal(messages[0].phone, null);
  assert.deepEqual(messages[1].verdict, { action: "accept", status: null, reason: null });
});

test("offsets count as JavaScript counts, lone surrogates included", () => {
  const before = "é🦊\ud800漢 ";
  const text = `${before}\n${corpus("phones/snom.sip")}`;
  const [message] = wasm.inspect(text, "strict").messages;
  assert.equal(text.slice(message.from).slice(0, 9), "SUBSCRIBE");
  const model = message.phone.evidence.find(({ field }) => field === "model");
  assert.equal(text.slice(model.from, model.to), "snomD385");
  const event = message.tree.find(({ label }) => label === "Event");
  const row = event.children.find(({ label }) => label === "model");
  assert.equal(row.value, "snomD385");
  assert.match(text.slice(row.from, row.to), /^model="snomD385/);
});

test("leaves lie side by side and groups hold them", () => {
  const text = corpus("manual/subscribe.sip");
  const [{ tokens }] = wasm.inspect(text, "strict").messages;
  const leaves = tokens.filter(({ isGroup }) => !isGroup);
  assert.equal(leaves.map(({ from, to }) => text.slice(from, to)).join(""), text);
});

test("any other policy than robust is the strict one", () => {
  const text = corpus("manual/subscribe.sip").replace("Expires: 0", "Expires: soon");
  const errors = (policy) =>
    wasm.inspect(text, policy).messages[0].findings.filter(({ severity }) => severity === "error");
  assert.ok(errors("strict").length > errors("robust").length);
  assert.deepEqual(errors("?"), errors("strict"));
});

test("explains the value under the caret", () => {
  const text = corpus("manual/subscribe.sip");
  const at = text.indexOf("Expires: 0") + "Expires: ".length;
  const explanation = wasm.explain(text, 0, at);
  assert.equal(text.slice(explanation.from, explanation.to), "0");
  assert.ok(explanation.words.length > 0);
  assert.equal(wasm.explain(text, 9, at), null);
});

test("composes the manual's answers to a pasted SUBSCRIBE, byte for byte", () => {
  const composed = wasm.compose({
    ...fields,
    dialect: "manual",
    server: "10.13.4.121",
    replyTo: corpus("manual/subscribe.sip"),
  });
  assert.equal(composed.ok, corpus("manual/200-ok.sip"));
  assert.equal(composed.notify, corpus("manual/notify.sip"));
});

test("every field of the composer is read", () => {
  const seed = 2 ** 53 - 1;
  const named = { vendor: "Acme", model: "A91", version: "7.2", mac: "0004130a1b2c", seed };
  const { subscribe } = wasm.compose({ ...fields, ...named, phone: "192.0.2.99:5070" });
  for (const part of ['vendor="Acme"', 'model="A91"', 'version="7.2"', "0004130a1b2c"]) {
    assert.ok(subscribe.toLowerCase().includes(part.toLowerCase()), part);
  }
  assert.match(subscribe, /192\.0\.2\.99:5070/);
  assert.equal(wasm.compose({ ...fields, ...named, phone: "192.0.2.99:5070" }).subscribe, subscribe);
  assert.notEqual(wasm.compose({ ...fields, ...named, seed: seed - 1 }).subscribe, subscribe);
  assert.equal(typeof wasm.compose({ ...fields, model: undefined }).notify, "string");
});

test("throws an error that names the field", () => {
  const error = (changed) => {
    try {
      wasm.compose({ ...fields, ...changed });
    } catch (thrown) {
      return thrown;
    }
    return null;
  };
  assert.equal(error({}), null);
  assert.equal(error({ server: "pbx" }).field, "server");
  assert.equal(error({ replyTo: "hello" }).field, "replyTo");
  assert.match(error({ url: "tftp://%{modle}" }).message, /did you mean %\{model\}/);
  for (const wrong of [{ seed: -1 }, { seed: 1.5 }, { seed: Number.NaN }, { seed: 2 ** 53 }, { dialect: "auto" },
    { server: undefined }, { model: 7 }, { url: null }]) {
    assert.equal(error(wrong).field, null);
    assert.match(error(wrong).message, new RegExp(`the field ${Object.keys(wrong)[0]} is not `));
  }
  assert.throws(() => wasm.compose(null), { message: "the fields are no object" });
});

test("names vendors and a version", () => {
  const [first] = wasm.vendors();
  assert.deepEqual(first, { name: "audiocodes", model: "440HD", version: "2.2.2", oui: "00:90:8f" });
  assert.match(wasm.version(), /^\d+\.\d+\.\d+/);
});

test("a draft has fields at their places, and says what would put Content-Length right", () => {
  const text = "MESSAGE sip:a SIP/2.0\r\nContent-Length: 1\r\n\r\n🦊\r\n";
  const shown = text.replaceAll("\r\n", "\n");
  const [{ fields, length }] = wasm.drafts([text], "strict");
  assert.deepEqual(fields.map(({ label }) => label), ["Method", "Request-URI", "Content-Length", "Body"]);
  for (const { value, from, to } of fields) assert.equal(shown.slice(from, to), value);
  assert.equal(length.text, "6");
});

test("templates are filled, and an error is an object with its line and hole", () => {
  for (const { text } of wasm.models()) {
    const holes = wasm.holes(text, 7);
    const message = wasm.fill(text, holes.map(({ name }) => name), holes.map(({ value }) => value));
    assert.equal(wasm.inspect(message, "strict").messages.length, 1);
  }
  assert.throws(() => wasm.fill("OPTIONS sip:{{x}} SIP/2.0", [], []), { line: 1, hole: "x" });
  assert.throws(() => wasm.holes("{{", 7), { line: 1, hole: null });
});

test("a document is given away as capture, scenario and command", () => {
  const { subscribe, ok, notify, acknowledge } = wasm.compose(fields);
  const texts = [subscribe, ok, notify, acknowledge];
  const [from, to] = [["", fields.server, fields.server, ""], ["", "", "", ""]];
  assert.deepEqual([...wasm.capture(texts, from, to, 0).slice(0, 4)], [0x0a, 0x0d, 0x0d, 0x0a]);
  assert.match(wasm.sipp(texts, from, to, "first"), /<recv request="NOTIFY"/);
  assert.match(wasm.sipp(texts, from, to, "second"), /<recv request="SUBSCRIBE"/);
  assert.throws(() => wasm.sipp(["hello"], [""], [""], "first"), /cannot be read/);
  assert.equal(wasm.command(fields, "ok"), "fingerpost compose ok --vendor snom --phone 192.0.2.37 --server 192.0.2.1 --url 'tftp://%{server}' --seed 7");
});

test("bad messages, examples and answers", () => {
  for (const { id } of wasm.presets()) assert.match(wasm.preset(id, 7), /^(SUBSCRIBE|NOTIFY) /);
  assert.equal(wasm.preset("none", 7), undefined);
  assert.equal(wasm.inspect(wasm.example("nat"), "strict").messages.length, 4);
  assert.match(wasm.answer(corpus("manual/notify.sip"), 7), /^SIP\/2\.0 200 OK\r\n/);
  assert.throws(() => wasm.answer(corpus("manual/200-ok.sip"), 7), /answered by nothing/);
});

test("a long log is inspected whole", () => {
  const log = corpus("phones/snom.sip").repeat(500);
  assert.equal(wasm.inspect(log, "strict").messages.length, 500);
});

function traceOf(text) {
  const trace = new wasm.Trace();
  trace.feed(new TextEncoder().encode(text));
  trace.endSource("page.txt");
  trace.finish();
  return trace;
}

test("a trace is given away in any form, and a capture as bytes", () => {
  const trace = traceOf(corpus("paste/page.txt"));
  const text = (form) => new TextDecoder().decode(trace.export(form, new Uint32Array([1]), false).takeBytes());
  assert.match(text("markdown"), /### 1\. SUBSCRIBE/);
  assert.equal(JSON.parse(text("json")).messages.length, 1);
  assert.equal(JSON.parse(text("sarif")).version, "2.1.0");
  const capture = trace.export("pcapng", new Uint32Array(), false);
  assert.deepEqual(capture.notes, []);
  assert.deepEqual([...capture.takeBytes().slice(0, 4)], [0x0a, 0x0d, 0x0d, 0x0a]);
});

test("a trace is redacted with a key of 16 bytes, and says so where there is none yet", () => {
  const trace = traceOf(corpus("phones/snom.sip"));
  assert.throws(() => trace.export("text", new Uint32Array(), true), /nothing was redacted yet/);
  assert.throws(() => trace.redact(new Uint8Array(3)), /16 bytes/);
  assert.equal(trace.redacted(0), null);
  const { places, pseudonyms } = trace.redact(new Uint8Array(16));
  assert.ok(places > 0 && pseudonyms.every(({ before, after }) => before !== after));
  assert.ok(trace.redacted(0).some(({ left }) => left.some(({ isMarked }) => isMarked)));
});

test("two messages are compared, and a text without one says so", () => {
  const text = corpus("phones/snom.sip");
  const trace = traceOf(text);
  assert.equal(trace.compareText(0, text.replace("Expires: 0", "Expires: 60")).real, 1);
  assert.throws(() => trace.compareText(0, "nothing"), /no SIP message/);
  assert.throws(() => trace.compare(0, 7), /no longer there/);
});

test("what Fingerpost would answer is told with its rule, and a mistake with its place", () => {
  const text = corpus("manual/subscribe.sip");
  const ask = (url, policy) => wasm.answering(text, url, policy, "10.13.2.37", "", "10.13.4.121", "", [], 1);
  const { answered } = ask("tftp://%{server}");
  assert.deepEqual(answered.sent.map((one) => one.text), [corpus("manual/200-ok.sip"), corpus("manual/notify.sip")]);
  const [problem] = ask("", "version = 1\nmod = 'answer'").problems;
  assert.deepEqual([problem.field, problem.line, problem.column, problem.range], ["policy", 2, 1, [12, 15]]);
});
