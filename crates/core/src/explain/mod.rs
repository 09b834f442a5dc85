//! Plain words for one value of a message: what it says here, and where that is written down. Everything stands on
//! the tape and the typed values; nothing is parsed a second time and nothing is judged (that is `check`'s work). Only
//! the URL in the body, which no SIP grammar covers, is split here (`url`).

mod address;
mod body;
mod date;
mod dialog;
mod event;
mod header;
mod host;
mod media;
mod methods;
mod note;
mod options;
mod place;
mod product;
mod remark;
mod role;
mod sdp;
mod start_line;
mod status;
mod subscription;
mod time;
mod url;
mod user;
mod via;
mod why;

pub(crate) use event::is_event_package;
pub use header::Purpose;
pub(crate) use options::is_option_tag;
pub(crate) use sdp::is_sdp_letter;
pub(crate) use url::Outline;

use crate::check::RfcRef;
use crate::message::{HeaderName, Message};
use crate::scan::TokenKind;
use crate::span::Span;
use alloc::string::String;
use note::Said;
use place::Place;

/// What one value of a message says, in plain words.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Explanation {
    /// What the value is: `Event parameter model`.
    pub title: String,
    /// What this value says here, in a sentence or two.
    pub words: String,
    /// Where that is written down; `None` where it is a vendor's practice and no RFC's.
    pub reference: Option<RfcRef>,
    /// The value that is explained.
    pub span: Span,
}

/// What the value at `offset` of `message` says.
///
/// An offset between values belongs to the value that ends there, as a caret does; else to what it stands in.
/// `None` beyond the message and where nothing stands that has a meaning.
///
/// ```
/// use fingerpost_core::{Message, explain::explain};
/// let text = "SUBSCRIBE sip:224.0.1.75 SIP/2.0\r\nEvent: ua-profile\r\nExpires: 0\r\n\r\n";
/// let message = Message::parse(text.as_bytes())?;
/// let explanation = explain(&message, text.find("0\r\n\r\n").unwrap()).unwrap();
/// assert_eq!(explanation.title, "Expires");
/// assert!(explanation.words.contains("the phone wants its URL once"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn explain(message: &Message<'_>, offset: usize) -> Option<Explanation> {
    let place = Place::find(message, offset)?;
    let Said { title, words, reference, span } = say(&place);
    Some(Explanation { title, words, reference, span })
}

/// What the header `name` is for; `None` for [`HeaderName::Other`].
#[must_use]
pub fn explain_header(name: HeaderName) -> Option<Purpose> {
    header::purpose(name)
}

fn say(place: &Place<'_, '_>) -> Said {
    match place.kind() {
        _ if place.in_body && place.header().is_none() => body::say(place),
        TokenKind::Trailing => body::trailing(place),
        TokenKind::LineEnd => body::empty_line(place),
        TokenKind::Malformed => header::malformed(place),
        TokenKind::HeaderName => header::name(place),
        _ if place.in_uri => address::uri(place),
        _ => match place.header_name() {
            None => start_line::say(place),
            Some(name) => value(name, place).unwrap_or_else(|| header::value(place)),
        },
    }
}

/// By the header in which it stands; `None` where only the header itself can be explained.
fn value(name: HeaderName, place: &Place<'_, '_>) -> Option<Said> {
    use HeaderName as H;
    match name {
        H::Via => via::say(place),
        H::From | H::To | H::Contact | H::Route | H::RecordRoute => address::around(place),
        H::CallId => Some(dialog::call_id(place)),
        H::CSeq => dialog::cseq(place),
        H::MaxForwards => Some(dialog::max_forwards(place)),
        H::Expires | H::MinExpires | H::RetryAfter => time::say(name, place),
        H::ContentLength if !place.in_body => Some(body::content_length(place)),
        H::Event | H::AllowEvents => event::say(place),
        H::SubscriptionState => subscription::say(place),
        H::Accept | H::ContentType => media::say(name, place),
        H::Allow => Some(methods::allowed(place)),
        H::Supported | H::Require | H::ProxyRequire | H::Unsupported => options::say(name, place),
        H::UserAgent | H::Server => product::say(place),
        H::Date | H::Timestamp => date::say(name, place),
        H::Warning => why::warning(place),
        H::Reason => why::reason(place),
        _ => None,
    }
}
