use super::*;
use crate::entropy::SeededEntropy;
use crate::pnp::profile::find;
use crate::pnp::{Dialect, ReplyFields, reply};

const SERVER: &str = "192.0.2.1:5060";

fn phone(vendor: &str, patience: Patience) -> Phone {
    let subscriber = Subscriber::new("192.0.2.7:5060".parse().unwrap());
    let mut phone =
        Phone::new(find(vendor).unwrap(), &subscriber, patience, &mut SeededEntropy::new(3))
            .unwrap();
    phone.start(Instant::ZERO);
    phone
}

fn deliver(phone: &mut Phone, bytes: &[u8]) {
    let source = SERVER.parse().unwrap();
    phone.handle_datagram(
        Instant::from_millis(3),
        &Arrival { card: CardId(0), source, is_multicast: false, bytes },
    );
}

fn answers(phone: &Phone, dialect: Dialect) -> crate::pnp::Reply {
    let fields = ReplyFields::new(SERVER.parse().unwrap(), "tftp://192.0.2.1", dialect);
    reply(phone.subscribe(), &fields, &mut SeededEntropy::new(4)).unwrap()
}

#[test]
fn asks_for_five_seconds_with_growing_pauses_and_gives_up() {
    let mut phone = phone("audiocodes", Patience::default());
    let mut times = alloc::vec![0];
    while let Some(at) = phone.poll_timeout() {
        let before = phone.asked();
        phone.handle_timeout(at);
        if phone.asked() > before {
            times.push(at.as_micros() / 1000);
        }
    }
    assert_eq!(times, [0, 500, 1500, 3500]);
    assert!(phone.has_ended() && phone.url().is_none());
}

#[test]
fn a_200_ends_the_asking_and_the_notify_brings_the_url() {
    for dialect in [Dialect::Rfc, Dialect::Manual] {
        let mut phone = phone("audiocodes", Patience::default());
        let reply = answers(&phone, dialect);
        deliver(&mut phone, &reply.ok);
        phone.handle_timeout(Instant::from_millis(600));
        assert_eq!(phone.asked(), 1);
        deliver(&mut phone, &reply.notify);
        assert_eq!(phone.url(), Some("tftp://192.0.2.1"));
        assert!(phone.has_ended());
        let sent: Vec<Transmit> = core::iter::from_fn(|| phone.poll_transmit()).collect();
        let ok = &sent[sent.len() - 1];
        assert!(ok.bytes.starts_with(b"SIP/2.0 200 OK\r\n"));
        assert_eq!(ok.to.to_string(), SERVER, "{dialect}");
    }
}

#[test]
fn a_grandstream_phone_asks_five_times_and_only_a_500_ends_it_before() {
    let refused = |status, reason: &str| {
        let mut phone = phone("grandstream", Patience::new(Duration::from_secs(60)));
        let asked = phone.subscribe().to_vec();
        let message = Message::parse(&asked).unwrap();
        let reply = Response::reply_to(&message, status, reason).with_to_tag("x").headers();
        deliver(&mut phone, &reply.build().unwrap());
        while let Some(at) = phone.poll_timeout() {
            phone.handle_timeout(at);
        }
        phone.asked()
    };
    assert_eq!(refused(403, "Forbidden"), 5);
    assert_eq!(refused(500, "Server Internal Error"), 1);
}

#[test]
fn another_phones_answers_are_passed_over() {
    let mut phone = phone("snom", Patience::default());
    let other = Phone::new(
        find("yealink").unwrap(),
        &Subscriber::new("192.0.2.8:5059".parse().unwrap()),
        Patience::default(),
        &mut SeededEntropy::new(9),
    );
    let reply = answers(&other.unwrap(), Dialect::Rfc);
    deliver(&mut phone, &reply.ok);
    deliver(&mut phone, &reply.notify);
    assert!(!phone.has_ended() && phone.url().is_none());
}

#[test]
fn a_phone_that_hears_all_goes_on_until_its_patience_ends() {
    let mut phone = phone("snom", Patience::new(Duration::from_secs(2)).hearing_all(true));
    let reply = answers(&phone, Dialect::Rfc);
    deliver(&mut phone, &reply.notify);
    deliver(&mut phone, &reply.notify);
    assert!(!phone.has_ended());
    phone.handle_timeout(Instant::from_millis(2000));
    assert!(phone.has_ended());
}

use alloc::string::ToString;
