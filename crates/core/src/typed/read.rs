//! Owns which header is read by which grammar. The one place that pairs names with types: typed access, the token
//! tree and the grammar check all come through here.

use super::{
    AuthParams, CSeq, CallId, Contact, Credentials, Date, Disposition, Event, Interval, Kept,
    ListToken, MediaType, MimeVersion, NameAddr, Number, Reason, Replaces, RetryAfter,
    SubscriptionState, Timestamp, UserAgent, Via, Warning,
};
use crate::limits::ValueLimits;
use crate::message::HeaderName;
use crate::scan::TapeBuilder;
use crate::syntax::{Expected, Parsed, ValueError, bounded, whole};
use core::marker::PhantomData;

/// A value with a grammar and a description of its tokens.
pub(crate) trait Value<'a>: Sized {
    /// Reads the value at the start of `input`, which holds no leading white space.
    fn grammar(input: &'a [u8]) -> Parsed<'a, Self>;
    /// Writes its tokens, in the order in which they stand.
    fn describe(&self, tape: &mut TapeBuilder<'a>);
    /// Gives itself to what is kept of a message, where that has a place for values of the header `name`.
    fn keep(self, _name: HeaderName, _kept: &mut Kept<'a>) {}
    /// Both, where a value has something to gain from doing both at once.
    fn describe_and_keep(self, name: HeaderName, tape: &mut TapeBuilder<'a>, kept: &mut Kept<'a>) {
        self.describe(tape);
        self.keep(name, kept);
    }
}

/// Reads a value that fills all of `value`.
pub(crate) fn single<'a, T: Value<'a>>(value: &'a [u8]) -> Result<T, ValueError> {
    whole(value, T::grammar)
}

/// The values of a comma-separated header line.
pub(crate) struct Values<'a, T> {
    line: &'a [u8],
    rest: Option<&'a [u8]>,
    kind: PhantomData<T>,
}

/// Reads `value` as a comma-separated list.
pub(crate) fn list<'a, T: Value<'a>>(value: &'a [u8]) -> Values<'a, T> {
    Values { line: value, rest: Some(value.trim_ascii_start()), kind: PhantomData }
}

impl<'a, T: Value<'a>> Iterator for Values<'a, T> {
    type Item = Result<T, ValueError>;

    fn next(&mut self) -> Option<Self::Item> {
        let start = self.rest.take()?;
        let at = |rest: &[u8]| self.line.len() - rest.len();
        let Ok((rest, item)) = T::grammar(start) else {
            let error = whole(start, T::grammar).err()?;
            return Some(Err(ValueError { offset: error.offset + at(start), ..error }));
        };
        let rest = rest.trim_ascii_start();
        match rest.first() {
            None => Some(Ok(item)),
            Some(b',') => {
                self.rest = Some(rest[1..].trim_ascii_start());
                Some(Ok(item))
            }
            Some(_) => Some(Err(ValueError { expected: Expected::End, offset: at(rest) })),
        }
    }
}

/// What became of a value that was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reading {
    /// It follows the grammar of its header.
    Structured,
    /// Its header has no grammar here: taken as it is.
    Opaque,
}

/// Checks `value` by the grammar of the header `name`, and writes its tokens where there is a tape.
pub(crate) fn read<'a>(
    name: HeaderName,
    value: &'a [u8],
    tape: Option<&mut TapeBuilder<'a>>,
) -> Result<Reading, ValueError> {
    read_within(name, value, ValueLimits::DEFAULT, tape)
}

/// The same with other limits.
pub(crate) fn read_within<'a>(
    name: HeaderName,
    value: &'a [u8],
    limits: ValueLimits,
    tape: Option<&mut TapeBuilder<'a>>,
) -> Result<Reading, ValueError> {
    read_along(name, value, limits, tape, None)
}

/// The same, and keeps the value where somebody wants it.
pub(crate) fn read_along<'a>(
    name: HeaderName,
    value: &'a [u8],
    limits: ValueLimits,
    tape: Option<&mut TapeBuilder<'a>>,
    kept: Option<&mut Kept<'a>>,
) -> Result<Reading, ValueError> {
    use HeaderName as H;
    let mut reader = Reader { name, value, limits, tape, kept };
    if let Some(kept) = &mut reader.kept {
        kept.begin(name);
    }
    match name {
        H::Via => reader.each::<Via<'a>>(),
        H::From | H::To | H::ReplyTo | H::ReferTo | H::ReferredBy => reader.one::<NameAddr<'a>>(),
        H::Contact => reader.each::<Contact<'a>>(),
        H::Route
        | H::RecordRoute
        | H::Path
        | H::ServiceRoute
        | H::PAssertedIdentity
        | H::PPreferredIdentity => reader.each::<NameAddr<'a>>(),
        H::CallId => reader.one::<CallId<'a>>(),
        H::InReplyTo => reader.each::<CallId<'a>>(),
        H::Replaces | H::Join => reader.one::<Replaces<'a>>(),
        H::CSeq => reader.one::<CSeq<'a>>(),
        H::MaxForwards | H::Expires | H::MinExpires | H::ContentLength => {
            reader.one::<Number<'a>>()
        }
        H::RetryAfter => reader.one::<RetryAfter<'a>>(),
        H::SessionExpires | H::MinSe => reader.one::<Interval<'a>>(),
        H::Timestamp => reader.one::<Timestamp<'a>>(),
        H::Date => reader.one::<Date<'a>>(),
        H::Event => reader.one::<Event<'a>>(),
        H::SubscriptionState => reader.one::<SubscriptionState<'a>>(),
        H::Reason => reader.each::<Reason<'a>>(),
        H::Warning => reader.each::<Warning<'a>>(),
        H::ContentType => reader.one::<MediaType<'a>>(),
        H::ContentDisposition => reader.one::<Disposition<'a>>(),
        H::MimeVersion => reader.one::<MimeVersion<'a>>(),
        _ if name.may_be_empty() && value.trim_ascii().is_empty() => Ok(()),
        H::Accept => reader.each::<MediaType<'a>>(),
        H::Allow
        | H::Supported
        | H::AllowEvents
        | H::AcceptEncoding
        | H::AcceptLanguage
        | H::Require
        | H::ProxyRequire
        | H::Unsupported
        | H::ContentEncoding
        | H::ContentLanguage => reader.each::<ListToken<'a>>(),
        H::UserAgent | H::Server => reader.one::<UserAgent<'a>>(),
        H::Authorization | H::ProxyAuthorization | H::WwwAuthenticate | H::ProxyAuthenticate => {
            reader.one::<Credentials<'a>>()
        }
        H::AuthenticationInfo => reader.one::<AuthParams<'a>>(),
        _ => return Ok(Reading::Opaque),
    }?;
    Ok(Reading::Structured)
}

/// A value on its way through the grammar of its header.
struct Reader<'a, 't> {
    name: HeaderName,
    value: &'a [u8],
    limits: ValueLimits,
    tape: Option<&'t mut TapeBuilder<'a>>,
    kept: Option<&'t mut Kept<'a>>,
}

impl<'a> Reader<'a, '_> {
    fn one<T: Value<'a>>(mut self) -> Result<(), ValueError> {
        bounded(self.value, self.limits)?;
        self.take::<T>(single(self.value)?);
        Ok(())
    }

    fn each<T: Value<'a>>(mut self) -> Result<(), ValueError> {
        bounded(self.value, self.limits)?;
        for item in list::<T>(self.value) {
            self.take(item?);
        }
        Ok(())
    }

    fn take<T: Value<'a>>(&mut self, item: T) {
        match (self.tape.as_deref_mut(), self.kept.as_deref_mut()) {
            (Some(tape), Some(kept)) => item.describe_and_keep(self.name, tape, kept),
            (Some(tape), None) => item.describe(tape),
            (None, Some(kept)) => item.keep(self.name, kept),
            (None, None) => {}
        }
    }
}
