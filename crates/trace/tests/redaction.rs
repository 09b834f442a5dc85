//! Redaction: nothing secret is left, what was valid stays so, and the same value has the same pseudonym everywhere.

#![allow(clippy::unwrap_used, reason = "test code outside #[test] functions")]

use fingerpost_core::Message;
use fingerpost_core::check::{Context, Severity, check};
use fingerpost_trace::redact::{Key, Kind, Redacted, Redactor, mask, redact};
use fingerpost_trace::{Found, find_messages};
use proptest::prelude::*;

const KEY: Key = Key::new([9; 16]);

/// A message with a secret in every place where one can stand, and the same secrets in places without a grammar.
const MESSAGE: &str = "REGISTER sip:pbx.customer.test:5070;maddr=203.0.113.9 SIP/2.0\r
Via: SIP/2.0/UDP 192.168.7.21:5060;branch=z9hG4bK776a;received=203.0.113.77;rport\r
From: \"Alice Weber\" <sip:+49301234567@pbx.customer.test>;tag=a6c8\r
To: <tel:+49301234567;phone-context=customer.test>\r
Call-ID: 3848276298@192.168.7.21\r
CSeq: 20 REGISTER\r
Contact: <sip:MAC%3a000413A1B2C3@[2a00:1234::21]:5060>;+sip.instance=\"<urn:uuid:00000000-0000-1000-8000-000413A1B2C3>\"\r
Authorization: Digest username=\"alice.weber\", realm=\"pbx.customer.test\", nonce=\"n0nce4711\", uri=\"sip:pbx.customer.test\", response=\"0123456789abcdef0123456789abcdef\", cnonce=\"cn0nce99\"\r
User-Agent: Yealink SIP-T42S 66.85.0.5 00:04:13:a1:b2:c3\r
X-Auth-Token: tok-5ecr3t-value\r
Remote-Party-ID: \"Zoe Krause\" <sip:4711999@pbx.customer.test>;party=calling\r
X-Note: alice.weber called +49301234567 from 192.168.7.21\r
Content-Type: application/sdp\r
Content-Length: LENGTH\r
\r
";
const BODY: &str = "v=0\r
o=weber-desk 7 1 IN IP4 192.168.7.21\r
s=Alice Weber\r
c=IN IP4 192.168.7.21\r
t=0 0\r
m=audio 4000 RTP/AVP 8\r
a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:d0RmdmcmVCspeEc3QGZiNWpVLFJhQX1cfHAwJSoj\r
a=ice-pwd:asd88fgpdd777uzjYhagZg\r
a=candidate:1 1 UDP 2130706431 203.0.113.77 8998 typ host\r
";
const SECRETS: [&str; 22] = [
    "customer",
    "203.0.113",
    "192.168.7",
    "alice",
    "weber",
    "301234567",
    "2a00:1234",
    "a1b2c3",
    "a1:b2:c3",
    "n0nce4711",
    "0123456789abcdef",
    "cn0nce99",
    "5ecr3t",
    "d0RmdmcmVCspe",
    "asd88fgpdd",
    "prov.firm",
    "hunter2",
    "s3ss10n",
    "8c1f0e7a44b2aa01",
    "bob",
    "zoe",
    "4711999",
];

fn register() -> Vec<u8> {
    (MESSAGE.replace("LENGTH", &BODY.len().to_string()) + BODY).into_bytes()
}

fn notify() -> Vec<u8> {
    let url = "https://bob:hunter2@prov.firm.test/8c1f0e7a44b2aa01/cfg/snom320.htm?session=s3ss10n&mac=000413A1B2C3";
    format!(
        "NOTIFY sip:+49301234567@192.168.7.21 SIP/2.0\r\nVia: SIP/2.0/UDP 203.0.113.9;branch=z9hG4bK1\r\n\
         Max-Forwards: 70\r\nFrom: <sip:bob@pbx.customer.test>;tag=1\r\nTo: <sip:+49301234567@pbx.customer.test>;tag=2\r\n\
         Call-ID: 7\r\nCSeq: 1 NOTIFY\r\nContact: <sip:203.0.113.9>\r\nEvent: ua-profile\r\n\
         Subscription-State: terminated;reason=timeout\r\nContent-Type: application/url\r\n\
         Content-Length: {}\r\n\r\n{url}",
        url.len()
    )
    .into_bytes()
}

fn both() -> Vec<Redacted> {
    let messages = [register(), notify()];
    let mut redactor = Redactor::new(KEY);
    for message in &messages {
        redactor.learn(message);
    }
    messages.iter().map(|message| redactor.redact(message)).collect()
}

fn text(redacted: &Redacted) -> String {
    String::from_utf8(redacted.bytes.clone()).unwrap()
}

#[test]
fn nothing_secret_is_left_anywhere_in_the_trace() {
    for redacted in both() {
        let text = text(&redacted);
        let left: Vec<_> = SECRETS
            .iter()
            .filter(|secret| text.to_lowercase().contains(&secret.to_lowercase()))
            .collect();
        assert!(left.is_empty(), "{left:?} in\n{text}");
    }
}

#[test]
fn what_a_reader_of_traces_needs_stays() {
    let [register, notify] = &both()[..] else { panic!("two messages") };
    let (register, notify) = (text(register), text(notify));
    for kept in [
        "branch=z9hG4bK776a",
        ";rport",
        ";tag=a6c8",
        "CSeq: 20 REGISTER",
        "3848276298@",
        ":5060",
        ":5070;maddr=",
        "Yealink SIP-T42S 66.85.0.5 00:04:13:",
        "MAC%3a000413",
        "m=audio 4000 RTP/AVP 8",
        "typ host",
        "a=crypto:1 AES_CM",
        "urn:uuid:00000000-0000-1000-8000-000413",
    ] {
        assert!(register.contains(kept), "{kept:?} is not in\n{register}");
    }
    assert!(notify.contains("/cfg/snom320.htm?session="), "{notify}");
}

#[test]
fn a_version_that_looks_like_an_address_is_none() {
    let message = b"SUBSCRIBE sip:224.0.1.75 SIP/2.0\r\nEvent: ua-profile;vendor=\"snom\";version=\"10.1.73.16\"\r\n\r\n";
    let (redacted, _) = redact(&find_messages(message), KEY);
    assert!(String::from_utf8_lossy(&redacted[0].bytes).contains("version=\"10.1.73.16\""));
}

#[test]
fn a_redacted_message_is_as_valid_as_it_was() {
    for (redacted, message) in both().iter().zip([register(), notify()]) {
        let rules = |bytes: &[u8]| -> Vec<&str> {
            let message = Message::parse(bytes).unwrap();
            let findings = check(&message, &Context::default());
            let errors = findings.iter().filter(|finding| finding.severity == Severity::Error);
            errors.map(|finding| finding.rule.id).collect()
        };
        assert_eq!(rules(&redacted.bytes), rules(&message), "{}", text(redacted));
    }
}

#[test]
fn a_wrong_content_length_stays_as_wrong_as_it_was() {
    let message = MESSAGE.replace("LENGTH", "7") + BODY;
    let mut redactor = Redactor::new(KEY);
    redactor.learn(message.as_bytes());
    let redacted = redactor.redact(message.as_bytes());
    let grown =
        i64::try_from(redacted.bytes.len()).unwrap() - i64::try_from(message.len()).unwrap();
    assert!(!text(&redacted).contains("Content-Length: 7\r\n") || grown == 0);
    let read = Message::parse(&redacted.bytes).unwrap();
    let stated = read.content_length().unwrap().unwrap().value;
    let body = i64::try_from(read.body_span().len() + read.trailing_span().len()).unwrap();
    assert_eq!(i64::from(stated) - body, 7 - i64::try_from(BODY.len()).unwrap());
}

#[test]
fn the_same_value_has_the_same_pseudonym_in_every_place_and_message() {
    let both = both();
    let after = |redacted: &Redacted, before: &str| -> Vec<Vec<u8>> {
        let mut all: Vec<_> = redacted
            .changes
            .iter()
            .filter(|change| change.before == before.as_bytes())
            .map(|change| change.after.clone())
            .collect();
        all.dedup();
        all
    };
    for value in ["+49301234567", "192.168.7.21", "pbx.customer.test", "203.0.113.9"] {
        let (one, two) = (after(&both[0], value), after(&both[1], value));
        assert_eq!(one.len(), 1, "{value}");
        assert_eq!(one, two, "{value}");
    }
}

#[test]
fn the_preview_tells_place_kind_before_and_after() {
    let message = register();
    let redacted = &both()[0];
    for change in &redacted.changes {
        assert_eq!(change.span.slice(&message), Some(&change.before[..]));
        assert_ne!(change.before, change.after);
    }
    let has = |kind, before: &str| {
        redacted
            .changes
            .iter()
            .any(|change| change.kind == kind && change.before == before.as_bytes())
    };
    assert!(has(Kind::Name, "Alice Weber"));
    assert!(has(Kind::Number, "+49301234567"));
    assert!(has(Kind::Mac, "000413A1B2C3"));
    assert!(has(Kind::Credential, "n0nce4711"));
    assert!(has(Kind::Address, "203.0.113.77"));
}

#[test]
fn another_key_gives_another_pseudonym_and_the_same_key_the_same() {
    let found = find_messages(&register());
    let bytes = |key: u8| redact(&found, Key::new([key; 16])).0.remove(0).bytes;
    assert_eq!(bytes(1), bytes(1));
    assert_ne!(bytes(1), bytes(2));
}

#[test]
fn the_ends_of_a_message_get_the_pseudonyms_of_their_addresses() {
    let log = format!(
        "2026/03/01 10:00:00.250000 192.168.7.21:5060 -> 203.0.113.9:5061\n{}\n",
        String::from_utf8(register()).unwrap().replace("\r\n", "\n")
    );
    let found: Vec<Found> = find_messages(log.as_bytes());
    let (redacted, _) = redact(&found, KEY);
    let origin = &redacted[0].origin;
    let text = String::from_utf8_lossy(&redacted[0].bytes).into_owned();
    assert_eq!(origin.from.unwrap().port(), 5060);
    assert!(text.contains(&format!("Via: SIP/2.0/UDP {}", origin.from.unwrap())), "{text}");
    assert!(!format!("{origin:?}").contains("192.168.7"), "{origin:?}");
}

/// A NOTIFY whose URL holds a login and a token, and a login of its own.
const NOTIFY: &str = "NOTIFY sip:MAC%3a000413000001@192.168.7.21 SIP/2.0\r
Via: SIP/2.0/UDP 192.168.7.2:5060;branch=z9hG4bK1\r
From: <sip:alice@pbx.test>;tag=1\r
To: <sip:MAC%3a000413000001@192.168.7.21>;tag=2\r
Call-ID: 1@192.168.7.21\r
CSeq: 1 NOTIFY\r
Proxy-Authorization: Basic YWRtaW46aHVudGVyMg==\r
X-Auth-Token: tok-5ecr3t-value\r
Content-Type: application/url\r
Content-Length: LENGTH\r
\r
";
const URL: &str =
    "https://admin:hunter2@pbx.test/cfg/0123456789abcdef0123/000413000001.xml?key=k3y-4711";

#[test]
fn masking_hides_what_opens_a_door_and_leaves_who_and_where() {
    let message = NOTIFY.replace("LENGTH", &URL.len().to_string()) + URL;
    let masked = String::from_utf8(mask(message.as_bytes())).unwrap();
    for secret in ["YWRtaW46", "hunter2", "admin", "tok-5ecr3t", "0123456789abcdef", "k3y-4711"] {
        assert!(!masked.contains(secret), "{secret} in {masked}");
    }
    assert!(
        masked.ends_with("https://***:***@pbx.test/cfg/***/000413000001.xml?key=***"),
        "{masked}"
    );
    for kept in
        ["Proxy-Authorization: Basic ***", "sip:alice@pbx.test", "MAC%3a000413000001@192.168.7.21"]
    {
        assert!(masked.contains(kept), "{kept} not in {masked}");
    }
    let read = Message::parse(masked.as_bytes()).unwrap();
    assert_eq!(read.content_length().unwrap().unwrap().value as usize, read.body().len());
    assert_eq!(mask(masked.as_bytes()), masked.as_bytes(), "what is masked stays so");
}

#[test]
fn a_message_without_a_secret_is_left_as_it_is() {
    let message =
        b"OPTIONS sip:a@b.test SIP/2.0\r\nVia: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1\r\n\r\n";
    assert_eq!(mask(message), message);
}

proptest! {
    /// Whatever the values are: where they stood as values, none of them stands in what comes out.
    #[test]
    fn no_secret_value_occurs_in_the_output(
        user in "[a-z]{6,12}", number in "\\+[1-9][0-9]{7,12}", host in "[a-z]{6,10}\\.[a-z]{5,8}\\.test",
        ip in any::<[u8; 2]>(), name in "[A-Z][a-z]{5,8} [A-Z][a-z]{5,8}", secret in "[a-f0-9]{32}",
    ) {
        let ip = format!("172.20.{}.{}", ip[0], ip[1]);
        let message = format!(
            "INVITE sip:{number}@{host} SIP/2.0\r\nVia: SIP/2.0/UDP {ip};branch=z9hG4bK1\r\n\
             From: \"{name}\" <sip:{user}@{host}>;tag=1\r\nTo: <sip:{number}@{host}>\r\nCall-ID: 1@{ip}\r\n\
             CSeq: 1 INVITE\r\nAuthorization: Digest username=\"{user}\", realm=\"{host}\", response=\"{secret}\"\r\n\
             Subject: {user} at {host} is {name}, {number}\r\nContent-Type: text/plain\r\nContent-Length: 0\r\n\r\n\
             http://{user}:{secret}@{host}/?who={number}&ip={ip}"
        );
        let mut redactor = Redactor::new(KEY);
        redactor.learn(message.as_bytes());
        let text = String::from_utf8(redactor.redact(message.as_bytes()).bytes).unwrap().to_lowercase();
        for value in [&user, &number, &host, &ip, &name, &secret] {
            let value = value.to_lowercase();
            prop_assert!(!text.contains(&value), "{value} is in\n{text}");
        }
    }

    #[test]
    fn any_bytes_can_be_redacted(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let mut redactor = Redactor::new(KEY);
        redactor.learn(&bytes);
        let redacted = redactor.redact(&bytes);
        let mut end = 0;
        for change in &redacted.changes {
            prop_assert!(change.span.start >= end);
            end = change.span.end;
        }
        let _ = mask(&bytes);
    }
}
