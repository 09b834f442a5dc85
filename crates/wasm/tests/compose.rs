//! What the composer writes is what `fingerpost compose` writes.

#![allow(clippy::unwrap_used, reason = "test code outside #[test] functions")]

mod support;

use fingerpost_wasm::{ComposeFields, Dialect, Field, Policy, Severity, compose, inspect, vendors};
use proptest::prelude::*;
use support::corpus;

fn fields() -> ComposeFields {
    ComposeFields {
        dialect: Dialect::Rfc,
        server: "192.0.2.1".into(),
        phone: "192.0.2.37".into(),
        url: "tftp://%{server}".into(),
        vendor: "snom".into(),
        model: None,
        version: None,
        mac: None,
        seed: 7,
        reply_to: None,
    }
}

fn error(fields: &ComposeFields) -> (Option<Field>, String) {
    let error = compose(fields).unwrap_err();
    (error.field, error.message)
}

#[test]
fn the_manuals_answers_come_out_byte_for_byte() {
    let fields = ComposeFields {
        dialect: Dialect::Manual,
        server: "10.13.4.121:5060".into(),
        reply_to: Some(corpus("manual/subscribe.sip")),
        ..fields()
    };
    let composed = compose(&fields).unwrap();
    assert_eq!(composed.subscribe, corpus("manual/subscribe.sip"));
    assert_eq!(composed.ok, corpus("manual/200-ok.sip"));
    assert_eq!(composed.notify, corpus("manual/notify.sip"));
}

#[test]
fn the_first_phone_that_asks_in_a_pasted_page_is_answered() {
    let reply_to = Some(corpus("paste/page.txt"));
    let composed = compose(&ComposeFields { reply_to, ..fields() }).unwrap();
    assert!(composed.subscribe.contains("model=\"EX40\"") && composed.notify.contains("NOTIFY"));
}

#[test]
fn a_whole_exchange_in_the_rfcs_form_has_no_error() {
    for vendor in vendors() {
        let composed = compose(&ComposeFields { vendor: vendor.name.into(), ..fields() }).unwrap();
        let text =
            [composed.subscribe, composed.ok, composed.notify].concat() + &composed.acknowledge;
        let messages = inspect(&text, Policy::Strict).messages;
        assert_eq!(messages.len(), 4, "{text}");
        let findings = messages.iter().flat_map(|message| &message.findings);
        let errors: Vec<_> = findings.filter(|f| f.severity == Severity::Error).collect();
        assert!(errors.is_empty(), "{vendor:?}: {errors:?}");
    }
}

#[test]
fn the_url_is_filled_in_for_the_phone() {
    let url = "http://%{server}/%{vendor}/%{model}-%{version}/%{mac}?s=%{source}".into();
    let mac = Some("00:90:8f:0a:1b:2c".into());
    let composed =
        compose(&ComposeFields { url, mac, vendor: "AudioCodes".into(), ..fields() }).unwrap();
    let url = "http://192.0.2.1/audiocodes/440HD-2.2.2/00908f0a1b2c?s=192.0.2.37";
    assert!(composed.notify.ends_with(&format!("\r\n\r\n{url}")), "{}", composed.notify);
}

#[test]
fn a_seed_makes_it_repeatable() {
    let with = |seed| compose(&ComposeFields { seed, ..fields() }).unwrap();
    assert_eq!(with(7), with(7));
    assert_ne!(with(7), with(8));
}

#[test]
fn an_error_names_its_field() {
    let bad = |change: fn(&mut ComposeFields)| {
        let mut fields = fields();
        change(&mut fields);
        error(&fields)
    };
    assert_eq!(bad(|f| f.server = "pbx".into()).0, Some(Field::Server));
    assert_eq!(bad(|f| f.phone = String::new()).0, Some(Field::Phone));
    assert_eq!(bad(|f| f.mac = Some("00908f".into())).0, Some(Field::Mac));
    assert_eq!(bad(|f| f.vendor = "a\r\nb".into()).0, Some(Field::Vendor));
    assert_eq!(bad(|f| f.model = Some("a\r\nb".into())).0, Some(Field::Model));
    assert_eq!(bad(|f| f.version = Some("a\0b".into())).0, Some(Field::Version));
    assert_eq!(bad(|f| f.reply_to = Some("hello".into())).0, Some(Field::ReplyTo));
    let (field, message) = bad(|f| f.url = "tftp://%{modle}".into());
    assert!(field == Some(Field::Url) && message.contains("did you mean %{model}"), "{message}");
    let (field, message) = bad(|f| f.url = "tftp://%{interface}".into());
    assert!(field == Some(Field::Url) && message.contains("no value"), "{message}");
}

proptest! {
    #[test]
    fn whatever_is_typed_gives_messages_or_an_error(
        server in "(192\\.0\\.2\\.1|\\PC{0,8})",
        url in "(tftp://%\\{(server|mac|model)\\}|\\PC{0,12})",
        vendor in "(snom|planet|\\PC{0,8})",
        model in proptest::option::of(any::<String>()),
        version in proptest::option::of("\\PC{0,8}"),
        mac in proptest::option::of("(0004130a1b2c|\\PC{0,12})"),
        reply_to in proptest::option::of(any::<String>()),
        seed in any::<u64>(),
    ) {
        let fields = ComposeFields { server, url, vendor, model, version, mac, seed, reply_to, ..fields() };
        if let Ok(composed) = compose(&fields) {
            prop_assert!(composed.subscribe.starts_with("SUBSCRIBE "));
            prop_assert!(composed.ok.starts_with("SIP/2.0 200 "));
        }
    }
}
