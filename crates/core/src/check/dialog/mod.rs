//! Owns the findings that take more than one message: a response beside its request, a NOTIFY beside its SUBSCRIBE,
//! one request beside the other.

mod before;
mod names;
mod notify;
mod requests;
mod response;
mod told;
mod whole;

use super::Finding;
use super::judge::{Context, Judge};
use crate::message::{HeaderName, Message, StartLine};
use crate::span::Span;
use crate::text::Text;
use crate::typed::{CSeq, NameAddr};
use alloc::vec::Vec;
use before::Before;
use whole::Whole;

/// A message with what it is matched by.
struct Seen<'m, 'a> {
    message: &'m Message<'a>,
    call_id: Option<Text<'a>>,
    cseq: Option<CSeq<'a>>,
    branch: Option<Text<'a>>,
    sender_tag: Option<Text<'a>>,
    receiver_tag: Option<Text<'a>>,
    to: Option<NameAddr<'a>>,
}

impl<'m, 'a> Seen<'m, 'a> {
    fn new(message: &'m Message<'a>) -> Self {
        let to = message.to().ok().flatten();
        Self {
            message,
            call_id: message.call_id().ok().flatten().map(|id| id.text),
            cseq: message.cseq().ok().flatten(),
            branch: message.top_via().ok().flatten().and_then(|via| via.branch()),
            sender_tag: message.from().ok().flatten().and_then(|from| from.tag()),
            receiver_tag: to.and_then(|to| to.tag()),
            to,
        }
    }

    fn is_request(&self, method: &str) -> bool {
        matches!(self.message.start_line(), StartLine::Request(line) if line.method == method)
    }

    fn is_response(&self) -> bool {
        matches!(self.message.start_line(), StartLine::Status(_))
    }

    fn value(&self, name: HeaderName) -> Option<Text<'a>> {
        self.message.header(name).map(|header| header.value())
    }
}

/// What there is to say about each of `messages` in the light of the others, one list a message. Messages belong
/// together by Call-ID and stand in the order in which they were sent; the rest is what [`super::check`] says of each
/// alone. Work grows with the number of messages (and its logarithm), not with its square.
#[must_use]
pub fn check_conversation(messages: &[Message<'_>], context: &Context) -> Vec<Vec<Finding>> {
    let all: Vec<Seen<'_, '_>> = messages.iter().map(Seen::new).collect();
    let (whole, mut before) = (Whole::new(&all), Before::default());
    let judged = all.iter().map(|this| {
        let mut judge = Judge::new(this.message, context);
        if this.is_response() {
            response::check(&mut judge, this, &whole);
        } else {
            requests::check(&mut judge, this, &before);
        }
        if this.is_request("NOTIFY") {
            notify::check(&mut judge, this, &whole, &before);
        }
        before.add(this);
        judge.findings()
    });
    judged.collect()
}

/// Where the value of a header stands; the start of the message where there is none.
fn place(judge: &Judge<'_, '_>, name: HeaderName) -> Span {
    judge.message.header(name).map_or_else(|| judge.start(), |header| header.value_span())
}
