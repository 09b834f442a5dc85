use super::*;
use crate::entropy::SeededEntropy;
use crate::message::Message;
use crate::pnp::profile::ALL;
use crate::pnp::{Answer, CardAddress, Dialect, Subscriber};
use alloc::string::String;
use core::time::Duration;

fn responder(max: usize) -> Responder {
    let config = ResponderConfig::default().with_max_exchanges(max);
    let mut responder = Responder::new(config, Box::new(SeededEntropy::new(1)));
    let address = CardAddress::new("192.0.2.1/24".parse().unwrap(), 5060);
    responder.set_cards([Card::new(CardId(1), "eth0", alloc::vec![address])]);
    responder
}

fn ask(responder: &mut Responder, now: Instant, number: u64) {
    ask_for(responder, now, number, "0");
}

fn ask_for(responder: &mut Responder, now: Instant, number: u64, expires: &str) {
    let source: SocketAddr = alloc::format!("192.0.2.{}:5060", 2 + number % 200).parse().unwrap();
    let profile = &ALL[usize::try_from(number).unwrap() % ALL.len()];
    let bytes =
        profile.subscribe(&Subscriber::new(source), &mut SeededEntropy::new(number)).unwrap();
    let text = String::from_utf8(bytes).unwrap();
    let bytes = text.replace("Expires: 0", &alloc::format!("Expires: {expires}")).into_bytes();
    responder.handle_datagram(
        now,
        &Arrival { card: CardId(1), source, is_multicast: true, bytes: &bytes },
    );
}

fn answer_all(responder: &mut Responder, now: Instant) {
    while let Some(event) = responder.poll_event() {
        if let ResponderEvent::Asked(asked) = event {
            let answer = Answer::new("tftp://192.0.2.1", Dialect::Auto, "all");
            responder.decide(now, asked.token, Decision::Answer(answer));
        }
    }
    while responder.poll_transmit().is_some() {}
}

#[test]
fn every_table_returns_to_its_size() {
    let mut responder = responder(1000);
    let mut now = Instant::ZERO;
    for number in 0..300 {
        let expires = ["0", "10", "90"][usize::try_from(number % 7 % 3).unwrap()];
        ask_for(&mut responder, now, number, expires);
        if number % 3 > 0 {
            answer_all(&mut responder, now);
        }
        let sync = CheckSync::new(CardId(1), "192.0.2.9:5060".parse().unwrap(), "check-sync");
        assert!(responder.check_sync(now, &sync).is_some());
        let written = HandWritten::new(CardId(1), sync.phone, b"INFO sip:x SIP/2.0\r\n\r\n".into());
        assert!(responder.send(now, written).is_ok());
        now = now + Duration::from_millis(200);
        responder.handle_timeout(now);
    }
    responder.handle_timeout(now + Duration::from_secs(60));
    responder.handle_timeout(now + Duration::from_secs(600));
    responder.handle_timeout(now + Duration::from_secs(660));
    assert!(responder.table.is_clean() && responder.syncs.is_clean());
    assert!(responder.sendings.is_clean());
    assert_eq!(responder.poll_timeout(), None);
}

#[test]
fn a_full_table_forgets_the_oldest_and_says_so() {
    let mut responder = responder(3);
    (0..5).for_each(|number| ask(&mut responder, Instant::ZERO, number));
    assert_eq!(responder.table.len(), 3);
    let mut forgotten = 0;
    while let Some(event) = responder.poll_event() {
        forgotten += usize::from(matches!(
            event,
            ResponderEvent::Ignored { reason: IgnoreReason::TooMany, .. }
        ));
    }
    assert_eq!(forgotten, 2);
}

#[test]
fn a_phone_that_was_served_is_not_told_of_as_ignored_when_the_table_is_full() {
    let mut responder = responder(3);
    let mut forgotten = 0;
    for number in 0..30 {
        ask(&mut responder, Instant::ZERO, number);
        while let Some(event) = responder.poll_event() {
            forgotten += u32::from(matches!(event, ResponderEvent::Ignored { .. }));
            if let ResponderEvent::Asked(asked) = event {
                let answer = Answer::new("tftp://192.0.2.1", Dialect::Rfc, "all");
                responder.decide(Instant::ZERO, asked.token, Decision::Answer(answer));
            }
        }
        while let Some(sent) = responder.poll_transmit() {
            if sent.bytes.starts_with(b"NOTIFY") {
                react(&mut responder, Instant::ZERO, &sent, 2);
            }
        }
    }
    assert_eq!((responder.table.len(), forgotten), (3, 0));
}

/// What a phone of the days does with a NOTIFY: takes it, refuses it, or is gone.
fn react(responder: &mut Responder, now: Instant, notify: &Transmit, number: u64) {
    let status = match number % 5 {
        0 => return,
        1 => 481,
        _ => 200,
    };
    let message = Message::parse(&notify.bytes).unwrap();
    let reply = crate::message::Response::reply_to(&message, status, "x").headers();
    let bytes = reply.build().unwrap();
    let (card, source) = (notify.card, notify.to);
    responder.handle_datagram(now, &Arrival { card, source, is_multicast: false, bytes: &bytes });
}

/// Lets everything happen that is due up to `end`.
fn live_to(responder: &mut Responder, end: Instant, number: u64) {
    while let Some(at) = responder.poll_timeout().filter(|at| *at <= end) {
        responder.handle_timeout(at);
        while let Some(sent) = responder.poll_transmit() {
            react(responder, at, &sent, number);
        }
        while responder.poll_event().is_some() {}
    }
}

#[test]
fn after_twenty_four_days_of_subscriptions_that_last_every_table_is_empty() {
    let mut responder = responder(20_000);
    let (mut most, mut now) = (0, Instant::ZERO);
    for number in 0..24 * 24 * 4 {
        let expires = ["600", "86400", "0", "3600"][usize::try_from(number % 4).unwrap()];
        ask_for(&mut responder, now, number, expires);
        while let Some(event) = responder.poll_event() {
            if let ResponderEvent::Asked(asked) = event {
                let answer = Answer::new("tftp://192.0.2.1", Dialect::Auto, "all");
                responder.decide(now, asked.token, Decision::Answer(answer));
            }
        }
        while let Some(sent) = responder.poll_transmit() {
            if sent.bytes.starts_with(b"NOTIFY") {
                react(&mut responder, now, &sent, number);
            }
        }
        now = now + Duration::from_secs(15 * 60);
        live_to(&mut responder, now, number);
        most = most.max(responder.table.len());
    }
    // A day's subscriptions, not those of all days.
    assert!((10..60).contains(&most), "{most}");
    live_to(&mut responder, now + Duration::from_secs(2 * 86_400), 2);
    assert!(responder.table.is_clean() && responder.poll_timeout().is_none());
}
