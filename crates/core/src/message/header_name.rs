//! Owns header names: canonical long forms, compact forms, and the comparison that ignores case (RFC 3261 §7.3.1).

use super::header::Slot;

macro_rules! header_names {
    ($($(#[$doc:meta])* $variant:ident = $long:literal $(/ $compact:literal)?,)*) => {
        /// A header that this crate knows by name.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum HeaderName {
            $(#[doc = concat!("`", $long, "`", $(" (compact `", $compact, "`)")?)] $variant,)*
            /// Any header not listed here: its identity is what stood there.
            Other,
        }

        /// Name, long form, compact form (empty where there is none).
        const NAMES: &[(HeaderName, &str, &str)] =
            &[$((HeaderName::$variant, $long, concat!($($compact)?)),)*];
    };
}

header_names! {
    Accept = "Accept",
    AcceptContact = "Accept-Contact" / "a",
    AcceptEncoding = "Accept-Encoding",
    AcceptLanguage = "Accept-Language",
    AlertInfo = "Alert-Info",
    Allow = "Allow",
    AllowEvents = "Allow-Events" / "u",
    AuthenticationInfo = "Authentication-Info",
    Authorization = "Authorization",
    CallId = "Call-ID" / "i",
    CallInfo = "Call-Info",
    Contact = "Contact" / "m",
    ContentDisposition = "Content-Disposition",
    ContentEncoding = "Content-Encoding" / "e",
    ContentId = "Content-ID",
    ContentLanguage = "Content-Language",
    ContentLength = "Content-Length" / "l",
    ContentType = "Content-Type" / "c",
    CSeq = "CSeq",
    Date = "Date",
    ErrorInfo = "Error-Info",
    Event = "Event" / "o",
    Expires = "Expires",
    From = "From" / "f",
    InReplyTo = "In-Reply-To",
    MaxForwards = "Max-Forwards",
    MimeVersion = "MIME-Version",
    MinExpires = "Min-Expires",
    Organization = "Organization",
    Priority = "Priority",
    ProxyAuthenticate = "Proxy-Authenticate",
    ProxyAuthorization = "Proxy-Authorization",
    ProxyRequire = "Proxy-Require",
    Reason = "Reason",
    RecordRoute = "Record-Route",
    ReferTo = "Refer-To" / "r",
    ReferredBy = "Referred-By" / "b",
    RejectContact = "Reject-Contact" / "j",
    ReplyTo = "Reply-To",
    RequestDisposition = "Request-Disposition" / "d",
    Require = "Require",
    RetryAfter = "Retry-After",
    Route = "Route",
    Server = "Server",
    SessionExpires = "Session-Expires" / "x",
    Subject = "Subject" / "s",
    SubscriptionState = "Subscription-State",
    Supported = "Supported" / "k",
    Timestamp = "Timestamp",
    To = "To" / "t",
    Unsupported = "Unsupported",
    UserAgent = "User-Agent",
    Via = "Via" / "v",
    Warning = "Warning",
    WwwAuthenticate = "WWW-Authenticate",
}

/// One more than where in [`NAMES`] a name stands, at the place that its spelling points to or the next free one; 0
/// where nothing is. Every spelling has its place, so reading a message compares nearly every name once.
static INDEX: [u8; 512] = index();

const fn index() -> [u8; 512] {
    let mut index = [0; 512];
    let mut at = 0;
    while at < NAMES.len() {
        put(&mut index, NAMES[at].1.as_bytes(), at);
        put(&mut index, NAMES[at].2.as_bytes(), at);
        at += 1;
    }
    index
}

#[allow(clippy::cast_possible_truncation, reason = "there are fewer than 255 names: `NAMES` fits")]
const fn put(index: &mut [u8; 512], spelt: &[u8], name: usize) {
    assert!(NAMES.len() < 255);
    let mut at = place(spelt);
    while index[at] != 0 {
        at = (at + 1) % index.len();
    }
    if !spelt.is_empty() {
        index[at] = name as u8 + 1;
    }
}

/// Where the search for a name begins: by its length, its first and its last letter, in any case.
const fn place(name: &[u8]) -> usize {
    let [first, .., last] = name else {
        return if name.is_empty() { 0 } else { (name[0] | 0x20) as usize };
    };
    (name.len() * 41 + (*first | 0x20) as usize * 7 + (*last | 0x20) as usize * 3) % 512
}

impl HeaderName {
    /// The header called `name`, in long or compact form and any case.
    #[must_use]
    pub fn of(name: &[u8]) -> Self {
        let mut at = place(name);
        while let Some(index) = INDEX[at].checked_sub(1) {
            let (known, long, compact) = &NAMES[usize::from(index)];
            let spelt = if name.len() == 1 { compact } else { long };
            if spelt.as_bytes() == name || spelt.as_bytes().eq_ignore_ascii_case(name) {
                return *known;
            }
            at = (at + 1) % INDEX.len();
        }
        Self::Other
    }

    /// The canonical long form; `None` for [`HeaderName::Other`].
    #[must_use]
    pub fn long(self) -> Option<&'static str> {
        NAMES.get(self as usize).map(|(_, long, _)| *long)
    }

    /// The compact form, where there is one.
    #[must_use]
    pub fn compact(self) -> Option<&'static str> {
        NAMES
            .get(self as usize)
            .map(|(_, _, compact)| *compact)
            .filter(|compact| !compact.is_empty())
    }

    /// Whether a message may have it once only and its value is one value (RFC 3261 §7.3.1, §20; RFC 6665 §8.2).
    #[must_use]
    pub const fn is_single(self) -> bool {
        matches!(
            self,
            Self::CallId
                | Self::ContentDisposition
                | Self::ContentLength
                | Self::ContentType
                | Self::CSeq
                | Self::Date
                | Self::Event
                | Self::Expires
                | Self::From
                | Self::MaxForwards
                | Self::MimeVersion
                | Self::MinExpires
                | Self::RetryAfter
                | Self::SubscriptionState
                | Self::To
                | Self::UserAgent
        )
    }
}

/// Which names a message has: most of those that are asked for, it has not.
#[derive(Debug, Clone, Copy)]
pub(super) struct NameSet(u128);

impl NameSet {
    pub(super) fn of(slots: &[Slot]) -> Self {
        Self(slots.iter().fold(0, |names, slot| names | Self::bit(slot.name)))
    }

    pub(super) fn has(self, name: HeaderName) -> bool {
        self.0 & Self::bit(name) != 0
    }

    /// Two names with the same bit would cost a search, no more.
    fn bit(name: HeaderName) -> u128 {
        1 << (name as u32 % u128::BITS)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_found_by_each_of_its_forms() {
        for (name, long, compact) in NAMES {
            assert_eq!(HeaderName::of(long.to_ascii_uppercase().as_bytes()), *name);
            assert_eq!(name.long(), Some(*long));
            if !compact.is_empty() {
                assert_eq!(HeaderName::of(compact.as_bytes()), *name);
                assert_eq!(name.compact(), Some(*compact));
            }
        }
        assert_eq!(HeaderName::of(b"X-Vendor"), HeaderName::Other);
        assert_eq!(HeaderName::of(b"q"), HeaderName::Other);
        assert_eq!(HeaderName::Other.long(), None);
    }
}
