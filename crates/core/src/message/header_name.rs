//! Owns header names: canonical long forms, compact forms, and the comparison that ignores case (RFC 3261 §7.3.1).

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
    Join = "Join",
    MaxForwards = "Max-Forwards",
    MimeVersion = "MIME-Version",
    MinExpires = "Min-Expires",
    MinSe = "Min-SE",
    Organization = "Organization",
    PAssertedIdentity = "P-Asserted-Identity",
    PPreferredIdentity = "P-Preferred-Identity",
    Path = "Path",
    Priority = "Priority",
    ProxyAuthenticate = "Proxy-Authenticate",
    ProxyAuthorization = "Proxy-Authorization",
    ProxyRequire = "Proxy-Require",
    Reason = "Reason",
    RecordRoute = "Record-Route",
    ReferTo = "Refer-To" / "r",
    ReferredBy = "Referred-By" / "b",
    RejectContact = "Reject-Contact" / "j",
    Replaces = "Replaces",
    ReplyTo = "Reply-To",
    RequestDisposition = "Request-Disposition" / "d",
    Require = "Require",
    RetryAfter = "Retry-After",
    Route = "Route",
    Server = "Server",
    ServiceRoute = "Service-Route",
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

impl HeaderName {
    /// The header called `name`, in long or compact form and any case.
    #[must_use]
    pub fn of(name: &[u8]) -> Self {
        let is =
            |known: &str| known.len() == name.len() && known.as_bytes().eq_ignore_ascii_case(name);
        let found = match name.len() {
            1 => NAMES.iter().find(|(_, _, compact)| is(compact)),
            _ => NAMES.iter().find(|(_, long, _)| is(long)),
        };
        found.map_or(Self::Other, |(name, _, _)| *name)
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

    /// Whether the header may stand there without a value, which then says "none" (RFC 3261 §20.1, §20.2, §20.3,
    /// §20.5, §20.37). Allow-Events is let through likewise.
    #[must_use]
    pub const fn may_be_empty(self) -> bool {
        matches!(
            self,
            Self::Accept
                | Self::AcceptEncoding
                | Self::AcceptLanguage
                | Self::Allow
                | Self::AllowEvents
                | Self::Supported
        )
    }

    /// Whether a message may have it once only and its value is one value (RFC 3261 §7.3.1, §20; RFC 6665 §8.2; RFC 3891 §6.1;
    /// RFC 4028 §4, §5).
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
                | Self::MinSe
                | Self::Replaces
                | Self::RetryAfter
                | Self::SessionExpires
                | Self::SubscriptionState
                | Self::To
                | Self::UserAgent
        )
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
