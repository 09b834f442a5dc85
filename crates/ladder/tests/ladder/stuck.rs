//! What should have come and did not, and where things went wrong first.

use crate::support::{accepted, acknowledged, notify, pasted, request, response, subscribe};
use fingerpost_ladder::{Heard, Ladder};

fn missing(ladder: &Ladder) -> Vec<(usize, &str, &str)> {
    let missing = ladder.missing.iter();
    missing.map(|missing| (missing.after, missing.what.as_str(), missing.reference)).collect()
}

#[test]
fn a_phone_that_nobody_answers_is_said_after_its_last_repeat() {
    let subscribe = subscribe();
    let heard = [0, 500_000, 1_500_000].map(|time| Heard::text(&subscribe).at(time));
    let ladder = Ladder::of(&heard);
    assert_eq!(missing(&ladder), [(2, "a response to SUBSCRIBE", "RFC 6080 §6.7")]);
    assert_eq!((ladder.missing[0].waited, ladder.first_failure), (Some(0), Some(2)));
}

#[test]
fn an_accepted_subscription_without_notify_is_stuck_at_the_server() {
    let ladder = pasted(&[subscribe(), accepted()]);
    assert_eq!(missing(&ladder), [(1, "a NOTIFY", "RFC 6665 §4.2.1.2")]);
    assert_eq!(ladder.lanes[ladder.missing[0].from].name, "10.0.0.1");
    assert_eq!(ladder.lanes[ladder.missing[0].to].name, "10.0.0.7");
}

#[test]
fn a_notify_that_is_not_acknowledged_is_stuck_at_the_phone() {
    let ladder = pasted(&[subscribe(), accepted(), notify(), notify()]);
    assert_eq!(missing(&ladder), [(3, "a response to NOTIFY", "RFC 6665 §4.1.3")]);
    let whole = pasted(&[subscribe(), accepted(), notify(), notify(), acknowledged()]);
    assert_eq!(missing(&whole), []);
}

#[test]
fn a_notify_may_come_before_the_200() {
    assert_eq!(missing(&pasted(&[subscribe(), notify(), acknowledged(), accepted()])), []);
}

#[test]
fn a_page_without_times_may_show_the_notify_first() {
    assert_eq!(missing(&pasted(&[notify(), acknowledged(), subscribe(), accepted()])), []);
    let messages = [notify(), acknowledged(), subscribe(), accepted()];
    let heard: Vec<Heard<'_>> = messages.iter().map(|bytes| Heard::text(bytes).at(1)).collect();
    assert_eq!(missing(&Ladder::of(&heard)), [(3, "a NOTIFY", "RFC 6665 §4.2.1.2")]);
}

#[test]
fn a_call_that_only_rings_has_no_final_response() {
    let ladder = pasted(&[
        request("INVITE", "sip:b@10.0.0.1", "c", "1", 1),
        response("180 Ringing", "INVITE", "c", "1", 1),
    ]);
    assert_eq!(missing(&ladder), [(1, "a final response to INVITE", "RFC 3261 §17.1.1")]);
}

#[test]
fn an_answered_call_without_ack_is_said_with_the_section_of_its_answer() {
    let with = |status: &str| {
        pasted(&[request("INVITE", "sip:b", "c", "1", 1), response(status, "INVITE", "c", "1", 1)])
    };
    assert_eq!(missing(&with("200 OK")), [(1, "an ACK", "RFC 3261 §13.2.2.4")]);
    assert_eq!(missing(&with("486 Busy Here")), [(1, "an ACK", "RFC 3261 §17.1.1.3")]);
}

#[test]
fn the_first_refusal_is_the_first_failure() {
    let ladder = pasted(&[
        request("OPTIONS", "sip:b", "c", "1", 1),
        response("200 OK", "OPTIONS", "c", "1", 1),
        request("REGISTER", "sip:b", "d", "2", 1),
        response("403 Forbidden", "REGISTER", "d", "2", 1),
    ]);
    assert_eq!(ladder.first_failure, Some(3));
}

#[test]
fn a_challenge_that_was_met_is_no_failure() {
    let mut with_credentials = request("REGISTER", "sip:b", "c", "2", 2);
    with_credentials.truncate(with_credentials.len() - 2);
    with_credentials.extend_from_slice(b"Authorization: Digest username=\"a\"\r\n\r\n");
    let challenged = [
        request("REGISTER", "sip:b", "c", "1", 1),
        response("401 Unauthorized", "REGISTER", "c", "1", 1),
    ];
    assert_eq!(pasted(&challenged).first_failure, Some(1));
    let [asked, refused] = challenged;
    let met =
        pasted(&[asked, refused, with_credentials, response("200 OK", "REGISTER", "c", "2", 2)]);
    assert_eq!(met.first_failure, None);
}

#[test]
fn what_follows_a_row_is_found_by_its_row() {
    let ladder = pasted(&[subscribe(), accepted()]);
    assert_eq!((ladder.missing_after(0).count(), ladder.missing_after(1).count()), (0, 1));
}
