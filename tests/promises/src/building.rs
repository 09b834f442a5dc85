//! What is built parses back to what was asked for.

use crate::bytes::tile;
use crate::script::Script;
use fingerpost_core::check::{Context, check, rules};
use fingerpost_core::{HeaderName, Message, Request};

const NAMES: [HeaderName; 8] = [
    HeaderName::Via,
    HeaderName::From,
    HeaderName::Contact,
    HeaderName::CSeq,
    HeaderName::Event,
    HeaderName::Subject,
    HeaderName::Accept,
    HeaderName::UserAgent,
];

/// A message made of the bytes: a method, a URI, some headers, a body.
pub fn what_is_built_parses(bytes: &[u8]) {
    let mut script = Script::new(bytes);
    let (Some(method), Some(uri)) = (script.bytes(), script.bytes()) else { return };
    let [method, uri] = [method, uri].map(String::from_utf8_lossy);
    let mut builder = Request::builder(&method, &uri);
    let mut given = Vec::new();
    while let Some((name, value)) = script.choose(&NAMES).zip(script.bytes()) {
        builder = builder.header(name, value);
        given.push((name, value));
    }
    let body = given.last().map_or(&[][..], |(_, value)| value);
    let Ok(built) = builder.body(body).build() else { return };
    tile(&built);
    let message = Message::parse(&built);
    let message = message.unwrap_or_else(|error| unreadable(&built, error));
    assert_eq!(message.method().map(|text| text.to_str().into_owned()), Some(method.into_owned()));
    assert_eq!(message.body().as_bytes(), body);
    assert_eq!(message.headers().len(), given.len() + 1, "Content-Length comes on top");
    for (header, (name, value)) in message.headers().zip(&given) {
        assert_eq!((header.name(), header.value().as_bytes()), (*name, value.trim_ascii()));
    }
    let findings = check(&message, &Context::default());
    let is_broken = |rule: &str| [rules::VALUE_GRAMMAR.id, rules::REQUEST_URI.id].contains(&rule);
    assert!(!findings.iter().any(|finding| is_broken(finding.rule.id)), "{findings:?}");
}

#[allow(clippy::panic, reason = "a broken promise is a panic, here as in an assertion")]
fn unreadable(built: &[u8], error: impl std::fmt::Display) -> ! {
    panic!("{error}: {}", built.escape_ascii())
}
