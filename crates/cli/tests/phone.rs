//! `fingerpost phone` on the loopback card: each test has a group and port of its own.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, reason = "test code outside #[test] functions")]

mod support;

use serde_json::Value;
use support::served::{Served, network};
use support::{Ended, run};

fn phone(number: u8, options: &[&str]) -> Ended {
    let network = network(number);
    let network: Vec<&str> = network.iter().map(String::as_str).collect();
    run(&[&["phone"], &network[..], options].concat())
}

fn done(ended: &Ended) -> Value {
    serde_json::from_str(ended.text().lines().next().unwrap()).unwrap()
}

#[test]
fn all_lists_a_machine_once_with_its_first_url() {
    let _server = Served::start(121, &["--url", "http://first.example/"]);
    let ended = phone(121, &["--all", "--wait", "1s", "--json"]);
    assert_eq!(ended.code, Some(0), "{}", ended.stderr);
    let responders = done(&ended)["responders"].take();
    assert_eq!(responders.as_array().unwrap().len(), 1, "{responders:#}");
    let row = &responders[0];
    assert_eq!((&row["address"], &row["port"]), (&"127.0.0.1".into(), &36_821.into()));
    assert_eq!((&row["status"], &row["url"]), (&"200".into(), &"http://first.example/".into()));
    assert_eq!(
        (&row["mac"], &row["vendor"]),
        (&Value::Null, &Value::Null),
        "the loopback has none"
    );
}

#[test]
fn all_tells_people_who_answers() {
    let _server = Served::start(122, &["--url", "http://first.example/"]);
    let text = phone(122, &["--all", "--wait", "1s"]).text();
    assert!(text.contains("One responder answers here:\n  127.0.0.1  "), "{text}");
}

#[test]
fn a_phone_that_takes_the_first_answer_lists_nobody() {
    let _server = Served::start(123, &["--url", "http://first.example/"]);
    assert_eq!(done(&phone(123, &["--json"])).get("responders"), None);
    let nobody = phone(124, &["--all", "--wait", "300ms", "--json"]);
    assert_eq!((nobody.code, &done(&nobody)["responders"]), (Some(3), &Value::Array(Vec::new())));
}
