//! `fingerpost doctor` on the loopback card: each test has a group and port of its own.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, reason = "test code outside #[test] functions")]

mod support;

use serde_json::{Value, json};
use std::net::UdpSocket;
use support::served::{Served, network};
use support::{Ended, run};

fn doctor(number: u8, options: &[&str]) -> Ended {
    let network = network(number);
    let network: Vec<&str> = network.iter().map(String::as_str).collect();
    run(&[&["doctor"], &network[..], options].concat())
}

fn problems(diagnosis: &Value) -> Vec<(&str, &str)> {
    let problems = diagnosis["problems"].as_array().unwrap().iter();
    problems
        .map(|problem| (problem["severity"].as_str().unwrap(), problem["kind"].as_str().unwrap()))
        .collect()
}

#[test]
fn a_healthy_card_hears_itself_and_the_kernel_says_that_it_joined() {
    let ended = doctor(101, &["--json"]);
    assert_eq!(ended.code, Some(0), "{}", ended.stderr);
    let diagnosis = ended.json();
    assert_eq!(diagnosis["verdict"], "fine");
    assert_eq!(diagnosis["group"], "239.255.78.101:36801");
    let card = &diagnosis["cards"][0];
    let expected = json!({
        "interface": "lo", "kind": "loopback", "mac": null, "addresses": ["127.0.0.1/8"], "up": true, "link": true,
        "joined": true, "members": 0, "open_error": null, "heard": 0,
        "answers": [{"address": "127.0.0.1", "port": 36801, "free": true, "holder": null}],
    });
    for (name, value) in expected.as_object().unwrap() {
        assert_eq!(&card[name], value, "{name}");
    }
    assert_eq!(
        (&card["self_test"]["sent"], &card["self_test"]["heard"]),
        (&true.into(), &true.into())
    );
    assert!(card["packets"]["received"].as_u64().unwrap() > 0);
    assert_eq!(problems(&diagnosis), [("note", "nobody_listens")]);
}

#[test]
fn people_read_what_was_proved_and_what_was_not() {
    let ended = doctor(102, &[]);
    assert_eq!(ended.code, Some(0), "{}", ended.stderr);
    let text = ended.text();
    for words in
        ["Addresses: 127.0.0.1/8", "joined locally", "IGMP snooping", "querier", "can be had"]
    {
        assert!(text.contains(words), "{words:?} is not in {text}");
    }
}

#[test]
fn a_held_port_is_named_and_broken() {
    let holder = UdpSocket::bind("0.0.0.0:36803").unwrap();
    let ended = doctor(103, &["--json"]);
    assert_eq!(ended.code, Some(1), "{}", ended.stderr);
    let diagnosis = ended.json();
    assert_eq!(diagnosis["verdict"], "broken");
    assert_eq!(problems(&diagnosis)[0], ("error", "port_held"));
    let pid = std::process::id();
    assert_eq!(diagnosis["holders"][0]["pid"], pid);
    assert!(diagnosis["problems"][0]["words"].as_str().unwrap().contains(&pid.to_string()));
    assert_eq!(diagnosis["cards"][0]["self_test"], Value::Null);
    drop(holder);
}

#[test]
fn a_program_on_the_answer_port_alone_is_a_warning() {
    let holder = UdpSocket::bind("127.0.0.1:36804").unwrap();
    let diagnosis = doctor(104, &["--json"]).json();
    assert_eq!(diagnosis["verdict"], "fine");
    assert_eq!(problems(&diagnosis)[0], ("warning", "other_answer_port"));
    let answer = &diagnosis["cards"][0]["answers"][0];
    assert_eq!(
        (&answer["free"], &answer["holder"]["pid"]),
        (&false.into(), &std::process::id().into())
    );
    drop(holder);
}

#[test]
fn beside_a_running_server_all_is_fine_and_the_server_sees_no_phone() {
    let served = Served::start(105, &["--url", "tftp://%{server}"]);
    let ended = doctor(105, &["--json"]);
    assert_eq!(ended.code, Some(0), "{}", ended.stderr);
    let diagnosis = ended.json();
    assert_eq!(problems(&diagnosis), [("note", "already_running")]);
    assert_eq!(diagnosis["cards"][0]["members"], 1);
    assert_eq!(diagnosis["cards"][0]["self_test"]["heard"], true);
    // A real phone asks after the self-test: when it has its URL, the self-test has been dealt with.
    assert_eq!(served.phone(&[]), "tftp://127.0.0.1");
    let phones = served.view()["phones"].take();
    assert_eq!(phones.as_array().unwrap().len(), 1, "{phones:#}");
    assert_eq!(phones[0]["phone"]["vendor"], "audiocodes");
}

#[test]
fn an_unknown_card_is_refused_with_those_that_exist() {
    let ended = run(&["doctor", "--interface", "nosuch0"]);
    assert_eq!((ended.code, ended.text()), (Some(4), String::new()));
    assert!(
        ended.stderr.contains("nosuch0") && ended.stderr.contains("lo (127.0.0.1/8)"),
        "{}",
        ended.stderr
    );
}

#[test]
fn wrong_usage_is_refused() {
    for options in [["--group", "10.0.0.1"], ["--port", "0"], ["--listen", "5"]] {
        assert_eq!(run(&[&["doctor"], &options[..]].concat()).code, Some(2), "{options:?}");
    }
}

#[test]
fn the_help_documents_the_fields() {
    let help = run(&["doctor", "--help"]).text();
    let diagnosis = doctor(106, &["--json"]).json();
    let card = &diagnosis["cards"][0];
    for object in
        [&diagnosis, card, &card["answers"][0], &card["self_test"], &diagnosis["problems"][0]]
    {
        for name in object.as_object().unwrap().keys() {
            assert!(help.contains(name.as_str()), "{name} is not in {help}");
        }
    }
}
