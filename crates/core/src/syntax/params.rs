//! Owns `;name=value` lists. They are checked once and read on demand, so a value with parameters allocates nothing.

use super::{Expected, Parsed, quoted_or_token, separator, sws, token};
use crate::text::Text;
use alloc::borrow::Cow;
use core::iter;
use smallvec::SmallVec;

/// The parameters of a value, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Params<'a>(&'a [u8]);

/// One parameter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Param<'a> {
    /// Its name, as written.
    pub name: Text<'a>,
    /// What stands behind `=`.
    pub value: Option<ParamValue<'a>>,
}

/// The value of a parameter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct ParamValue<'a> {
    /// As written; of a quoted string, what stands between the marks with its escapes.
    pub text: Text<'a>,
    /// Whether it stood in quotation marks.
    pub quoted: bool,
}

impl<'a> ParamValue<'a> {
    /// The value as text, escapes (`\"`) of a quoted string resolved (RFC 3261 §25.1 `quoted-pair`).
    #[must_use]
    pub fn to_str(self) -> Cow<'a, str> {
        let text = self.text.unfolded();
        if !self.quoted || !text.contains('\\') {
            return text;
        }
        let mut escaped = false;
        let plain = text.chars().filter(|c| {
            escaped = *c == '\\' && !escaped;
            !escaped
        });
        Cow::Owned(plain.collect())
    }
}

impl<'a> Params<'a> {
    /// The raw text, from the first `;` on.
    #[must_use]
    pub const fn text(self) -> Text<'a> {
        Text::new(self.0)
    }

    /// Each parameter, in order.
    pub fn iter(self) -> impl Iterator<Item = Param<'a>> {
        let mut rest = self.0;
        iter::from_fn(move || {
            let (next, param) = semicolon_param(rest).ok()?;
            rest = next;
            Some(param)
        })
    }

    /// The first parameter called `name`, in any case.
    #[must_use]
    pub fn find(self, name: &str) -> Option<Param<'a>> {
        self.iter().find(|param| param.name.is(name))
    }

    /// The value of the first parameter called `name`.
    #[must_use]
    pub fn value(self, name: &str) -> Option<ParamValue<'a>> {
        self.find(name)?.value
    }
}

/// The parameters of a value taken apart, for those who look for several.
#[derive(Debug, Default)]
pub(crate) struct ParamList<'a>(SmallVec<[Param<'a>; 6]>);

impl<'a> ParamList<'a> {
    pub(crate) fn of(params: Params<'a>) -> Self {
        Self(params.iter().collect())
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = Param<'a>> {
        self.0.iter().copied()
    }

    /// As [`Params::find`].
    pub(crate) fn find(&self, name: &str) -> Option<Param<'a>> {
        self.iter().find(|param| param.name.is(name))
    }

    /// As [`Params::value`].
    pub(crate) fn value(&self, name: &str) -> Option<ParamValue<'a>> {
        self.find(name)?.value
    }
}

/// `*( SEMI generic-param )`: checks all of it, keeps where it stands.
pub(crate) fn params(input: &[u8]) -> Parsed<'_, Params<'_>> {
    let start = input.trim_ascii_start();
    let mut rest = input;
    while rest.trim_ascii_start().first() == Some(&b';') {
        rest = semicolon_param(rest)?.0;
    }
    let length = start.len().saturating_sub(rest.len());
    Ok((rest, Params(&start[..length])))
}

fn semicolon_param(input: &[u8]) -> Parsed<'_, Param<'_>> {
    let (rest, _) = separator(b';', Expected::Parameter)(input)?;
    generic_param(rest)
}

/// `token [ EQUAL gen-value ]`.
pub(crate) fn generic_param(input: &[u8]) -> Parsed<'_, Param<'_>> {
    let (rest, name) = token(input)?;
    let (equals, _) = sws(rest)?;
    let Some((b'=', value)) = equals.split_first() else {
        return Ok((rest, Param { name, value: None }));
    };
    let (value, _) = sws(value)?;
    let (rest, (text, quoted)) = quoted_or_token(value)?;
    Ok((rest, Param { name, value: Some(ParamValue { text, quoted }) }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::whole;
    use alloc::vec::Vec;

    #[test]
    fn a_semicolon_inside_quotes_does_not_split() {
        let list = whole(br#";model="VOIP; PHONE" ; lr;version = "1\"2""#, params).unwrap();
        let values: Vec<_> = list.iter().map(|p| p.value.map(ParamValue::to_str)).collect();
        assert_eq!(values, [Some("VOIP; PHONE".into()), None, Some("1\"2".into())]);
        assert_eq!(list.value("VERSION").map(|v| v.quoted), Some(true));
    }

    #[test]
    fn an_empty_parameter_is_refused_at_its_place() {
        let error = whole(b";a=b;;c", params).unwrap_err();
        assert_eq!((error.expected, error.offset), (Expected::Token, 5));
    }
}
