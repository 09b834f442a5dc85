//! Owns header names: canonical long forms, compact forms, how often a message may have them, and the comparison that
//! ignores case (RFC 3261 §7.3.1). What a header is for is `explain`'s.

use super::header::Slot;

macro_rules! header_names {
    ($($variant:ident = $long:literal $(/ $compact:literal)?, $occurs:ident;)*) => {
        /// A header that this crate knows by name: those that IANA lists for SIP, but for a few of mobile networks.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum HeaderName {
            $(#[doc = concat!("`", $long, "`", $(" (compact `", $compact, "`)")?)] $variant,)*
            /// Any header not listed here: its identity is what stood there.
            Other,
        }

        /// One row a header, in the order of the enum.
        static NAMES: &[Known] = &[$(Known {
            name: HeaderName::$variant,
            long: $long,
            compact: concat!($($compact)?),
            occurs: Occurs::$occurs,
        },)*];
    };
}

/// What is known of a header's name; the compact form is empty where there is none.
struct Known {
    name: HeaderName,
    long: &'static str,
    compact: &'static str,
    occurs: Occurs,
}

/// How often a message may have a header (RFC 3261 §7.3.1, §20).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(clippy::exhaustive_enums, reason = "RFC 3261 §7.3.1 knows these three")]
pub enum Occurs {
    /// Once, with one value.
    Once,
    /// Any number of values, on one line parted by commas or on several lines.
    List,
    /// Any number of lines, which are not joined: their values hold commas (RFC 3261 §7.3.1).
    Lines,
}

header_names! {
    Accept = "Accept", List;
    AcceptContact = "Accept-Contact" / "a", List;
    AcceptEncoding = "Accept-Encoding", List;
    AcceptLanguage = "Accept-Language", List;
    AcceptResourcePriority = "Accept-Resource-Priority", List;
    AlertInfo = "Alert-Info", List;
    Allow = "Allow", List;
    AllowEvents = "Allow-Events" / "u", List;
    AnswerMode = "Answer-Mode", Once;
    AuthenticationInfo = "Authentication-Info", List;
    Authorization = "Authorization", Lines;
    CallId = "Call-ID" / "i", Once;
    CallInfo = "Call-Info", List;
    Contact = "Contact" / "m", List;
    ContentDisposition = "Content-Disposition", Once;
    ContentEncoding = "Content-Encoding" / "e", List;
    ContentId = "Content-ID", Once;
    ContentLanguage = "Content-Language", List;
    ContentLength = "Content-Length" / "l", Once;
    ContentType = "Content-Type" / "c", Once;
    CSeq = "CSeq", Once;
    Date = "Date", Once;
    Diversion = "Diversion", List;
    ErrorInfo = "Error-Info", List;
    Event = "Event" / "o", Once;
    Expires = "Expires", Once;
    FeatureCaps = "Feature-Caps", List;
    FlowTimer = "Flow-Timer", Once;
    From = "From" / "f", Once;
    Geolocation = "Geolocation", List;
    GeolocationError = "Geolocation-Error", Once;
    GeolocationRouting = "Geolocation-Routing", Once;
    HistoryInfo = "History-Info", List;
    Identity = "Identity" / "y", Lines;
    IdentityInfo = "Identity-Info" / "n", Once;
    InReplyTo = "In-Reply-To", List;
    InfoPackage = "Info-Package", Once;
    Join = "Join", Once;
    MaxBreadth = "Max-Breadth", Once;
    MaxForwards = "Max-Forwards", Once;
    MimeVersion = "MIME-Version", Once;
    MinExpires = "Min-Expires", Once;
    MinSe = "Min-SE", Once;
    Organization = "Organization", Once;
    PAccessNetworkInfo = "P-Access-Network-Info", List;
    PAnswerState = "P-Answer-State", Once;
    PAssertedIdentity = "P-Asserted-Identity", List;
    PAssertedService = "P-Asserted-Service", List;
    PAssociatedUri = "P-Associated-URI", List;
    PCalledPartyId = "P-Called-Party-ID", Once;
    PChargeInfo = "P-Charge-Info", Once;
    PChargingFunctionAddresses = "P-Charging-Function-Addresses", List;
    PChargingVector = "P-Charging-Vector", Once;
    PEarlyMedia = "P-Early-Media", List;
    PMediaAuthorization = "P-Media-Authorization", List;
    PPreferredIdentity = "P-Preferred-Identity", List;
    PPreferredService = "P-Preferred-Service", List;
    PPrivateNetworkIndication = "P-Private-Network-Indication", Once;
    PProfileKey = "P-Profile-Key", Once;
    PRefusedUriList = "P-Refused-URI-List", List;
    PServedUser = "P-Served-User", Once;
    PUserDatabase = "P-User-Database", Once;
    PVisitedNetworkId = "P-Visited-Network-ID", List;
    Path = "Path", List;
    PermissionMissing = "Permission-Missing", List;
    PolicyContact = "Policy-Contact", List;
    PolicyId = "Policy-ID", List;
    Priority = "Priority", Once;
    PrivAnswerMode = "Priv-Answer-Mode", Once;
    Privacy = "Privacy", Once;
    ProxyAuthenticate = "Proxy-Authenticate", Lines;
    ProxyAuthorization = "Proxy-Authorization", Lines;
    ProxyRequire = "Proxy-Require", List;
    RAck = "RAck", Once;
    Reason = "Reason", List;
    RecordRoute = "Record-Route", List;
    RecvInfo = "Recv-Info", List;
    ReferEventsAt = "Refer-Events-At", Once;
    ReferSub = "Refer-Sub", Once;
    ReferTo = "Refer-To" / "r", Once;
    ReferredBy = "Referred-By" / "b", Once;
    RejectContact = "Reject-Contact" / "j", List;
    Replaces = "Replaces", Once;
    ReplyTo = "Reply-To", Once;
    RequestDisposition = "Request-Disposition" / "d", List;
    Require = "Require", List;
    ResourcePriority = "Resource-Priority", List;
    RetryAfter = "Retry-After", Once;
    Route = "Route", List;
    RSeq = "RSeq", Once;
    SecurityClient = "Security-Client", List;
    SecurityServer = "Security-Server", List;
    SecurityVerify = "Security-Verify", List;
    Server = "Server", Once;
    ServiceRoute = "Service-Route", List;
    SessionExpires = "Session-Expires" / "x", Once;
    SessionId = "Session-ID", Once;
    SipEtag = "SIP-ETag", Once;
    SipIfMatch = "SIP-If-Match", Once;
    Subject = "Subject" / "s", Once;
    SubscriptionState = "Subscription-State", Once;
    Supported = "Supported" / "k", List;
    SuppressIfMatch = "Suppress-If-Match", Once;
    TargetDialog = "Target-Dialog", Once;
    Timestamp = "Timestamp", Once;
    To = "To" / "t", Once;
    TriggerConsent = "Trigger-Consent", List;
    Unsupported = "Unsupported", List;
    UserAgent = "User-Agent", Once;
    UserToUser = "User-to-User", List;
    Via = "Via" / "v", List;
    Warning = "Warning", List;
    WwwAuthenticate = "WWW-Authenticate", Lines;
}

/// One more than where in [`NAMES`] a name stands, at the place that its spelling points to or the next free one; 0
/// where nothing is. Every spelling has its place, so reading a message compares nearly every name once.
static INDEX: [u8; 512] = index();

const fn index() -> [u8; 512] {
    let mut index = [0; 512];
    let mut at = 0;
    while at < NAMES.len() {
        put(&mut index, NAMES[at].long.as_bytes(), at);
        put(&mut index, NAMES[at].compact.as_bytes(), at);
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
            let known = &NAMES[usize::from(index)];
            let spelt = if name.len() == 1 { known.compact } else { known.long };
            if spelt.as_bytes() == name || spelt.as_bytes().eq_ignore_ascii_case(name) {
                return known.name;
            }
            at = (at + 1) % INDEX.len();
        }
        Self::Other
    }

    /// Every header that is known by name, in the order of the alphabet.
    pub fn all() -> impl Iterator<Item = Self> {
        NAMES.iter().map(|known| known.name)
    }

    fn known(self) -> Option<&'static Known> {
        NAMES.get(self as usize)
    }

    /// The canonical long form; `None` for [`HeaderName::Other`].
    #[must_use]
    pub fn long(self) -> Option<&'static str> {
        self.known().map(|known| known.long)
    }

    /// The compact form, where there is one.
    #[must_use]
    pub fn compact(self) -> Option<&'static str> {
        self.known().map(|known| known.compact).filter(|compact| !compact.is_empty())
    }

    /// How often a message may have it; of a header that is not known here nobody can tell.
    #[must_use]
    pub fn occurs(self) -> Option<Occurs> {
        self.known().map(|known| known.occurs)
    }

    /// Whether the header may stand there without a value, which then says "none" (RFC 3261 §20.1, §20.2, §20.3,
    /// §20.5, §20.25, §20.36, §20.37; RFC 5009 §8; RFC 6086 §9.2). Allow-Events is let through likewise.
    #[must_use]
    pub const fn may_be_empty(self) -> bool {
        matches!(
            self,
            Self::Accept
                | Self::AcceptEncoding
                | Self::AcceptLanguage
                | Self::Allow
                | Self::AllowEvents
                | Self::Organization
                | Self::PEarlyMedia
                | Self::RecvInfo
                | Self::Subject
                | Self::Supported
        )
    }

    /// Whether a message may have it once only and its value is one value (RFC 3261 §7.3.1, §20; RFC 6665 §8.2).
    #[must_use]
    pub fn is_single(self) -> bool {
        self.occurs() == Some(Occurs::Once)
    }
}

/// Some of the names: which a message has, for most of those that are asked for, it has not.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct NameSet(u128);

/// Each name, and [`HeaderName::Other`], has its bit.
const _: () = assert!(NAMES.len() < 128);

impl NameSet {
    pub(super) fn of(slots: &[Slot]) -> Self {
        Self(slots.iter().fold(0, |names, slot| names | Self::bit(slot.name)))
    }

    pub(crate) fn has(self, name: HeaderName) -> bool {
        self.0 & Self::bit(name) != 0
    }

    /// Puts `name` in; whether it was not there before.
    pub(crate) fn insert(&mut self, name: HeaderName) -> bool {
        let is_new = !self.has(name);
        self.0 |= Self::bit(name);
        is_new
    }

    fn bit(name: HeaderName) -> u128 {
        1 << name as u32
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_found_by_each_of_its_forms() {
        for Known { name, long, compact, .. } in NAMES {
            assert_eq!(HeaderName::of(long.to_ascii_uppercase().as_bytes()), *name);
            assert_eq!(HeaderName::of(long.to_ascii_lowercase().as_bytes()), *name);
            assert_eq!(name.long(), Some(*long));
            if !compact.is_empty() {
                assert_eq!(HeaderName::of(compact.to_ascii_uppercase().as_bytes()), *name);
                assert_eq!(name.compact(), Some(*compact));
            }
        }
        assert_eq!(HeaderName::of(b"X-Vendor"), HeaderName::Other);
        for unknown in [&b"q"[..], b"", b"Vias", b"\xff", &[b'a'; 40]] {
            assert_eq!(HeaderName::of(unknown), HeaderName::Other);
        }
        assert_eq!(HeaderName::Other.long(), None);
    }

    #[test]
    fn no_form_means_two_headers() {
        for (index, known) in NAMES.iter().enumerate() {
            let others = &NAMES[..index];
            assert!(others.iter().all(|other| !other.long.eq_ignore_ascii_case(known.long)));
            let is_free =
                known.compact.is_empty() || others.iter().all(|o| o.compact != known.compact);
            assert!(is_free, "{} stands for two headers", known.compact);
        }
    }

    #[test]
    fn a_login_is_repeated_on_lines_and_never_joined() {
        assert_eq!(HeaderName::Authorization.occurs(), Some(Occurs::Lines));
        assert_eq!(HeaderName::Via.occurs(), Some(Occurs::List));
        assert!(HeaderName::CSeq.is_single() && !HeaderName::Other.is_single());
    }

    #[test]
    fn what_says_none_by_standing_there_empty_is_a_list_or_words_for_people() {
        let empty: alloc::vec::Vec<_> =
            HeaderName::all().filter(|name| name.may_be_empty()).collect();
        assert_eq!(empty.len(), 10);
        let words = [HeaderName::Organization, HeaderName::Subject];
        assert!(empty.iter().all(|name| words.contains(name) || !name.is_single()), "{empty:?}");
    }
}
