//! A whole trace as the page's worker holds it.

#![allow(clippy::unwrap_used, reason = "test code outside #[test] functions")]

mod support;

use fingerpost_wasm::{Beside, Form, Other, PackedRows, Piece, Policy, Trace};
use serde_json::Value;
use support::corpus;

fn read(text: &str) -> Trace {
    let mut trace = Trace::new();
    for piece in text.as_bytes().chunks(7) {
        trace.feed(piece);
    }
    trace.end_source("page.txt");
    trace.finish();
    trace
}

/// A phone that asks, and a NOTIFY to it with a tag that the phone never said.
fn torn() -> (String, String) {
    let asked = corpus("phones/snom.sip").trim_end().to_owned() + "\r\n\r\n";
    let call = asked.lines().find(|line| line.starts_with("Call-ID")).unwrap();
    let notify = format!(
        "NOTIFY sip:10.13.2.51:5060 SIP/2.0\r\nVia: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKn\r\nMax-Forwards: 70\r\n\
         To: <sip:phone@192.0.2.7>;tag=wrong\r\nFrom: <sip:192.0.2.1>;tag=s\r\n{call}\r\nCSeq: 1 NOTIFY\r\n\
         Contact: <sip:192.0.2.1>\r\nEvent: ua-profile\r\nSubscription-State: terminated;reason=timeout\r\n\
         Content-Length: 0\r\n\r\n"
    );
    (asked, notify)
}

fn text_of(pieces: Option<&Vec<Piece>>) -> String {
    pieces.unwrap().iter().map(|piece| piece.text.as_str()).collect()
}

fn marked(pieces: Option<&Vec<Piece>>) -> Vec<String> {
    let pieces = pieces.unwrap().iter();
    pieces.filter(|piece| piece.is_marked).map(|piece| piece.text.clone()).collect()
}

#[test]
fn a_text_in_small_pieces_is_the_same_trace() {
    let trace = read(&corpus("paste/page.txt"));
    assert_eq!((trace.count(), trace.head().sources[0].kind.as_str()), (3, "text"));
    let message = trace.message(1).unwrap();
    assert!(message.text.starts_with("SUBSCRIBE "));
    assert_eq!(message.source, "page.txt");
}

#[test]
fn a_message_is_judged_in_the_light_of_its_conversation() {
    let (asked, notify) = torn();
    let alone = read(&notify).severities(0, 1);
    let mut trace = read(&format!("{asked}\n{notify}"));
    let together = trace.severities(0, 2);
    assert!(together[1] > alone[0], "{together:?} {alone:?}");
    let message = trace.message(1).unwrap();
    let finding = message.together.iter().find(|one| one.rule.ends_with("to-tag-differs")).unwrap();
    assert!(finding.message.contains("the tag in To is wrong") && finding.reference.is_some());
    assert_eq!(&message.text[finding.from..finding.to], "wrong");
}

#[test]
fn pseudonyms_are_the_same_in_every_message_and_nothing_secret_stays() {
    let mut trace = read(&format!("{0}\n\n{0}", corpus("phones/snom.sip")));
    let redaction = trace.redact([7; 16]);
    assert_eq!(redaction.messages, 2);
    assert!(redaction.pseudonyms.iter().all(|one| one.places % 2 == 0), "{redaction:#?}");
    assert_eq!(redaction.kinds.iter().map(|kind| kind.places).sum::<usize>(), redaction.places);
    let text = trace.export(Form::Text, &[], true).unwrap().bytes;
    let text = String::from_utf8(text).unwrap();
    for secret in &redaction.pseudonyms {
        assert!(!text.contains(&secret.before), "{secret:?}");
        assert!(text.contains(&secret.after), "{secret:?}");
    }
    let same = trace.redact([7; 16]);
    assert_eq!(same, redaction);
    assert_ne!(trace.redact([8; 16]).pseudonyms, redaction.pseudonyms);
}

#[test]
fn before_and_after_stand_beside_each_other_with_what_changed_marked() {
    let original = corpus("phones/snom.sip");
    let mut trace = read(&original);
    assert_eq!(trace.redacted(0), None);
    let redaction = trace.redact([7; 16]);
    let rows = trace.redacted(0).unwrap();
    let left: Vec<String> = rows.iter().map(|row| text_of(row.left.as_ref())).collect();
    assert_eq!(left, original.lines().collect::<Vec<_>>());
    let right: Vec<String> = rows.iter().map(|row| text_of(row.right.as_ref())).collect();
    let redacted = trace.export(Form::Text, &[0], true).unwrap().bytes;
    assert_eq!(right, String::from_utf8(redacted).unwrap().lines().collect::<Vec<_>>());
    let marks: usize = rows.iter().map(|row| marked(row.left.as_ref()).len()).sum();
    assert_eq!(marks, redaction.places);
    let is_right =
        |row: &Beside| (row.difference == "same") == marked(row.right.as_ref()).is_empty();
    assert!(
        rows.iter()
            .filter(|row| !text_of(row.left.as_ref()).starts_with("Content-Length"))
            .all(is_right)
    );
}

#[test]
fn nothing_is_given_away_as_redacted_before_it_is() {
    let trace = read(&corpus("phones/snom.sip"));
    assert_eq!(trace.export(Form::Text, &[], true), Err("nothing was redacted yet".to_owned()));
}

#[test]
fn two_messages_are_compared_as_sip() {
    let one = "OPTIONS sip:a SIP/2.0\r\nVia: SIP/2.0/UDP 192.0.2.7;branch=z9hG4bK1\r\nTo: <sip:a>\r\nCSeq: 1 OPTIONS\r\nContent-Length: 0\r\n\r\n";
    let two = "OPTIONS sip:a SIP/2.0\nCSeq: 2 OPTIONS\nv: SIP/2.0/UDP 192.0.2.7;branch=z9hG4bK2\nt: <sip:b>\nl: 0\n\n";
    let trace = read(&format!("{one}\n{two}"));
    let comparison = trace.compare(0, Other::Message(1)).unwrap();
    assert!(comparison.rows.iter().all(|row| row.place.is_some()));
    assert_eq!((comparison.real, comparison.noise, comparison.moved), (1, 2, 1));
    let changed = comparison.rows.iter().find(|row| row.difference == "changed").unwrap();
    assert_eq!(changed.place.as_deref(), Some("To"));
    assert_eq!(
        (marked(changed.left.as_ref()), marked(changed.right.as_ref())),
        (vec!["a".into()], vec!["b".into()])
    );
    assert!(comparison.text.contains("- To: <sip:a>\n+ t: <sip:b>\n"), "{}", comparison.text);
    assert_eq!(trace.compare(0, Other::Text(two)).unwrap(), comparison);
    assert!(trace.compare(0, Other::Text("no message")).unwrap_err().contains("no SIP message"));
    assert!(trace.compare(0, Other::Message(9)).is_err());
}

#[test]
fn every_form_holds_what_was_picked_and_nothing_else() {
    let trace = read(&corpus("paste/page.txt"));
    let text = |form| String::from_utf8(trace.export(form, &[1], false).unwrap().bytes).unwrap();
    for form in [Form::Text, Form::Markdown, Form::Csv, Form::Ladder, Form::Mermaid, Form::Svg] {
        let text = text(form);
        assert!(text.contains("SUBSCRIBE") && !text.contains("NOTIFY"), "{form:?}: {text}");
    }
    let capture = trace.export(Form::Pcapng, &[0, 1], false).unwrap();
    let again = fingerpost_trace::open(&capture.bytes, fingerpost_trace::Limits::default());
    assert_eq!((again.messages.len(), capture.notes.len()), (2, 0));
}

#[test]
fn json_and_sarif_are_those_of_the_command() {
    let page = corpus("paste/page.txt");
    let trace = read(&page);
    let json: Value =
        serde_json::from_slice(&trace.export(Form::Json, &[], false).unwrap().bytes).unwrap();
    let examined =
        fingerpost_trace::examine(page.as_bytes(), fingerpost_core::check::Policy::Strict);
    let source = fingerpost_report::Source {
        name: "page.txt",
        text: Some(page.as_bytes()),
        messages: &examined,
        notes: &[],
    };
    let should: Value =
        serde_json::from_str(&fingerpost_report::json::write(&[source]).unwrap()).unwrap();
    assert_eq!(json["messages"], should["messages"]);
    let sarif: Value =
        serde_json::from_slice(&trace.export(Form::Sarif, &[], false).unwrap().bytes).unwrap();
    let should: Value =
        serde_json::from_str(&fingerpost_report::sarif::write(&[source]).unwrap()).unwrap();
    assert_eq!(sarif["runs"][0]["results"], should["runs"][0]["results"]);
    assert!(!sarif["runs"][0]["results"].as_array().unwrap().is_empty());
}

#[test]
fn a_message_too_long_for_a_datagram_is_told_and_not_lost_silently() {
    let body = "x".repeat(70_000);
    let long =
        format!("MESSAGE sip:a SIP/2.0\r\nCSeq: 1 MESSAGE\r\nContent-Length: 70000\r\n\r\n{body}");
    let exported = read(&long).export(Form::Pcapng, &[], false).unwrap();
    assert_eq!(exported.notes.len(), 1);
    assert!(exported.notes[0].starts_with("message 1 is left out: "), "{:?}", exported.notes);
}

fn findings(trace: &Trace, form: Form) -> String {
    String::from_utf8(trace.export(form, &[], false).unwrap().bytes).unwrap()
}

#[test]
fn a_trace_is_judged_by_the_policy_that_is_chosen_and_so_is_what_is_given_away() {
    // A strict reader must refuse the blank behind the version.
    let asked = corpus("phones/snom.sip").replacen("SIP/2.0\r\n", "SIP/2.0 \r\n", 1);
    let mut trace = read(&asked);
    let strict =
        (trace.severities(0, 1), findings(&trace, Form::Json), findings(&trace, Form::Sarif));
    trace.judge(Policy::Robust);
    let robust =
        (trace.severities(0, 1), findings(&trace, Form::Json), findings(&trace, Form::Sarif));
    assert_eq!((strict.0.as_slice(), robust.0.as_slice()), (&[3][..], &[2][..]));
    assert!(strict.1.contains(r#""severity":"error""#), "{}", strict.1);
    assert!(!robust.1.contains(r#""severity":"error""#), "{}", robust.1);
    assert_ne!(strict.2, robust.2);
    trace.judge(Policy::Strict);
    assert_eq!((trace.severities(0, 1), findings(&trace, Form::Json)), (strict.0, strict.1));
}

#[test]
fn what_a_conversation_says_together_is_judged_by_that_policy_too() {
    let (asked, notify) = torn();
    let mut trace = read(&format!("{asked}\n{notify}"));
    let of = |trace: &Trace| {
        let together = trace.message(1).unwrap().together;
        together.iter().map(|finding| (finding.rule, finding.severity)).collect::<Vec<_>>()
    };
    let strict = of(&trace);
    trace.judge(Policy::Robust);
    let robust = of(&trace);
    assert!(strict.iter().any(|one| !robust.contains(one)), "{strict:?} {robust:?}");
}

#[test]
fn a_very_long_conversation_is_judged_as_one() {
    let (asked, notify) = torn();
    let mut trace = read(&format!("{}{notify}", (asked + "\r\n").repeat(3000)));
    assert_eq!(trace.count(), 3001);
    let message = trace.message(3000).unwrap();
    assert!(message.together.iter().any(|one| one.rule.ends_with("to-tag-differs")));
    assert_eq!(trace.severities(3000, 3001), [3]);
}

#[test]
fn rows_as_numbers_say_what_rows_say() {
    let trace = read(&corpus("paste/page.txt"));
    let PackedRows { words, numbers, times, .. } = trace.packed_rows(0, 9);
    let rows = trace.rows(0, 9);
    assert_eq!((numbers.len(), times.len()), (rows.len() * PackedRows::WIDTH, rows.len() * 2));
    let of = |number: Option<usize>| number.map_or(-1, |number| i32::try_from(number).unwrap());
    for (row, packed) in rows.iter().zip(numbers.chunks(PackedRows::WIDTH)) {
        let word = |at: usize| words.iter().position(|word| word == [&row.label, &row.detail][at]);
        assert_eq!([of(word(0)), of(word(1))], packed[6..8]);
        assert_eq!([of(Some(row.from)), of(Some(row.to))], packed[..2]);
        assert_eq!(row.from_port.map_or(-1, i32::from), packed[2]);
        assert_eq!([of(Some(row.call)), of(row.dialog), of(Some(row.transaction))], packed[8..11]);
        assert_eq!([of(row.repeats), of(row.answers)], packed[11..]);
    }
    assert!(times.iter().all(|time| time.is_nan()), "a page tells no time");
}

#[test]
fn a_large_trace_is_handed_over_in_windows_and_every_row_is_right() {
    let exchange = |call: usize| {
        let around = |to: &str| {
            format!(
                "\r\nVia: SIP/2.0/UDP 192.0.2.7;branch=z9hG4bK{call}\r\nFrom: <sip:a>;tag=1\r\nTo: <sip:b>{to}\r\n\
                 Call-ID: {call}\r\nCSeq: {call} OPTIONS\r\nContent-Length: 0\r\n\r\n"
            )
        };
        ["OPTIONS sip:192.0.2.1 SIP/2.0", &around(""), "SIP/2.0 200 OK", &around(";tag=2")].concat()
    };
    let text = (0..2500).map(exchange).collect::<Vec<_>>().concat();
    let trace = read(&text);
    assert_eq!((trace.count(), trace.head().calls), (5000, 2500));
    // From the last window on: none needs another one.
    for from in (0..5000).step_by(700).rev() {
        let PackedRows { words, numbers, .. } = trace.packed_rows(from, from + 700);
        assert_eq!(numbers.len() / PackedRows::WIDTH, 700.min(5000 - from));
        for (index, row) in (from..).zip(numbers.chunks(PackedRows::WIDTH)) {
            let (is_answer, call) = (index % 2 == 1, i32::try_from(index / 2).unwrap());
            let label = &words[usize::try_from(row[6]).unwrap()];
            assert_eq!(label, ["OPTIONS", "200 OK"][usize::from(is_answer)]);
            assert_eq!((row[8], row[10]), (call, call));
            let asked = i32::try_from(index).unwrap() - 1;
            assert_eq!(row[12], if is_answer { asked } else { -1 });
        }
        assert_eq!(trace.rows(from, from + 700).len(), 700.min(5000 - from));
    }
    assert!(trace.rows(5000, 6000).is_empty() && trace.rows(7, 3).is_empty());
}
