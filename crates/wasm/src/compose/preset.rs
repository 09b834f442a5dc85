//! Owns the bad messages to begin with: each is a good one with one thing wrong, and a sentence that says what it
//! teaches.

use super::compose;
use crate::{ComposeFields, Dialect};
use fingerpost_core::{HeaderName as H, Message, Span};
use serde::Serialize;

/// A message with a mistake in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export_to = "types.ts"))]
#[allow(clippy::exhaustive_structs, reason = "the page's contract")]
pub struct Preset {
    /// Stable.
    pub id: &'static str,
    /// The mistake in a few words.
    pub title: &'static str,
    /// What it teaches.
    pub lesson: &'static str,
}

/// A mistake: what it is called, which message has it, and how it gets there.
struct Mistake {
    preset: Preset,
    base: Base,
    make: fn(&Message<'_>) -> Option<Vec<u8>>,
}

#[derive(Clone, Copy)]
enum Base {
    Subscribe,
    Notify,
}

const fn mistake(
    base: Base,
    make: fn(&Message<'_>) -> Option<Vec<u8>>,
    id: &'static str,
    title: &'static str,
    lesson: &'static str,
) -> Mistake {
    Mistake { preset: Preset { id, title, lesson }, base, make }
}

use Base::{Notify, Subscribe};

static MISTAKES: &[Mistake] = &[
    mistake(
        Subscribe,
        |message| without(message, H::CallId),
        "missing-header",
        "Missing header",
        "Without Call-ID no answer finds its request: Via, From, To, Call-ID, CSeq and Max-Forwards belong into every \
         request (RFC 3261 §8.1.1).",
    ),
    mistake(
        Subscribe,
        |message| Some(text(message).replace("\r\n", "\n").into_bytes()),
        "lf-only",
        "LF only",
        "Every line ends with CR LF (RFC 3261 §7). A shell's here-document writes LF alone: many phones take it, strict \
         parsers drop it without a word.",
    ),
    mistake(
        Notify,
        |message| with_value(message, H::ContentLength, "99"),
        "length-too-large",
        "Content-Length too large",
        "Over UDP a body shorter than Content-Length is a bad message (RFC 3261 §18.3): the phone waits for bytes that \
         never come, or answers 400.",
    ),
    mistake(
        Notify,
        |message| with_value(message, H::ContentLength, "9"),
        "length-too-small",
        "Content-Length too small",
        "What stands behind Content-Length is thrown away (RFC 3261 §18.3): the phone gets the beginning of the URL and \
         asks a server that does not exist.",
    ),
    mistake(
        Notify,
        |message| {
            let header = message.header(H::ContentLength)?;
            Some(spliced(message, Span::at(header.line_span().start), "Content-Length: 0\r\n"))
        },
        "two-lengths",
        "Two Content-Lengths",
        "Two elements that each believe another one of them see two different messages: refuse it, never choose.",
    ),
    mistake(
        Subscribe,
        |message| {
            let at = message.header(H::Event)?.value_span().start + "ua-profile;".len();
            Some(spliced(message, Span::at(at), "\r\n  "))
        },
        "folded",
        "Folded header",
        "A line that begins with a blank goes on with the line before (RFC 3261 §7.3.1). It is allowed, and small parsers \
         that read line by line lose half of the header.",
    ),
    mistake(
        Subscribe,
        |message| {
            let span = message.span_of(message.top_via().ok()??.branch()?)?;
            let with_name = Span::new(span.start - ";branch=".len(), span.end);
            Some(spliced(message, with_name, ""))
        },
        "no-branch",
        "No branch",
        "Via without branch is how RFC 2543 wrote it, and how snom phones still ask: the transaction is then matched by \
         Request-URI, To, From, Call-ID and CSeq (RFC 3261 §17.2.3).",
    ),
    mistake(
        Subscribe,
        |message| {
            let span = message.span_of(message.top_via().ok()??.branch()?)?;
            Some(spliced(message, span, "4711"))
        },
        "no-cookie",
        "Branch without z9hG4bK",
        "A branch that does not begin with z9hG4bK is no promise to be unique (RFC 3261 §8.1.1.7): it must not be used to \
         match transactions.",
    ),
    mistake(
        Subscribe,
        |message| with_value(message, H::CSeq, "1 NOTIFY"),
        "cseq-method",
        "CSeq method differs",
        "The method of CSeq is that of the request line (RFC 3261 §8.1.1.5). Where they differ, the answer belongs to \
         neither.",
    ),
    mistake(
        Subscribe,
        |message| {
            let end = message.header(H::Event)?.value_span().end;
            Some(spliced(message, Span::new(end - 1, end), ""))
        },
        "open-quote",
        "Quote not closed",
        "A quoted string ends with its quote (RFC 3261 §25.1): here all that follows on the line belongs to the version.",
    ),
    mistake(
        Subscribe,
        |message| {
            let head = message.head_span();
            Some(message.as_bytes().get(head.start..head.end - 2)?.to_vec())
        },
        "no-empty-line",
        "No empty line",
        "The empty line ends the headers, also where no body follows (RFC 3261 §7). Without it the message counts as cut \
         off, and nobody answers.",
    ),
    mistake(
        Subscribe,
        |message| {
            let at = message.header(H::Accept)?.line_span().start;
            Some(spliced(message, Span::at(at), "Profile please\r\n"))
        },
        "no-colon",
        "Line without a colon",
        "A header is a name, a colon and a value. A line that was wrapped without a blank in front becomes one that is \
         none of this.",
    ),
    mistake(
        Subscribe,
        |message| with_value(message, H::MaxForwards, "0"),
        "no-hops",
        "No hops left",
        "Max-Forwards 0 reaches the next element and no further: a proxy answers 483 (RFC 3261 §16.3), a server on the \
         same network never sees a difference.",
    ),
    mistake(
        Subscribe,
        |message| {
            let span = message.header(H::Expires)?.value_span();
            Some(spliced(message, span, "soon"))
        },
        "expires-word",
        "Expires is no number",
        "Expires counts seconds (RFC 3261 §20.19). A date, as HTTP has it, or a word cannot be read, and the server may \
         choose.",
    ),
    mistake(
        Subscribe,
        |message| with_value(message, H::Accept, "application/x-example-url"),
        "wrong-accept",
        "Accept without application/url",
        "A provisioning server answers with application/url. A phone that does not accept it asks for something else, and \
         gets no answer from Fingerpost.",
    ),
    mistake(
        Notify,
        |message| without(message, H::SubscriptionState),
        "no-state",
        "NOTIFY without Subscription-State",
        "Every NOTIFY says whether the subscription goes on (RFC 6665 §4.1.3). Some provisioning servers leave it out, and \
         most phones fetch all the same.",
    ),
];

/// The mistakes to choose from.
pub fn presets() -> Vec<Preset> {
    MISTAKES.iter().map(|mistake| mistake.preset.clone()).collect()
}

/// The message with that mistake; `None` where there is no such one.
pub fn preset(id: &str, seed: u64) -> Option<String> {
    let mistake = MISTAKES.iter().find(|mistake| mistake.preset.id == id)?;
    let good = compose(&fields(seed)).ok()?;
    let good = match mistake.base {
        Subscribe => good.subscribe,
        Notify => good.notify,
    };
    let bytes = (mistake.make)(&Message::parse(good.as_bytes()).ok()?)?;
    String::from_utf8(bytes).ok()
}

fn fields(seed: u64) -> ComposeFields {
    ComposeFields {
        dialect: Dialect::Rfc,
        server: "192.0.2.1".into(),
        phone: "192.0.2.44".into(),
        url: "http://%{server}/%{mac}.cfg".into(),
        vendor: "generic".into(),
        model: Some("E1".into()),
        version: None,
        mac: None,
        seed,
        reply_to: None,
    }
}

fn text(message: &Message<'_>) -> String {
    String::from_utf8_lossy(message.as_bytes()).into_owned()
}

fn spliced(message: &Message<'_>, span: Span, text: &str) -> Vec<u8> {
    let mut bytes = message.as_bytes().to_vec();
    bytes.splice(span.start..span.end, text.bytes());
    bytes
}

fn without(message: &Message<'_>, name: H) -> Option<Vec<u8>> {
    Some(spliced(message, message.header(name)?.line_span(), ""))
}

fn with_value(message: &Message<'_>, name: H, value: &str) -> Option<Vec<u8>> {
    message.with_value(&message.header(name)?, value).ok()
}
