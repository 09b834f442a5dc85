//! Owns findings as SARIF 2.1.0. Places are those of the source, not of the message as it was put together.

use crate::verdict::{VerdictView, verdict_of};
use crate::{Lines, Source};
use fingerpost_core::Span;
use fingerpost_core::check::{Finding, Fix, RfcRef, Rule, Severity};
use fingerpost_trace::Note;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// One SARIF log, indented.
pub fn write(sources: &[Source<'_>]) -> Result<String, serde_json::Error> {
    let rules = Rules::of(sources);
    let results: Vec<Value> = sources.iter().flat_map(|source| results(source, &rules)).collect();
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "fingerpost",
                "version": env!("CARGO_PKG_VERSION"),
                "rules": rules.0.values().map(|rule| descriptor(rule)).collect::<Vec<_>>(),
            } },
            "columnKind": "unicodeCodePoints",
            "invocations": [{
                "executionSuccessful": true,
                "toolExecutionNotifications": sources.iter().flat_map(notifications).collect::<Vec<_>>(),
            }],
            "results": results,
            "properties": { "verdicts": sources.iter().flat_map(verdicts).collect::<Vec<_>>() },
        }],
    });
    Ok(serde_json::to_string_pretty(&log)? + "\n")
}

/// What a receiver would do with each message: SARIF knows no word for that.
fn verdicts(source: &Source<'_>) -> impl Iterator<Item = Value> {
    let (text, uri) = (Lines::new(source.text.unwrap_or_default()), uri(source.name));
    source.messages.iter().map(move |examined| {
        let verdict = verdict_of(examined.found.message().as_ref(), &examined.findings);
        let lines = source.text.is_none().then(|| Lines::new(&examined.found.bytes));
        let whole = Span::new(0, examined.found.bytes.len());
        let place = source.place(examined, whole);
        json!({
            "uri": uri,
            "region": region(examined.found.source, place, lines.as_ref().unwrap_or(&text)),
            "verdict": VerdictView::from(verdict),
        })
    })
}

/// The rules that were broken, by id.
struct Rules(BTreeMap<&'static str, &'static Rule>);

impl Rules {
    fn of(sources: &[Source<'_>]) -> Self {
        let messages = sources.iter().flat_map(|source| source.messages);
        Self(messages.flat_map(|message| &message.findings).map(|f| (f.rule.id, f.rule)).collect())
    }

    fn index(&self, rule: &Rule) -> usize {
        self.0.range(..rule.id).count()
    }
}

fn descriptor(rule: &Rule) -> Value {
    let mut descriptor = json!({
        "id": rule.id,
        "shortDescription": { "text": rule.title },
        "defaultConfiguration": { "level": level(rule.severity) },
        "properties": { "layer": rule.layer.name(), "status": rule.status },
    });
    if let Some(reference) = rule.reference {
        descriptor["helpUri"] = link(reference).into();
        descriptor["help"] = json!({ "text": reference.to_string() });
    }
    descriptor
}

fn link(RfcRef { rfc, section }: RfcRef) -> String {
    format!("https://www.rfc-editor.org/rfc/rfc{rfc}#section-{section}")
}

const fn level(severity: Severity) -> &'static str {
    // SARIF has the same three words.
    severity.name()
}

/// What was left out of an input.
fn notifications(source: &Source<'_>) -> Vec<Value> {
    let uri = uri(source.name);
    let notification = |note: &Note| {
        let region = json!({ "byteOffset": note.place.start, "byteLength": note.place.len() });
        json!({
            "level": if note.reason.is_loss() { "warning" } else { "note" },
            "message": { "text": format!("{} ({} times)", note.reason, note.count) },
            "descriptor": { "id": note.reason.name() },
            "locations": [{ "physicalLocation": { "artifactLocation": { "uri": uri }, "region": region } }],
        })
    };
    source.notes.iter().map(notification).collect()
}

fn results(source: &Source<'_>, rules: &Rules) -> Vec<Value> {
    let text = Lines::new(source.text.unwrap_or_default());
    let uri = uri(source.name);
    let places = source.messages.iter().flat_map(|message| {
        let is_capture = source.text.is_none();
        let lines = is_capture.then(|| Lines::new(&message.found.bytes));
        let place = |span| {
            let bytes = message.found.to_source(span);
            region(bytes, source.place(message, span), lines.as_ref().unwrap_or(&text))
        };
        let placed = message.findings.iter().map(move |finding| {
            (finding, place(finding.span), finding.fix.as_ref().map(|fix| place(fix.span)))
        });
        placed.collect::<Vec<_>>()
    });
    places
        .map(|(finding, place, change)| {
            let mut result = result(finding, rules, &uri, &place);
            if let (Some(fix), Some(place)) = (&finding.fix, change) {
                result["fixes"] = json!([replacement(fix, &uri, &place)]);
            }
            result
        })
        .collect()
}

fn result(finding: &Finding, rules: &Rules, uri: &str, region: &Value) -> Value {
    json!({
        "ruleId": finding.rule.id,
        "ruleIndex": rules.index(finding.rule),
        "level": level(finding.severity),
        "message": { "text": finding.message },
        "locations": [{ "physicalLocation": { "artifactLocation": { "uri": uri }, "region": region } }],
    })
}

fn replacement(fix: &Fix, uri: &str, region: &Value) -> Value {
    json!({
        "artifactChanges": [{
            "artifactLocation": { "uri": uri },
            "replacements": [{ "deletedRegion": region, "insertedContent": { "text": fix.text } }],
        }],
    })
}

/// The bytes of the input, and the lines in `place`: of a capture file, those of the message.
fn region(source: Span, place: Span, lines: &Lines<'_>) -> Value {
    let (start, end) = (lines.place(place.start), lines.place(place.end));
    json!({
        "byteOffset": source.start,
        "byteLength": source.len(),
        "startLine": start.line,
        "startColumn": start.column,
        "endLine": end.line,
        "endColumn": end.column,
    })
}

/// A path as a URI: what is not allowed in one is percent-encoded.
fn uri(path: &str) -> String {
    let path = if cfg!(windows) { path.replace('\\', "/") } else { path.into() };
    let start = if path.starts_with('/') { "file://" } else { "" };
    path.bytes().fold(String::from(start), |uri, byte| match byte {
        b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
            uri + char::from(byte).encode_utf8(&mut [0; 4])
        }
        _ => uri + &format!("%{byte:02X}"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_becomes_a_uri() {
        assert_eq!(uri("a b/ü:1.sip"), "a%20b/%C3%BC%3A1.sip");
        assert_eq!(uri("/tmp/x.sip"), "file:///tmp/x.sip");
    }
}
