//! What the composer's form shows of a text, and what becomes of the text when the form is changed.

#![allow(clippy::unwrap_used, reason = "test code outside #[test] functions")]

mod support;

use fingerpost_wasm::{Draft, FormField, Policy, drafts};
use proptest::prelude::*;
use support::{corpus, slice};

const PHONES: &[&str] = &[
    "phones/snom.sip",
    "phones/yealink.sip",
    "phones/planet.sip",
    "manual/subscribe.sip",
    "manual/200-ok.sip",
    "manual/notify.sip",
];

fn draft(text: &str) -> Draft {
    drafts(&[text.into()], Policy::Strict).remove(0)
}

/// The text as a text field holds it.
fn shown(text: &str) -> String {
    text.replace("\r\n", "\n")
}

fn all(fields: &[FormField]) -> Vec<FormField> {
    fields.iter().flat_map(|field| [vec![field.clone()], all(&field.parts)].concat()).collect()
}

fn field<'d>(draft: &'d Draft, labels: &[&str]) -> &'d FormField {
    let mut fields = &draft.fields;
    let mut found = None;
    for label in labels {
        found = fields.iter().find(|field| field.label == *label);
        assert!(found.is_some(), "no {label} in {fields:#?}");
        fields = &found.unwrap().parts;
    }
    found.unwrap()
}

/// The text field's text with a field changed, as the page changes it; and as it goes out.
fn changed(text: &str, field: &FormField, value: &str) -> String {
    let shown = shown(text);
    let end = shown.encode_utf16().count();
    let new = if value.is_empty() { String::new() } else { format!("{}{value}", field.lead) };
    let edited = slice(&shown, 0, field.from) + &new + &slice(&shown, field.to, end);
    edited.replace('\n', "\r\n")
}

#[test]
fn every_field_says_what_stands_at_its_place() {
    for name in PHONES {
        let text = corpus(name);
        let draft = draft(&text);
        assert!(draft.fields.len() > 8, "{name}");
        for field in all(&draft.fields) {
            assert_eq!(slice(&shown(&text), field.from, field.to), field.value, "{name} {field:?}");
        }
    }
}

#[test]
fn changing_a_field_changes_only_its_bytes_and_is_read_back() {
    for name in PHONES {
        let text = corpus(name);
        for field in all(&draft(&text).fields).into_iter().filter(|field| field.kind != "body") {
            let new = if field.label == "Status" { "404" } else { "7" };
            let edited = changed(&text, &field, new);
            let grown = field.lead.len() + new.len();
            assert_eq!(edited.len() + field.value.len(), text.len() + grown, "{name} {field:?}");
            let again = all(&draft(&edited).fields);
            let is_there =
                again.iter().any(|other| other.from <= field.from && other.value.contains(new));
            assert!(is_there, "{name} {field:?}");
        }
    }
}

#[test]
fn a_folded_header_is_one_value_and_the_folds_of_others_stay() {
    let text =
        "OPTIONS sip:a SIP/2.0\r\nSubject: one\r\n two\r\nOrganization: three\r\n four\r\n\r\n";
    let folded = draft(text);
    let subject = field(&folded, &["Subject"]);
    assert_eq!(subject.value, "one two");
    let edited = changed(text, subject, "five");
    assert_eq!(
        edited,
        "OPTIONS sip:a SIP/2.0\r\nSubject: five\r\nOrganization: three\r\n four\r\n\r\n"
    );
}

#[test]
fn a_parameter_without_a_value_gets_one_with_its_equals_sign() {
    let text = corpus("phones/snom.sip");
    let snom = draft(&text);
    let rport = field(&snom, &["Via", "rport"]);
    assert_eq!((rport.value.as_str(), rport.lead), ("", "="));
    assert!(changed(&text, rport, "5060").contains(";rport=5060\r\n"));
}

#[test]
fn a_header_without_a_value_gets_a_blank_before_it() {
    let text = "OPTIONS sip:a SIP/2.0\r\nSubject:\r\n\r\n";
    let edited = changed(text, field(&draft(text), &["Subject"]), "x");
    assert_eq!(edited, "OPTIONS sip:a SIP/2.0\r\nSubject: x\r\n\r\n");
}

#[test]
fn wide_characters_do_not_shift_the_fields_behind_them() {
    let text = "OPTIONS sip:a SIP/2.0\r\nSubject: é🦊\r\nCall-ID: 7\r\n\r\n";
    let draft = draft(text);
    let call_id = field(&draft, &["Call-ID"]);
    assert_eq!(slice(&shown(text), call_id.from, call_id.to), "7");
}

#[test]
fn values_that_belong_together_have_one_key() {
    let texts = ["manual/subscribe.sip", "manual/200-ok.sip", "manual/notify.sip"].map(corpus);
    let drafts = drafts(&texts, Policy::Strict);
    let keys = |role: &str| -> Vec<Vec<String>> {
        let of = |draft: &Draft| {
            let made = draft.generated.iter().filter(|made| made.role == role);
            made.map(|made| made.key.clone()).collect()
        };
        drafts.iter().map(of).collect()
    };
    let calls = keys("call-id");
    assert!(calls.iter().all(|call| call.len() == 1 && *call == calls[0]));
    let branches = keys("branch");
    assert_eq!(branches[0], branches[1]);
    // The same number with another method is another request's.
    let numbers = keys("cseq");
    assert_eq!(numbers[0], numbers[1]);
    assert_ne!(numbers[0], numbers[2]);
    assert_eq!(keys("tag")[0].len(), 1);
}

#[test]
fn content_length_counts_the_bytes_that_go_out() {
    let wrong = "MESSAGE sip:a SIP/2.0\r\nContent-Length: 1\r\n\r\né\r\n";
    let fix = draft(wrong).length.unwrap();
    assert_eq!((fix.text.as_str(), slice(&shown(wrong), fix.from, fix.to)), ("4", "1".into()));
    assert_eq!(draft(&wrong.replace(": 1", ": 4")).length, None);
    assert_eq!(draft(&wrong.replace("Content-Length: 1\r\n", "")).length, None);
}

#[test]
fn the_body_is_all_that_stands_behind_the_empty_line() {
    let text = "MESSAGE sip:a SIP/2.0\r\nContent-Length: 1\r\n\r\nabc";
    assert_eq!(field(&draft(text), &["Body"]).value, "abc");
    let cut = draft("MESSAGE sip:a SIP/2.0\r\nContent-Length: 1\r\n");
    assert!(cut.fields.iter().all(|field| field.kind != "body"));
}

#[test]
fn nothing_is_repaired_on_the_way() {
    let rules = |text: &str| -> Vec<&str> {
        draft(text).message.findings.iter().map(|finding| finding.rule).collect()
    };
    let text = corpus("manual/subscribe.sip");
    assert!(rules(&text.replace("\r\n", "\n")).contains(&"framing.bare-line-feed"));
    let wrapped = text.replace("Accept:", "not a header\r\nAccept:");
    assert!(rules(&wrapped).contains(&"framing.line-without-colon"));
    assert!(rules(&wrapped).iter().all(|rule| !rule.starts_with("trace.")));
}

#[test]
fn a_text_that_is_no_message_has_no_fields_and_says_why() {
    for text in ["", "hello", "\r\n", "é"] {
        let draft = draft(text);
        assert!(draft.fields.is_empty() && draft.generated.is_empty() && draft.length.is_none());
    }
    assert!(!draft("hello").message.findings.is_empty());
}

proptest! {
    #[test]
    fn whatever_is_typed_every_place_lies_within_the_text_and_says_what_stands_there(
        lines in proptest::collection::vec(
            "(NOTIFY sip:a@b;x=1 SIP/2.0|SIP/2.0 200 OK|(Via|To|v|Event|Content-Length|CSeq) ?: ?\\PC{0,24}|[ \\t]\\PC{0,6}|\\PC{0,12}|)",
            0..8,
        ),
        ends in "(\r\n|\n)",
    ) {
        let text = lines.join(&ends);
        let field = shown(&text);
        let units = field.encode_utf16().count();
        let draft = draft(&text);
        for one in all(&draft.fields) {
            prop_assert!(one.from <= one.to && one.to <= units && one.line_to <= units, "{:?}", one);
            // Folds are put together in a value, and a form shows one line.
            let is_folded = slice(&field, one.from, one.to).contains('\n');
            if !is_folded {
                prop_assert_eq!(slice(&field, one.from, one.to), one.value);
            }
        }
        for made in &draft.generated {
            prop_assert_eq!(&slice(&field, made.from, made.to), &made.value);
        }
    }
}
