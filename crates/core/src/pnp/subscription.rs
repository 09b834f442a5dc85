//! Owns what of a phone's SUBSCRIBE an answer is made of, and the reasons for which none is given. Knows no time and
//! no policy.

use super::identify::takes_url;
use crate::check::{Context, Policy, Severity, check};
use crate::message::{HeaderName, Message, ParseError, Request, StartLine};
use crate::transaction::ServerKey;
use crate::typed::{CSeq, NameAddr, Via};
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt;

/// Why a datagram gets no answer.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum IgnoreReason {
    /// It is no SIP message.
    NotSip(ParseError),
    /// A SIP message that is broken: the first error, in words.
    Broken(String),
    /// A request with another method.
    Method(String),
    /// A response that belongs to nothing of ours.
    StrayResponse,
    /// A SUBSCRIBE without a header that an answer needs.
    Missing(HeaderName),
    /// A SUBSCRIBE to another event package.
    Event(String),
    /// A SUBSCRIBE that does not take `application/url`.
    Accept(String),
    /// A SUBSCRIBE that requires an extension.
    Require(String),
    /// Another version of SIP.
    Version(String),
    /// A SUBSCRIBE within a dialog or subscription that is none of ours, or over.
    NoSubscription,
    /// A SUBSCRIBE within a dialog, numbered below one that came before.
    OutOfOrder,
    /// The source is on no subnet of the card, and no exception allows it.
    Source,
    /// A policy said so, in its words.
    Policy(String),
    /// Nobody decided in time.
    Undecided,
    /// The phone lists the schemes that it takes, and the URL's is none of them.
    Scheme(String),
    /// The answer could not be written: the reason, in words.
    Unanswerable(String),
    /// More exchanges at once than the table holds: the oldest, in which something was still due, is forgotten. One in
    /// which nothing was due goes without a word.
    TooMany,
}

impl fmt::Display for IgnoreReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotSip(error) => write!(f, "not SIP: {error}"),
            Self::Broken(what) => write!(f, "broken message: {what}"),
            Self::Method(method) => write!(f, "method {method}, not SUBSCRIBE"),
            Self::StrayResponse => f.write_str("a response to nothing of ours"),
            Self::Missing(name) => write!(f, "{} is missing", name.long().unwrap_or("a header")),
            Self::Event(event) => write!(f, "event {event}, not ua-profile"),
            Self::Accept(accept) => write!(f, "accepts {accept}, not application/url"),
            Self::Require(tag) => write!(f, "requires the extension {tag}"),
            Self::Version(version) => write!(f, "{version}, not SIP/2.0"),
            Self::NoSubscription => f.write_str("a subscription that is not ours, or is over"),
            Self::OutOfOrder => f.write_str("its CSeq is below one that came before"),
            Self::Source => f.write_str("source outside the card's subnets"),
            Self::Policy(reason) => f.write_str(reason),
            Self::Undecided => f.write_str("no decision in time"),
            Self::Scheme(url) => write!(f, "the phone does not take the scheme of {url}"),
            Self::Unanswerable(what) => write!(f, "no answer can be written: {what}"),
            Self::TooMany => f.write_str("more exchanges at once than the table holds"),
        }
    }
}

/// Seconds for a SUBSCRIBE that does not say how long (RFC 6080 §6.4), and the most that is granted: a phone may ask for
/// 136 years.
pub(crate) const EXPIRES: u32 = 86_400;

/// The parts of a SUBSCRIBE that answers are made of.
#[derive(Debug, Clone)]
pub(crate) struct Subscription<'a> {
    pub(crate) request: Request<'a>,
    pub(crate) via: Via<'a>,
    pub(crate) cseq: CSeq<'a>,
    pub(crate) contact: Option<NameAddr<'a>>,
    pub(crate) transaction: ServerKey,
}

impl<'a> Subscription<'a> {
    /// Takes a message as a phone's request for its URL.
    pub(crate) fn read(message: Message<'a>) -> Result<Self, IgnoreReason> {
        let request = Request::from_message(message).map_err(|_| IgnoreReason::StrayResponse)?;
        if request.request_method() != "SUBSCRIBE" {
            return Err(IgnoreReason::Method(request.request_method().to_string()));
        }
        // What is plainly somebody else's is not examined: a flood of it must cost little.
        if let Ok(Some(event)) = request.event() {
            if event.package != "ua-profile" {
                return Err(IgnoreReason::Event(event.package.to_string()));
            }
        }
        usable(&request)?;
        if let Some(tag) = request.require().find_map(Result::ok) {
            return Err(IgnoreReason::Require(tag.text.to_string()));
        }
        present(request.event(), HeaderName::Event)?;
        if !takes_url(&request) {
            return Err(IgnoreReason::Accept(accepted(&request)));
        }
        present(request.from(), HeaderName::From)?;
        present(request.to(), HeaderName::To)?;
        Self::of(request)
    }

    /// Takes up again what was taken before: it was judged then, and is the same byte for byte.
    pub(crate) fn read_again(message: Message<'a>) -> Result<Self, IgnoreReason> {
        Self::of(Request::from_message(message).map_err(|_| IgnoreReason::StrayResponse)?)
    }

    fn of(request: Request<'a>) -> Result<Self, IgnoreReason> {
        Ok(Self {
            via: present(request.top_via(), HeaderName::Via)?,
            cseq: present(request.cseq(), HeaderName::CSeq)?,
            contact: request.contact().ok().flatten(),
            transaction: ServerKey::of(&request).ok_or(IgnoreReason::Missing(HeaderName::Via))?,
            request,
        })
    }

    pub(crate) fn call_id(&self) -> Vec<u8> {
        self.request
            .header(HeaderName::CallId)
            .map(|id| id.value().as_bytes().to_vec())
            .unwrap_or_default()
    }

    /// Seconds that are granted: what was asked for, a day at most and where nothing is said (RFC 6080 §6.4, RFC 6665
    /// §4.2.1.1).
    pub(crate) fn expires(&self) -> u32 {
        let asked = self.request.expires().ok().flatten();
        asked.map_or(EXPIRES, |expires| expires.value).min(EXPIRES)
    }

    /// The schemes of the URLs that the phone takes, as its Contact lists them: those and no others (RFC 6080 §6.7).
    pub(crate) fn schemes(&self) -> Option<String> {
        let listed = self.contact.as_ref()?.params.find("schemes")?;
        listed.value.map(|listed| listed.to_str().into())
    }

    /// Our own tag, of a request within a dialog.
    pub(crate) fn to_tag(&self) -> Option<String> {
        self.request.to().ok().flatten()?.tag().map(|tag| tag.to_string())
    }
}

/// Refuses what a robust reader cannot use either.
fn usable(message: &Message<'_>) -> Result<(), IgnoreReason> {
    let context = Context::default().with_policy(Policy::Robust);
    let findings = check(message, &context);
    let missing = [
        HeaderName::Via,
        HeaderName::From,
        HeaderName::To,
        HeaderName::CallId,
        HeaderName::CSeq,
        HeaderName::Event,
    ];
    if let Some(name) = missing.into_iter().find(|name| message.header(*name).is_none()) {
        return Err(IgnoreReason::Missing(name));
    }
    let error = findings.into_iter().find(|finding| finding.severity == Severity::Error);
    if let Some(error) = error {
        return Err(IgnoreReason::Broken(error.message));
    }
    match message.start_line() {
        StartLine::Request(line) if !line.version.is("SIP/2.0") => {
            Err(IgnoreReason::Version(line.version.to_string()))
        }
        _ => Ok(()),
    }
}

fn present<T>(
    value: Result<Option<T>, crate::message::HeaderError>,
    name: HeaderName,
) -> Result<T, IgnoreReason> {
    match value {
        Ok(Some(value)) => Ok(value),
        Ok(None) => Err(IgnoreReason::Missing(name)),
        Err(error) => Err(IgnoreReason::Broken(error.to_string())),
    }
}

fn accepted(message: &Message<'_>) -> String {
    let header = message.header(HeaderName::Accept);
    header.map_or_else(|| "nothing".to_string(), |header| header.value().unfolded().into_owned())
}
