use super::*;
use crate::check::{Context, check};
use alloc::vec;
use proptest::prelude::*;

fn request() -> MessageBuilder {
    Request::builder("SUBSCRIBE", "sip:224.0.1.75")
        .header(HeaderName::Via, "SIP/2.0/UDP 192.0.2.7:5059;rport;branch=z9hG4bKx, SIP/2.0/UDP b")
        .header(HeaderName::MaxForwards, "70")
        .header(HeaderName::From, "<sip:a@192.0.2.7>;tag=1")
        .header(HeaderName::To, "<sip:a@192.0.2.7>")
        .header(HeaderName::CallId, "1@x")
        .header(HeaderName::CSeq, "1 SUBSCRIBE")
        .header(HeaderName::Contact, "<sip:192.0.2.7:5059>")
        .header(HeaderName::Event, "presence")
}

fn via_of(source: &str) -> String {
    let bytes = request().build().unwrap();
    let message = Message::parse(&bytes).unwrap();
    let reply = Response::reply_to(&message, 200, "OK").with_received(source.parse().unwrap());
    let bytes = reply.headers().build().unwrap();
    let message = Message::parse(&bytes).unwrap();
    message.header(HeaderName::Via).unwrap().value().to_str().into_owned()
}

#[test]
fn what_is_built_parses_without_finding() {
    let bytes = request().build().unwrap();
    let message = Message::parse(&bytes).unwrap();
    assert_eq!(check(&message, &Context::default()), []);
}

#[test]
fn rport_and_received_are_filled_where_they_are_asked_for() {
    let filled =
        "SIP/2.0/UDP 192.0.2.7:5059;rport=4000;branch=z9hG4bKx;received=192.0.2.9, SIP/2.0/UDP b";
    assert_eq!(via_of("192.0.2.9:4000"), filled);
}

#[test]
fn received_is_added_only_where_the_senders_word_differs() {
    assert_eq!(
        &*received(b"SIP/2.0/UDP 192.0.2.7:5060", "192.0.2.7:1".parse().unwrap()),
        b"SIP/2.0/UDP 192.0.2.7:5060"
    );
    assert_eq!(
        &*received(
            b"SIP/2.0/UDP phone.example:5060, SIP/2.0/UDP b",
            "192.0.2.7:1".parse().unwrap()
        ),
        b"SIP/2.0/UDP phone.example:5060;received=192.0.2.7, SIP/2.0/UDP b"
    );
}

#[test]
fn a_reply_copies_what_it_must_and_tags_to_once() {
    let bytes = request().build().unwrap();
    let message = Message::parse(&bytes).unwrap();
    let reply = Response::reply_to(&message, 200, "OK").with_to_tag("t").with_to_tag("u").headers();
    let bytes = reply.build().unwrap();
    let reply = Message::parse(&bytes).unwrap();
    assert_eq!(reply.to().unwrap().unwrap().tag().unwrap(), "t");
    assert_eq!(reply.vias().count(), 2);
    assert_eq!(reply.call_id(), message.call_id());
    assert_eq!(reply.from().unwrap().unwrap().tag().unwrap(), "1");
}

#[test]
fn nothing_can_be_smuggled_into_a_line() {
    let forged =
        Request::builder("OPTIONS", "sip:a").header(HeaderName::Subject, "a\r\nVia: b").build();
    assert_eq!(forged, Err(BuildError::ForbiddenByte { part: "Subject".into(), byte: b'\r' }));
    assert!(matches!(
        Request::builder("OPT IONS", "sip:a").build(),
        Err(BuildError::NotAToken { .. })
    ));
    assert!(matches!(
        Request::builder("OPTIONS", "sip:a b").build(),
        Err(BuildError::NotAUri { .. })
    ));
    assert!(matches!(
        Response::builder(200, "O\nK").build(),
        Err(BuildError::ForbiddenByte { .. })
    ));
    assert!(matches!(
        Response::builder(99, "OK").build(),
        Err(BuildError::NotAStatus { code: 99 })
    ));
    let numbered = request().header(HeaderName::ContentLength, "3").build();
    assert_eq!(numbered, Err(BuildError::ContentLengthGiven));
    let broken = request().header(HeaderName::Expires, "soon").build();
    assert!(
        broken.unwrap_err().to_string().contains("Expires \"soon\": expected a decimal number")
    );
}

proptest! {
    #[test]
    fn any_body_and_any_text_come_back_as_they_were(
        body in proptest::collection::vec(any::<u8>(), 0..200),
        subject in "[ -~]{0,40}",
    ) {
        let bytes = request().header(HeaderName::Subject, &subject).body(body.clone()).build().unwrap();
        let message = Message::parse(&bytes).unwrap();
        prop_assert_eq!(message.body().as_bytes(), &body[..]);
        prop_assert_eq!(message.header(HeaderName::Subject).unwrap().value().to_str(), subject.trim());
    }

    #[test]
    fn a_quoted_text_reads_back(text in "[ -~]{0,30}") {
        let value = alloc::format!("ua-profile;model={}", quoted(&text));
        let event = crate::typed::Event::parse(value.as_bytes()).unwrap();
        prop_assert_eq!(event.ua_profile().unwrap().model.unwrap().to_str(), text);
    }
}

#[test]
fn an_empty_reply_is_still_a_message() {
    let empty = Response::builder(200, "OK").build().unwrap();
    assert_eq!(empty, b"SIP/2.0 200 OK\r\nContent-Length: 0\r\n\r\n");
    assert_eq!(vec![0_u8; 0], Message::parse(&empty).unwrap().body().as_bytes());
}
