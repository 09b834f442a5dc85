//! Who speaks with whom, and what answers what.

use crate::support::{
    accepted, acknowledged, message, notify, pasted, request, response, subscribe,
};
use fingerpost_ladder::{Heard, Ladder, Role, RowKind};

fn names(ladder: &Ladder) -> Vec<&str> {
    ladder.lanes.iter().map(|lane| lane.name.as_str()).collect()
}

fn ways(ladder: &Ladder) -> Vec<(usize, usize)> {
    ladder.rows.iter().map(|row| (row.from, row.to)).collect()
}

#[test]
fn a_pasted_exchange_has_phone_group_and_server() {
    let ladder = pasted(&[subscribe(), accepted(), notify(), acknowledged()]);
    assert_eq!(names(&ladder), ["10.0.0.7", "224.0.1.75", "10.0.0.1"]);
    assert_eq!(ways(&ladder), [(0, 1), (2, 0), (2, 0), (0, 2)]);
    let roles: Vec<Role> = ladder.lanes.iter().map(|lane| lane.role).collect();
    assert_eq!(roles, [Role::Phone, Role::Group, Role::Server]);
    assert_eq!(ladder.lanes[0].subtitle(), "snom snomD785");
    assert!(ladder.rows.iter().all(|row| row.is_deduced));
    assert_eq!((ladder.missing.len(), ladder.first_failure, ladder.calls), (0, None, 1));
}

#[test]
fn rows_say_what_they_carry() {
    let ladder = pasted(&[subscribe(), accepted(), notify(), acknowledged()]);
    let said = |row: usize| (ladder.rows[row].label.as_str(), ladder.rows[row].detail.as_str());
    assert_eq!(said(0), ("SUBSCRIBE", "ua-profile"));
    assert_eq!(said(1), ("200 OK", "to SUBSCRIBE"));
    assert_eq!(said(2), ("NOTIFY", "http://10.0.0.1/c"));
    assert_eq!(said(3), ("200 OK", "to NOTIFY"));
}

#[test]
fn responses_find_their_requests_and_the_dialog_its_rows() {
    let ladder = pasted(&[subscribe(), accepted(), notify(), acknowledged()]);
    let answers: Vec<Option<usize>> = ladder.rows.iter().map(|row| row.answers).collect();
    assert_eq!(answers, [None, Some(0), None, Some(2)]);
    let transactions: Vec<usize> = ladder.rows.iter().map(|row| row.transaction).collect();
    assert_eq!(transactions, [0, 0, 1, 1]);
    // The SUBSCRIBE has no To tag: it learns its dialog from the 200.
    assert!(ladder.rows.iter().all(|row| row.dialog == Some(0)), "{ladder:?}");
}

/// `AudioCodes`' manual: the server repeats the phone's own Via and Contact; only its NOTIFY's Contact names it.
#[test]
fn the_server_of_the_manual_is_found_by_the_contact_of_its_notify() {
    let via = "Via: SIP/2.0/UDP 10.0.0.7:5060;branch=z9hG4bKm";
    let common = ["From: <sip:1@10.0.0.7>;tag=p", "To: <sip:224.0.1.75:5060>", "Call-ID: m"];
    let with = |first: &str, contact: &str, number: &str| {
        let lines = [&[first, via], &common[..], &[contact, number]].concat();
        message(&lines)
    };
    let own = "Contact: <sip:10.0.0.7:5060>";
    let ladder = pasted(&[
        with("SUBSCRIBE sip:224.0.1.75:5060 SIP/2.0", own, "CSeq: 1 SUBSCRIBE"),
        with("SIP/2.0 200 OK", own, "CSeq: 1 SUBSCRIBE"),
        with("NOTIFY sip:10.0.0.7:5060 SIP/2.0", "Contact: <sip:10.0.0.1:5060>", "CSeq: 1 NOTIFY"),
    ]);
    assert_eq!(names(&ladder), ["10.0.0.7", "224.0.1.75", "10.0.0.1"]);
    assert_eq!(ways(&ladder), [(0, 1), (2, 0), (2, 0)]);
}

#[test]
fn nobody_is_made_up_where_nothing_tells_who_answered() {
    let bare = message(&[
        "SIP/2.0 200 OK",
        "Via: SIP/2.0/UDP 10.0.0.7:5060;branch=z9hG4bKs",
        "Call-ID: pnp@10.0.0.7",
        "CSeq: 1 SUBSCRIBE",
    ]);
    let ladder = pasted(&[subscribe(), bare]);
    assert_eq!(ladder.lanes[ladder.rows[1].from].name, "unknown");
}

#[test]
fn a_capture_is_believed_more_than_the_messages() {
    let (subscribe, accepted) = (subscribe(), accepted());
    let phone = "192.168.1.9:1024".parse().unwrap();
    let heard = [
        Heard::text(&subscribe).between(phone, "224.0.1.75:5060".parse().unwrap()).at(5_000_000),
        Heard::text(&accepted).between("192.168.1.2:5060".parse().unwrap(), phone).at(5_020_000),
    ];
    let ladder = Ladder::of(&heard);
    assert_eq!(names(&ladder), ["192.168.1.9", "224.0.1.75", "192.168.1.2"]);
    assert_eq!((ladder.rows[0].from_port, ladder.rows[0].is_deduced), (Some(1024), false));
    assert_eq!((ladder.rows[1].time, ladder.rows[1].took), (Some(20_000), Some(20_000)));
}

#[test]
fn ports_tell_parties_of_one_address_apart() {
    let (asked, answered) =
        (request("OPTIONS", "sip:x", "c", "1", 1), response("200 OK", "OPTIONS", "c", "1", 1));
    let (one, other) = ("127.0.0.1:5060".parse().unwrap(), "127.0.0.1:5070".parse().unwrap());
    let heard =
        [Heard::text(&asked).between(one, other), Heard::text(&answered).between(other, one)];
    let ladder = Ladder::of(&heard);
    assert_eq!(names(&ladder), ["127.0.0.1:5060", "127.0.0.1:5070"]);
    assert_eq!(ways(&ladder), [(0, 1), (1, 0)]);
}

#[test]
fn retransmissions_are_told_from_new_requests() {
    let again = request("OPTIONS", "sip:b@10.0.0.1", "c", "2", 2);
    let first = || request("OPTIONS", "sip:b@10.0.0.1", "c", "1", 1);
    let answer = || response("200 OK", "OPTIONS", "c", "1", 1);
    let ladder = pasted(&[first(), first(), answer(), answer(), again]);
    let repeats: Vec<Option<usize>> = ladder.rows.iter().map(|row| row.repeats).collect();
    assert_eq!(repeats, [None, Some(0), None, Some(2), None]);
}

#[test]
fn two_servers_that_answer_one_phone_are_two_answers() {
    let (subscribe, accepted) = (subscribe(), accepted());
    let phone = "10.0.0.7:5060".parse().unwrap();
    let from = |server: &str| Heard::text(&accepted).between(server.parse().unwrap(), phone);
    let asked = Heard::text(&subscribe).between(phone, "224.0.1.75:5060".parse().unwrap());
    let ladder = Ladder::of(&[asked, from("10.0.0.1:5060"), from("10.0.0.2:5060")]);
    assert!(ladder.rows.iter().all(|row| row.repeats.is_none()));
    assert_eq!(ladder.lanes.len(), 4);
}

#[test]
fn an_ack_answers_the_response_whatever_its_branch() {
    let ladder = pasted(&[
        request("INVITE", "sip:b@10.0.0.1", "c", "1", 1),
        response("180 Ringing", "INVITE", "c", "1", 1),
        response("200 OK", "INVITE", "c", "1", 1),
        request("ACK", "sip:b@10.0.0.1", "c", "2", 1),
    ]);
    assert_eq!((ladder.rows[3].answers, ladder.rows[3].transaction), (Some(2), 0));
    assert_eq!(
        (ladder.rows[1].kind, ladder.rows[2].kind),
        (RowKind::Provisional, RowKind::Success)
    );
    assert!(ladder.missing.is_empty(), "{:?}", ladder.missing);
}
