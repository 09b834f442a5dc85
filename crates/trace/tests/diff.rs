//! The difference of two messages, as somebody sees it who knows SIP.

#![allow(clippy::unwrap_used, reason = "test code outside #[test] functions")]

use fingerpost_core::Message;
use fingerpost_trace::diff::{Difference, Place, Row, diff};

const LEFT: &str = "INVITE sip:200@pbx.example SIP/2.0\r\nVia: SIP/2.0/UDP 192.0.2.7;branch=z9hG4bK1;rport\r\n\
    Max-Forwards: 70\r\nFrom: \"A\" <sip:100@pbx.example>;tag=1\r\nTo: <sip:200@pbx.example>\r\nCall-ID: 1@192.0.2.7\r\n\
    CSeq: 1 INVITE\r\nContact: <sip:100@192.0.2.7>\r\nSupported: replaces\r\nContent-Type: application/sdp\r\n\
    Content-Length: 90\r\n\r\nv=0\r\no=- 7 1 IN IP4 192.0.2.7\r\ns=-\r\nc=IN IP4 192.0.2.7\r\nt=0 0\r\nm=audio 4000 RTP/AVP 8\r\n";

fn rows(left: &str, right: &str) -> Vec<Row> {
    diff(&Message::parse(left.as_bytes()).unwrap(), &Message::parse(right.as_bytes()).unwrap())
}

fn changed(left: &str, right: &str) -> Vec<(String, Difference, bool)> {
    let rows = rows(left, right).into_iter();
    let name = |place: Place| match place {
        Place::Header(name) => name,
        Place::StartLine => "start".into(),
        _ => "body".into(),
    };
    rows.filter(|row| row.difference != Difference::Same || row.is_moved)
        .map(|row| (name(row.place), row.difference, row.is_moved))
        .collect()
}

fn of(name: &str, difference: Difference) -> (String, Difference, bool) {
    (name.into(), difference, false)
}

#[test]
fn a_message_does_not_differ_from_itself() {
    assert_eq!(changed(LEFT, LEFT), []);
}

#[test]
fn another_transaction_of_the_same_kind_differs_in_noise_only() {
    let right = LEFT
        .replace("z9hG4bK1", "z9hG4bK77")
        .replace("tag=1", "tag=9")
        .replace("Call-ID: 1@", "Call-ID: 8@")
        .replace("CSeq: 1", "CSeq: 2")
        .replace("o=- 7 1", "o=- 8 2");
    let noise = Difference::Noise;
    let names = ["Via", "From", "Call-ID", "CSeq", "body"];
    assert_eq!(changed(LEFT, &right), names.map(|name| of(name, noise)));
}

#[test]
fn folding_blanks_and_short_names_are_spelling() {
    let right = LEFT
        .replace("Via: ", "v:")
        .replace("From: \"A\" <sip", "f: \"A\"\r\n <sip")
        .replace(";rport", " ;rport");
    let spelling = Difference::Spelling;
    assert_eq!(changed(LEFT, &right), [of("Via", spelling), of("From", spelling)]);
}

#[test]
fn a_header_that_stands_elsewhere_is_moved_and_nothing_else() {
    let right = LEFT
        .replace("Max-Forwards: 70\r\n", "")
        .replace("Contact: ", "Max-Forwards: 70\r\nContact: ");
    assert_eq!(changed(LEFT, &right), [("Max-Forwards".into(), Difference::Same, true)]);
}

#[test]
fn what_a_proxy_does_is_seen_as_one_via_more_and_one_hop_less() {
    let right = LEFT
        .replace("Via: ", "Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK0\r\nVia: ")
        .replace("Forwards: 70", "Forwards: 69")
        .replace("sip:200@pbx.example SIP", "sip:200@192.0.2.9 SIP");
    let expected = [
        of("start", Difference::Changed),
        of("Via", Difference::Added),
        of("Max-Forwards", Difference::Changed),
    ];
    assert_eq!(changed(LEFT, &right), expected);
}

#[test]
fn a_changed_value_is_told_with_its_place_on_both_sides() {
    let right =
        LEFT.replace("Contact: <sip:100@192.0.2.7>", "Contact: <sip:100@198.51.100.3:5062>");
    let rows = rows(LEFT, &right);
    let row = rows.iter().find(|row| row.difference == Difference::Changed).unwrap();
    let parts: Vec<_> = row
        .parts
        .iter()
        .map(|(one, two)| (&LEFT[one.start..one.end], &right[two.start..two.end]))
        .collect();
    assert_eq!(parts, [("192.0.2.7", "198.51.100.3:5062")]);
}

#[test]
fn lines_of_a_body_are_put_beside_each_other() {
    let right =
        LEFT.replace("t=0 0\r\n", "b=AS:64\r\nt=0 0\r\n").replace("RTP/AVP 8", "RTP/AVP 8 0");
    let expected = [of("body", Difference::Added), of("body", Difference::Changed)];
    assert_eq!(changed(LEFT, &right), expected);
    let right = LEFT.replace("Supported: replaces\r\n", "");
    assert_eq!(changed(LEFT, &right), [of("Supported", Difference::Removed)]);
}
