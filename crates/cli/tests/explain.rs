//! `fingerpost explain`: which rule, why, which URL.

mod support;

use serde_json::{Value, json};
use support::{Ended, Scratch, corpus, run, run_with};

const POLICY: &str = r#"version = 1
[[rule]]
name = "not ours"
match = { vendor = "polycom" }
ignore = true
[[rule]]
name = "lobby"
match = { tag = "lobby", interface = "eth1", source = "10.13.0.0/16" }
answer = { url = "http://%{server}/lobby/%{mac}.xml" }
[[rule]]
name = "AudioCodes 440"
match = { vendor = "audiocodes", model = "44*", version = ">=2.2" }
answer = { url = "tftp://%{server}/440HD.img", dialect = "manual" }
[[rule]]
name = "all others"
match = { mac = ["000413"] }
answer = { url = "http://pbx.example/%{mac}.xml" }
"#;

fn explain(arguments: &[&str]) -> Ended {
    let policy = Scratch::new(&format!("policy-{}.toml", arguments.len()), POLICY.as_bytes());
    run(&[&["explain", "--config", policy.path()], arguments].concat())
}

#[test]
fn a_captured_phone_meets_its_rule() {
    let ended = explain(&[&corpus("manual/subscribe.sip"), "--server", "10.13.4.121"]);
    assert_eq!(ended.code, Some(0), "{}", ended.stderr);
    let text = ended.text();
    assert!(text.contains("phone: audiocodes, 440HD, version 2.2.2, at 10.13.2.37"), "{text}");
    let answer =
        "answer: tftp://10.13.4.121/440HD.img (dialect manual), by rule \"AudioCodes 440\"";
    assert!(text.contains(answer), "{text}");
    assert!(
        text.contains("rule \"not ours\": no: vendor is \"audiocodes\", wanted \"polycom\""),
        "{text}"
    );
}

#[test]
fn a_described_phone_meets_its_rule() {
    let ended = explain(&["--mac", "00:04:13:a1:b2:c3", "--vendor", "snom", "--json"]);
    assert_eq!(ended.code, Some(0));
    let outcome = ended.json();
    assert_eq!(outcome["decision"], "answer");
    assert_eq!(outcome["rule"], "all others");
    assert_eq!(outcome["url"], "http://pbx.example/000413a1b2c3.xml");
    assert_eq!(outcome["considered"].as_array().unwrap().len(), 4);
    assert_eq!(
        (&outcome["phone"]["mac"], &outcome["phone"]["id"]),
        (&json!("000413a1b2c3"), &json!("000413a1b2c3"))
    );
}

#[test]
fn card_source_and_tags_count() {
    let snom = corpus("phones/snom.sip");
    let place = [
        "--interface",
        "eth1",
        "--tag",
        "cellar",
        "--tag",
        "lobby",
        "--server",
        "10.13.4.121",
        "--json",
    ];
    let outcome = explain(&[&[snom.as_str()], &place[..]].concat()).json();
    assert_eq!(
        (&outcome["rule"], &outcome["phone"]["address"]),
        (&json!("lobby"), &json!("10.13.2.51"))
    );
    let elsewhere =
        explain(&[&[snom.as_str(), "--source", "192.0.2.5"], &place[..]].concat()).json();
    assert_eq!(elsewhere["rule"], "all others");
}

#[test]
fn a_phone_that_is_ignored_is_an_answer_too() {
    let ended = explain(&["--vendor", "polycom", "--json"]);
    assert_eq!((ended.code, &ended.json()["decision"]), (Some(0), &json!("ignore")));
    let nobody = explain(&["--vendor", "acme", "--json"]);
    assert_eq!((nobody.code, &nobody.json()["rule"]), (Some(0), &Value::Null));
}

#[test]
fn the_option_that_is_wanting_is_named() {
    let ended = explain(&[&corpus("manual/subscribe.sip")]);
    assert_eq!(ended.code, Some(0));
    assert!(ended.text().contains("no value for %{server}"), "{}", ended.text());
    assert!(ended.stderr.contains("--server"), "{}", ended.stderr);
}

#[test]
fn the_phone_may_come_through_a_pipe() {
    let policy = Scratch::new("policy-pipe.toml", POLICY.as_bytes());
    let snom = std::fs::read(corpus("phones/snom.sip")).unwrap();
    let ended = run_with(&["explain", "--config", policy.path(), "-"], &snom);
    assert!(ended.text().contains("http://pbx.example/000413a1b2c3.xml"), "{}", ended.text());
}

#[test]
fn a_bad_policy_is_told_by_line_and_column() {
    let policy = Scratch::new(
        "policy-bad.toml",
        b"version = 1\nmodee = \"answer\"\n[[rule]]\nanswer.url = \"%{x}\"\n",
    );
    let ended = run(&["explain", "--config", policy.path(), "--vendor", "snom"]);
    assert_eq!(ended.code, Some(2));
    let lines: Vec<&str> = ended.stderr.lines().collect();
    assert_eq!(lines.len(), 2, "{}", ended.stderr);
    assert!(lines[0].starts_with(&format!("{}:2:1: ", policy.path())), "{}", ended.stderr);
    assert!(lines[1].starts_with(&format!("{}:4:", policy.path())), "{}", ended.stderr);
}

#[test]
fn wrong_usage_ends_with_two() {
    let snom = corpus("phones/snom.sip");
    for arguments in [
        &[][..],
        &["--source", "10.0.0.1"],
        &[&snom, "--vendor", "snom"],
        &[&corpus("manual/notify.sip")],
        &["no-such-file.sip"],
        &["--mac", "0004"],
    ] {
        assert_eq!(explain(arguments).code, Some(2), "{arguments:?}");
    }
    assert_eq!(run(&["explain", "--vendor", "snom"]).code, Some(2));
    let missing = run(&["explain", "--config", "no-such-policy.toml", "--vendor", "snom"]);
    assert_eq!(missing.code, Some(2));
    assert!(missing.stderr.contains("no-such-policy.toml"), "{}", missing.stderr);
}
