//! Owns the names of tokens.

use crate::span::Span;

/// A piece of a message, or a group of pieces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Token {
    /// What it is.
    pub kind: TokenKind,
    /// Where it stands.
    pub span: Span,
    /// How many groups it stands in.
    pub depth: u8,
    /// Whether it holds other tokens; a leaf holds none.
    pub is_group: bool,
}

macro_rules! token_kinds {
    ($($(#[doc = $doc:literal])* $variant:ident = $name:literal,)*) => {
        /// What a token is.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum TokenKind {
            $($(#[doc = $doc])* $variant,)*
        }

        impl TokenKind {
            /// A stable word for the kind, for style sheets and trees.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)*
                }
            }
        }
    };
}

token_kinds! {
    /// Group: the first line.
    StartLine = "start-line",
    /// Group: a header line.
    Header = "header",
    /// Group: a URI.
    Uri = "uri",
    /// Group: a parameter.
    Param = "param",
    /// A request's method.
    Method = "method",
    /// `SIP/2.0`, or the version of a product.
    Version = "version",
    /// `SIP` of a Via.
    Protocol = "protocol",
    /// `UDP`, `TCP`, … of a Via.
    Transport = "transport",
    /// A response's status code.
    StatusCode = "status-code",
    /// A response's reason phrase.
    Reason = "reason",
    /// A header's name.
    HeaderName = "header-name",
    /// The value of a header without a grammar of its own.
    HeaderValue = "header-value",
    /// A URI's scheme.
    Scheme = "scheme",
    /// A URI's user part.
    User = "user",
    /// A URI's password.
    Password = "password",
    /// A host name or address.
    Host = "host",
    /// A port.
    Port = "port",
    /// What stands behind `?` in a SIP URI.
    UriHeaders = "uri-headers",
    /// What stands behind the scheme of a URI that is not SIP.
    UriRest = "uri-rest",
    /// A display name.
    DisplayName = "display-name",
    /// A parameter's name.
    ParamName = "param-name",
    /// A parameter's value.
    ParamValue = "param-value",
    /// A decimal number.
    Number = "number",
    /// A word: a Call-ID, an option tag, a method in Allow.
    Word = "word",
    /// An event package.
    EventPackage = "event-package",
    /// The day of the week in a date.
    Weekday = "weekday",
    /// Day, month and year.
    Date = "date",
    /// A time of day, or a count of seconds.
    Time = "time",
    /// A time zone.
    Zone = "zone",
    /// The code of a Warning.
    WarnCode = "warn-code",
    /// The text of a Warning.
    WarnText = "warn-text",
    /// A subscription's state.
    State = "state",
    /// The first part of a media type.
    MediaType = "media-type",
    /// The second part of a media type.
    MediaSubtype = "media-subtype",
    /// A product in User-Agent or Server.
    Product = "product",
    /// A remark in parentheses.
    Comment = "comment",
    /// The body; a group where its parts are known.
    Body = "body",
    /// Group: a part of a multipart body.
    BodyPart = "body-part",
    /// The line between two parts of a multipart body.
    Boundary = "boundary",
    /// Group: a line of a session description (SDP).
    SdpLine = "sdp-line",
    /// The letter of such a line.
    SdpType = "sdp-type",
    /// A field of such a line.
    SdpField = "sdp-field",
    /// Blanks, tabs and folds.
    Whitespace = "whitespace",
    /// The end of a line.
    LineEnd = "line-end",
    /// Punctuation between tokens.
    Separator = "separator",
    /// Bytes that do not follow the grammar of the place where they stand.
    Malformed = "malformed",
    /// Bytes behind the end of the message.
    Trailing = "trailing",
    /// Bytes that belong to no message.
    Unknown = "unknown",
}
