use super::*;
use crate::scan::{TokenKind, scan};
use alloc::string::ToString;
use alloc::vec::Vec;
use proptest::prelude::*;

const ASKING: &[u8] = b"SUBSCRIBE sip:MAC%3a0004130A1B2C@224.0.1.75 SIP/2.0\r\n\
v: SIP/2.0/UDP 192.0.2.10:5060;rport\r\n\
From: <sip:MAC%3a0004130A1B2C@224.0.1.75>;tag=71\r\n\
To: <sip:MAC%3a0004130A1B2C@224.0.1.75>\r\n\
Call-ID: 8@192.0.2.10\r\n\
CSeq: 1 SUBSCRIBE\r\n\
Event:ua-profile;profile-type=\"device\";vendor=\"snom\";\r\n  model=\"D120\";version=\"10.1\"\r\n\
Accept: application/url, text/*;q=0.1\r\n\
X-Odd: \x01\xff\r\n\
no colon here\r\n\
Content-Length: 3\r\n\
\r\nabcde";

fn asking() -> Message<'static> {
    Message::parse(ASKING).unwrap()
}

#[test]
fn reads_each_header_by_its_name_in_any_form() {
    let message = asking();
    assert!(message.top_via().unwrap().unwrap().wants_rport());
    assert_eq!(message.from().unwrap().unwrap().tag().unwrap(), "71");
    assert_eq!(message.cseq().unwrap().unwrap().number, 1);
    let event = message.event().unwrap().unwrap().ua_profile().unwrap();
    assert_eq!(event.model.unwrap().text, "D120");
    assert_eq!(message.accept().unwrap().count(), 2);
    assert!(message.user_agent().unwrap().is_none());
}

#[test]
fn the_body_ends_where_content_length_says_and_the_rest_is_kept() {
    let message = asking();
    assert_eq!(message.body(), "abc");
    assert_eq!(message.trailing_span().slice(ASKING).unwrap(), b"de");
}

#[test]
fn without_content_length_the_body_is_the_rest_of_the_datagram() {
    let message = Message::parse(b"SIP/2.0 200 OK\r\nVia: x\r\n\r\nabc").unwrap();
    assert_eq!(message.body(), "abc");
}

#[test]
fn a_line_without_colon_is_kept_without_a_name() {
    let odd = asking().headers().find(|header| !header.is_header()).unwrap();
    assert_eq!(odd.value(), "no colon here");
}

#[test]
fn a_broken_value_is_an_error_with_its_place_and_an_absent_one_is_not() {
    let message = Message::parse(b"SIP/2.0 200 OK\r\nCSeq: x INVITE\r\n\r\n").unwrap();
    let error = message.cseq().unwrap_err();
    assert_eq!((error.name, error.span.start), (HeaderName::CSeq, 22));
    assert_eq!(error.to_string(), "CSeq: expected a decimal number at byte 22");
    assert_eq!(message.call_id(), Ok(None));
}

#[test]
fn bare_line_feeds_and_leading_empty_lines_are_read() {
    let message = Message::parse(b"\r\n\r\nOPTIONS sip:a SIP/2.0\nVia: x\n y\n\nbody").unwrap();
    assert_eq!(message.headers().next().unwrap().value().unfolded(), "x y");
    assert!(message.is_complete());
    assert_eq!(message.body(), "body");
}

#[test]
fn a_message_cut_off_in_its_headers_is_read_and_known_to_be_incomplete() {
    let message = Message::parse(b"SIP/2.0 200 OK\r\nVia: SIP/2.0/UDP h").unwrap();
    assert!(!message.is_complete());
    assert_eq!(message.headers().len(), 1);
}

#[test]
fn limits_are_errors_with_what_they_limit() {
    let many = [b"SIP/2.0 200 OK\r\n".as_slice(), &b"A: b\r\n".repeat(9)].concat();
    let limits = Limits::default().with_headers(8);
    assert!(matches!(
        Message::parse_within(&many, &limits),
        Err(ParseError::TooManyHeaders { limit: 8, .. })
    ));
    let limits = Limits::default().with_message(10);
    assert!(matches!(Message::parse_within(&many, &limits), Err(ParseError::TooLarge { .. })));
    let limits = Limits::default().with_header_bytes(3);
    assert!(matches!(Message::parse_within(&many, &limits), Err(ParseError::HeaderTooLong { .. })));
    assert!(matches!(Message::parse(b"hello there\r\n"), Err(ParseError::NoStartLine { .. })));
    assert!(matches!(Message::parse(b"\r\n\r\n"), Err(ParseError::Empty)));
}

#[test]
fn the_tape_names_what_stands_in_a_header() {
    let tape = scan(ASKING);
    let leaf = |text: &[u8]| {
        let at = memchr::memmem::find(ASKING, text).unwrap();
        tape.leaf_at(at).map(|token| (token.kind, token.span.slice(ASKING).unwrap()))
    };
    assert_eq!(leaf(b"ua-profile"), Some((TokenKind::EventPackage, b"ua-profile".as_slice())));
    assert_eq!(leaf(b"D120"), Some((TokenKind::ParamValue, b"D120".as_slice())));
    assert_eq!(leaf(b"no colon"), Some((TokenKind::Malformed, b"no colon here".as_slice())));
    assert_eq!(leaf(b"de"), Some((TokenKind::ParamValue, b"device".as_slice())));
    assert_eq!(tape.leaves().last().unwrap().kind, TokenKind::Trailing);
}

fn leaves_of(bytes: &[u8]) -> Vec<u8> {
    let tape = scan(bytes);
    let mut at = 0;
    for token in tape.leaves() {
        assert_eq!(token.span.start, at, "a gap or an overlap at {at}");
        assert!(!token.span.is_empty(), "an empty token at {at}");
        at = token.span.end;
    }
    tape.leaves().flat_map(|token| token.span.slice(bytes).unwrap().to_vec()).collect()
}

/// Nearly a message: real lines, with bytes changed, lines left out, doubled and cut.
fn near_messages() -> impl Strategy<Value = Vec<u8>> {
    let edits = proptest::collection::vec((0..ASKING.len(), any::<u8>()), 0..6);
    (edits, 0..=ASKING.len(), 0..=ASKING.len()).prop_map(|(edits, cut, doubled)| {
        let mut bytes = ASKING.to_vec();
        for (at, byte) in edits {
            bytes[at] = byte;
        }
        bytes.extend_from_slice(&ASKING[..doubled / 4]);
        bytes.truncate(bytes.len() - cut / 3);
        bytes
    })
}

proptest! {
    #[test]
    fn any_bytes_come_out_as_they_came_in(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        prop_assert_eq!(leaves_of(&bytes), bytes);
    }

    #[test]
    fn spans_tile_every_message_that_is_nearly_right(bytes in near_messages()) {
        prop_assert_eq!(leaves_of(&bytes), bytes);
    }

    #[test]
    fn every_accessor_survives_every_message(bytes in near_messages()) {
        let Ok(message) = Message::parse(&bytes) else { return Ok(()) };
        let _ = (message.from(), message.to(), message.call_id(), message.cseq(), message.event());
        let _ = (message.max_forwards(), message.expires(), message.subscription_state());
        let _ = (message.content_type(), message.content_length(), message.user_agent());
        let _ = (message.vias().count(), message.contacts().count(), message.accept().map(Iterator::count));
        for header in message.headers() {
            prop_assert!(header.line_span().end <= bytes.len());
            prop_assert_eq!(header.value_span().slice(&bytes).unwrap(), header.value().as_bytes());
        }
    }
}
