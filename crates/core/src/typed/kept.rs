//! Owns the values that several rules look at: kept while the headers of a message are read one after the other, so
//! that nobody reads them again. Knows no rule.

use super::{CSeq, Contact, Event, MediaType, NameAddr, Number, UserAgent, Via};
use crate::message::{HeaderName, NameSet};
use crate::syntax::ParamList;
use smallvec::SmallVec;

/// The first value of some headers, where it can be read: a broken one is not made good by another behind it.
#[derive(Debug, Default)]
pub(crate) struct Kept<'a> {
    pub(crate) via: Option<Via<'a>>,
    pub(crate) via_params: ParamList<'a>,
    pub(crate) from: Option<NameAddr<'a>>,
    pub(crate) to: Option<NameAddr<'a>>,
    pub(crate) cseq: Option<CSeq<'a>>,
    pub(crate) event: Option<Event<'a>>,
    pub(crate) event_params: ParamList<'a>,
    pub(crate) content_type: Option<MediaType<'a>>,
    pub(crate) user_agent: Option<UserAgent<'a>>,
    pub(crate) max_forwards: Option<Number<'a>>,
    pub(crate) content_length: Option<Number<'a>>,
    /// Whether a range of Accept takes `application/url`.
    pub(crate) takes_url: bool,
    /// Every Contact that can be read, in order.
    pub(crate) contacts: SmallVec<[Contact<'a>; 1]>,
    met: NameSet,
    is_first: bool,
}

impl<'a> Kept<'a> {
    /// A header called `name` is about to be read.
    pub(super) fn begin(&mut self, name: HeaderName) {
        self.is_first = self.met.insert(name);
    }

    /// Whether a header called `name` was read.
    pub(crate) fn has_met(&self, name: HeaderName) -> bool {
        self.met.has(name)
    }

    /// A value of Via and its parameters.
    pub(super) fn via(&mut self, via: Via<'a>, params: impl FnOnce() -> ParamList<'a>) {
        if self.is_first && self.via.is_none() {
            self.via = Some(via);
            self.via_params = params();
        }
    }

    /// A value that is an address.
    pub(super) fn address(&mut self, name: HeaderName, address: NameAddr<'a>) {
        match name {
            HeaderName::From if self.is_first => self.from = Some(address),
            HeaderName::To if self.is_first => self.to = Some(address),
            _ => {}
        }
    }

    /// A value of `CSeq`.
    pub(super) fn cseq(&mut self, cseq: CSeq<'a>) {
        if self.is_first {
            self.cseq = Some(cseq);
        }
    }

    /// A value of Event and its parameters.
    pub(super) fn event(&mut self, event: Event<'a>, params: impl FnOnce() -> ParamList<'a>) {
        if self.is_first {
            self.event = Some(event);
            self.event_params = params();
        }
    }

    /// A value that names products.
    pub(super) fn agent(&mut self, name: HeaderName, agent: UserAgent<'a>) {
        if self.is_first && name == HeaderName::UserAgent {
            self.user_agent = Some(agent);
        }
    }

    /// A value that is a number.
    pub(super) fn number(&mut self, name: HeaderName, number: Number<'a>) {
        match name {
            HeaderName::MaxForwards if self.is_first => self.max_forwards = Some(number),
            HeaderName::ContentLength if self.is_first => self.content_length = Some(number),
            _ => {}
        }
    }

    /// A value that is a media type.
    pub(super) fn media_type(&mut self, name: HeaderName, kind: MediaType<'a>) {
        match name {
            HeaderName::ContentType if self.is_first => self.content_type = Some(kind),
            HeaderName::Accept => self.takes_url |= kind.takes("application", "url"),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Message;
    use crate::typed::read_along;

    #[test]
    fn what_is_kept_is_what_the_message_gives_on_demand() {
        let text = "SUBSCRIBE sip:a SIP/2.0\r\nVia: SIP/2.0/UDP h;branch=z9hG4bK1, SIP/2.0/UDP i\r\nv: SIP/2.0/UDP j\r\n\
            From: <sip:a\r\nFrom: <sip:b>\r\nTo: <sip:c>;tag=1\r\nTo: <sip:d>\r\nCSeq: 7 X\r\nEvent: dialog\r\nm: <sip:e>, <sip:f>\r\n\
            Contact: <sip:g>\r\nAccept: a/b\r\nContent-Type: c/d\r\nContent-Type: e/f\r\n\
            Server: s\r\nUser-Agent: u\r\nExpires: 5\r\nMax-Forwards: 6\r\nContent-Length: 0\r\n\r\n";
        let message = Message::parse(text.as_bytes()).unwrap();
        let mut kept = Kept::default();
        for header in message.headers() {
            let value = header.value().as_bytes();
            let _ = read_along(header.name(), value, header.limits(), None, Some(&mut kept));
        }
        assert_eq!(kept.via, message.top_via().unwrap());
        assert_eq!((kept.from, message.from().is_err()), (None, true));
        assert_eq!(kept.to, message.to().unwrap());
        assert_eq!(kept.cseq, message.cseq().unwrap());
        assert_eq!(kept.event, message.event().unwrap());
        assert_eq!(kept.content_type, message.content_type().unwrap());
        assert_eq!(kept.user_agent, message.user_agent().unwrap());
        assert_eq!(kept.max_forwards, message.max_forwards().unwrap());
        assert_eq!(kept.content_length, message.content_length().unwrap());
        assert_eq!(kept.takes_url, crate::pnp::takes_url(&message));
        let contacts: alloc::vec::Vec<_> = message.contacts().map(Result::unwrap).collect();
        assert_eq!(kept.contacts.to_vec(), contacts);
    }
}
