//! `fingerpost inspect` on captures, logs and dumps: times, addresses, places, and what was left out.

#![allow(clippy::unwrap_used, reason = "test code outside #[test] functions")]

mod support;

use serde_json::{Value, json};
use support::{golden, run};

fn inspected(name: &str) -> Value {
    run(&["inspect", "--format", "json", &golden(name)]).json()
}

#[test]
fn a_capture_file_is_read_with_times_and_addresses() {
    for name in ["captures/exchange.pcap", "captures/exchange.pcap.gz"] {
        let report = inspected(name);
        let messages = report["messages"].as_array().unwrap();
        let words: Vec<_> = messages.iter().map(|m| (&m["method"], &m["status"])).collect();
        assert_eq!(words, [(&json!("INVITE"), &json!(null)), (&json!(null), &json!(486))]);
        let expected = json!({
            "time": "2026-03-01T10:00:00.250Z", "from": "192.0.2.7:5060", "to": "192.0.2.1:5060",
            "transport": "udp", "interface": null, "frame": 1, "read_as": null,
        });
        assert_eq!(messages[0]["origin"], expected, "{name}");
    }
    assert_eq!(inspected("captures/exchange.pcap")["notes"], json!([]));
    assert_eq!(inspected("captures/exchange.pcap.gz")["notes"][0]["reason"], "unpacked");
}

#[test]
fn the_map_leads_into_the_capture_file() {
    let file = std::fs::read(golden("captures/exchange.pcap")).unwrap();
    let report = inspected("captures/exchange.pcap");
    let source = &report["messages"][0]["source"];
    let offset = |name: &str| usize::try_from(source[name].as_u64().unwrap()).unwrap();
    assert!(
        file[offset("start")..offset("end")].starts_with(b"INVITE sip:200@pbx.example SIP/2.0")
    );
}

#[test]
fn people_read_the_packet_the_time_and_both_ends() {
    let ended = run(&["inspect", &golden("captures/exchange.pcap")]).text();
    assert!(ended.contains("exchange.pcap, packet 2\n"), "{ended}");
    let crossing = "2026-03-01T10:00:01.250001Z  192.0.2.1:5060 -> 192.0.2.7:5060  udp";
    assert!(ended.contains(crossing), "{ended}");
}

#[test]
fn a_log_is_read_with_times_and_addresses_and_says_as_what() {
    let report = inspected("logs/asterisk-pjsip.txt");
    let origin = &report["messages"][1]["origin"];
    assert_eq!(origin["time"], "2026-03-01T10:00:00.260");
    assert_eq!((&origin["from"], &origin["to"]), (&json!(null), &json!("192.0.2.7:5060")));
    assert_eq!(origin["read_as"], "asterisk-pjsip");
    let text = run(&["inspect", &golden("logs/asterisk-pjsip.txt")]).text();
    assert!(text.contains("read as an Asterisk log (pjsip set logger on)"), "{text}");
    assert!(text.contains("asterisk-pjsip.txt, lines 2 to 19\n"), "{text}");
}

#[test]
fn what_is_missing_of_a_capture_is_told_with_its_reason() {
    let ended = run(&["inspect", "--format", "json", &golden("captures/cut-off.pcap")]);
    let report = ended.json();
    let reasons: Vec<_> =
        report["notes"].as_array().unwrap().iter().map(|n| &n["reason"]).collect();
    assert_eq!(reasons, ["ends-inside", "truncated"]);
    assert_eq!(report["messages"].as_array().unwrap().len(), 1);
    let text = run(&["inspect", &golden("captures/cut-off.pcap")]).text();
    assert!(text.contains("captured only in part"), "{text}");
    let sarif = run(&["inspect", "--format", "sarif", &golden("captures/cut-off.pcap")]).json();
    let told = &sarif["runs"][0]["invocations"][0]["toolExecutionNotifications"][1];
    assert_eq!(told["descriptor"]["id"], "truncated");
}
