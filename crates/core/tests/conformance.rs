//! Our own messages with the mistakes that RFC 4475, RFC 5118 and others describe (`tests/conformance` of the
//! repository, with its `INDEX.tsv`): what becomes of each, what is found, and where.

#![allow(clippy::unwrap_used, reason = "a test stops at the first thing that is not as expected")]

use fingerpost_core::check::{Context, Finding, Policy, Reach, Severity, Verdict, check, verdict};
use fingerpost_core::{Message, scan};
use std::path::{Path, PathBuf};

/// A line of the index: the file, what becomes of it for a strict and for a robust reader (`accept`, `drop` or a
/// status), and the findings of a strict one as `rule @ text`, with line ends written as `\r\n`.
struct Case {
    file: String,
    strict: String,
    robust: String,
    findings: Vec<String>,
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/conformance")
}

fn cases() -> Vec<Case> {
    let index = std::fs::read_to_string(folder().join("INDEX.tsv")).unwrap();
    let cases = index.lines().skip(1).map(|line| {
        let fields: Vec<&str> = line.split('\t').collect();
        let [file, _, strict, robust, findings, _] = fields.try_into().unwrap();
        let [file, strict, robust] = [file, strict, robust].map(String::from);
        let findings = findings.split(" | ").filter(|finding| !finding.is_empty());
        Case { file, strict, robust, findings: findings.map(String::from).collect() }
    });
    cases.collect()
}

fn bytes(case: &Case) -> Vec<u8> {
    std::fs::read(folder().join(&case.file)).unwrap()
}

fn judged(bytes: &[u8], policy: Policy, reach: Reach) -> (Vec<Finding>, String) {
    let message = Message::parse(bytes).unwrap();
    let findings = check(&message, &Context::default().with_policy(policy));
    let becomes = match verdict(&message, &findings, reach) {
        Verdict::Accept => "accept".into(),
        Verdict::Answer { status, .. } => status.to_string(),
        _ => "drop".into(),
    };
    (findings, becomes)
}

fn shown(bytes: &[u8], finding: &Finding) -> String {
    let text = String::from_utf8_lossy(finding.span.slice(bytes).unwrap()).into_owned();
    format!("{} @ {}", finding.rule.id, text.replace('\r', "\\r").replace('\n', "\\n"))
}

#[test]
fn every_message_has_its_findings_at_their_places_and_its_verdict() {
    let mut wrong = Vec::new();
    for case in cases() {
        let bytes = bytes(&case);
        let (findings, strict) = judged(&bytes, Policy::Strict, Reach::Unicast);
        let robust = judged(&bytes, Policy::Robust, Reach::Unicast).1;
        let found: Vec<String> = findings.iter().map(|finding| shown(&bytes, finding)).collect();
        if (&strict, &robust, &found) != (&case.strict, &case.robust, &case.findings) {
            wrong.push(format!("{}\t{strict}\t{robust}\t{}", case.file, found.join(" | ")));
        }
    }
    assert!(wrong.is_empty(), "{} are judged otherwise:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn every_file_is_in_the_index_and_none_is_missing() {
    let files = std::fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().file_name());
    let mut files: Vec<String> = files.map(|name| name.into_string().unwrap()).collect();
    files.retain(|name| Path::new(name).extension().is_some_and(|ending| ending == "sip"));
    let mut indexed: Vec<String> = cases().into_iter().map(|case| case.file).collect();
    files.sort();
    indexed.sort();
    assert_eq!(files, indexed);
    assert!(files.len() >= 60, "only {} messages", files.len());
}

#[test]
fn an_error_refuses_and_a_valid_message_is_taken() {
    for case in cases() {
        let bytes = bytes(&case);
        let (findings, becomes) = judged(&bytes, Policy::Strict, Reach::Unicast);
        let is_broken = findings.iter().any(|finding| finding.severity == Severity::Error);
        assert!(!is_broken || becomes != "accept", "{}", case.file);
        let is_silent = judged(&bytes, Policy::Strict, Reach::Multicast).1;
        assert!(["accept", "drop"].contains(&is_silent.as_str()), "{}: {is_silent}", case.file);
    }
}

#[test]
fn the_tokens_tile_every_message() {
    for case in cases() {
        let bytes = bytes(&case);
        let tape = scan(&bytes);
        let leaves = tape.leaves().flat_map(|leaf| leaf.span.slice(&bytes).unwrap());
        assert!(leaves.eq(bytes.iter()), "{}", case.file);
    }
}

#[test]
fn every_fix_mends_what_it_is_offered_for_and_makes_no_new_error() {
    let mut offered = 0;
    let count = |findings: &[Finding], id| findings.iter().filter(|f| f.rule.id == id).count();
    for case in cases() {
        let bytes = bytes(&case);
        let before = judged(&bytes, Policy::Strict, Reach::Unicast).0;
        for finding in &before {
            let (id, Some(fix)) = (finding.rule.id, &finding.fix) else { continue };
            let after = judged(&fix.apply(&bytes), Policy::Strict, Reach::Unicast).0;
            assert!(count(&after, id) < count(&before, id), "{}: {id} is still there", case.file);
            let errors = after.iter().filter(|finding| finding.severity == Severity::Error);
            let new: Vec<_> =
                errors.map(|f| f.rule.id).filter(|id| count(&before, id) == 0).collect();
            assert!(new.is_empty(), "{}: the fix for {id} makes {new:?}", case.file);
            offered += 1;
        }
    }
    assert!(offered >= 20, "only {offered} fixes were offered");
}
