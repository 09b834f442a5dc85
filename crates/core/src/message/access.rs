//! Owns typed access to the headers of a message: absent, present, or present and broken.

use super::{Header, HeaderName, Message, StartLine};
use crate::span::Span;
use crate::syntax::{Expected, ValueError};
use crate::text::Text;
use crate::typed::{
    AuthParams, CSeq, CallId, Contact, Credentials, Date, Disposition, Event, Interval, ListToken,
    MediaRange, MediaType, MimeVersion, NameAddr, Number, Reason, Replaces, RetryAfter,
    SubscriptionState, Timestamp, Uri, UserAgent, Value, Via, Warning, list, single,
};

/// A header is there, but its value does not follow its grammar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{}: expected {expected} at byte {}", name.long().unwrap_or("header"), span.start)]
#[non_exhaustive]
pub struct HeaderError {
    /// Which header.
    pub name: HeaderName,
    /// What should have stood there.
    pub expected: Expected,
    /// From the place of the mistake to the end of the value, in the message.
    pub span: Span,
}

impl HeaderError {
    /// The error of a value, placed in its message.
    #[must_use]
    pub fn new(header: &Header<'_>, error: ValueError) -> Self {
        let value = header.value_span();
        let start = (value.start + error.offset).min(value.end);
        Self { name: header.name(), expected: error.expected, span: Span::new(start, value.end) }
    }
}

macro_rules! single_headers {
    ($($(#[$doc:meta])* $method:ident: $name:ident -> $type:ident,)*) => {
        impl<'a> Message<'a> {
            $(
                $(#[$doc])*
                ///
                /// `None` where the header is absent; the first one where there are several.
                ///
                /// # Errors
                /// [`HeaderError`] where it is there and does not follow its grammar.
                pub fn $method(&self) -> Result<Option<$type<'a>>, HeaderError> {
                    self.first(HeaderName::$name)
                }
            )*
        }
    };
}

single_headers! {
    /// From (RFC 3261 §20.20).
    from: From -> NameAddr,
    /// To (RFC 3261 §20.39).
    to: To -> NameAddr,
    /// Call-ID (RFC 3261 §20.8).
    call_id: CallId -> CallId,
    /// `CSeq` (RFC 3261 §20.16).
    cseq: CSeq -> CSeq,
    /// Max-Forwards (RFC 3261 §20.22).
    max_forwards: MaxForwards -> Number,
    /// Expires, in seconds (RFC 3261 §20.19).
    expires: Expires -> Number,
    /// Event (RFC 6665 §8.2.1).
    event: Event -> Event,
    /// Subscription-State (RFC 6665 §8.2.3).
    subscription_state: SubscriptionState -> SubscriptionState,
    /// Content-Type (RFC 3261 §20.15).
    content_type: ContentType -> MediaType,
    /// Content-Length, in bytes (RFC 3261 §20.14).
    content_length: ContentLength -> Number,
    /// User-Agent (RFC 3261 §20.41).
    user_agent: UserAgent -> UserAgent,
    /// Server (RFC 3261 §20.35).
    server: Server -> UserAgent,
    /// Date (RFC 3261 §20.17).
    date: Date -> Date,
    /// Retry-After (RFC 3261 §20.33).
    retry_after: RetryAfter -> RetryAfter,
    /// Min-Expires, in seconds (RFC 3261 §20.23).
    min_expires: MinExpires -> Number,
    /// Timestamp (RFC 3261 §20.38).
    timestamp: Timestamp -> Timestamp,
    /// MIME-Version (RFC 3261 §20.24).
    mime_version: MimeVersion -> MimeVersion,
    /// Content-Disposition (RFC 3261 §20.11).
    content_disposition: ContentDisposition -> Disposition,
    /// Session-Expires (RFC 4028 §4).
    session_expires: SessionExpires -> Interval,
    /// Reply-To (RFC 3261 §20.31).
    reply_to: ReplyTo -> NameAddr,
    /// Refer-To (RFC 3515 §2.1).
    refer_to: ReferTo -> NameAddr,
    /// Referred-By (RFC 3892 §3).
    referred_by: ReferredBy -> NameAddr,
    /// Replaces (RFC 3891 §6.1).
    replaces: Replaces -> Replaces,
    /// Authentication-Info (RFC 3261 §20.6).
    authentication_info: AuthenticationInfo -> AuthParams,
}

macro_rules! list_headers {
    ($($(#[$doc:meta])* $method:ident: $name:ident -> $type:ident,)*) => {
        impl<'a> Message<'a> {
            $(
                $(#[$doc])*
                ///
                /// Every value of every such header line, in order.
                pub fn $method(&self) -> impl Iterator<Item = Result<$type<'a>, HeaderError>> + '_ {
                    self.every(HeaderName::$name)
                }
            )*
        }
    };
}

list_headers! {
    /// Via (RFC 3261 §20.42), the top one first.
    vias: Via -> Via,
    /// Contact (RFC 3261 §20.10).
    contacts: Contact -> Contact,
    /// Record-Route (RFC 3261 §20.30).
    record_routes: RecordRoute -> NameAddr,
    /// Route (RFC 3261 §20.34).
    routes: Route -> NameAddr,
    /// Path (RFC 3327 §4).
    paths: Path -> NameAddr,
    /// Service-Route (RFC 3608 §5).
    service_routes: ServiceRoute -> NameAddr,
    /// P-Asserted-Identity (RFC 3325 §9.1).
    asserted_identities: PAssertedIdentity -> NameAddr,
    /// Require (RFC 3261 §20.32).
    require: Require -> ListToken,
    /// Proxy-Require (RFC 3261 §20.29).
    proxy_require: ProxyRequire -> ListToken,
    /// Unsupported (RFC 3261 §20.40).
    unsupported: Unsupported -> ListToken,
    /// Supported (RFC 3261 §20.37); an empty header says "none".
    supported: Supported -> ListToken,
    /// Allow (RFC 3261 §20.5); an empty header says "none".
    allow: Allow -> ListToken,
    /// Allow-Events (RFC 6665 §8.2.2).
    allow_events: AllowEvents -> ListToken,
    /// Content-Encoding (RFC 3261 §20.12).
    content_encodings: ContentEncoding -> ListToken,
    /// Content-Language (RFC 3261 §20.13).
    content_languages: ContentLanguage -> ListToken,
    /// Warning (RFC 3261 §20.43).
    warnings: Warning -> Warning,
    /// Reason (RFC 3326 §2).
    reasons: Reason -> Reason,
}

macro_rules! line_headers {
    ($($(#[$doc:meta])* $method:ident: $name:ident -> $type:ident,)*) => {
        impl<'a> Message<'a> {
            $(
                $(#[$doc])*
                ///
                /// One value a header line: commas part its parameters (RFC 3261 §7.3.1).
                pub fn $method(&self) -> impl Iterator<Item = Result<$type<'a>, HeaderError>> + '_ {
                    self.headers_named(HeaderName::$name).map(|header| header.read())
                }
            )*
        }
    };
}

line_headers! {
    /// Authorization (RFC 3261 §20.7).
    authorizations: Authorization -> Credentials,
    /// Proxy-Authorization (RFC 3261 §20.28).
    proxy_authorizations: ProxyAuthorization -> Credentials,
    /// WWW-Authenticate (RFC 3261 §20.44).
    challenges: WwwAuthenticate -> Credentials,
    /// Proxy-Authenticate (RFC 3261 §20.27).
    proxy_challenges: ProxyAuthenticate -> Credentials,
}

impl<'a> Message<'a> {
    /// The top Via.
    ///
    /// # Errors
    /// [`HeaderError`] where it is there and does not follow its grammar.
    pub fn top_via(&self) -> Result<Option<Via<'a>>, HeaderError> {
        self.vias().next().transpose()
    }

    /// The first Contact that is an address.
    ///
    /// # Errors
    /// [`HeaderError`] where it is there and does not follow its grammar.
    pub fn contact(&self) -> Result<Option<NameAddr<'a>>, HeaderError> {
        match self.contacts().next().transpose()? {
            Some(Contact::Address(address)) => Ok(Some(address)),
            Some(Contact::Any) | None => Ok(None),
        }
    }

    /// The media ranges of Accept (RFC 3261 §20.1); `None` where the header is absent.
    #[must_use]
    pub fn accept(&self) -> Option<impl Iterator<Item = Result<MediaRange<'a>, HeaderError>> + '_> {
        self.header(HeaderName::Accept)?;
        Some(self.every(HeaderName::Accept))
    }

    /// The method: of a request from its first line, of a response from `CSeq`.
    #[must_use]
    pub fn method(&self) -> Option<Text<'a>> {
        match self.start_line() {
            StartLine::Request(line) => Some(line.method),
            StartLine::Status(_) => self.cseq().ok()?.map(|cseq| cseq.method),
        }
    }

    /// The Request-URI, of a request whose Request-URI follows its grammar.
    #[must_use]
    pub fn request_uri(&self) -> Option<Uri<'a>> {
        match self.start_line() {
            StartLine::Request(line) => line.parsed_uri().ok(),
            StartLine::Status(_) => None,
        }
    }

    /// The status code, of a response with a valid one.
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        match self.start_line() {
            StartLine::Request(_) => None,
            StartLine::Status(line) => line.status(),
        }
    }

    fn first<T: Value<'a>>(&self, name: HeaderName) -> Result<Option<T>, HeaderError> {
        self.header(name).map(|header| header.read()).transpose()
    }

    fn every<T: Value<'a> + 'a>(
        &self,
        name: HeaderName,
    ) -> impl Iterator<Item = Result<T, HeaderError>> + '_ {
        let may_be_empty = name.may_be_empty();
        self.headers_named(name)
            .filter(move |header| !(may_be_empty && header.value().is_empty()))
            .flat_map(values)
    }
}

impl<'a> Header<'a> {
    /// The value, read as one.
    pub(crate) fn read<T: Value<'a>>(&self) -> Result<T, HeaderError> {
        self.bounded().and_then(single).map_err(|error| HeaderError::new(self, error))
    }
}

fn values<'a, T: Value<'a> + 'a>(
    header: Header<'a>,
) -> impl Iterator<Item = Result<T, HeaderError>> + 'a {
    let (value, refused) = match header.bounded() {
        Ok(value) => (Some(value), None),
        Err(error) => (None, Some(Err(error))),
    };
    let items = value.into_iter().flat_map(list).chain(refused);
    items.map(move |item| item.map_err(|error| HeaderError::new(&header, error)))
}
