//! What the page is told about the value under the caret.

#![allow(clippy::unwrap_used, reason = "test code outside #[test] functions")]

mod support;

use fingerpost_wasm::{Explanation, explain};
use support::{corpus, slice};

/// The words on what stands `ahead` units behind the first `needle`, which is all ASCII.
fn at(text: &str, message: usize, needle: &str, ahead: usize) -> Option<Explanation> {
    let before = &text[..text.find(needle).unwrap()];
    explain(text, message, before.encode_utf16().count() + ahead)
}

#[test]
fn a_caret_before_within_and_behind_a_value_means_that_value() {
    let text = format!("🦊é\n{}", corpus("phones/snom.sip"));
    for ahead in [0, 3, "snomD385".len()] {
        let explanation = at(&text, 0, "snomD385", ahead).unwrap();
        assert_eq!(slice(&text, explanation.from, explanation.to), "snomD385");
        assert!(!explanation.title.is_empty() && !explanation.words.is_empty());
    }
}

#[test]
fn the_caret_may_stand_at_the_end_of_the_text() {
    let text = corpus("manual/notify.sip");
    let end = text.encode_utf16().count();
    let explanation = explain(&text, 0, end).unwrap();
    assert_eq!(slice(&text, explanation.from, explanation.to), "10.13.4.121");
}

#[test]
fn a_wrapped_line_is_explained_where_it_stands() {
    let text = corpus("paste/page.txt");
    let explanation = at(&text, 1, "SUBSCRIBE sip:", 2).unwrap();
    assert_eq!(slice(&text, explanation.from, explanation.to), "SUBSCRIBE");
    assert!(explanation.reference.unwrap().starts_with("RFC "));
}

#[test]
fn where_no_message_stands_there_is_nothing_to_explain() {
    let text = corpus("paste/page.txt");
    assert_eq!(at(&text, 0, "Installer's Handbook", 3), None);
    assert_eq!(explain(&text, 99, 0), None);
    assert_eq!(explain("", 0, 0), None);
}
