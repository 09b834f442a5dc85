//! Values made from their grammar, with white space, folds, quotation marks and escapes wherever the grammar has them,
//! read back to what they were made of; the same with a byte changed, read or refused at a place inside.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test stops at the first thing that is not as expected"
)]

use fingerpost_core::check::{Context, Severity, check};
use fingerpost_core::message::HeaderError;
use fingerpost_core::typed::{Contact, Credentials, Date, Event, NameAddr, Uri, Via, Warning};
use fingerpost_core::{HeaderName, Message, build};
use proptest::prelude::*;

/// `SWS`.
fn sws() -> impl Strategy<Value = String> {
    prop_oneof![4 => Just(String::new()), 1 => Just(" ".into()), 1 => Just("\t ".into()), 1 => Just("\r\n ".into())]
}

/// `LWS`, at least some.
fn lws() -> impl Strategy<Value = String> {
    sws().prop_map(|space| if space.is_empty() { " ".into() } else { space })
}

fn token() -> impl Strategy<Value = String> {
    "[A-Za-z0-9.!%*_+`'~-]{1,8}"
}

fn text() -> impl Strategy<Value = String> {
    "[ -~äß]{0,12}"
}

fn host() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-z][a-z0-9]{0,5}(\\.[a-z][a-z0-9-]{0,4}x)?",
        any::<std::net::Ipv4Addr>().prop_map(|address| address.to_string()),
        any::<std::net::Ipv6Addr>().prop_map(|address| format!("[{address}]")),
    ]
}

/// A parameter as it is written, its name and its value.
#[derive(Debug, Clone)]
struct MadeParam {
    written: String,
    name: String,
    value: Option<String>,
}

fn param() -> impl Strategy<Value = MadeParam> {
    let value = prop_oneof![
        Just((String::new(), None)),
        token().prop_map(|token| (token.clone(), Some(token))),
        text().prop_map(|text| (build::quoted(&text), Some(text))),
    ];
    ("x[a-z]{1,5}", value, sws(), sws(), sws(), sws()).prop_map(
        |(name, (text, value), a, b, c, d)| {
            let equals = if value.is_some() { format!("{c}={d}") } else { String::new() };
            MadeParam { written: format!("{a};{b}{name}{equals}{text}"), name, value }
        },
    )
}

fn params() -> impl Strategy<Value = Vec<MadeParam>> {
    proptest::collection::vec(param(), 0..4)
}

fn written(params: &[MadeParam]) -> String {
    params.iter().map(|param| param.written.as_str()).collect()
}

fn same(made: &[MadeParam], read: fingerpost_core::Params<'_>) {
    let read: Vec<_> = read
        .iter()
        .map(|param| (param.name.to_string(), param.value.map(|value| value.to_str().into_owned())))
        .collect();
    let made: Vec<_> = made.iter().map(|param| (param.name.clone(), param.value.clone())).collect();
    assert_eq!(read, made);
}

fn sip_uri() -> impl Strategy<Value = String> {
    let user = prop_oneof![
        Just(String::new()),
        "[a-z0-9%;?/&=+$,_.!~*'()-]{1,6}"
            .prop_map(|user| { format!("{}@", user.replace('%', "%4f")) })
    ];
    let params =
        "(;[a-z]{1,4}(=[a-z0-9%:/&+$-]{1,4})?){0,2}".prop_map(|text| text.replace('%', "%20"));
    (prop_oneof!["sips?", "SIP"], user, host(), proptest::option::of(any::<u16>()), params)
        .prop_map(|(scheme, user, host, port, params)| {
            let port = port.map(|port| format!(":{port}")).unwrap_or_default();
            format!("{scheme}:{user}{host}{port}{params}")
        })
}

proptest! {
    #[test]
    fn a_via_reads_back(
        transport in token(), host in host(), port in proptest::option::of(any::<u16>()),
        spaces in proptest::collection::vec(sws(), 6), space in lws(), params in params(),
    ) {
        let [a, b, c, d, e, f] = &spaces[..] else { panic!() };
        let port_text = port.map(|port| format!("{e}:{f}{port}")).unwrap_or_default();
        let text = format!("SIP{a}/{b}2.0{c}/{d}{transport}{space}{host}{port_text}{}", written(&params));
        let via = Via::parse(text.as_bytes()).unwrap();
        prop_assert_eq!((via.transport.to_string(), via.sent_by.host.text.to_string()), (transport, host));
        prop_assert_eq!(via.sent_by.port, port);
        same(&params, via.params);
    }

    #[test]
    fn an_address_reads_back(
        name in proptest::option::of(text()), uri in sip_uri(), space in sws(), params in params(),
    ) {
        let shown = name.as_deref().map(build::quoted).unwrap_or_default();
        let text = format!("{shown}{space}<{uri}>{}", written(&params));
        let address = NameAddr::parse(text.as_bytes()).unwrap();
        prop_assert_eq!(address.shown_name().map(std::borrow::Cow::into_owned), name);
        prop_assert_eq!(address.uri.text().to_string(), uri.clone());
        same(&params, address.params);
        let alone = Uri::parse(uri.as_bytes()).unwrap();
        prop_assert_eq!(alone, address.uri);
    }

    #[test]
    fn several_values_on_one_line_are_read_one_by_one(
        uris in proptest::collection::vec((sip_uri(), params(), sws(), sws()), 1..5),
    ) {
        let values: Vec<String> = uris
            .iter()
            .map(|(uri, params, before, behind)| format!("{before}<{uri}>{}{behind}", written(params)))
            .collect();
        let text = format!("SIP/2.0 200 OK\r\nContact:{}\r\nm: <sip:last>\r\n\r\n", values.join(","));
        let message = Message::parse(text.as_bytes()).unwrap();
        let read: Vec<_> = message.contacts().collect::<Result<_, HeaderError>>().unwrap();
        prop_assert_eq!(read.len(), uris.len() + 1);
        for ((uri, params, _, _), contact) in uris.iter().zip(&read) {
            let Contact::Address(address) = contact else { panic!("{contact:?}") };
            prop_assert_eq!(address.uri.text().to_string(), uri.clone());
            same(params, address.params);
        }
    }

    #[test]
    fn events_warnings_dates_and_digests_read_back(
        package in token(), params in params(), code in 100_u32..1000, agent in host(), said in text(),
        day in 1_u32..=31, month in 0_usize..12, hour in 0_u32..24, space in lws(), comma in (sws(), sws()),
    ) {
        let value = format!("{package}{}", written(&params));
        let event = Event::parse(value.as_bytes()).unwrap();
        prop_assert_eq!(event.package.to_string(), package);
        same(&params, event.params);
        let value = format!("{code}{space}{agent}{space}{}", build::quoted(&said));
        let warning = Warning::parse(value.as_bytes()).unwrap();
        prop_assert_eq!((warning.code, warning.agent.to_string()), (code, agent));
        prop_assert_eq!(warning.text.to_str(), said.as_str());
        let names = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec";
        let name = names.split(' ').nth(month).unwrap();
        let value = format!("Mon,{space}{day:02}{space}{name}{space}2026{space}{hour:02}:00:59{space}GMT");
        let date = Date::parse(value.as_bytes()).unwrap();
        prop_assert_eq!((date.day, date.month, date.hour), (day, u32::try_from(month + 1).unwrap(), hour));
        let (before, behind) = comma;
        let value = format!("Digest{space}realm={}{before},{behind}nc=00000001", build::quoted(&said));
        let digest = Credentials::parse(value.as_bytes()).unwrap();
        prop_assert_eq!(digest.param("realm").unwrap().to_str(), said);
        prop_assert_eq!(digest.param("nc").unwrap().text, "00000001");
    }

    #[test]
    fn a_changed_byte_is_read_or_refused_at_a_place_inside(
        index in 0..VALUES.len(), at in any::<proptest::sample::Index>(), byte in any::<u8>(),
    ) {
        let (name, value) = VALUES[index];
        let mut value = value.as_bytes().to_vec();
        let at = at.index(value.len());
        value[at] = byte;
        let text = [b"SIP/2.0 200 OK\r\n", name.as_bytes(), b": ", &value, b"\r\n\r\n"].concat();
        let Ok(message) = Message::parse(&text) else { return Ok(()) };
        for finding in check(&message, &Context::default()) {
            prop_assert!(finding.span.start <= finding.span.end && finding.span.end <= text.len());
        }
        let tiled: usize = message.tape().leaves().map(|leaf| leaf.span.len()).sum();
        prop_assert_eq!(tiled, text.len());
    }
}

const VALUES: &[(&str, &str)] = &[
    ("Date", "Sat, 13 Nov 2010 23:29:00 GMT"),
    ("Warning", "307 isi.example:5060 \"no \\\"x\\\"\", 399 [2001:db8::1] \"other\""),
    ("Reason", "Q.850;cause=16;text=\"Normal, or so\""),
    ("Retry-After", "18000 (at (the) end\\)) ;duration=3600"),
    ("Timestamp", "54.21 1.5"),
    ("WWW-Authenticate", "Digest realm=\"a, \\\"b\\\"\", nonce=\"1\", qop=\"auth,auth-int\""),
    ("Authentication-Info", "nextnonce=\"47\", qop=auth"),
    ("Replaces", "7@192.0.2.1;to-tag=a;from-tag=b"),
    ("Record-Route", "\"One, two\" <sip:p1.example;lr>, <sip:[2001:db8:::192.0.2.1];lr>;x"),
    ("MIME-Version", "1.0"),
    ("Content-Disposition", "session;handling=optional"),
    ("Via", "SIP / 2.0 / UDP [2001:db8::9:1] : 5061 ;received=[2001:db8::9:255];branch=z9hG4bK7"),
    ("User-Agent", "a/1.0 (b (c \\)) d) e"),
];

/// RFC 5118's cases, in messages of our own: the Request-URI, the top Via, and whether a strict reader takes it.
#[test]
fn ipv6_references_are_judged_as_rfc_5118_asks() {
    let cases = [
        ("sip:[2001:db8::10]", "SIP/2.0/UDP [2001:db8::9:1];branch=z9hG4bKa", true),
        ("sip:2001:db8::10", "SIP/2.0/UDP [2001:db8::9:1];branch=z9hG4bKa", false),
        ("sip:[2001:db8::10:5070]", "SIP/2.0/UDP [2001:db8::9:1];branch=z9hG4bKa", true),
        ("sip:[2001:db8::10]:5070", "SIP/2.0/UDP [2001:db8::9:1];branch=z9hG4bKa", true),
        ("sip:u@[2001:db8::9:1]", "SIP/2.0/UDP 2001:db8::9:1;branch=z9hG4bKa", false),
        ("sip:u@b", "SIP/2.0/UDP [2001:db8::9:1];received=2001:db8::9:255;branch=z9hG4bKa", true),
        ("sip:u@b", "SIP/2.0/UDP [2001:db8::9:1];received=[2001:db8::9:255];branch=z9hG4bKa", true),
        ("sip:u@[::ffff:192.0.2.10]", "SIP/2.0/UDP [::ffff:192.0.2.2];branch=z9hG4bKa", true),
        ("sip:u@[2001:db8:::192.0.2.1]", "SIP/2.0/UDP [2001:db8::9:1];branch=z9hG4bKa", true),
        ("sip:u@[2001:db8:::192.0.2.1", "SIP/2.0/UDP [2001:db8::9:1];branch=z9hG4bKa", false),
    ];
    for (uri, via, is_taken) in cases {
        let text = format!(
            "OPTIONS {uri} SIP/2.0\r\nVia: {via}\r\nMax-Forwards: 70\r\nFrom: <sip:a@[2001:db8::1]>;tag=1\r\n\
             To: <sip:b@[2001:db8::2]:5080>\r\nCall-ID: 1@x\r\nCSeq: 1 OPTIONS\r\nl: 0\r\n\r\n"
        );
        let message = Message::parse(text.as_bytes()).unwrap();
        let findings = check(&message, &Context::default());
        let is_refused = findings.iter().any(|found| found.severity == Severity::Error);
        assert_eq!(!is_refused, is_taken, "{uri} {via}: {findings:?}");
        let has_colon_finding =
            findings.iter().any(|found| found.rule.id == "sip.host.ipv6-colons");
        assert_eq!(
            has_colon_finding,
            is_taken && text.contains(":::"),
            "{uri} {via}: {findings:?}"
        );
    }
}

#[test]
fn a_header_that_is_not_known_keeps_its_identity() {
    let text = b"OPTIONS urn:service:sos SIP/2.0\r\nX-Vendor :  a;b, c \r\nP-Odd:\r\nTo: news:x.y;tag=1\r\n\r\n";
    let message = Message::parse(text).unwrap();
    let other: Vec<_> = message.headers_named(HeaderName::Other).collect();
    assert_eq!(
        (other[0].raw_name().to_string(), other[0].value().to_string()),
        ("X-Vendor".into(), "a;b, c".into())
    );
    assert_eq!(other[1].value(), "");
    assert_eq!(message.request_uri().unwrap().scheme(), "urn");
    let to = message.to().unwrap().unwrap();
    assert_eq!(
        (to.uri.text().to_string(), to.tag().unwrap().to_string()),
        ("news:x.y".into(), "1".into())
    );
}
