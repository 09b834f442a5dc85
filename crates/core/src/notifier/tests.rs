use super::*;
use crate::check::{Context, check};
use crate::message::Response;
use alloc::vec::Vec;

fn subscribe(cseq: u32, event: &str, expires: &str, to_tag: &str) -> Vec<u8> {
    alloc::format!(
        "SUBSCRIBE sip:b@192.0.2.1 SIP/2.0\r\nVia: SIP/2.0/UDP 192.0.2.7;branch=z9hG4bK{cseq}\r\n\
         Max-Forwards: 70\r\nFrom: <sip:a@x.example>;tag=7\r\nTo: <sip:b@x.example>{to_tag}\r\n\
         Call-ID: 1@x\r\nCSeq: {cseq} SUBSCRIBE\r\nContact: <sip:a@192.0.2.7>\r\nEvent: {event}\r\n\
         {expires}Content-Length: 0\r\n\r\n"
    )
    .into_bytes()
}

fn accepted(event: &str, expires: &str) -> Notifier {
    let bytes = subscribe(1, event, expires, "");
    let terms = Terms::new(3600).with_default(60);
    Notifier::accept(Instant::ZERO, &Message::parse(&bytes).unwrap(), "t", terms).unwrap()
}

fn again(notifier: &mut Notifier, now: Instant, bytes: &[u8]) -> Result<(), NotifierError> {
    notifier.handle_subscribe(now, &Message::parse(bytes).unwrap())
}

/// What the next NOTIFY says, which has no finding.
fn state(notifier: &mut Notifier, seconds: u64) -> String {
    let via = HeaderValue::via("UDP", "192.0.2.1").with_branch("x");
    let contact = HeaderValue::address("sip:192.0.2.1");
    let bytes = notifier.notify(at(seconds), via, contact).build().unwrap();
    let message = Message::parse(&bytes).unwrap();
    assert_eq!(check(&message, &Context::default()), []);
    message.header(H::SubscriptionState).unwrap().value().to_string()
}

const fn at(seconds: u64) -> Instant {
    Instant::from_millis(seconds * 1000)
}

fn events(notifier: &mut Notifier) -> Vec<NotifierEvent> {
    core::iter::from_fn(|| notifier.poll_event()).collect()
}

#[test]
fn what_is_granted_is_never_more_than_was_asked_or_than_the_terms() {
    for (asked, granted) in [("Expires: 10\r\n", 10), ("", 60), ("Expires: 9999\r\n", 3600)] {
        let bytes = subscribe(1, "presence", asked, "");
        let request = Message::parse(&bytes).unwrap();
        let notifier = accepted("presence", asked);
        let reply = Response::reply_to(&request, 200, "OK");
        let reply = notifier.reply(at(0), reply, HeaderValue::address("sip:192.0.2.1"));
        let bytes = reply.build().unwrap();
        let message = Message::parse(&bytes).unwrap();
        assert_eq!(message.expires().unwrap().unwrap().value, granted);
        assert_eq!(message.to().unwrap().unwrap().tag().unwrap(), "t");
        assert_eq!(notifier.poll_timeout(), Some(at(granted.into())));
    }
}

#[test]
fn a_request_for_the_present_state_alone_ends_with_its_notify() {
    let mut notifier = accepted("presence", "Expires: 0\r\n");
    assert!(notifier.has_ended() && notifier.poll_timeout().is_none());
    assert_eq!(state(&mut notifier, 0), "terminated;reason=timeout");
    assert_eq!(events(&mut notifier), []);
}

#[test]
fn a_subscription_lasts_until_its_time_is_over() {
    let mut notifier = accepted("presence", "Expires: 100\r\n");
    assert_eq!(state(&mut notifier, 40), "active;expires=60");
    let refresh = subscribe(2, "presence", "Expires: 200\r\n", ";tag=t");
    assert_eq!(again(&mut notifier, at(90), &refresh), Ok(()));
    assert_eq!(events(&mut notifier), [NotifierEvent::Refreshed]);
    notifier.handle_timeout(at(289));
    assert_eq!(state(&mut notifier, 289), "active;expires=1");
    notifier.handle_timeout(at(290));
    notifier.handle_timeout(at(291));
    assert_eq!(events(&mut notifier), [NotifierEvent::Ended { reason: EndReason::Timeout }]);
    assert_eq!(state(&mut notifier, 291), "terminated;reason=timeout");
    let late = subscribe(3, "presence", "", ";tag=t");
    assert_eq!(again(&mut notifier, at(292), &late), Err(NotifierError::Over));
}

#[test]
fn either_side_can_end_it() {
    let mut notifier = accepted("presence", "");
    let leave = subscribe(2, "presence", "Expires: 0\r\n", ";tag=t");
    assert_eq!(again(&mut notifier, at(1), &leave), Ok(()));
    assert_eq!(events(&mut notifier), [NotifierEvent::Ended { reason: EndReason::Timeout }]);
    let mut notifier = accepted("presence", "");
    notifier.end(EndReason::NoResource);
    notifier.end(EndReason::Timeout);
    assert_eq!(events(&mut notifier), [NotifierEvent::Ended { reason: EndReason::NoResource }]);
    assert_eq!(state(&mut notifier, 1), "terminated;reason=noresource");
}

#[test]
fn a_notify_that_is_refused_or_unanswered_removes_it_and_a_bad_moment_does_not() {
    for status in [404, 408, 481, 485, 489, 604] {
        let mut notifier = accepted("presence", "");
        notifier.handle_response(200);
        notifier.handle_response(500);
        assert!(!notifier.has_ended());
        notifier.handle_response(status);
        notifier.handle_response(status);
        assert_eq!(events(&mut notifier), [NotifierEvent::Removed], "{status}");
        assert_eq!(notifier.poll_timeout(), None);
    }
}

#[test]
fn another_subscription_is_not_taken_for_this_one() {
    let mut notifier = accepted("presence;id=1;x=y", "");
    let refresh = |event: &str, tag: &str| subscribe(2, event, "", tag);
    let mut tried = |event: &str, tag: &str| again(&mut notifier, at(1), &refresh(event, tag));
    assert_eq!(tried("presence;id=2", ";tag=t"), Err(NotifierError::OtherEvent));
    assert_eq!(tried("Presence;id=1", ";tag=t"), Err(NotifierError::OtherEvent));
    let other = Err(NotifierError::Dialog(DialogError::OtherDialog));
    assert_eq!(tried("presence;id=1", ";tag=u"), other);
    assert_eq!(tried("", ";tag=t"), Err(NotifierError::NoEvent));
    assert_eq!(tried("presence;id=1", ";tag=t"), Ok(()));
    assert_eq!(events(&mut notifier), [NotifierEvent::Refreshed]);
}
