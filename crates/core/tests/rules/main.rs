//! Every rule of `check` with a bad and a good message: the tests that the one breaks it, at its place, and the other
//! does not; that every fix that is offered mends; and that `rules.md`, which is made from all this, is up to date.

#![allow(clippy::unwrap_used, reason = "a test stops at the first thing that is not as expected")]

mod base;
mod example;
mod examples;
mod page;

use example::Example;
use fingerpost_core::check::{Context, Finding, Layer, Policy, Severity, rules};
use fingerpost_core::{HeaderName, Message};
use std::collections::BTreeSet;

fn all() -> impl Iterator<Item = &'static Example> {
    examples::ALL.iter().copied().flatten()
}

fn ids(findings: &[Finding]) -> Vec<&'static str> {
    findings.iter().map(|finding| finding.rule.id).collect()
}

#[test]
fn every_rule_has_an_example_and_a_place_where_it_is_written_down() {
    let shown: BTreeSet<&str> = all().map(|example| example.rule.id).collect();
    let known: BTreeSet<&str> = rules::ALL.iter().map(|rule| rule.id).collect();
    let unlike: Vec<_> = shown.symmetric_difference(&known).collect();
    assert!(unlike.is_empty(), "rules without an example: {unlike:?}");
    assert_eq!(known.len(), rules::ALL.len(), "an id stands there twice");
    assert!(known.len() >= 60, "only {} rules", known.len());
    for rule in rules::ALL {
        assert!(rule.reference.is_some() && !rule.title.is_empty(), "{}", rule.id);
        assert!(rule.severity >= rule.robust, "{} weighs more for a robust reader", rule.id);
        let is_practice = rule.layer == Layer::Vendor && rule.severity == Severity::Error;
        assert!(!is_practice, "{}: what a vendor does is no error", rule.id);
    }
}

#[test]
fn a_bad_message_breaks_its_rule_at_its_place_and_no_other_rule() {
    let mut wrong = Vec::new();
    for example in all() {
        let text = example.bad();
        let found = example.findings(&text, example.bad, &Context::default());
        let places: Vec<String> = found.iter().map(|finding| place(&text, finding)).collect();
        if ids(&found) != [example.rule.id] || places != [example.at] {
            let found: Vec<_> = found.iter().map(|f| (f.rule.id, place(&text, f))).collect();
            wrong.push(format!("{} at {:?}: {found:?}", example.rule.id, example.at));
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

fn place(text: &[u8], finding: &Finding) -> String {
    String::from_utf8_lossy(finding.span.slice(text).unwrap()).into_owned()
}

#[test]
fn a_good_message_breaks_no_rule() {
    for example in all() {
        let text = example.good();
        let found = example.findings(&text, example.good, &Context::default());
        let broken: Vec<_> = found.iter().map(|f| (f.rule.id, place(&text, f))).collect();
        assert_eq!(broken, [], "{}", example.rule.id);
    }
}

#[test]
fn the_message_of_a_finding_is_a_sentence_about_this_value() {
    for example in all() {
        let text = example.bad();
        for finding in example.findings(&text, example.bad, &Context::default()) {
            let words = &finding.message;
            assert!(words.split(' ').count() >= 3, "{}: {words}", finding.rule.id);
            assert!(!words.ends_with('.') && !words.contains('\n'), "{}: {words}", finding.rule.id);
            assert!(!words.contains("{}"), "{}: {words}", finding.rule.id);
        }
    }
}

#[test]
fn every_fix_that_is_offered_mends_and_breaks_nothing_else() {
    let mut offered = BTreeSet::new();
    for example in all() {
        let text = example.bad();
        for policy in [Policy::Strict, Policy::Robust] {
            let context = Context::default().with_policy(policy);
            let before = example.findings(&text, example.bad, &context);
            for fix in before.iter().filter_map(|finding| finding.fix.as_ref()) {
                let mended = fix.apply(&text);
                let after = example.findings(&mended, example.bad, &context);
                let shown = String::from_utf8_lossy(&mended);
                assert_eq!(ids(&after), [""; 0], "{} is not mended:\n{shown}", example.rule.id);
            }
            offered.extend(before.iter().filter(|f| f.fix.is_some()).map(|f| f.rule.id));
        }
    }
    assert!(offered.len() >= 50, "only {} rules offer a fix: {offered:?}", offered.len());
}

#[test]
fn a_robust_reader_never_weighs_more() {
    for example in all() {
        let text = example.bad();
        let robust = Context::default().with_policy(Policy::Robust);
        let found = example.findings(&text, example.bad, &robust);
        assert_eq!(found.len(), 1, "{}", example.rule.id);
        assert_eq!(found[0].severity, example.rule.robust, "{}", example.rule.id);
    }
}

#[test]
fn a_fix_of_the_body_counts_it_anew() {
    let example = all().find(|example| example.rule.id == "pnp.url.double-slash").unwrap();
    let text = example.bad();
    let found = example.findings(&text, example.bad, &Context::default());
    let mended = found[0].fix.as_ref().unwrap().apply(&text);
    let message = Message::parse(&mended).unwrap();
    assert_eq!(message.body(), "tftp://192.0.2.1/p1.conf");
    assert_eq!(message.header(HeaderName::ContentLength).unwrap().value(), "24");
}
