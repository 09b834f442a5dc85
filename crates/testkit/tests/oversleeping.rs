//! A computer that slept wakes its responder late: whatever was under way is said to be over, and nothing is sent in a
//! burst.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test stops at the first thing that is not as expected"
)]

use fingerpost_core::Instant;
use fingerpost_core::pnp::*;
use fingerpost_testkit::{Dice, desk_phone};

struct Sleeper {
    responder: Responder,
    token: Token,
}

/// A responder that was asked at 0.
fn asked() -> Sleeper {
    let mut responder = Responder::new(ResponderConfig::default(), Box::new(Dice::new(1)));
    let address = CardAddress::new("10.13.4.121/16".parse().unwrap(), 5060);
    responder.set_cards([Card::new(CardId(1), "eth0", vec![address])]);
    let source = "10.13.2.37:5060".parse().unwrap();
    let phone = desk_phone(profile::generic(), source, &mut Dice::new(2)).unwrap();
    let arrival = Arrival { card: CardId(1), source, is_multicast: true, bytes: phone.subscribe() };
    responder.handle_datagram(Instant::ZERO, &arrival);
    let Some(ResponderEvent::Asked(asked)) = responder.poll_event() else { panic!("nobody asked") };
    Sleeper { responder, token: asked.token }
}

impl Sleeper {
    fn answered(mut self) -> Self {
        let answer = Answer::new("tftp://10.13.4.121", Dialect::Rfc, "everyone");
        self.responder.decide(Instant::ZERO, self.token, Decision::Answer(answer));
        while self.responder.poll_event().is_some() {}
        while self.responder.poll_transmit().is_some() {}
        self
    }

    /// Wakes it at `seconds` for the first time: how much it sends, and what it says.
    fn wake_at(&mut self, seconds: u64) -> (usize, Vec<ResponderEvent>) {
        self.responder.handle_timeout(Instant::from_millis(seconds * 1_000));
        let sent = std::iter::from_fn(|| self.responder.poll_transmit()).count();
        (sent, std::iter::from_fn(|| self.responder.poll_event()).collect())
    }
}

#[test]
fn an_undecided_phone_is_given_up_aloud_after_a_nap() {
    let (sent, events) = asked().wake_at(20);
    assert_eq!(sent, 0);
    assert!(matches!(
        events[..],
        [ResponderEvent::Ignored { reason: IgnoreReason::Undecided, .. }]
    ));
}

#[test]
fn an_undecided_phone_is_given_up_aloud_after_a_night() {
    let (sent, events) = asked().wake_at(28_800);
    assert_eq!(sent, 0);
    assert!(
        matches!(events[..], [ResponderEvent::Ignored { reason: IgnoreReason::Undecided, .. }]),
        "{events:?}"
    );
}

#[test]
fn an_unacknowledged_phone_is_given_up_aloud_after_a_night() {
    let (sent, events) = asked().answered().wake_at(28_800);
    assert_eq!(sent, 0);
    assert!(matches!(events[..], [ResponderEvent::Unacknowledged { .. }]), "{events:?}");
}

#[test]
fn nothing_is_sent_to_a_phone_whose_patience_is_over() {
    let (sent, events) = asked().answered().wake_at(20);
    assert_eq!(sent, 0, "NOTIFYs in one instant");
    assert!(matches!(events[..], [ResponderEvent::Unacknowledged { .. }]), "{events:?}");
}
