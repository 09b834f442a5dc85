//! `fingerpost diff`, driven as people drive it.

#![allow(clippy::unwrap_used, reason = "test code outside #[test] functions")]

mod support;

use support::{Scratch, golden, run};

fn request() -> String {
    std::fs::read_to_string(golden("logs/sngrep.txt")).unwrap()
}

#[test]
fn another_call_of_the_same_kind_says_the_same() {
    let other = request()
        .replace("z9hG4bK776a", "z9hG4bK0b")
        .replace("3848276298@", "77@")
        .replace("a6c85cf", "b1");
    let scratch = Scratch::new("other.txt", other.as_bytes());
    let ended = run(&["diff", &golden("logs/sngrep.txt"), scratch.path()]);
    assert_eq!(ended.code, Some(0), "{}", ended.text());
    assert_eq!(
        ended.text(),
        "0 lines differ; 3 in what differs anyway, 0 in spelling, 0 in place\n"
    );
    let all = run(&["diff", "--all", &golden("logs/sngrep.txt"), scratch.path()]).text();
    assert!(all.contains("~ Call-ID: 3848276298@192.0.2.7\n~ Call-ID: 77@192.0.2.7\n"), "{all}");
    assert!(all.contains("  Max-Forwards: 70\n"), "{all}");
}

#[test]
fn what_a_message_says_otherwise_is_shown_on_both_sides() {
    let other = request().replace("m=audio 4000", "m=audio 4002").replace("Max-Forwards: 70\n", "");
    let scratch = Scratch::new("other.txt", other.as_bytes());
    let ended = run(&["diff", &golden("logs/sngrep.txt"), scratch.path()]);
    assert_eq!(ended.code, Some(1));
    let text = ended.text();
    assert!(
        text.starts_with(
            "- Max-Forwards: 70\n- m=audio 4000 RTP/AVP 8\n+ m=audio 4002 RTP/AVP 8\n"
        ),
        "{text}"
    );
}

#[test]
fn two_messages_of_one_file_are_compared_also_for_programs() {
    let report = run(&["diff", "--format", "json", &golden("captures/exchange.pcap")]).json();
    let rows = report["rows"].as_array().unwrap();
    assert_eq!(
        (&rows[0]["place"], &rows[0]["difference"]),
        (&"start-line".into(), &"changed".into())
    );
    let via = rows.iter().find(|row| row["header"] == "Via").unwrap();
    assert_eq!(via["difference"], "changed", "rport was filled in");
    let call = rows.iter().find(|row| row["header"] == "Call-ID").unwrap();
    assert_eq!(call["difference"], "same");
}

#[test]
fn where_there_is_no_second_message_that_is_told() {
    let ended = run(&["diff", &support::corpus("manual/subscribe.sip")]);
    assert_eq!(ended.code, Some(2));
    assert!(ended.stderr.contains("name a second file"), "{}", ended.stderr);
}
