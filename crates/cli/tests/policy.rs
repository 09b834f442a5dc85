//! The policy file as a page reads, tries, explains, begins and changes it. Each test has a group and port of its own on
//! the loopback card.
#![cfg(target_os = "linux")]

mod support;

use serde_json::{Value, json};
use support::served::{Served, refusal};
use support::{Folder, Scratch, run};

const SNOM: [&str; 4] = ["--vendor", "snom", "--mac", "000413000001"];
const RULES: &str = "# ours\nversion = 1\n\n# the lobby\n[[rule]]\nname = \"lobby\"\nmatch = { tag = \"lobby\" }\nignore = true\n\n[[rule]]\nmatch = { vendor = \"snom\" }\nanswer = { url = \"tftp://one/%{mac}\", status = 202 }\n";

fn draft(served: &Served, question: &Value) -> Value {
    let answer = served.post_to("/api/policy/draft", &question.to_string());
    assert_eq!(answer.status, 200, "{answer:?}");
    answer.json()
}

#[test]
fn the_policy_is_read_with_its_rules_and_why_a_phone_gets_what_it_gets() {
    let file = Scratch::new("explained.toml", RULES.as_bytes());
    let served = Served::start(151, &["--config", file.path()]);
    served.phone(&SNOM);
    let policy = served.get("/api/policy").json();
    assert_eq!((&policy["file"], &policy["text"]), (&json!(file.path()), &json!(RULES)));
    let id = served.view()["phones"][0]["phone"]["id"].clone();
    let held = draft(&served, &json!({ "phone": id }));
    assert_eq!(held["rules"][0]["name"], "lobby");
    let varied = json!({
        "status": 202, "response": true, "subscription_state": true, "effective_by": null, "slash": null,
    });
    let url = json!({ "does": "answer", "url": "tftp://one/%{mac}", "dialect": null, "variation": varied });
    assert_eq!(held["rules"][1]["action"], url);
    let why = &held["why"];
    assert_eq!(why["judged"]["url"], "tftp://one/000413000001");
    assert_eq!(
        (&why["rules"][0]["matched"], &why["rules"][1]["matched"]),
        (&json!(false), &json!(true))
    );
    let condition = &why["rules"][0]["conditions"][0];
    assert_eq!(condition["words"], "the phone has no tags, wanted \"lobby\"");
    assert_eq!(held["dry_run"]["changes"], json!([]));
}

#[test]
fn a_draft_is_edited_and_its_mistakes_have_rule_and_field() {
    let file = Scratch::new("drafted.toml", RULES.as_bytes());
    let served = Served::start(152, &["--config", file.path()]);
    served.phone(&SNOM);
    let filled = |url: &str| {
        json!({ "edit": "fill_rule", "rule": "#2", "form": {
        "name": "desk", "conditions": [{ "key": "vendor", "wanted": ["snom"] }],
        "action": { "does": "answer", "url": url, "dialect": null } } })
    };
    let moved = json!({ "edit": "move_rule", "rule": "#2", "to": { "before": "#1" } });
    let good = draft(&served, &json!({ "text": RULES, "edits": [filled("tftp://two"), moved] }));
    let text = good["text"].as_str().unwrap();
    assert!(text.starts_with("# ours\n") && text.contains("status = 202"), "{text}");
    assert_eq!(good["rules"][0]["name"], "desk");
    assert_eq!(good["dry_run"]["changes"][0]["after"]["url"], "tftp://two");
    let bad = draft(&served, &json!({ "text": RULES, "edits": [filled("tftp://%{mac")] }));
    let mistake = &bad["mistakes"][0];
    assert_eq!((&mistake["rule"], &mistake["key"]), (&json!(1), &json!("answer.url")), "{bad}");
    assert_eq!(served.post_to("/api/policy/draft", r#"{"text":"version = 1","x":1}"#).status, 422);
    assert_eq!(std::fs::read_to_string(file.path()).unwrap(), RULES, "nothing is written");
}

#[test]
fn what_somebody_else_wrote_is_not_written_over_unawares() {
    let file = Scratch::new("overtaken.toml", RULES.as_bytes());
    let served = Served::start(153, &["--config", file.path()]);
    let theirs = RULES.replace("tftp://one", "tftp://theirs");
    file.replace(&theirs);
    let post = |before: &str| {
        served.post_to(
            "/api/policy",
            &json!({ "text": "version = 1\n", "before": before }).to_string(),
        )
    };
    let refused = post(RULES);
    assert_eq!(refused.status, 422);
    assert!(refused.json()["error"].as_str().unwrap().contains("by somebody else"), "{refused:?}");
    assert_eq!(std::fs::read_to_string(file.path()).unwrap(), theirs);
    assert_eq!(post(&theirs).status, 200);
}

#[test]
fn a_policy_is_begun_in_the_data_folder_and_found_again_at_the_next_start() {
    let folder = Folder::new("begun-policy");
    let data = ["--data", folder.path()];
    let path = folder.file("policy.toml");
    let served = Served::start(154, &data);
    served.do_it(&json!({ "command": "set_mode", "mode": "answer" }));
    let begins = served.get("/api/policy").json();
    assert_eq!((&begins["file"], begins["begins"].as_str()), (&json!(null), path.to_str()));
    let save = json!({ "text": RULES, "before": "" }).to_string();
    assert_eq!(served.post_to("/api/policy", &save).status, 200);
    assert_eq!(served.phone(&SNOM), "tftp://one/000413000001");
    served.end();

    let again = Served::start(154, &data);
    assert_eq!(again.get("/api/policy").json()["file"].as_str(), path.to_str());
    assert_eq!(again.phone(&SNOM), "tftp://one/000413000001");
    again.end();
    let by_url = Served::start(154, &[&data[..], &["--url", "tftp://u"]].concat());
    assert_eq!(by_url.phone(&SNOM), "tftp://u", "what the command line says wins");
    let refused = by_url.post_to("/api/policy", &save);
    assert!(refused.json()["error"].as_str().unwrap().contains("there already"), "{refused:?}");
    by_url.end();

    std::fs::write(&path, "version = 1\n[[rule]]\nmatch = { vender = \"snom\" }\nignore = true\n")
        .unwrap();
    let network = support::served::network(154);
    let network: Vec<&str> = network.iter().map(String::as_str).collect();
    let end = refusal(&[&network[..], &["--http", "127.0.0.1:0"], &data[..]].concat());
    assert!(format!("{end:?}").contains("policy.toml:3:11"), "{end:?}");
}

#[test]
fn a_policy_that_is_begun_while_phones_are_only_observed_answers_nobody() {
    let folder = Folder::new("observing-policy");
    let served = Served::start(155, &["--data", folder.path()]);
    let save = json!({ "text": RULES, "before": "" }).to_string();
    assert_eq!(served.post_to("/api/policy", &save).status, 200);
    assert_eq!(served.view()["mode"], "observe");
    let network = support::served::network(155);
    let network: Vec<&str> = network.iter().map(String::as_str).collect();
    let phone = run(&[&["phone", "--wait", "1s"], &network[..], &SNOM[..]].concat());
    assert_eq!(phone.code, Some(3), "nobody answers: {}", phone.text());
    served.end();
    assert_eq!(Served::start(155, &["--data", folder.path()]).view()["mode"], "observe");
}
