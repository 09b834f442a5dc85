//! What the composer begins with: bad messages, templates, examples, answers.

#![allow(clippy::unwrap_used, reason = "test code outside #[test] functions")]

mod support;

use fingerpost_wasm::{
    Policy, Severity, answer, drafts, example, fill, holes, inspect, models, preset, presets,
    renewed, vendors,
};
use std::collections::BTreeSet;
use support::corpus;

fn rules(text: &str) -> Vec<&'static str> {
    let draft = drafts(&[text.into()], Policy::Strict).remove(0);
    draft.message.findings.iter().map(|finding| finding.rule).collect()
}

/// What each bad message is about; a folded header is allowed, and no finding speaks of it.
const ABOUT: &[(&str, &str)] = &[
    ("missing-header", "sip.header.missing"),
    ("lf-only", "framing.bare-line-feed"),
    ("length-too-large", "framing.content-length.too-large"),
    ("length-too-small", "framing.content-length.too-small"),
    ("two-lengths", "framing.content-length.conflict"),
    ("no-branch", "sip.via.branch-missing"),
    ("no-cookie", "sip.via.branch-cookie"),
    ("cseq-method", "sip.cseq.method-differs"),
    ("open-quote", "sip.quote.unclosed"),
    ("no-empty-line", "framing.headers-unterminated"),
    ("no-colon", "framing.line-without-colon"),
    ("no-hops", "sip.max-forwards.zero"),
    ("expires-word", "sip.header.grammar"),
    ("wrong-accept", "ua-profile.accept.url-missing"),
    ("no-state", "event.subscription-state.missing"),
];

#[test]
fn every_bad_message_shows_the_mistake_that_it_is_about() {
    let known: BTreeSet<_> = ABOUT.iter().map(|(id, _)| *id).chain(["folded"]).collect();
    assert_eq!(presets().iter().map(|preset| preset.id).collect::<BTreeSet<_>>(), known);
    for (id, rule) in ABOUT {
        let text = preset(id, 7).unwrap();
        assert!(rules(&text).contains(rule), "{id}: {:?}", rules(&text));
    }
    assert_eq!(preset("no such mistake", 7), None);
}

#[test]
fn the_folded_header_is_one_value() {
    let text = preset("folded", 7).unwrap();
    assert!(text.contains("Event: ua-profile;\r\n  profile-type="), "{text}");
    let fields = drafts(&[text], Policy::Strict).remove(0).fields;
    let event = fields.iter().find(|field| field.label == "Event").unwrap();
    assert!(event.value.starts_with("ua-profile; profile-type="), "{}", event.value);
}

#[test]
fn a_bad_message_has_no_other_error_than_its_own() {
    for (id, rule) in ABOUT {
        let draft = drafts(&[preset(id, 7).unwrap()], Policy::Strict).remove(0);
        let findings = draft.message.findings.iter();
        let other =
            findings.filter(|found| found.severity == Severity::Error && found.rule != *rule);
        assert_eq!(other.count(), 0, "{id}: {:?}", draft.message.findings);
    }
}

#[test]
fn every_template_is_filled_into_a_message_without_errors() {
    for model in models() {
        let holes = holes(model.text, 7).unwrap();
        assert!(holes.iter().all(|hole| !hole.value.is_empty()), "{} {holes:?}", model.title);
        let values: Vec<_> = holes.into_iter().map(|hole| (hole.name, hole.value)).collect();
        let text = fill(model.text, &values).unwrap();
        assert!(!text.contains("{{"), "{text}");
        let findings = drafts(&[text], Policy::Strict).remove(0).message.findings;
        let errors = findings.iter().filter(|found| found.severity == Severity::Error);
        assert_eq!(errors.count(), 0, "{findings:?}");
    }
}

#[test]
fn a_template_that_cannot_be_filled_names_line_and_hole() {
    let text = "OPTIONS sip:a SIP/2.0\nCSeq: {{cseq}} OPTIONS\n";
    let error = fill(text, &[("cseq".into(), "one".into())]).unwrap_err();
    assert_eq!((error.line, error.hole.as_deref()), (Some(2), Some("cseq")), "{error:?}");
    let error = fill(text, &[]).unwrap_err();
    assert_eq!((error.line, error.hole.as_deref()), (Some(2), Some("cseq")), "{error:?}");
    let error = holes("OPTIONS sip:{{a b}} SIP/2.0", 7).unwrap_err();
    assert_eq!((error.line, error.hole), (Some(1), None));
}

#[test]
fn every_vendor_has_an_example_of_four_messages_without_errors() {
    for vendor in vendors() {
        let text = example(vendor.name).unwrap();
        let messages = inspect(&text, Policy::Strict).messages;
        let titles: Vec<_> = messages.iter().map(|message| message.title.as_str()).collect();
        assert_eq!(titles, ["SUBSCRIBE", "200 OK", "NOTIFY", "200 OK"], "{text}");
        let findings = messages.iter().flat_map(|message| &message.findings);
        assert!(findings.clone().all(|found| found.severity != Severity::Error), "{text}");
        let known = messages[0].phone.as_ref().and_then(|phone| phone.vendor.as_deref());
        assert!(known == Some(vendor.name) || vendor.name == "generic", "{known:?} {text}");
    }
}

#[test]
fn behind_a_nat_the_answer_goes_where_the_question_came_from() {
    let text = example("nat").unwrap();
    let messages = inspect(&text, Policy::Strict).messages;
    assert_eq!(messages.len(), 4);
    let ok = &messages[1].text;
    assert!(ok.contains("192.168.178.44:5060") || ok.contains("192.168.178.44;"), "{ok}");
    assert!(ok.contains("rport=41872") && ok.contains("received=203.0.113.9"), "{ok}");
}

#[test]
fn a_request_is_answered_as_a_user_agent_would() {
    let reply = answer(&corpus("manual/notify.sip"), 7).unwrap();
    assert!(reply.starts_with("SIP/2.0 200 OK\r\n"), "{reply}");
    let both = [corpus("manual/notify.sip"), reply];
    let findings = drafts(&both, Policy::Strict).remove(1).message.findings;
    assert!(findings.iter().all(|found| found.severity == Severity::Note), "{findings:?}");
    assert!(answer(&corpus("manual/200-ok.sip"), 7).unwrap_err().contains("answered by nothing"));
    assert!(answer("hello", 7).unwrap_err().contains("no SIP message"));
}

#[test]
fn a_made_up_value_is_made_up_anew_in_its_own_shape() {
    assert!(renewed("branch", "z9hG4bK1", 7).starts_with("z9hG4bK"));
    assert!(renewed("call-id", "1@192.0.2.7", 7).ends_with("@192.0.2.7"));
    assert_eq!(renewed("cseq", "20000", 7), "20001");
    assert_eq!(renewed("cseq", "2147483647", 7), "1");
    assert_ne!(renewed("tag", "a", 7), renewed("tag", "a", 8));
}
