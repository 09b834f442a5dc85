//! Values made by the grammar (RFC 3261 §25.1, RFC 6665 §8.4), written down in any of the spellings that it allows, and
//! read again: value, text, value.

#![allow(clippy::unwrap_used, reason = "a test stops at the first thing that is not as expected")]

#[path = "values/grammar.rs"]
mod grammar;

use fingerpost_core::typed::{
    CSeq, CallId, Contact, Event, MediaType, NameAddr, SubscriptionState, Uri, UserAgent, Via,
};
use fingerpost_core::{HeaderName, Message, Params, Text};
use grammar::{Address, Parameter, SipAddress};
use proptest::prelude::*;

fn text(text: Text<'_>) -> std::borrow::Cow<'_, str> {
    text.to_str()
}

/// Whether `params` are those that were written.
fn are(params: Params<'_>, written: &[Parameter]) -> bool {
    let found = params.iter().map(|param| {
        let value = param.value.map(|value| value.to_str().into_owned());
        (param.name.to_str().into_owned(), value)
    });
    found.eq(written.iter().map(|param| (param.name.clone(), param.value.clone())))
}

fn is_uri(uri: &Uri<'_>, written: &SipAddress) -> bool {
    let sip = uri.as_sip().unwrap();
    let params = sip.params.iter().map(|(name, value)| (text(name), value.map(text)));
    let written_params = written.params.iter();
    sip.scheme == written.scheme.as_str()
        && sip.user.map(text).as_deref() == written.user.as_deref()
        && sip.password.map(text).as_deref() == written.password.as_deref()
        && sip.host_port.host.text == written.host.as_str()
        && sip.host_port.host.address == written.host.trim_matches(['[', ']']).parse().ok()
        && sip.host_port.port == written.port
        && params.eq(written_params
            .map(|(name, value)| (name.as_str().into(), value.as_deref().map(Into::into))))
        && sip.headers.map(text).as_deref() == written.headers.as_deref()
}

fn is_address(address: &NameAddr<'_>, written: &Address) -> bool {
    let name = address.display_name.map(|name| text(name).into_owned());
    name == written.name_as_read()
        && address.bracketed
        && is_uri(&address.uri, &written.uri)
        && are(address.params, &written.params)
}

proptest! {
    #[test]
    fn a_uri_is_read_as_it_was_meant(uri in grammar::uri()) {
        let written = uri.to_string();
        prop_assert!(is_uri(&Uri::parse(written.as_bytes()).unwrap(), &uri), "{written}");
    }

    #[test]
    fn an_address_is_read_as_it_was_meant(address in grammar::address()) {
        let written = address.to_string();
        prop_assert!(is_address(&NameAddr::parse(written.as_bytes()).unwrap(), &address), "{written}");
    }

    #[test]
    fn a_bare_uri_leaves_its_parameters_to_the_header(
        scheme in "sips?", host in grammar::host(), params in grammar::params(),
    ) {
        let written = format!("{scheme}:{host}{}", grammar::joined(&params));
        let address = NameAddr::parse(written.as_bytes()).unwrap();
        let uri = format!("{scheme}:{host}");
        prop_assert!(!address.bracketed && address.uri.text() == uri.as_str(), "{written}");
        prop_assert!(are(address.params, &params), "{written}");
    }

    #[test]
    fn a_via_is_read_as_it_was_meant(
        transport in "UDP|TCP|TLS|SCTP|WSS", host in grammar::host(), port in grammar::port(),
        params in grammar::params(), spaces in proptest::array::uniform4(grammar::white_space()),
    ) {
        let [a, b, c, d] = spaces;
        let port_text = port.map_or(String::new(), |port| format!("{c}:{d}{port}"));
        let written = format!(
            "SIP{a}/{b}2.0{b}/{a}{transport} {host}{port_text}{}", grammar::joined(&params)
        );
        let via = Via::parse(written.as_bytes()).unwrap();
        prop_assert!(via.protocol == "SIP" && via.version == "2.0", "{written}");
        prop_assert!(via.transport == transport.as_str(), "{written}");
        prop_assert!(via.sent_by.host.text == host.as_str() && via.sent_by.port == port, "{written}");
        prop_assert!(are(via.params, &params), "{written}");
    }

    #[test]
    fn several_values_on_a_line_are_as_many_as_were_written(
        addresses in proptest::collection::vec(grammar::address(), 1..5),
        space in grammar::white_space(),
    ) {
        let written: Vec<String> = addresses.iter().map(ToString::to_string).collect();
        let written = written.join(&format!("{space},{space}"));
        let bytes = format!("REGISTER sip:a SIP/2.0\r\nm: {written}\r\n\r\n").into_bytes();
        let message = Message::parse(&bytes).unwrap();
        let read: Vec<_> = message.contacts().collect::<Result<_, _>>().unwrap();
        prop_assert_eq!(read.len(), addresses.len(), "{}", written);
        for (contact, address) in read.iter().zip(&addresses) {
            let is_same = matches!(contact, Contact::Address(found) if is_address(found, address));
            prop_assert!(is_same, "{}", written);
        }
    }

    #[test]
    fn a_cseq_is_read_as_it_was_meant(
        number in any::<u32>(), zeros in 0..4_usize, method in grammar::token(),
        space in grammar::white_space(),
    ) {
        let written = format!("{}{number} {space}{method}", "0".repeat(zeros));
        let cseq = CSeq::parse(written.as_bytes()).unwrap();
        prop_assert!(cseq.number == number && cseq.method == method.as_str(), "{written}");
    }

    #[test]
    fn a_call_id_is_one_word_or_two(first in grammar::word(), second in proptest::option::of(grammar::word())) {
        let written = second.map_or(first.clone(), |second| format!("{first}@{second}"));
        prop_assert!(CallId::parse(written.as_bytes()).unwrap().text == written.as_str());
        let third = format!("{written}@a@b");
        prop_assert!(CallId::parse(third.as_bytes()).is_err());
    }

    #[test]
    fn what_is_a_token_with_parameters_is_read_as_it_was_meant(
        token in grammar::token(), subtype in grammar::token(), params in grammar::params(),
        space in grammar::white_space(),
    ) {
        let list = grammar::joined(&params);
        let (one, two) = (format!("{token}{list}"), format!("{token}{space}/{space}{subtype}{list}"));
        let event = Event::parse(one.as_bytes()).unwrap();
        prop_assert!(event.package == token.as_str() && are(event.params, &params), "{one}");
        let state = SubscriptionState::parse(one.as_bytes()).unwrap();
        prop_assert!(state.state == token.as_str() && are(state.params, &params), "{one}");
        let media = MediaType::parse(two.as_bytes()).unwrap();
        prop_assert!(media.kind == token.as_str() && media.subtype == subtype.as_str(), "{two}");
        prop_assert!(are(media.params, &params), "{two}");
    }

    #[test]
    fn comments_nest_and_escape(comment in grammar::comment(), product in grammar::token()) {
        let written = format!("{product} {comment} {product}/1.0");
        let agent = UserAgent::parse(written.as_bytes()).unwrap();
        prop_assert_eq!(agent.products().count(), 3, "{}", written);
    }

    #[test]
    fn a_name_is_known_by_any_case_and_by_its_compact_form(
        at in 0..grammar::NAMES.len(), upper in any::<u32>(),
    ) {
        let (name, long, compact) = grammar::NAMES[at];
        for spelt in [long, compact] {
            let mixed: String = spelt.chars().enumerate().map(|(at, c)| {
                if upper >> (at % 32) & 1 == 1 { c.to_ascii_uppercase() } else { c.to_ascii_lowercase() }
            }).collect();
            prop_assert_eq!(HeaderName::of(mixed.as_bytes()), name);
        }
    }

    #[test]
    fn another_value_changes_the_tokens_of_its_own_line_and_no_others(
        before in grammar::address(), after in grammar::address(),
    ) {
        let message = |address: &Address| format!(
            "INVITE sip:a SIP/2.0\r\nVia: SIP/2.0/UDP h;branch=z9hG4bK1\r\nTo: {address}\r\nCSeq: 1 INVITE\r\n\r\nbody"
        ).into_bytes();
        let (old, new) = (message(&before), message(&after));
        let end = |bytes: &[u8]| bytes.windows(4).position(|four| four == b"CSeq").unwrap();
        let behind = |bytes: &[u8]| {
            let start = end(bytes);
            let tape = fingerpost_core::scan(bytes);
            let tokens = tape.tokens().iter().filter(|token| token.span.start >= start);
            tokens.map(|token| (token.kind, token.depth, token.span.start - start)).collect::<Vec<_>>()
        };
        prop_assert_eq!(behind(&old), behind(&new));
    }
}
