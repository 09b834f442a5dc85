//! Owns which header is read by which grammar. The one place that pairs names with types: typed access, the token
//! tree and the grammar check all come through here.

use super::{
    CSeq, CallId, Contact, Credentials, Event, ListToken, MediaType, NameAddr, Number, RetryAfter,
    SubscriptionState, UserAgent, Via,
};
use crate::message::HeaderName;
use crate::scan::TapeBuilder;
use crate::syntax::{Expected, Parsed, ValueError, whole};
use core::marker::PhantomData;

/// A value with a grammar and a description of its tokens.
pub(crate) trait Value<'a>: Sized {
    /// Reads the value at the start of `input`, which holds no leading white space.
    fn grammar(input: &'a [u8]) -> Parsed<'a, Self>;
    /// Writes its tokens, in the order in which they stand.
    fn describe(&self, tape: &mut TapeBuilder<'a>);
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
    use HeaderName as H;
    match name {
        H::Via => each::<Via<'a>>(value, tape),
        H::From | H::To | H::ReplyTo | H::ReferTo | H::ReferredBy => {
            one::<NameAddr<'a>>(value, tape)
        }
        H::Contact => each::<Contact<'a>>(value, tape),
        H::Route | H::RecordRoute => each::<NameAddr<'a>>(value, tape),
        H::CallId => one::<CallId<'a>>(value, tape),
        H::CSeq => one::<CSeq<'a>>(value, tape),
        H::MaxForwards | H::Expires | H::MinExpires | H::ContentLength => {
            one::<Number<'a>>(value, tape)
        }
        H::RetryAfter => one::<RetryAfter<'a>>(value, tape),
        H::Event => one::<Event<'a>>(value, tape),
        H::SubscriptionState => one::<SubscriptionState<'a>>(value, tape),
        H::ContentType => one::<MediaType<'a>>(value, tape),
        H::Accept => unless_empty::<MediaType<'a>>(value, tape),
        H::Allow | H::Supported | H::AllowEvents => unless_empty::<ListToken<'a>>(value, tape),
        H::Require | H::ProxyRequire | H::Unsupported | H::ContentEncoding => {
            each::<ListToken<'a>>(value, tape)
        }
        H::UserAgent | H::Server => one::<UserAgent<'a>>(value, tape),
        H::Authorization | H::ProxyAuthorization | H::WwwAuthenticate | H::ProxyAuthenticate => {
            one::<Credentials<'a>>(value, tape)
        }
        _ => return Ok(Reading::Opaque),
    }?;
    Ok(Reading::Structured)
}

fn one<'a, T: Value<'a>>(
    value: &'a [u8],
    tape: Option<&mut TapeBuilder<'a>>,
) -> Result<(), ValueError> {
    let item: T = single(value)?;
    if let Some(tape) = tape {
        item.describe(tape);
    }
    Ok(())
}

fn each<'a, T: Value<'a>>(
    value: &'a [u8],
    mut tape: Option<&mut TapeBuilder<'a>>,
) -> Result<(), ValueError> {
    list::<T>(value).try_for_each(|item| {
        let item = item?;
        if let Some(tape) = tape.as_deref_mut() {
            item.describe(tape);
        }
        Ok(())
    })
}

fn unless_empty<'a, T: Value<'a>>(
    value: &'a [u8],
    tape: Option<&mut TapeBuilder<'a>>,
) -> Result<(), ValueError> {
    if value.trim_ascii().is_empty() { Ok(()) } else { each::<T>(value, tape) }
}
