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

const ANSWER: &[u8] = b"SIP/2.0 420 Bad Extension\r\n\
v: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK7\r\n\
Date: Sat, 13 Nov 2010 23:29:00 GMT\r\n\
Retry-After: 120 (in (two) minutes);duration=3600\r\n\
Warning: 307 isi.example \"Session, unknown\", 301 [2001:db8::1]:5060 \"x\"\r\n\
Reason: SIP;cause=580;text=\"Precondition\", Q.850;cause=16\r\n\
Supported:\r\n\
Unsupported: 100rel,\r\n  timer\r\n\
Proxy-Require: sec-agree\r\n\
Allow: SUBSCRIBE, NOTIFY\r\n\
u: ua-profile, message-summary\r\n\
Record-Route: <sip:p2.example;lr>, \"Proxy, 1\" <sip:p1.example;lr>;x=y\r\n\
Route: <sip:p3.example;lr>\r\n\
Path: <sip:edge.example;lr>\r\n\
Service-Route: <sip:home.example;lr>\r\n\
P-Asserted-Identity: \"Bob\" <sip:bob@b.example>, tel:+12015550123\r\n\
MIME-Version: 1.0\r\n\
Content-Disposition: session;handling=optional\r\n\
e: gzip\r\n\
Content-Language: fr, en-gb\r\n\
Min-Expires: 60\r\n\
Timestamp: 54.5 .25\r\n\
x: 1800;refresher=uac\r\n\
WWW-Authenticate: Digest realm=\"a, b\", nonce=\"1\", qop=\"auth\"\r\n\
WWW-Authenticate: Bearer scope=\"x\"\r\n\
Proxy-Authenticate: Digest realm=\"p\", nonce=\"2\"\r\n\
Authorization: Digest username=\"u\", realm=\"a\"\r\n\
Proxy-Authorization: Digest username=\"v\", realm=\"p\"\r\n\
Authentication-Info: nextnonce=\"3\"\r\n\
r: <sip:c@d.example?Replaces=1>\r\n\
b: <sip:referrer@d.example>\r\n\
Replaces: 8@x;to-tag=1;from-tag=2\r\n\
Reply-To: <sip:e@f.example>\r\n\
Server: Sip/1.0 (test)\r\n\
Content-Length: 0\r\n\r\n";

#[test]
fn every_header_with_a_grammar_has_its_value() {
    let message = Message::parse(ANSWER).unwrap();
    let words = |list: Vec<crate::typed::ListToken<'static>>| -> Vec<_> {
        list.into_iter().map(|token| token.text.to_string()).collect()
    };
    let date = message.date().unwrap().unwrap();
    assert_eq!((date.year, date.is_gmt()), (2010, true));
    assert_eq!(message.retry_after().unwrap().unwrap().duration(), Some(3600));
    let warnings: Vec<_> = message.warnings().map(|warning| warning.unwrap().code).collect();
    assert_eq!(warnings, [307, 301]);
    let causes: Vec<_> = message.reasons().map(|reason| reason.unwrap().cause()).collect();
    assert_eq!(causes, [Some(580), Some(16)]);
    assert_eq!(message.supported().count(), 0);
    let unsupported = message.unsupported().collect::<Result<_, _>>().unwrap();
    assert_eq!(words(unsupported), ["100rel", "timer"]);
    let required = message.proxy_require().collect::<Result<_, _>>().unwrap();
    assert_eq!(words(required), ["sec-agree"]);
    assert_eq!(words(message.allow().collect::<Result<_, _>>().unwrap()), ["SUBSCRIBE", "NOTIFY"]);
    let packages = message.allow_events().collect::<Result<_, _>>().unwrap();
    assert_eq!(words(packages), ["ua-profile", "message-summary"]);
    assert_eq!(words(message.content_encodings().collect::<Result<_, _>>().unwrap()), ["gzip"]);
    let languages = message.content_languages().collect::<Result<_, _>>().unwrap();
    assert_eq!(words(languages), ["fr", "en-gb"]);
    assert_eq!(message.min_expires().unwrap().unwrap().value, 60);
    assert_eq!(message.timestamp().unwrap().unwrap().sent, "54.5");
    assert_eq!(message.mime_version().unwrap().unwrap().major, 1);
    assert!(message.content_disposition().unwrap().unwrap().is_optional());
    assert_eq!(message.session_expires().unwrap().unwrap().seconds.value, 1800);
    assert_eq!(message.server().unwrap().unwrap().products().count(), 2);
}

#[test]
fn every_header_of_addresses_has_them_in_order() {
    let message = Message::parse(ANSWER).unwrap();
    let hosts = |list: Vec<crate::typed::NameAddr<'static>>| -> Vec<_> {
        list.into_iter().map(|address| address.uri.text().to_string()).collect()
    };
    let routes = message.record_routes().collect::<Result<_, _>>().unwrap();
    assert_eq!(hosts(routes), ["sip:p2.example;lr", "sip:p1.example;lr"]);
    assert_eq!(hosts(message.routes().collect::<Result<_, _>>().unwrap()), ["sip:p3.example;lr"]);
    assert_eq!(hosts(message.paths().collect::<Result<_, _>>().unwrap()), ["sip:edge.example;lr"]);
    let service = message.service_routes().collect::<Result<_, _>>().unwrap();
    assert_eq!(hosts(service), ["sip:home.example;lr"]);
    let asserted = message.asserted_identities().collect::<Result<_, _>>().unwrap();
    assert_eq!(hosts(asserted), ["sip:bob@b.example", "tel:+12015550123"]);
    let referred = message.refer_to().unwrap().unwrap().uri;
    assert_eq!(referred.as_sip().unwrap().headers.unwrap(), "Replaces=1");
    assert_eq!(message.referred_by().unwrap().unwrap().uri.text(), "sip:referrer@d.example");
    assert_eq!(message.reply_to().unwrap().unwrap().uri.text(), "sip:e@f.example");
    assert_eq!(message.replaces().unwrap().unwrap().to_tag().unwrap(), "1");
}

#[test]
fn each_line_of_authentication_is_one_value_with_its_parameters() {
    let message = Message::parse(ANSWER).unwrap();
    let challenges: Vec<_> = message.challenges().collect::<Result<_, _>>().unwrap();
    assert_eq!(challenges.len(), 2);
    assert_eq!(challenges[0].param("realm").unwrap().text, "a, b");
    assert_eq!((challenges[1].scheme, challenges[1].is_digest()), ("Bearer".into(), false));
    let proxy = message.proxy_challenges().next().unwrap().unwrap();
    assert_eq!(proxy.param("nonce").unwrap().text, "2");
    let user = message.authorizations().next().unwrap().unwrap();
    assert_eq!(user.param("username").unwrap().text, "u");
    let user = message.proxy_authorizations().next().unwrap().unwrap();
    assert_eq!(user.param("username").unwrap().text, "v");
    let info = message.authentication_info().unwrap().unwrap();
    assert_eq!(info.param("nextnonce").unwrap().text, "3");
}

#[test]
fn every_value_with_a_grammar_has_tokens_of_its_own() {
    let tape = scan(ANSWER);
    assert!(!tape.leaves().any(|token| token.kind == TokenKind::Malformed));
    assert!(!tape.leaves().any(|token| token.kind == TokenKind::HeaderValue));
    let kind_of = |text: &[u8]| {
        let at = memchr::memmem::find(ANSWER, text).unwrap();
        tape.leaf_at(at).map(|token| token.kind)
    };
    assert_eq!(kind_of(b"13 Nov"), Some(TokenKind::Date));
    assert_eq!(kind_of(b"23:29"), Some(TokenKind::Time));
    assert_eq!(kind_of(b"GMT"), Some(TokenKind::Zone));
    assert_eq!(kind_of(b"(in (two"), Some(TokenKind::Comment));
    assert_eq!(kind_of(b"307"), Some(TokenKind::WarnCode));
    assert_eq!(kind_of(b"Session, unknown"), Some(TokenKind::WarnText));
    assert_eq!(kind_of(b"Q.850"), Some(TokenKind::Protocol));
    assert_eq!(kind_of(b"nextnonce"), Some(TokenKind::ParamName));
    assert_eq!(leaves_of(ANSWER), ANSWER);
}

#[test]
fn a_header_line_of_too_many_folds_is_an_error_and_one_less_is_not() {
    let folded =
        |count| [b"SIP/2.0 200 OK\r\nVia: a".as_slice(), &b"\r\n b".repeat(count)].concat();
    let limits = Limits::default().with_folds(3);
    assert!(Message::parse_within(&folded(3), &limits).is_ok());
    let error = Message::parse_within(&folded(4), &limits).unwrap_err();
    assert_eq!(error, ParseError::TooManyFolds { limit: 3, span: Span::new(16, 34) });
}

#[test]
fn too_many_parameters_and_too_deep_comments_are_errors_of_their_value_alone() {
    let text =
        b"SIP/2.0 200 OK\r\nEvent: a;b;c;d\r\nServer: x (((y)))\r\nSubject: ;;;;((((\r\n\r\n";
    let limits = Limits::default().with_params(2).with_nesting(2);
    let message = Message::parse_within(text, &limits).unwrap();
    let error = message.event().unwrap_err();
    assert_eq!((error.expected, error.span), (crate::Expected::FewerParams, Span::new(28, 30)));
    assert_eq!(message.server().unwrap_err().expected, crate::Expected::LessNesting);
    let broken = message.tape().leaves().filter(|token| token.kind == TokenKind::Malformed).count();
    assert_eq!(broken, 2);
    let judged = crate::check::check(&message, &crate::check::Context::default());
    assert_eq!(judged.iter().filter(|finding| finding.rule.id == "sip.header.grammar").count(), 2);
    let message = Message::parse(text).unwrap();
    assert!(message.event().is_ok() && message.server().is_ok());
}
