//! Owns what a failed production says: eight bytes while parsing, a place and an expectation afterwards.

use core::fmt;

/// What a production hands back: the rest of its input and a value.
pub(crate) type Parsed<'a, T> = nom::IResult<&'a [u8], T, Fault>;

/// A failure inside a value: how many bytes were left, and what should have stood there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Fault {
    rest: u32,
    expected: Expected,
}

/// What should have stood where a value's grammar failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Expected {
    /// Anything the grammar allows; nothing more exact is known.
    Syntax,
    /// The end of the value.
    End,
    /// A token.
    Token,
    /// A decimal number.
    Number,
    /// A number within the range of its field.
    NumberInRange,
    /// The closing quotation mark.
    ClosingQuote,
    /// The closing parenthesis of a comment.
    ClosingParenthesis,
    /// `>` after a URI in angle brackets.
    ClosingBracket,
    /// A URI scheme and a colon.
    Scheme,
    /// A host name or address.
    Host,
    /// A port between 0 and 65,535.
    Port,
    /// `/`.
    Slash,
    /// `=` or the next parameter.
    Parameter,
    /// White space.
    Space,
    /// Angle brackets round a URI that holds `,`, `;` or `?`.
    Brackets,
    /// `%` followed by two hex digits.
    Escape,
    /// A quoted display name or one made of tokens.
    DisplayName,
    /// A date in the form of RFC 1123.
    Date,
    /// A quoted string.
    QuotedString,
    /// A comma or the end of the list.
    Comma,
    /// No more parameters than [`crate::Limits::params`].
    FewerParams,
    /// No deeper comments than [`crate::Limits::nesting`].
    LessNesting,
}

impl Expected {
    /// In words, to stand after "expected".
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Syntax => "another spelling",
            Self::End => "the end of the value",
            Self::Token => "a token",
            Self::Number => "a decimal number",
            Self::NumberInRange => "a number within the field's range",
            Self::ClosingQuote => "the closing quotation mark",
            Self::ClosingParenthesis => "the closing parenthesis",
            Self::ClosingBracket => "the closing >",
            Self::Scheme => "a URI scheme and a colon",
            Self::Host => "a host name or address",
            Self::Port => "a port between 0 and 65535",
            Self::Slash => "a slash",
            Self::Parameter => "a parameter",
            Self::Space => "white space",
            Self::Brackets => "angle brackets round the URI",
            Self::Escape => "two hex digits after %",
            Self::DisplayName => "a display name made of tokens, or quotation marks round it",
            Self::Date => "a date such as Sat, 13 Nov 2010 23:29:00 GMT",
            Self::QuotedString => "a quoted string",
            Self::Comma => "a comma",
            Self::FewerParams => "no more parameters than the limit",
            Self::LessNesting => "comments nested no deeper than the limit",
        }
    }
}

impl fmt::Display for Expected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.words())
    }
}

/// A value does not follow its grammar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("expected {expected} at byte {offset} of the value")]
#[non_exhaustive]
pub struct ValueError {
    /// What should have stood there.
    pub expected: Expected,
    /// Bytes from the start of the value.
    pub offset: usize,
}

impl Fault {
    pub(crate) fn error(rest: &[u8], expected: Expected) -> nom::Err<Self> {
        nom::Err::Error(Self::new(rest, expected))
    }

    pub(crate) fn failure(rest: &[u8], expected: Expected) -> nom::Err<Self> {
        nom::Err::Failure(Self::new(rest, expected))
    }

    fn new(rest: &[u8], expected: Expected) -> Self {
        Self { rest: u32::try_from(rest.len()).unwrap_or(u32::MAX), expected }
    }
}

impl nom::error::ParseError<&[u8]> for Fault {
    fn from_error_kind(input: &[u8], _: nom::error::ErrorKind) -> Self {
        Self::new(input, Expected::Syntax)
    }

    fn append(_: &[u8], _: nom::error::ErrorKind, other: Self) -> Self {
        other
    }
}

/// Runs `parser` over all of `value`, white space at the ends aside.
pub(crate) fn whole<'a, T>(
    value: &'a [u8],
    mut parser: impl FnMut(&'a [u8]) -> Parsed<'a, T>,
) -> Result<T, ValueError> {
    let start = value.trim_ascii_start();
    let outcome = parser(start).and_then(|(rest, parsed)| match rest.trim_ascii() {
        [] => Ok(parsed),
        _ => Err(Fault::error(rest.trim_ascii_start(), Expected::End)),
    });
    outcome.map_err(|error| {
        let fault = match error {
            nom::Err::Error(fault) | nom::Err::Failure(fault) => fault,
            nom::Err::Incomplete(_) => Fault::new(&[], Expected::Syntax),
        };
        let rest = usize::try_from(fault.rest).unwrap_or(usize::MAX);
        ValueError { expected: fault.expected, offset: value.len().saturating_sub(rest) }
    })
}
