//! `fingerpost serve --quiet` on the loopback card: a log without what goes as it should.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, reason = "test code outside #[test] functions")]

mod support;

use serde_json::Value;
use support::served::Served;

/// The names of the events that a server says while a phone asks it.
fn said(number: u8, options: &[&str]) -> Vec<String> {
    let server =
        Served::start(number, &[&["--url", "http://first.example/", "--json"], options].concat());
    assert_eq!(server.phone(&[]), "http://first.example/");
    let lines = server.end().stdout;
    let name = |line: &String| {
        serde_json::from_str::<Value>(line).unwrap()["event"].as_str().map(String::from)
    };
    lines.iter().filter_map(name).collect()
}

#[test]
fn quiet_says_how_the_cards_stand_and_nothing_of_a_phone_that_is_served() {
    let whole = said(156, &[]);
    for name in ["listening", "phone_asked", "answered", "notified", "stopped"] {
        assert!(whole.iter().any(|said| said == name), "{name}: {whole:?}");
    }
    assert_eq!(said(157, &["--quiet"]), ["listening", "stopped"]);
}
