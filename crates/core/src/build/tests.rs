use super::reply::received;
use super::*;
use crate::check::{Context, check};
use crate::message::Message;
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

/// Writing, reading and judging one request with generated parts.
fn written(fields: &NewRequest, seed: u64) -> Vec<u8> {
    let builder = fields.begin(&mut crate::entropy::SeededEntropy::new(seed));
    builder.header(HeaderName::Contact, "<sip:192.0.2.1>").build().unwrap()
}

#[test]
fn branch_tag_and_call_id_of_a_new_request_come_from_the_entropy_given() {
    let local = "192.0.2.1:5060".parse().unwrap();
    let fields = NewRequest::new("OPTIONS", "sip:b.example", local);
    assert_eq!(written(&fields, 1), written(&fields, 1));
    let (one, two) = (written(&fields, 1), written(&fields, 2));
    let (one, two) = (Message::parse(&one).unwrap(), Message::parse(&two).unwrap());
    assert_ne!(one.call_id(), two.call_id());
    assert_ne!(one.from().unwrap().unwrap().tag(), two.from().unwrap().unwrap().tag());
    assert_ne!(one.top_via().unwrap().unwrap().branch(), two.top_via().unwrap().unwrap().branch());
}

#[test]
fn a_new_request_refuses_what_would_forge_a_header() {
    let local = "192.0.2.1:5060".parse().unwrap();
    let refused = |fields: NewRequest| {
        fields.begin(&mut crate::entropy::SeededEntropy::new(1)).build().unwrap_err()
    };
    let fields = || NewRequest::new("OPTIONS", "sip:b.example", local);
    let forged = "x\r\nVia: SIP/2.0/UDP y";
    assert!(matches!(refused(fields().with_call_id(forged)), BuildError::NotAValue { .. }));
    assert!(matches!(refused(fields().with_transport(forged)), BuildError::NotAToken { .. }));
    let from = HeaderValue::named(forged, "sip:a");
    assert!(matches!(refused(fields().with_from(from)), BuildError::ForbiddenByte { .. }));
    let to = HeaderValue::address("sip:a>\r\nVia: x");
    assert!(matches!(refused(fields().with_to(to)), BuildError::NotAUri { .. }));
    let forged = NewRequest::new("OPTIONS\r\nVia: x", "sip:b", local);
    assert!(matches!(refused(forged), BuildError::NotAToken { .. }));
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
    let nul = request().header(HeaderName::Subject, "a\0b").build();
    assert_eq!(nul, Err(BuildError::ForbiddenByte { part: "Subject".into(), byte: 0 }));
    let bytes = request().build().unwrap();
    let forged =
        Response::reply_to(&Message::parse(&bytes).unwrap(), 200, "OK").with_to_tag("a;b=c");
    assert_eq!(forged.headers().build(), Err(BuildError::NotAToken { text: "a;b=c".into() }));
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
    fn a_new_request_reads_back_as_what_was_asked_for(
        method in prop_oneof!["OPTIONS", "[A-Z]{2,9}"],
        user in "[a-z0-9._~-]{1,12}",
        name in "[ -~äö€]{0,20}",
        tag in "[A-Za-z0-9.~]{1,10}",
        port in 1_u16..,
        cseq in 0_u32..1 << 31,
        hops in 1_u8..,
        seed in any::<u64>(),
    ) {
        let uri = alloc::format!("sip:{user}@b.example:{port}");
        let local = alloc::format!("[2001:db8::1]:{port}").parse().unwrap();
        let fields = NewRequest::new(&method, &uri, local)
            .with_from(HeaderValue::named(&name, "sip:a@b.example").with_param("x", &name))
            .with_to(HeaderValue::address(&uri).with_param("tag", &tag))
            .with_cseq(cseq)
            .with_max_forwards(hops);
        let bytes = written(&fields, seed);
        let message = Message::parse(&bytes).unwrap();
        // Other methods may need more headers than a new request begins with.
        if method == "OPTIONS" {
            prop_assert_eq!(check(&message, &Context::default()), []);
        }
        prop_assert_eq!(message.method().unwrap().to_str(), method);
        prop_assert_eq!(message.request_uri().unwrap().text().to_str(), uri);
        let from = message.from().unwrap().unwrap();
        prop_assert_eq!(from.params.value("x").unwrap().to_str(), name.as_str());
        prop_assert_eq!(from.shown_name().unwrap(), name);
        prop_assert_eq!(message.to().unwrap().unwrap().tag().unwrap().to_str(), tag);
        prop_assert_eq!(message.cseq().unwrap().unwrap().number, cseq);
        prop_assert_eq!(message.max_forwards().unwrap().unwrap().value, u32::from(hops));
        let via = message.top_via().unwrap().unwrap();
        prop_assert_eq!(via.sent_by.host.address, Some(local.ip()));
        prop_assert_eq!((via.sent_by.port, via.wants_rport()), (Some(port), true));
    }

    #[test]
    fn a_reply_to_a_new_request_judges_clean_and_keeps_what_it_copies(
        status in proptest::sample::select(vec![200_u16, 403, 404, 480, 500, 603]),
        reason in "[ -~]{0,20}", tag in "[a-z0-9]{1,8}", seed in any::<u64>(),
    ) {
        let fields = NewRequest::new("OPTIONS", "sip:b.example", "192.0.2.1:5060".parse().unwrap());
        let request = written(&fields, seed);
        let request = Message::parse(&request).unwrap();
        let reply = Response::reply_to(&request, status, &reason).with_to_tag(&tag);
        let reply = reply.with_received("192.0.2.1:4000".parse().unwrap()).headers();
        let bytes = reply.body("x").header(HeaderName::ContentType, "text/plain").build().unwrap();
        let message = Message::parse(&bytes).unwrap();
        prop_assert_eq!(check(&message, &Context::default()), []);
        prop_assert_eq!(message.status(), Some(status));
        prop_assert_eq!(message.call_id(), request.call_id());
        prop_assert_eq!(message.cseq(), request.cseq());
        prop_assert_eq!(message.to().unwrap().unwrap().tag().unwrap().to_str(), tag);
        let branch = request.top_via().unwrap().unwrap().branch();
        prop_assert_eq!(message.top_via().unwrap().unwrap().branch(), branch);
    }

    #[test]
    fn whatever_a_value_is_it_stays_one_header_or_is_refused(
        value in prop_oneof![
            proptest::collection::vec(any::<u8>(), 0..30),
            "[ -~]{0,8}[\r\n\0]{0,2}[ -~]{0,8}".prop_map(String::into_bytes),
        ],
        name in prop_oneof!["X-Odd", "Subject", "From", "Via", "Event", "\\PC{1,6}"],
    ) {
        let Ok(bytes) = request().header_called(&name, &value).build() else { return Ok(()) };
        prop_assert!(!value.iter().any(|byte| matches!(byte, b'\r' | b'\n' | 0)));
        let message = Message::parse(&bytes).unwrap();
        prop_assert_eq!(message.headers().len(), 10);
        let header = message.headers().nth(8).unwrap();
        prop_assert_eq!(header.raw_name().to_str(), name);
        prop_assert_eq!(header.value().as_bytes(), value.trim_ascii());
        prop_assert!(message.body().is_empty() && message.trailing_span().is_empty());
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
