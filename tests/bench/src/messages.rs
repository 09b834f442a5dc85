//! The bytes that everybody reads: the exchange of the manual, a long INVITE, and an HTTP request as long as the
//! SUBSCRIBE.

use crate::adversarial;

pub const SUBSCRIBE: &str = "subscribe";
pub const INVITE: &str = "invite";
pub const HTTP: &str = "http";

/// A message and its name.
#[derive(Debug)]
pub struct Sample {
    pub name: &'static str,
    pub bytes: &'static [u8],
}

macro_rules! samples {
    ($($name:expr => $path:literal,)*) => {
        vec![$(Sample { name: $name, bytes: include_bytes!($path) },)*]
    };
}

pub fn all() -> Vec<Sample> {
    samples! {
        SUBSCRIBE => "../../corpus/manual/subscribe.sip",
        "200" => "../../corpus/manual/200-ok.sip",
        "notify" => "../../corpus/manual/notify.sip",
        INVITE => "../messages/invite.sip",
        HTTP => "../messages/request.http",
    }
}

/// The sample called `name`, or an adversarial message (`adversarial:CASE:REPEATS`).
pub fn named(name: &str) -> Option<Vec<u8>> {
    if let Some(case) = name.strip_prefix("adversarial:") {
        return adversarial::message(case);
    }
    all().into_iter().find(|sample| sample.name == name).map(|sample| sample.bytes.to_vec())
}
