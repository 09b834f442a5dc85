//! Messages that somebody wrote, sent to phones that asked.

use super::memory::{do_it, exchanges, remembering};
use super::{EVERYONE, arrive, desk, events, names, run_to, subscribe};
use crate::desk::*;
use crate::marks::{Adoption, Marking};
use crate::view::PhoneState;
use fingerpost_core::pnp::HandWritten;
use std::time::Duration;

/// The hardware address that the phone of these tests names.
const SNOM: &str = "000413000007";
const PHONE: &str = "192.0.2.7:5060";
const LATER: Instant = Instant::from_millis(60_000);
/// With mistakes that nobody is to mend: a bare line feed, bytes that are no text, a wrong Content-Length.
const WRITTEN: &[u8] =
    b"NOTIFY sip:192.0.2.7 SIP/2.0\nVia: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKwritten\r\n\
    Call-ID: written@here\r\nCSeq: 1 NOTIFY\r\nContent-Length: 99\r\n\r\n\xff\x00";

/// The phone has asked, was answered, and all of that is over.
fn has_asked(mut desk: Desk) -> Desk {
    arrive(&mut desk, Instant::ZERO, PHONE, &subscribe("snom", 1));
    run_to(&mut desk, LATER, None);
    while desk.poll_transmit(LATER).is_some() {}
    events(&mut desk);
    desk.take_notes();
    desk
}

/// Orders it sent while the neighbour table says this; what came of it.
fn order(desk: &mut Desk, says: Option<&str>) -> Result<(), String> {
    desk.send(LATER, SNOM, Some(PHONE.parse().unwrap()), WRITTEN.into())?;
    assert_eq!(desk.poll_probe().unwrap().address.to_string(), "192.0.2.7");
    run_to(desk, LATER + Duration::from_millis(300), says);
    desk.poll_outcome().unwrap().1.map_err(|error| error.to_string())
}

fn reply(desk: &mut Desk, at: Instant, bytes: &[u8]) {
    let source = PHONE.parse().unwrap();
    desk.handle_datagram(at, &Arrival { card: CardId(3), source, is_multicast: false, bytes });
}

const OK: &[u8] = b"SIP/2.0 200 OK\r\nVia: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKwritten\r\n\
    Call-ID: written@here\r\nCSeq: 1 NOTIFY\r\n\r\n";

#[test]
fn a_phone_that_still_answers_at_its_address_is_sent_exactly_what_was_written() {
    let mut desk = has_asked(desk(EVERYONE));
    assert_eq!(order(&mut desk, Some(SNOM)), Ok(()));
    let sent: Vec<_> = std::iter::from_fn(|| desk.poll_transmit(LATER)).collect();
    assert_eq!(sent.len(), 1);
    assert_eq!((sent[0].to.to_string().as_str(), &*sent[0].bytes), (PHONE, WRITTEN));
    assert_eq!((sent[0].from.to_string().as_str(), sent[0].card), ("192.0.2.1:5060", CardId(3)));
    reply(&mut desk, LATER + Duration::from_millis(312), OK);
    let said = events(&mut desk);
    assert_eq!(names(&said), ["message_sent", "message_answered"]);
    assert_eq!((&said[0]["what"], &said[0]["bytes"]), (&"NOTIFY".into(), &WRITTEN.len().into()));
    assert_eq!((&said[1]["status"], &said[1]["reason"]), (&200.into(), &"OK".into()));
    assert_eq!((&said[1]["phone"]["mac"], &said[1]["number"]), (&SNOM.into(), &said[0]["number"]));
    let detail = desk.phone(SNOM).unwrap();
    let told = detail.timeline.iter().map(|event| serde_json::to_value(event).unwrap());
    assert_eq!(told.skip_while(|event| event["event"] != "message_sent").count(), 2);
    assert!(detail.messages.iter().any(|message| message.text.contains("written@here")));
}

#[test]
fn it_is_sent_while_phones_are_only_observed_too() {
    let mut desk = has_asked(desk(EVERYONE));
    desk.set_policy(LATER, Policy::parse(EVERYONE).unwrap().with_mode(Mode::Observe));
    assert_eq!(order(&mut desk, Some(SNOM)), Ok(()));
    assert_eq!(std::iter::from_fn(|| desk.poll_transmit(LATER)).count(), 1);
}

#[test]
fn a_phone_that_does_not_answer_it_is_told_so_and_sent_nothing_again() {
    let mut desk = has_asked(desk(EVERYONE));
    order(&mut desk, Some(SNOM)).unwrap();
    run_to(&mut desk, LATER + Duration::from_secs(30), None);
    assert_eq!(names(&events(&mut desk)), ["message_sent", "message_unanswered"]);
    assert_eq!(std::iter::from_fn(|| desk.poll_transmit(LATER)).count(), 1);
}

#[test]
fn another_device_at_the_address_and_nobody_there_are_sent_nothing() {
    for (says, why) in [(Some("020000000001"), "another device answers"), (None, "nobody answers")]
    {
        let mut desk = has_asked(desk(EVERYONE));
        let refused = order(&mut desk, says).unwrap_err();
        assert!(refused.starts_with(why), "{refused}");
        assert!(events(&mut desk).is_empty() && desk.poll_transmit(LATER).is_none());
        assert!(desk.phone(SNOM).unwrap().messages.iter().all(|one| !one.text.contains("written")));
    }
}

#[test]
fn who_may_not_be_sent_anything_is_refused_in_words_and_looked_for_nowhere() {
    let refused = |desk: &mut Desk, id: &str, seen_at: &str, bytes: &[u8]| {
        let refused = desk.send(LATER, id, seen_at.parse().ok(), bytes.into()).unwrap_err();
        assert_eq!((desk.poll_probe(), desk.poll_lookup()), (None, None));
        refused
    };
    let mut desk = has_asked(desk(EVERYONE));
    assert_eq!(refused(&mut desk, "000413000008", PHONE, WRITTEN), "no such phone has asked");
    let elsewhere = refused(&mut desk, SNOM, "192.0.2.9:5060", WRITTEN);
    assert_eq!(elsewhere, "it was seen at 192.0.2.9:5060 and has asked from 192.0.2.7:5060 since");
    assert!(refused(&mut desk, SNOM, PHONE, b"").contains("empty"));
    let long = vec![b'x'; HandWritten::LONGEST + 1];
    assert!(refused(&mut desk, SNOM, PHONE, &long).contains("65507 is the most"));
    do_it(&mut desk, &Wanted::Mark(Marking::Adoption(Adoption::Ignored), vec![SNOM.into()]))
        .unwrap();
    assert!(refused(&mut desk, SNOM, PHONE, WRITTEN).contains("release it first"));
    desk.set_cards(Vec::new());
    do_it(&mut desk, &Wanted::Mark(Marking::Adoption(Adoption::New), vec![SNOM.into()])).unwrap();
    assert_eq!(refused(&mut desk, SNOM, PHONE, WRITTEN), "eth0 is not listened on now");
}

#[test]
fn a_card_that_goes_while_the_phone_is_looked_for_sends_nothing() {
    let mut desk = has_asked(desk(EVERYONE));
    desk.send(LATER, SNOM, None, WRITTEN.into()).unwrap();
    desk.set_cards(Vec::new());
    run_to(&mut desk, LATER + Duration::from_millis(300), Some(SNOM));
    let refused = desk.poll_outcome().unwrap().1.unwrap_err();
    assert_eq!(refused.to_string(), "the card is not listened on now");
}

#[test]
fn a_phone_of_an_earlier_run_is_sent_nothing_before_it_asks_again() {
    let before = has_asked(desk(EVERYONE)).rows().remove(0);
    let phones = vec![PhoneRow { is_remembered: true, ..before }];
    let mut desk = remembering(EVERYONE, Remembered { phones, ..Remembered::default() });
    let refused = desk.send(LATER, SNOM, None, WRITTEN.into()).unwrap_err();
    assert!(refused.starts_with("it has not asked since Fingerpost was started"), "{refused}");
    arrive(&mut desk, LATER, PHONE, &subscribe("snom", 2));
    assert!(desk.send(LATER, SNOM, None, WRITTEN.into()).is_ok());
}

#[test]
fn too_many_messages_within_a_second_are_refused() {
    let mut desk = has_asked(desk(EVERYONE));
    for _ in 0..9 {
        desk.send(LATER, SNOM, None, WRITTEN.into()).unwrap();
    }
    run_to(&mut desk, LATER + Duration::from_millis(300), Some(SNOM));
    let outcomes: Vec<_> = std::iter::from_fn(|| desk.poll_outcome()).map(|(_, one)| one).collect();
    assert_eq!((outcomes.len(), outcomes.iter().filter(|one| one.is_ok()).count()), (9, 8));
    let refused = outcomes.into_iter().find_map(Result::err).unwrap();
    assert!(refused.to_string().contains("wait a moment"));
}

#[test]
fn it_is_remembered_with_what_was_said_and_what_came_of_it() {
    let mut desk = has_asked(remembering(EVERYONE, Remembered::default()));
    order(&mut desk, Some(SNOM)).unwrap();
    desk.poll_transmit(LATER).unwrap();
    reply(&mut desk, LATER + Duration::from_millis(400), OK);
    let notes = desk.take_notes();
    let exchange = *exchanges(&notes).last().unwrap();
    assert!(exchange.is_ours() && exchange.phone == SNOM);
    assert_eq!(exchange.state, PhoneState::Acknowledged);
    let said: Vec<_> = notes
        .iter()
        .filter_map(|note| match note {
            Note::Message(message) => Some((message.exchange, message.direction, &*message.bytes)),
            _ => None,
        })
        .collect();
    let both = [(exchange.id, Direction::Out, WRITTEN), (exchange.id, Direction::In, OK)];
    assert_eq!(said, both);
    // As the database keeps it.
    let kept = serde_json::to_string(&exchange.steps).unwrap();
    assert_eq!(
        serde_json::from_str::<Vec<crate::memory::record::Step>>(&kept).unwrap(),
        exchange.steps
    );
    let told = crate::memory::timeline_of(exchange, &desk.rows()[0].phone);
    let told: Vec<_> = told.iter().map(|event| serde_json::to_value(event).unwrap()).collect();
    assert_eq!(names(&told), ["message_sent", "message_answered"]);
}
