//! Dialogs (RFC 3261 §12): what two sides remember of each other, and the requests that either sends within. Owns the
//! dialog's name, route set, remote target and numbers. Knows no time and no transaction.

use crate::build::{HeaderValue, MessageBuilder, add_tag};
use crate::message::{HeaderName as H, Message, Request};
use crate::syntax::is_token;
use crate::typed::NameAddr;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

/// One side of a dialog.
///
/// ```
/// use fingerpost_core::build::HeaderValue;
/// use fingerpost_core::{Dialog, HeaderName, Message};
/// let subscribe = Message::parse(b"SUBSCRIBE sip:b@192.0.2.1 SIP/2.0\r\n\
///     Via: SIP/2.0/UDP 192.0.2.7;branch=z9hG4bK1\r\nFrom: <sip:a@x>;tag=7\r\nTo: <sip:b@x>\r\n\
///     Call-ID: 1@x\r\nCSeq: 1 SUBSCRIBE\r\nContact: <sip:a@192.0.2.7>\r\n\r\n")?;
/// let mut dialog = Dialog::as_server(&subscribe, "mine")?;
/// let via = HeaderValue::via("UDP", "192.0.2.1:5060").with_branch("2");
/// let notify = dialog.request("NOTIFY", via).header(HeaderName::Event, "presence").build()?;
/// assert!(notify.starts_with(b"NOTIFY sip:a@192.0.2.7 SIP/2.0\r\n"));
/// assert_eq!(Message::parse(&notify)?.to()?.unwrap().tag().unwrap(), "7");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dialog {
    call_id: Vec<u8>,
    /// From of our requests, To of theirs.
    local: Vec<u8>,
    /// To of our requests, From of theirs.
    remote: Vec<u8>,
    target: String,
    routes: Vec<Route>,
    /// Of our next request.
    next_number: u32,
    remote_number: Option<u32>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Route {
    /// As it stood in Record-Route.
    value: Vec<u8>,
    uri: String,
    /// Whether its proxy routes by RFC 3261 (`lr`).
    is_loose: bool,
}

/// A message makes no dialog, or belongs to another one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DialogError {
    /// A header that every dialog is made of is absent or broken.
    #[error("{} is missing or broken", .0.long().unwrap_or("a header"))]
    Missing(H),
    /// A tag of ours that is no token (RFC 3261 §19.3).
    #[error("the tag is not a token")]
    NotATag,
    /// Call-ID or tags are those of another dialog: answer 481 (RFC 3261 §12.2.2).
    #[error("the message belongs to another dialog")]
    OtherDialog,
    /// A number below the last one: answer 500 (RFC 3261 §12.2.2).
    #[error("CSeq {number} is below {last}, which came before")]
    OutOfOrder {
        /// The number that came.
        number: u32,
        /// The highest before.
        last: u32,
    },
}

impl Dialog {
    /// The side that answered `request` with `tag` as its own (RFC 3261 §12.1.1). The remote target is the URI in
    /// Contact; where there is none it is empty until [`Dialog::with_target`].
    ///
    /// # Errors
    /// [`DialogError::Missing`] or [`DialogError::NotATag`].
    pub fn as_server(request: &Message<'_>, tag: &str) -> Result<Self, DialogError> {
        if tag.is_empty() || !tag.bytes().all(is_token) {
            return Err(DialogError::NotATag);
        }
        let mut local = copied(request, H::To)?;
        add_tag(&mut local, tag);
        Ok(Self {
            call_id: copied(request, H::CallId)?,
            local,
            remote: copied(request, H::From)?,
            target: target(request).unwrap_or_default(),
            routes: routes(request),
            next_number: 1,
            remote_number: Some(number(request)?),
        })
    }

    /// The side that sent `request` and was answered by `response` (RFC 3261 §12.1.2).
    ///
    /// # Errors
    /// [`DialogError::Missing`], or [`DialogError::OtherDialog`] where the response answers another request.
    pub fn as_client(request: &Message<'_>, response: &Message<'_>) -> Result<Self, DialogError> {
        let call_id = copied(request, H::CallId)?;
        if copied(response, H::CallId)? != call_id || number(request)? != number(response)? {
            return Err(DialogError::OtherDialog);
        }
        let mut routes = routes(response);
        routes.reverse();
        Ok(Self {
            call_id,
            local: copied(request, H::From)?,
            remote: copied(response, H::To)?,
            target: target(response).unwrap_or_default(),
            routes,
            next_number: number(request)?.wrapping_add(1),
            remote_number: None,
        })
    }

    /// The same with another remote target.
    #[must_use]
    pub fn with_target(mut self, uri: impl Into<String>) -> Self {
        self.target = uri.into();
        self
    }

    /// The same, the next request of ours having `number`.
    #[must_use]
    pub const fn with_next_number(mut self, number: u32) -> Self {
        self.next_number = number;
        self
    }

    /// Where the other side is reached: a URI.
    #[must_use]
    pub fn target(&self) -> &str {
        &self.target
    }

    /// Our own tag.
    #[must_use]
    pub fn local_tag(&self) -> Option<String> {
        tag(&self.local)
    }

    /// The other side's tag; RFC 2543 does without.
    #[must_use]
    pub fn remote_tag(&self) -> Option<String> {
        tag(&self.remote)
    }

    /// Begins the next request of ours (RFC 3261 §12.2.1.1): Request-URI, the Via given, Max-Forwards, Route, From,
    /// To, Call-ID, `CSeq`. Not for ACK and CANCEL, whose number is that of their INVITE.
    pub fn request(&mut self, method: &str, via: HeaderValue) -> MessageBuilder {
        let number = self.next_number;
        self.next_number = number.wrapping_add(1);
        let mut builder = Request::builder(method, self.next_hop())
            .value(H::Via, via)
            .header(H::MaxForwards, "70");
        for route in self.route_set() {
            builder = builder.header(H::Route, route);
        }
        builder
            .header(H::From, &self.local)
            .header(H::To, &self.remote)
            .header(H::CallId, &self.call_id)
            .header(H::CSeq, format!("{number} {method}"))
    }

    /// Takes note of a request of the other side: its number, and its Contact where the method may move the target.
    ///
    /// # Errors
    /// [`DialogError::OtherDialog`], [`DialogError::OutOfOrder`] or [`DialogError::Missing`].
    pub fn handle_request(&mut self, request: &Message<'_>) -> Result<(), DialogError> {
        if !self.owns(request) {
            return Err(DialogError::OtherDialog);
        }
        let number = number(request)?;
        match self.remote_number {
            Some(last) if number < last => return Err(DialogError::OutOfOrder { number, last }),
            _ => self.remote_number = Some(number),
        }
        let refreshes = |method| REFRESHING.iter().any(|name| method == *name);
        if request.method().is_some_and(refreshes) {
            self.target = target(request).unwrap_or_else(|| self.target.clone());
        }
        Ok(())
    }

    /// Whether a request of the other side belongs to this dialog: by Call-ID and both tags (RFC 3261 §12).
    #[must_use]
    pub fn owns(&self, request: &Message<'_>) -> bool {
        let tag_in = |name| copied(request, name).ok().and_then(|value| tag(&value));
        copied(request, H::CallId).is_ok_and(|call_id| call_id == self.call_id)
            && tag_in(H::To) == self.local_tag()
            && tag_in(H::From) == self.remote_tag()
    }

    /// A first proxy that does not know `lr` takes the place of the Request-URI (RFC 3261 §12.2.1.1).
    fn next_hop(&self) -> &str {
        match self.routes.first() {
            Some(first) if !first.is_loose => &first.uri,
            _ => &self.target,
        }
    }

    fn route_set(&self) -> Vec<Vec<u8>> {
        let values = |routes: &[Route]| routes.iter().map(|route| route.value.clone()).collect();
        match self.routes.split_first() {
            Some((first, rest)) if !first.is_loose => {
                let mut values: Vec<_> = values(rest);
                values.push(format!("<{}>", self.target).into_bytes());
                values
            }
            _ => values(&self.routes),
        }
    }
}

/// Methods that move the remote target (RFC 3261 §12.2, RFC 3311 §5.1, RFC 6665 §3.1, §3.2, RFC 3515 §2.4.5).
const REFRESHING: [&str; 5] = ["INVITE", "UPDATE", "SUBSCRIBE", "NOTIFY", "REFER"];

/// A header's value on one line.
fn copied(message: &Message<'_>, name: H) -> Result<Vec<u8>, DialogError> {
    let header = message.header(name).ok_or(DialogError::Missing(name))?;
    Ok(header.value().unfolded_bytes().into_owned())
}

fn number(message: &Message<'_>) -> Result<u32, DialogError> {
    let cseq = message.cseq().ok().flatten();
    cseq.map(|cseq| cseq.number).ok_or(DialogError::Missing(H::CSeq))
}

fn tag(value: &[u8]) -> Option<String> {
    NameAddr::parse(value).ok()?.tag().map(|tag| tag.to_string())
}

/// The Contact URI whole, without what a Request-URI must not carry (RFC 3261 §12.2.1.1, §19.1.1).
fn target(message: &Message<'_>) -> Option<String> {
    let uri = message.contact().ok()??.uri;
    let text = uri.text().to_str().into_owned();
    match uri.as_sip().and_then(|uri| uri.headers) {
        Some(_) => text.split('?').next().map(ToString::to_string),
        None => Some(text),
    }
}

/// Record-Route, one entry a route, in order.
fn routes(message: &Message<'_>) -> Vec<Route> {
    let routes = message.record_routes().filter_map(Result::ok);
    routes.map(|address| Route::new(&address)).collect()
}

impl Route {
    fn new(address: &NameAddr<'_>) -> Self {
        let uri = address.uri.text().to_str().into_owned();
        let is_loose = address.uri.as_sip().is_some_and(|uri| uri.params.find("lr").is_some());
        let params = address.params.text().unfolded_bytes().into_owned();
        let value = [b"<", uri.as_bytes(), b">", &params].concat();
        Self { value, uri, is_loose }
    }
}

#[cfg(test)]
mod tests;
