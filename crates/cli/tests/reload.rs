//! `fingerpost serve --config`: the file is followed while phones ask. Each test has a group and port of its own on the
//! loopback card.
#![cfg(target_os = "linux")]

mod support;

use serde_json::json;
use support::Scratch;
use support::served::Served;

const SNOM: [&str; 4] = ["--vendor", "snom", "--mac", "000413000001"];

fn answering(url: &str) -> String {
    format!("version = 1\n[[rule]]\nname = \"all\"\nanswer = {{ url = \"{url}\" }}\n")
}

const BROKEN: &str = "version = 1\n[[rule]]\nmatch = { vender = \"snom\" }\nignore = true\n";

#[test]
fn a_changed_file_takes_effect_and_a_bad_one_is_refused_with_its_place() {
    let file = Scratch::new("followed.toml", answering("tftp://one").as_bytes());
    let served = Served::start(21, &["--config", file.path()]);
    assert_eq!(served.phone(&SNOM), "tftp://one");

    let mut stream = served.stream();
    file.replace(&answering("tftp://two"));
    assert_eq!(stream.until("policy_changed")["rules"], 1);
    assert_eq!(served.phone(&SNOM), "tftp://two");
    served.wait_until_said("answering by 1 rule from now on");

    file.replace(BROKEN);
    let refused = stream.until("policy_refused");
    let mistake = &refused["mistakes"][0];
    assert_eq!((&mistake["line"], &mistake["column"]), (&json!(3), &json!(11)), "{refused}");
    assert_eq!(refused["file"], file.path());
    let line = served.wait_until_said(&format!("{}:3:11: ", file.path()));
    assert!(line.contains("did you mean `vendor`?"), "{line}");
    assert_eq!(served.phone(&SNOM), "tftp://two", "the old policy stays in force");

    let mut stream = served.stream();
    file.replace(&answering("tftp://three"));
    stream.until("policy_changed");
    assert_eq!(served.phone(&SNOM), "tftp://three");
}

#[test]
fn a_hang_up_reads_the_file_at_once_changed_or_not() {
    let file = Scratch::new("hung-up.toml", answering("tftp://one").as_bytes());
    let served = Served::start(22, &["--config", file.path()]);
    let mut stream = served.stream();
    served.signal("HUP");
    stream.until("policy_changed");
    std::fs::remove_file(file.path()).unwrap();
    served.signal("HUP");
    let refused = stream.until("policy_refused");
    assert!(refused["reason"].as_str().unwrap().starts_with("it cannot be read: "), "{refused}");
    assert_eq!(refused["mistakes"], json!([]));
    served.wait_until_said(&format!("{}: it cannot be read: ", file.path()));
    assert_eq!(served.phone(&SNOM), "tftp://one", "the old policy stays in force");
    assert_eq!(served.post(r#"{"command":"reload_policy"}"#).status, 422);
    file.replace(&answering("tftp://two"));
    assert_eq!(served.post(r#"{"command":"reload_policy"}"#).status, 204);
    assert_eq!(served.phone(&SNOM), "tftp://two");
}

#[test]
fn what_the_command_line_says_outlives_a_change_of_the_file() {
    let file = Scratch::new("outlived.toml", b"version = 1\n");
    let options = ["--config", file.path(), "--url", "tftp://line", "--observe"];
    let served = Served::start(23, &options);
    let mut stream = served.stream();
    file.replace(
        "version = 1\nmode = \"answer\"\ninterfaces = [\"eth77\"]\n\
         [[rule]]\nmatch.vendor = \"snom\"\nanswer.url = \"tftp://file\"\n",
    );
    let changed = stream.until("policy_changed");
    assert_eq!((&changed["answering"], &changed["rules"]), (&json!(false), &json!(2)));
    let view = served.view();
    assert_eq!((&view["mode"], &view["url"]), (&json!("observe"), &json!("tftp://line")));
    assert_eq!(view["cards"][0]["name"], "lo", "--interface holds: {view}");
    assert_eq!(view["cards"].as_array().unwrap().len(), 1, "{view}");
    assert_eq!(served.post(r#"{"command":"set_mode","mode":"answer"}"#).status, 204);
    assert_eq!(served.phone(&SNOM), "tftp://file");
    assert_eq!(served.phone(&["--vendor", "yealink"]), "tftp://line");
}

#[test]
fn without_a_file_there_is_nothing_to_reload() {
    let served = Served::start(24, &["--url", "tftp://x"]);
    let answer = served.post(r#"{"command":"reload_policy"}"#);
    assert_eq!(answer.status, 422);
    assert!(answer.json()["error"].as_str().unwrap().contains("no policy file"), "{answer:?}");
}

#[test]
fn a_page_changes_the_policy_file_by_text_or_edits_and_a_bad_change_leaves_it() {
    let text = "# ours\n".to_owned() + &answering("tftp://one");
    let file = Scratch::new("changed-by-page.toml", text.as_bytes());
    let served = Served::start(25, &["--config", file.path()]);
    assert_eq!(served.phone(&SNOM), "tftp://one");
    let rule = "match = { vendor = \"snom\" }\nanswer = { url = \"tftp://two\" }";
    let edits = json!([{ "edit": "add_rule", "rule": rule, "at": "first" }]);
    let post = |body: &serde_json::Value| served.post_to("/api/policy", &body.to_string());
    let on_disk = || std::fs::read_to_string(file.path()).unwrap();

    let tried = post(&json!({ "edits": edits, "only_try": true })).json();
    assert_eq!(
        (&tried["written"], &tried["file"]),
        (&json!(false), &json!(file.path())),
        "{tried}"
    );
    assert_eq!(tried["dry_run"]["changes"][0]["after"]["url"], "tftp://two");
    assert_eq!((on_disk(), served.phone(&SNOM)), (text.clone(), json!("tftp://one")));

    let done = post(&json!({ "edits": edits })).json();
    assert_eq!((&done["written"], done["text"].as_str()), (&json!(true), Some(&*on_disk())));
    assert!(on_disk().starts_with("# ours\n"), "{}", on_disk());
    assert_eq!(served.phone(&SNOM), "tftp://two");

    let before = on_disk();
    let wrong = post(&json!({ "text": BROKEN }));
    assert_eq!((wrong.status, &wrong.json()["line"]), (422, &json!(3)), "{wrong:?}");
    let missing = post(&json!({ "edits": [{ "edit": "remove_rule", "rule": "al" }] }));
    assert!(missing.json()["error"].as_str().unwrap().contains("did you mean \"all\"?"));
    assert_eq!(post(&json!({ "text": "version = 1", "edits": [] })).status, 422);
    assert_eq!((on_disk(), served.phone(&SNOM)), (before, json!("tftp://two")));

    assert_eq!(post(&json!({ "text": answering("tftp://three") })).status, 200);
    assert_eq!(served.phone(&SNOM), "tftp://three");
}

#[test]
fn without_a_policy_file_a_page_cannot_change_one() {
    let served = Served::start(26, &["--url", "tftp://x"]);
    let answer = served.post_to("/api/policy", r#"{"text":"version = 1"}"#);
    assert_eq!(answer.status, 422);
    assert_eq!(answer.json()["error"], "no policy file was named at the start");
}
