//! What Fingerpost would answer, as the page asks it.

#![allow(clippy::unwrap_used, reason = "test code outside #[test] functions")]

mod support;

use fingerpost_wasm::{Answered, Question, answering};
use support::{corpus, slice};

fn asked(message: &str) -> Question<'_> {
    Question { message, url: "http://%{server}/", seed: 1, ..Question::default() }
}

fn answered(question: &Question<'_>) -> Answered {
    let answering = answering(question);
    assert_eq!(answering.problems, []);
    answering.answered.unwrap()
}

fn titles(answered: &Answered) -> Vec<&str> {
    answered.sent.iter().map(|sent| sent.title.as_str()).collect()
}

#[test]
fn the_manuals_phone_gets_the_manuals_messages_byte_for_byte() {
    let message = corpus("manual/subscribe.sip");
    let question = Question {
        url: "tftp://%{server}",
        server: "10.13.4.121",
        source: "10.13.2.37:5060",
        ..asked(&message)
    };
    let answered = answered(&question);
    assert_eq!(answered.dialect.as_deref(), Some("manual"));
    assert_eq!(answered.sent[0].text, corpus("manual/200-ok.sip"));
    assert_eq!(answered.sent[1].text, corpus("manual/notify.sip"));
    assert_eq!(answered.sent[1].to, "10.13.2.37:5060");
}

#[test]
fn a_silent_phone_is_told_again_at_the_times_of_the_server() {
    let message = corpus("phones/snom.sip");
    let policy =
        "version = 1\n[[rule]]\nanswer = { url = 'http://%{server}/%{mac}.xml', dialect = 'rfc' }";
    let answered =
        answered(&Question { policy: Some(policy), server: "10.13.2.1", ..asked(&message) });
    assert_eq!(titles(&answered), ["200 OK", "NOTIFY"]);
    assert_eq!(answered.sent[1].at, [0, 500, 1500, 3500]);
    assert_eq!(
        answered.sent[1].text.split("\r\n\r\n").nth(1),
        Some("http://10.13.2.1/000413a1b2c3.xml")
    );
    assert_eq!((answered.decision, answered.rule.as_deref()), (Some("answer"), Some("rule 1")));
    assert_eq!(answered.made_up, ["the card eth0"]);
}

#[test]
fn auto_goes_over_to_the_other_shape_when_the_phone_stays_silent() {
    let message = corpus("phones/snom.sip");
    let policy = "version = 1\n[[rule]]\nanswer = { url = 'http://a/', dialect = 'auto' }";
    let answered = answered(&Question { policy: Some(policy), ..asked(&message) });
    let [first, second] = ["NOTIFY (RFC form)", "NOTIFY (manual form, if refused or not answered)"];
    assert_eq!(titles(&answered), ["200 OK", first, second]);
    assert!(!answered.sent[1].text.contains("Via: SIP/2.0/UDP 10.13.2.51"));
    assert!(answered.sent[2].text.contains("Via: SIP/2.0/UDP 10.13.2.51"));
    assert!(answered.sent[2].at[0] >= 1500);
}

#[test]
fn each_rule_that_was_asked_says_why_it_did_not_match() {
    let message = corpus("phones/snom.sip");
    let policy = "version = 1\n[[rule]]\nname = 'not ours'\nmatch = { vendor = 'polycom' }\nignore = true\n\
                  [[rule]]\nname = 'lobby'\nmatch = { tag = 'lobby' }\ndeny = { status = 403 }";
    let tags = ["lobby".to_owned()];
    let answered = answered(&Question { policy: Some(policy), tags: &tags, ..asked(&message) });
    assert_eq!(answered.verdict, "deny: 403 Forbidden, by rule \"lobby\"");
    assert!(answered.considered[0].contains("no: vendor is \"snom\", wanted \"polycom\""));
    assert_eq!(titles(&answered), ["403 Forbidden"]);
}

#[test]
fn an_observing_policy_sends_nothing_and_tells_what_it_would() {
    let message = corpus("phones/snom.sip");
    let policy = "version = 1\nmode = 'observe'\n[[rule]]\nanswer = { url = 'http://a/' }";
    let answered = answered(&Question { policy: Some(policy), ..asked(&message) });
    assert_eq!((answered.decision, answered.sent.len()), (Some("observe"), 0));
    assert!(answered.verdict.contains("else answer: http://a/"), "{}", answered.verdict);
}

#[test]
fn a_mistake_of_the_policy_stands_at_its_place() {
    let message = corpus("phones/snom.sip");
    let policy = "version = 1\n# ü\n[[rule]]\nansver = { url = 'http://a/' }";
    let problems = answering(&Question { policy: Some(policy), ..asked(&message) }).problems;
    let problem = problems.iter().find(|problem| problem.message.contains("ansver")).unwrap();
    assert_eq!((problem.field, problem.line, problem.column), ("policy", Some(4), Some(1)));
    let [from, to] = problem.range.unwrap();
    assert_eq!(slice(policy, from, to), "ansver");
}

#[test]
fn wrong_fields_are_named() {
    let message = corpus("phones/snom.sip");
    let field = |question: Question<'_>| answering(&question).problems[0].field;
    assert_eq!(field(Question { url: "http://%{sever}/", ..asked(&message) }), "url");
    assert_eq!(field(Question { source: "::1", ..asked(&message) }), "source");
    assert_eq!(field(Question { server: "pbx", ..asked(&message) }), "server");
    assert_eq!(field(asked("no message")), "message");
}

#[test]
fn a_message_that_is_no_question_is_met_with_silence_on_the_group() {
    let message = corpus("phones/snom.sip").replace("ua-profile", "presence");
    let answered = answered(&Question { destination: "224.0.1.75:5060", ..asked(&message) });
    assert_eq!((answered.decision, answered.sent.len()), (None, 0));
    assert!(answered.silence.unwrap().contains("presence"));
}

#[test]
fn the_same_question_to_us_alone_is_refused_aloud() {
    let message = corpus("phones/snom.sip").replace("ua-profile", "presence");
    let answered = answered(&Question { destination: "192.0.2.1:5060", ..asked(&message) });
    assert_eq!(titles(&answered), ["489 Bad Event"]);
}
