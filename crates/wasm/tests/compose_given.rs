//! What is given away of a composed document: other programs' spellings of the same bytes, a capture, scenarios.

#![allow(clippy::unwrap_used, reason = "test code outside #[test] functions")]

mod support;

use fingerpost_wasm::{
    ComposeFields, Dialect, Letter, Side, c_string, capture, compose, hex_dump, json_string, sipp,
};
use proptest::prelude::*;
use std::path::Path;
use std::time::Duration;
use support::corpus;

const PHONE: &str = "10.13.2.37:5060";
const SERVER: &str = "10.13.4.121:5060";

fn exchange(dialect: Dialect) -> Vec<Letter> {
    let composed = compose(&ComposeFields {
        dialect,
        server: SERVER.into(),
        phone: PHONE.into(),
        url: "tftp://%{server}/[a].cfg".into(),
        vendor: if dialect == Dialect::Rfc { "yealink" } else { "audiocodes" }.into(),
        model: None,
        version: None,
        mac: Some("00:15:65:10:20:30".into()),
        seed: 7,
        reply_to: None,
    });
    let composed = composed.unwrap();
    vec![
        Letter::new(composed.subscribe, PHONE, "224.0.1.75:5060"),
        Letter::new(composed.ok, SERVER, PHONE),
        Letter::new(composed.notify, SERVER, PHONE),
        Letter::new(composed.acknowledge, PHONE, SERVER),
    ]
}

/// What a reader of `hexdump -C` takes: the columns between the offset and the letters.
fn bytes_of_dump(dump: &str) -> Vec<u8> {
    let columns = dump.lines().flat_map(|line| line[8..56].split_whitespace());
    columns.map(|byte| u8::from_str_radix(byte, 16).unwrap()).collect()
}

/// What a compiler of C makes of string literals.
fn bytes_of_c(source: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    for line in source.lines() {
        let inside = line.strip_prefix('"').unwrap().strip_suffix('"').unwrap();
        let mut rest = inside.bytes();
        while let Some(byte) = rest.next() {
            bytes.push(match (byte, if byte == b'\\' { rest.next() } else { None }) {
                (b'\\', Some(b'r')) => b'\r',
                (b'\\', Some(b'n')) => b'\n',
                (b'\\', Some(digit @ b'0'..=b'3')) => {
                    let more = [digit, rest.next().unwrap(), rest.next().unwrap()];
                    more.iter().fold(0, |value, digit| value * 8 + (digit - b'0'))
                }
                (b'\\', Some(other)) => other,
                (plain, _) => plain,
            });
        }
    }
    bytes
}

proptest! {
    #[test]
    fn hex_c_and_json_say_the_same_bytes(text in "(\\PC|[\\x00-\\x1f]|\\?\\?|\r\n){0,60}") {
        prop_assert_eq!(bytes_of_dump(&hex_dump(&text)), text.as_bytes());
        prop_assert_eq!(bytes_of_c(&c_string(&text)), text.as_bytes());
        let json: String = serde_json::from_str(&json_string(&text).unwrap()).unwrap();
        prop_assert_eq!(json, text);
    }

    #[test]
    fn whatever_the_letters_hold_a_scenario_or_words_come_out(
        texts in proptest::collection::vec("(SIP/2.0 200 OK|NOTIFY sip:a SIP/2.0|\\PC{0,9})\r\n(Call-ID: 1\r\n)?(\\PC{0,9}\r\n){0,3}\r\n\\PC{0,9}", 0..4),
        is_first in any::<bool>(),
    ) {
        let letters: Vec<_> = texts.iter().map(|text| Letter::new(text, "", "")).collect();
        let side = if is_first { Side::First } else { Side::Second };
        if let Ok(scenario) = sipp(&letters, side) {
            prop_assert!(scenario.ends_with("</scenario>\n"));
        }
    }
}

#[test]
fn a_capture_is_read_back_message_for_message() {
    let letters = exchange(Dialect::Rfc);
    let file = capture(&letters, Duration::from_secs(1_700_000_000)).unwrap();
    let trace = fingerpost_trace::open(&file, fingerpost_trace::Limits::default());
    let read: Vec<_> = trace.messages.iter().map(|found| found.bytes.clone()).collect();
    let written: Vec<_> = letters.iter().map(|letter| letter.text.clone().into_bytes()).collect();
    assert_eq!(read, written);
    let ends: Vec<_> =
        trace.messages.iter().map(|found| found.origin.to.unwrap().to_string()).collect();
    assert_eq!(ends, ["224.0.1.75:5060", PHONE, PHONE, SERVER]);
}

#[test]
fn a_message_without_a_given_way_goes_the_way_that_it_says() {
    let texts = ["manual/subscribe.sip", "manual/200-ok.sip"].map(corpus);
    let letters = texts.map(|text| Letter::new(text, "", ""));
    let trace = fingerpost_trace::open(
        &capture(&letters, Duration::ZERO).unwrap(),
        fingerpost_trace::Limits::default(),
    );
    let ways = trace.messages.iter().map(|found| {
        let end = |end: Option<std::net::SocketAddr>| end.unwrap().to_string();
        (end(found.origin.from), end(found.origin.to))
    });
    let ways: Vec<_> = ways.collect();
    assert_eq!(ways[0], (PHONE.into(), "224.0.1.75:5060".into()));
    assert_eq!(ways[1].1, PHONE);
}

#[test]
fn a_phone_that_names_no_address_asks_the_group_all_the_same() {
    let gigaset = fingerpost_wasm::example("gigaset").unwrap();
    let asked = &fingerpost_wasm::inspect(&gigaset, fingerpost_wasm::Policy::Strict).messages[0];
    assert!(asked.text.contains("@local SIP/2.0"), "{}", asked.text);
    let letters = [Letter::new(&asked.text, "", "")];
    let file = capture(&letters, Duration::ZERO).unwrap();
    let trace = fingerpost_trace::open(&file, fingerpost_trace::Limits::default());
    assert_eq!(trace.messages[0].origin.to.unwrap().to_string(), "224.0.1.75:5060");
}

/// The system tests run these with the real `SIPp`; `UPDATE_SCENARIOS=1` writes them anew.
#[test]
fn the_scenarios_that_sipp_is_tested_with_are_what_is_composed() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/system/scenarios");
    let wanted = [
        ("composed-phone.xml", Dialect::Rfc, Side::First),
        ("composed-server.xml", Dialect::Rfc, Side::Second),
        ("composed-server-manual.xml", Dialect::Manual, Side::Second),
    ];
    for (name, dialect, side) in wanted {
        let should = sipp(&exchange(dialect), side).unwrap();
        if std::env::var_os("UPDATE_SCENARIOS").is_some() {
            std::fs::write(folder.join(name), &should).unwrap();
        }
        let is = std::fs::read_to_string(folder.join(name)).unwrap_or_default();
        assert!(
            is == should,
            "{name}: run UPDATE_SCENARIOS=1 cargo test -p fingerpost-wasm, then the system tests\n{should}"
        );
    }
}

#[test]
fn what_sipp_cannot_do_is_said() {
    let letter = |text: &str| Letter::new(text, "192.0.2.1:5060", "192.0.2.2:5060");
    let options = letter("OPTIONS sip:a SIP/2.0\r\nCSeq: 1 OPTIONS\r\n\r\n");
    assert!(sipp(&[options], Side::First).unwrap_err().contains("no Call-ID"));
    assert!(sipp(&[letter("hello")], Side::First).unwrap_err().contains("cannot be read"));
    assert!(sipp(&[], Side::First).is_err());
    let alone = letter("SIP/2.0 200 OK\r\nCall-ID: 1\r\n\r\n");
    assert!(sipp(&[alone], Side::First).unwrap_err().contains("answers no request"));
    let one = letter("OPTIONS sip:a SIP/2.0\r\nCall-ID: 1\r\n\r\n");
    assert!(sipp(&[one], Side::Second).unwrap_err().contains("sends nothing"));
}
