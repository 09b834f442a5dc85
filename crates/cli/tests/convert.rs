//! `fingerpost convert` and `fingerpost redact`, driven as people drive them.

#![allow(clippy::unwrap_used, reason = "test code outside #[test] functions")]

mod support;

use support::{Scratch, golden, run};

const KEY: &str = "000102030405060708090a0b0c0d0e0f";

#[test]
fn a_log_becomes_a_capture_file_that_is_read_again() {
    let scratch = Scratch::new("calls.pcapng", b"");
    let (log, file) = (golden("logs/ngrep-byline.txt"), scratch.path());
    let ended = run(&["convert", &log, "--to", "pcapng", "-o", file]);
    assert_eq!(ended.code, Some(0), "{}", ended.stderr);
    let report = run(&["inspect", "--format", "json", file]).json();
    let original = run(&["inspect", "--format", "json", &golden("logs/ngrep-byline.txt")]).json();
    assert_eq!(report["messages"].as_array().unwrap().len(), 2);
    for index in [0, 1] {
        let [new, old] = [&report, &original].map(|report| &report["messages"][index]);
        assert_eq!(new["headers"], old["headers"]);
        assert_eq!(
            (&new["origin"]["from"], &new["origin"]["to"]),
            (&old["origin"]["from"], &old["origin"]["to"])
        );
    }
}

#[test]
fn a_capture_becomes_a_ticket_and_a_table() {
    let capture = golden("captures/exchange.pcap");
    let ticket = run(&["convert", &capture, "--to", "markdown"]).text();
    assert!(ticket.contains("| 2 | 2026-03-01T10:00:01.250001Z | 192.0.2.1:5060 | 192.0.2.7:5060 | 486 Busy Here to INVITE |"));
    let table = run(&["convert", &capture, "--to", "csv"]).text();
    assert_eq!(table.lines().count(), 3);
}

#[test]
fn a_capture_becomes_a_ladder_in_three_ways() {
    let capture = golden("captures/exchange.pcap");
    let ladder = run(&["convert", &capture, "--to", "ladder"]).text();
    assert!(ladder.contains("- INVITE -") && ladder.contains("486 Busy Here"), "{ladder}");
    assert!(ladder.contains("missing: an ACK"), "{ladder}");
    let mermaid = run(&["convert", &capture, "--to", "mermaid"]).text();
    assert!(mermaid.starts_with("sequenceDiagram") && mermaid.contains("INVITE"), "{mermaid}");
    assert!(run(&["convert", &capture, "--to", "svg"]).text().starts_with("<svg"));
}

#[test]
fn only_the_messages_that_are_asked_for_are_converted() {
    let capture = golden("captures/exchange.pcap");
    let table =
        run(&["convert", &capture, "--to", "csv", "--only", "sip.Status-Code >= 400"]).text();
    assert_eq!(table.lines().count(), 2, "{table}");
    let nothing = run(&["convert", &capture, "--only", "nothing has this"]);
    assert_eq!(nothing.code, Some(2));
    assert!(nothing.stderr.contains("no message has what --only asks for"), "{}", nothing.stderr);
    let broken = run(&["convert", &capture, "--only", "sip.Method =="]);
    assert_eq!(broken.code, Some(2));
    assert!(broken.stderr.contains("a value to compare with is missing"), "{}", broken.stderr);
}

#[test]
fn what_is_redacted_holds_no_secret_in_any_form_and_is_as_valid_as_before() {
    let capture = golden("captures/exchange.pcap");
    let errors = |name: &str| {
        let report = run(&["inspect", "--format", "json", name]).json();
        let findings = report["messages"][0]["findings"].as_array().unwrap().clone();
        findings.iter().filter(|finding| finding["severity"] == "error").count()
    };
    for form in ["sip", "markdown", "csv", "pcapng"] {
        let scratch = Scratch::new(form, b"");
        let file = scratch.path();
        let ended = run(&["redact", &capture, "--key", KEY, "--to", form, "-o", file]);
        assert_eq!(ended.code, Some(0), "{}", ended.stderr);
        let bytes = std::fs::read(file).unwrap();
        for secret in
            [&b"Reception"[..], b"192.0.2.7", b"pbx.example", b"sip:100@", &[192, 0, 2, 7]]
        {
            let is_there = bytes.windows(secret.len()).any(|window| window == secret);
            assert!(!is_there, "{form}: {}", String::from_utf8_lossy(secret));
        }
        if matches!(form, "sip" | "pcapng") {
            assert_eq!(errors(file), errors(&capture), "{form}");
        }
    }
}

#[test]
fn the_same_key_gives_the_same_pseudonyms_and_none_gives_others() {
    let log = golden("logs/snom.txt");
    let with_key = || run(&["redact", &log, "--key", KEY]).text();
    assert_eq!(with_key(), with_key());
    assert_ne!(run(&["redact", &log]).text(), run(&["redact", &log]).text());
}

#[test]
fn the_preview_lists_what_would_be_replaced() {
    let text = run(&["redact", &golden("logs/snom.txt"), "--key", KEY, "--preview"]).text();
    let first = text.lines().next().unwrap();
    assert!(first.starts_with("1  11     number      200 -> "), "{first}");
    assert!(text.contains("name        Reception -> Name "), "{text}");
    assert!(!text.contains("INVITE sip:"), "{text}");
}

#[test]
fn a_file_that_is_read_is_not_overwritten() {
    let capture = std::fs::read(golden("captures/exchange.pcap")).unwrap();
    let scratch = Scratch::new("only.pcap", &capture);
    let file = scratch.path();
    let ended = run(&["redact", file, "--to", "pcapng", "-o", file]);
    assert_eq!(ended.code, Some(2));
    assert!(ended.stderr.contains("would be overwritten"), "{}", ended.stderr);
    assert_eq!(std::fs::read(file).unwrap(), capture);
}

#[test]
fn what_holds_no_message_and_a_key_that_is_none_are_refused() {
    assert_eq!(run(&["convert", &golden("logs")]).code, Some(2));
    let ended = run(&["redact", &golden("logs/snom.txt"), "--key", "12"]);
    assert_eq!(ended.code, Some(2));
    assert!(ended.stderr.contains("32 hexadecimal digits"), "{}", ended.stderr);
}
