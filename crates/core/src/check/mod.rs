//! Judging a message that was read: findings with their place, their reason and where it is written down. A finding
//! is not an error: the message is usable all the same. What to do about findings is the caller's policy; [`verdict`]
//! is what the RFCs would do. Every rule stands in `rules.md`, with what breaks it and what keeps it.

mod addresses;
mod body;
mod capabilities;
mod content;
mod content_length;
mod date;
mod dialog;
mod event;
mod finding;
mod fix;
mod framing;
mod grammar;
mod header;
mod headers;
mod hosts;
mod judge;
mod request_uri;
mod rule;
pub mod rules;
mod start_line;
mod ua_profile;
mod url;
mod vendor;
mod verdict;
mod via;

pub use dialog::check_conversation;
pub use finding::{Finding, Severity};
pub use fix::Fix;
pub use judge::{Context, Policy};
pub use rule::{Layer, RfcRef, Rule};
pub use verdict::{Reach, Verdict, verdict};

use crate::message::Message;
use crate::scan::Tape;
use alloc::vec::Vec;

/// What there is to say about `message`, in the order in which it stands there.
///
/// ```
/// use fingerpost_core::{Message, check::{check, Context}};
/// let message = Message::parse(b"SUBSCRIBE sip:224.0.1.75 SIP/2.0\r\nCSeq: 1 NOTIFY\r\n\r\n").unwrap();
/// let findings = check(&message, &Context::default());
/// assert!(findings.iter().any(|finding| finding.rule.id == "sip.cseq.method-differs"));
/// ```
#[must_use]
pub fn check(message: &Message<'_>, context: &Context) -> Vec<Finding> {
    let mut judge = judge::Judge::new(message, context);
    for header in message.headers() {
        // What is broken is noted there.
        let _ = header::read(&mut judge, &header, None);
    }
    the_rest(&mut judge)
}

/// The tokens of `message` together with what there is to say about it: as [`Message::tape`] and [`check`], with each
/// value read once for both.
#[must_use]
pub fn inspect(message: &Message<'_>, context: &Context) -> (Tape, Vec<Finding>) {
    let mut judge = judge::Judge::new(message, context);
    let uri = judge.request_uri.as_ref().and_then(|read| read.as_ref().ok()).copied();
    let read = |header: &_, tape: &mut _| header::read(&mut judge, header, Some(tape));
    let tape = message.tape_by(uri.as_ref(), read);
    (tape, the_rest(&mut judge))
}

fn the_rest(judge: &mut judge::Judge<'_, '_>) -> Vec<Finding> {
    start_line::check(judge);
    framing::check(judge);
    content_length::check(judge);
    headers::check(judge);
    date::check(judge);
    via::check(judge);
    hosts::check(judge);
    addresses::check(judge);
    capabilities::call(judge);
    event::check(judge);
    vendor::check(judge);
    body::check(judge);
    content::check(judge);
    judge.findings()
}

#[cfg(test)]
mod tests;
