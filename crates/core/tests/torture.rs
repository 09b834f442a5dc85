//! The messages of RFC 4475, where the environment variable `FINGERPOST_TORTURE` names a folder that holds them with
//! their `INDEX.tsv` (file, section, class, what a strict parser is expected to do).

#![allow(clippy::unwrap_used, reason = "a test stops at the first thing that is not as expected")]

use fingerpost_core::check::{Context, Severity, check};
use fingerpost_core::{Message, scan};
use std::path::Path;

/// What a strict reader makes of the message: its errors, in words.
fn errors(bytes: &[u8]) -> Vec<String> {
    match Message::parse(bytes) {
        Err(error) => vec![error.to_string()],
        Ok(message) => check(&message, &Context::default())
            .into_iter()
            .filter(|finding| finding.severity == Severity::Error)
            .map(|finding| format!("{}: {}", finding.rule.id, finding.message))
            .collect(),
    }
}

fn is_as_expected(expected: &str, errors: &[String]) -> bool {
    match expected {
        "accept" => errors.is_empty(),
        "reject" => !errors.is_empty(),
        _ => true,
    }
}

#[test]
fn every_torture_message_is_judged_as_rfc_4475_asks() {
    let Ok(folder) = std::env::var("FINGERPOST_TORTURE") else {
        println!("SKIPPED: FINGERPOST_TORTURE names no folder with the RFC 4475 messages");
        return;
    };
    let folder = Path::new(&folder);
    let index = std::fs::read_to_string(folder.join("INDEX.tsv")).unwrap();
    let (mut wrong, mut judged) = (Vec::new(), 0);
    for line in index.lines().skip(1) {
        let fields: Vec<&str> = line.split('\t').collect();
        let bytes = std::fs::read(folder.join(fields[0])).unwrap();
        let found = errors(&bytes);
        judged += 1;
        if !is_as_expected(fields[4], &found) {
            wrong.push(format!("{} should be {}ed: {found:?}", fields[0], fields[4]));
        }
        let tape = scan(&bytes);
        let leaves = tape.leaves().flat_map(|leaf| leaf.span.slice(&bytes).unwrap());
        assert!(leaves.eq(bytes.iter()), "{}: the tokens do not tile it", fields[0]);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(judged >= 49, "only {judged} messages were judged");
}
