//! A page of a phone's manual, as a reader copies it from a web page: no CR, lines wrapped, no empty lines behind
//! the headers, the last message cut off where the page ends.

#![allow(clippy::unwrap_used, reason = "a test that cannot read its input has failed")]

use fingerpost_core::check::{Finding, Policy, Severity};
use fingerpost_core::{Message, Span};
use fingerpost_trace::{Found, PieceKind, find_messages};
use std::path::{Path, PathBuf};

fn own_corpus() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/corpus/paste")
}

fn own_page() -> (Vec<u8>, Vec<Found>) {
    let page = std::fs::read(own_corpus().join("page.txt")).unwrap();
    let found = find_messages(&page);
    (page, found)
}

fn own(name: &str) -> Vec<u8> {
    std::fs::read(own_corpus().join(name)).unwrap()
}

fn rules(findings: &[Finding]) -> Vec<&str> {
    findings.iter().map(|finding| finding.rule.id).collect()
}

fn errors(found: &Found) -> Vec<&'static str> {
    let findings = found.findings(Policy::Strict);
    findings.iter().filter(|f| f.severity == Severity::Error).map(|f| f.rule.id).collect()
}

#[test]
fn the_three_messages_of_the_page_come_out_as_they_were_sent() {
    let (_, found) = own_page();
    let [notify, subscribe, ok] = &found[..] else { panic!("{} messages", found.len()) };
    assert_eq!(notify.bytes, own("page-notify.sip"));
    assert_eq!(subscribe.bytes, own("page-subscribe.sip"));
    assert!(ok.bytes.starts_with(b"SIP/2.0 200 OK\r\nVia: SIP/2.0/UDP 192.0.2.37:5060;rport"));
    assert!(ok.bytes.ends_with(b"Contact: <sip:192.0.2.37:5060>\r\n"));
}

#[test]
fn only_the_message_that_the_page_cuts_off_has_errors() {
    let (_, found) = own_page();
    assert_eq!(errors(&found[0]), [""; 0]);
    assert_eq!(errors(&found[1]), [""; 0]);
    assert!(found[2].is_cut_off);
    assert!(errors(&found[2]).contains(&"framing.headers-unterminated"));
    assert!(rules(&found[2].findings(Policy::Strict)).contains(&"trace.cut-off"));
}

#[test]
fn what_was_repaired_is_noted_with_the_parts_of_each_joined_line() {
    let (_, found) = own_page();
    let findings = found[0].findings(Policy::Strict);
    let joined: Vec<_> = findings.iter().filter(|f| f.rule.id == "trace.joined-line").collect();
    assert_eq!(joined.len(), 4, "{joined:?}");
    assert!(joined.iter().all(|finding| finding.severity == Severity::Note));
    assert!(joined[2].message.contains("without a blank"), "{}", joined[2].message);
    assert!(joined[2].message.contains("-41aa\" and \"90c2-71d0f3e"), "{}", joined[2].message);
    let count = |id| rules(&findings).into_iter().filter(|rule| *rule == id).count();
    assert_eq!((count("trace.line-ends"), count("trace.no-empty-line")), (1, 1));
}

#[test]
fn the_body_leads_back_to_its_place_on_the_page() {
    let (page, found) = own_page();
    let message = Message::parse(&found[0].bytes).unwrap();
    let source = found[0].to_source(message.body_span());
    assert_eq!(source.slice(&page).unwrap(), b"tftp://192.0.2.121");
    assert_eq!(found[0].to_message(source.start), Some(message.body_span().start));
}

#[test]
fn a_joined_tag_leads_back_to_both_lines() {
    let (page, found) = own_page();
    let message = Message::parse(&found[1].bytes).unwrap();
    let from = message.from().unwrap().unwrap();
    let tag = message.span_of(from.tag().unwrap()).unwrap();
    assert_eq!(
        tag.slice(&found[1].bytes).unwrap(),
        b"5e2f91-25c0d101-13c4-6002a-41aa90c2-71d0f3e-41aa90c2"
    );
    let lines = found[1].to_source(tag).slice(&page).unwrap();
    assert_eq!(lines, b"5e2f91-25c0d101-13c4-6002a-41aa\n90c2-71d0f3e-41aa90c2");
}

#[test]
fn the_page_comes_out_the_same_with_crlf_indented_or_quoted() {
    let (page, expected) = own_page();
    let text = String::from_utf8(page).unwrap();
    let before_each =
        |prefix| -> String { text.split_inclusive('\n').flat_map(|line| [prefix, line]).collect() };
    for changed in [
        text.replace('\n', "\r\n"),
        before_each("    "),
        before_each("> "),
        format!("\u{feff}{text}"),
    ] {
        let found = find_messages(changed.as_bytes());
        let bytes =
            |found: &[Found]| found.iter().map(|found| found.bytes.clone()).collect::<Vec<_>>();
        assert_eq!(bytes(&found), bytes(&expected), "{changed}");
    }
}

/// The real manual's page is not ours to keep: `FINGERPOST_MANUAL` names the folder with it and its messages.
#[test]
fn the_manuals_page_comes_out_as_its_messages() {
    let Some(folder) = std::env::var_os("FINGERPOST_MANUAL") else {
        println!("skipped: FINGERPOST_MANUAL names no folder");
        return;
    };
    let seed = Path::new(&folder);
    let page = std::fs::read(seed.join("page-54.txt")).unwrap();
    let read = |name: &str| std::fs::read(seed.join(name)).unwrap();
    let found = find_messages(&page);
    let [notify, subscribe, ok] = &found[..] else { panic!("{} messages", found.len()) };
    assert_eq!((&notify.bytes, &subscribe.bytes), (&read("notify.sip"), &read("subscribe.sip")));
    assert!(ok.bytes.starts_with(b"SIP/2.0 200 OK\r\n") && ok.is_cut_off);
    assert_eq!((errors(notify), errors(subscribe)), (vec![], vec![]));
    assert!(errors(ok).contains(&"framing.headers-unterminated"));
    seed_tag_and_body(&page, notify, &read("notify.sip"));
}

fn seed_tag_and_body(page: &[u8], notify: &Found, seed: &[u8]) {
    let (message, seed) = (Message::parse(&notify.bytes).unwrap(), Message::parse(seed).unwrap());
    let tag = |message: &Message<'_>| {
        message.from().unwrap().unwrap().tag().unwrap().to_str().into_owned()
    };
    assert_eq!(tag(&message), tag(&seed));
    let body: Span = notify.to_source(message.body_span());
    assert_eq!(body.slice(page).unwrap(), b"tftp://10.13.4.121");
    let joins = notify.map.pieces().iter().filter(|piece| piece.kind == PieceKind::Joined);
    assert_eq!(joins.count(), 4);
}
