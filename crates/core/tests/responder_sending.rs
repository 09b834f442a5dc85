//! Messages that somebody wrote by hand: sent as they are, and what the phone answers.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test stops at the first thing that is not as expected"
)]

mod bench;

use bench::{Bench, PHONE, SUBSCRIBE, bench};
use fingerpost_core::pnp::*;
use fingerpost_core::{Instant, Message, Response};
use std::time::Duration;

const INFO: &str = "INFO sip:10.13.2.37 SIP/2.0\r\nVia: SIP/2.0/UDP 10.13.4.121:5060;branch=z9hG4bKinfo\r\n\
    From: <sip:a@b>;tag=1\r\nTo: <sip:10.13.2.37>\r\nCall-ID: by-hand@b\r\nCSeq: 1 INFO\r\n\r\n";

fn send(bench: &mut Bench, bytes: &[u8]) -> Result<Token, SendError> {
    let written = HandWritten::new(CardId(1), PHONE.parse().unwrap(), bytes.into());
    bench.responder.send(bench.now, written)
}

/// A message was sent to the bench's phone; its name.
fn sent(bench: &mut Bench, bytes: &[u8]) -> Token {
    let token = send(bench, bytes).unwrap();
    assert_eq!(bench.events(), [ResponderEvent::Sent { token }]);
    let sent = bench.sent();
    assert_eq!((sent.len(), sent[0].to.to_string(), &*sent[0].bytes), (1, PHONE.into(), bytes));
    assert_eq!(sent[0].from.to_string(), "10.13.4.121:5060");
    token
}

#[test]
fn a_message_is_sent_once_as_it_is_and_its_answer_is_told_with_its_time() {
    let mut bench = bench(Dialect::Rfc);
    let token = sent(&mut bench, INFO.as_bytes());
    assert_eq!(bench.run_to(12), [], "nothing is sent again");
    let events = bench.reply(INFO.as_bytes(), 200);
    let (reason, after) = ("Whatever".into(), Duration::from_millis(12));
    assert_eq!(events, [ResponderEvent::SentAnswered { token, status: 200, reason, after }]);
    assert_eq!((bench.run_to(60_000), bench.responder.poll_timeout()), (vec![], None));
}

#[test]
fn a_message_that_nobody_answers_is_given_up_after_five_seconds() {
    let mut bench = bench(Dialect::Rfc);
    let token = sent(&mut bench, INFO.as_bytes());
    bench.run_to(4_999);
    assert_eq!(bench.events(), []);
    assert_eq!(bench.run_to(5_000), [], "nothing is sent again");
    assert_eq!(bench.events(), [ResponderEvent::SentUnanswered { token }]);
}

#[test]
fn a_provisional_answer_is_told_and_so_is_the_last_one() {
    let mut bench = bench(Dialect::Rfc);
    sent(&mut bench, INFO.as_bytes());
    let statuses = |events: Vec<ResponderEvent>| match &events[..] {
        [ResponderEvent::SentAnswered { status, .. }] => *status,
        _ => panic!("{events:?}"),
    };
    assert_eq!(statuses(bench.reply(INFO.as_bytes(), 180)), 180);
    assert_eq!(statuses(bench.reply(INFO.as_bytes(), 486)), 486);
    sent(&mut bench, INFO.as_bytes());
    assert_eq!(statuses(bench.reply(INFO.as_bytes(), 100)), 100);
    bench.run_to(60_000);
    assert_eq!(bench.events(), [], "it did not stay unanswered");
}

#[test]
fn bytes_that_are_no_message_are_sent_and_answered_all_the_same() {
    let mut bench = bench(Dialect::Rfc);
    let token = sent(&mut bench, b"NOTIFY\xff\x00 nonsense");
    // The phone asks meanwhile, and what it says to its NOTIFY is no answer to that.
    bench.arrive(SUBSCRIBE);
    let notify = bench.sent().pop().unwrap().bytes;
    assert!(matches!(bench.reply(&notify, 200)[..], [ResponderEvent::Acknowledged { .. }]));
    let events = bench.arrive(b"SIP/2.0 400 Bad Request\r\n\r\n");
    assert!(
        matches!(&events[..], [ResponderEvent::SentAnswered { token: told, status: 400, .. }] if *told == token),
        "{events:?}"
    );
}

#[test]
fn an_answer_to_another_message_of_the_same_call_is_not_taken_for_it() {
    let mut bench = bench(Dialect::Rfc);
    bench.arrive(SUBSCRIBE);
    let notify = bench.sent().pop().unwrap().bytes;
    let other = String::from_utf8(notify.clone())
        .unwrap()
        .replace("branch=z9hG4bK", "branch=z9hG4bKby-hand-");
    let token = sent(&mut bench, other.as_bytes());
    assert!(matches!(bench.reply(&notify, 200)[..], [ResponderEvent::Acknowledged { .. }]));
    let events = bench.reply(other.as_bytes(), 481);
    assert!(
        matches!(&events[..], [ResponderEvent::SentAnswered { token: told, status: 481, .. }] if *told == token),
        "{events:?}"
    );
}

#[test]
fn nobody_else_answers_for_the_phone() {
    let mut bench = bench(Dialect::Rfc);
    sent(&mut bench, INFO.as_bytes());
    let ok = Response::reply_to(&Message::parse(INFO.as_bytes()).unwrap(), 200, "OK");
    let ok = ok.headers().build().unwrap();
    let events = bench.arrive_on(1, "10.13.2.38:5060", &ok);
    assert!(matches!(events[..], [ResponderEvent::Ignored { .. }]), "{events:?}");
}

#[test]
fn a_response_and_an_ack_wait_for_nothing() {
    let mut bench = bench(Dialect::Rfc);
    sent(&mut bench, b"SIP/2.0 200 OK\r\n\r\n");
    sent(&mut bench, INFO.replace("INFO", "ACK").as_bytes());
    assert_eq!(bench.responder.poll_timeout(), None);
}

#[test]
fn what_fits_into_no_datagram_or_on_no_card_and_a_flood_are_refused() {
    let mut bench = bench(Dialect::Rfc);
    assert_eq!(send(&mut bench, &vec![b'x'; 65_508]), Err(SendError::TooLong(65_508)));
    let elsewhere = HandWritten::new(CardId(9), PHONE.parse().unwrap(), INFO.into());
    assert_eq!(bench.responder.send(Instant::ZERO, elsewhere), Err(SendError::Card));
    let outcomes: Vec<_> = (0..9).map(|_| send(&mut bench, INFO.as_bytes())).collect();
    assert!(outcomes[..8].iter().all(Result::is_ok));
    assert_eq!(outcomes[8], Err(SendError::TooMany));
    assert_eq!(bench.sent().len(), 8);
    bench.run_to(1_000);
    assert!(send(&mut bench, &vec![b'x'; HandWritten::LONGEST]).is_ok());
}
