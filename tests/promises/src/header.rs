//! One header with any value: typed access, tokens and findings agree on whether it follows its grammar, because
//! there is one grammar.

use crate::bytes::tile;
use fingerpost_core::check::{Context, Rule, check, rules};
use fingerpost_core::message::HeaderError;
use fingerpost_core::scan::TokenKind;
use fingerpost_core::{HeaderName, Message};

/// A header's name, and whether its first value can be read.
type Reading = (&'static str, HeaderName, fn(&Message<'_>) -> bool);

fn is_read<T>(value: &Result<Option<T>, HeaderError>) -> bool {
    value.is_ok()
}

fn are_read<T>(mut values: impl Iterator<Item = Result<T, HeaderError>>) -> bool {
    values.all(|value| value.is_ok())
}

const READINGS: [Reading; 16] = [
    ("Via", HeaderName::Via, |message| are_read(message.vias())),
    ("From", HeaderName::From, |message| is_read(&message.from())),
    ("t", HeaderName::To, |message| is_read(&message.to())),
    ("Contact", HeaderName::Contact, |message| are_read(message.contacts())),
    ("Route", HeaderName::Route, |message| are_read(message.routes())),
    ("Record-Route", HeaderName::RecordRoute, |message| are_read(message.record_routes())),
    ("Call-ID", HeaderName::CallId, |message| is_read(&message.call_id())),
    ("CSeq", HeaderName::CSeq, |message| is_read(&message.cseq())),
    ("Max-Forwards", HeaderName::MaxForwards, |message| is_read(&message.max_forwards())),
    ("Expires", HeaderName::Expires, |message| is_read(&message.expires())),
    ("o", HeaderName::Event, |message| is_read(&message.event())),
    ("Subscription-State", HeaderName::SubscriptionState, |message| {
        is_read(&message.subscription_state())
    }),
    ("Content-Type", HeaderName::ContentType, |message| is_read(&message.content_type())),
    ("Require", HeaderName::Require, |message| are_read(message.require())),
    ("Accept", HeaderName::Accept, |message| message.accept().is_none_or(are_read)),
    ("User-Agent", HeaderName::UserAgent, |message| is_read(&message.user_agent())),
];

/// What a value breaks that does not follow its grammar: one of these, the one that says most.
const BROKEN: [&Rule; 13] = [
    &rules::VALUE_GRAMMAR,
    &rules::HEADER_EMPTY,
    &rules::EXTRA_SEPARATOR,
    &rules::VIA_GRAMMAR,
    &rules::CSEQ_GRAMMAR,
    &rules::CONTENT_LENGTH_GRAMMAR,
    &rules::NUMBER_RANGE,
    &rules::QUOTE_UNCLOSED,
    &rules::DISPLAY_NAME,
    &rules::ADDRESS_SPACE,
    &rules::ADDRESS_BRACKETS,
    &rules::URI_ESCAPE,
    &rules::IPV6_BRACKETS,
];

/// The first byte chooses the header, the others are its value, line ends aside.
pub fn any_header(bytes: &[u8]) {
    let Some((first, value)) = bytes.split_first() else { return };
    let (called, name, is_read) = READINGS[usize::from(*first) % READINGS.len()];
    let mut text = format!("INVITE sip:a SIP/2.0\r\n{called}: ").into_bytes();
    text.extend(value.iter().filter(|byte| !matches!(byte, b'\r' | b'\n')));
    text.extend_from_slice(b"\r\n\r\n");
    tile(&text);
    let Ok(message) = Message::parse(&text) else { return };
    let header = message.header(name);
    let is_empty = header.is_some_and(|header| header.value().is_empty());
    assert!(header.is_some(), "{name:?} is not found by {called}");
    let findings = check(&message, &Context::default());
    let is_found = findings.iter().any(|finding| BROKEN.contains(&finding.rule));
    let is_marked = message.tape().tokens().iter().any(|token| token.kind == TokenKind::Malformed);
    assert_eq!(is_read(&message), !is_found, "typed access and findings differ on {message:?}");
    // Where nothing stands, nothing can be marked.
    assert_eq!(is_marked, is_found && !is_empty, "tokens and findings differ on {message:?}");
}
