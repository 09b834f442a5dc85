//! Owns tokens, numbers, quoted strings, comments and separators.

use super::{
    Expected, Fault, Parsed, is_digit, is_lws, is_param_value, is_quoted, is_token, run, run1, work,
};
use crate::text::Text;
use nom::bytes::complete::take_while_m_n;

/// `SWS`: white space, folds included, or nothing.
#[inline]
pub(crate) fn sws(input: &[u8]) -> Parsed<'_, &[u8]> {
    match input.first() {
        Some(first) if is_lws(*first) => run(is_lws)(input),
        // Nearly always: not even a call.
        _ => Ok((input, &[])),
    }
}

/// `LWS`: white space, folds included, at least some.
pub(crate) fn lws(input: &[u8]) -> Parsed<'_, &[u8]> {
    run1(is_lws, Expected::Space)(input).map_err(|_| Fault::failure(input, Expected::Space))
}

/// Exactly `count` digits; at most nine, so that they fit.
pub(crate) fn digits(count: usize) -> impl Fn(&[u8]) -> Parsed<'_, (Text<'_>, u32)> {
    move |input| {
        let (rest, found) = take_while_m_n(count, count, is_digit)(input)
            .map_err(|_: nom::Err<Fault>| Fault::error(input, Expected::Number))?;
        let value = found.iter().fold(0, |value, digit| value * 10 + u32::from(digit - b'0'));
        Ok((rest, (Text::new(found), value)))
    }
}

/// `token`.
pub(crate) fn token(input: &[u8]) -> Parsed<'_, Text<'_>> {
    let (rest, found) = run1(is_token, Expected::Token)(input)?;
    Ok((rest, Text::new(found)))
}

/// The byte `wanted`.
pub(crate) fn byte(wanted: u8, expected: Expected) -> impl Fn(&[u8]) -> Parsed<'_, u8> {
    move |input| match input.split_first() {
        Some((first, rest)) if *first == wanted => Ok((rest, *first)),
        _ => Err(Fault::error(input, expected)),
    }
}

/// `SWS wanted SWS`: `SEMI`, `COMMA`, `EQUAL` and the like.
pub(crate) fn separator(wanted: u8, expected: Expected) -> impl Fn(&[u8]) -> Parsed<'_, u8> {
    move |input| {
        let (rest, _) = sws(input)?;
        let (rest, found) = byte(wanted, expected)(rest)?;
        let (rest, _) = sws(rest)?;
        Ok((rest, found))
    }
}

/// `SLASH`.
pub(crate) fn slash(input: &[u8]) -> Parsed<'_, u8> {
    separator(b'/', Expected::Slash)(input)
}

/// A decimal number that fits 32 bits; leading zeros are fine.
pub(crate) fn number(input: &[u8]) -> Parsed<'_, (Text<'_>, u32)> {
    let (rest, digits) = run1(is_digit, Expected::Number)(input)?;
    let value = digits.iter().try_fold(0_u32, |value, digit| {
        value.checked_mul(10)?.checked_add(u32::from(digit - b'0'))
    });
    match value {
        Some(value) => Ok((rest, (Text::new(digits), value))),
        None => Err(Fault::failure(input, Expected::NumberInRange)),
    }
}

/// `port`, up to 65,535.
pub(crate) fn port(input: &[u8]) -> Parsed<'_, (Text<'_>, u16)> {
    let fault = |_| Fault::failure(input, Expected::Port);
    let (rest, (text, value)) = number(input).map_err(fault)?;
    let value = u16::try_from(value).map_err(|_| Fault::failure(input, Expected::Port))?;
    Ok((rest, (text, value)))
}

/// `quoted-string`; the result is what stands between the marks, escapes kept.
pub(crate) fn quoted(input: &[u8]) -> Parsed<'_, Text<'_>> {
    let (inner, _) = byte(b'"', Expected::Token)(input)?;
    let mut rest = inner;
    loop {
        let (end, _) = run(is_quoted)(rest)?;
        match end {
            [b'"', after @ ..] => {
                return Ok((after, Text::new(&inner[..inner.len() - end.len()])));
            }
            [b'\\', _, after @ ..] => rest = after,
            _ => return Err(Fault::failure(input, Expected::ClosingQuote)),
        }
    }
}

/// A parameter's value: quoted, or a run of bytes that ends at white space or a separator.
pub(crate) fn quoted_or_token(input: &[u8]) -> Parsed<'_, (Text<'_>, bool)> {
    if input.first() == Some(&b'"') {
        let (rest, text) = quoted(input)?;
        return Ok((rest, (text, true)));
    }
    let (rest, found) = run1(is_param_value, Expected::Token)(input)?;
    Ok((rest, (Text::new(found), false)))
}

/// `comment`, nested ones included; the result holds the outer parentheses.
pub(crate) fn comment(input: &[u8]) -> Parsed<'_, Text<'_>> {
    byte(b'(', Expected::Token)(input)?;
    let (mut depth, mut at) = (0_usize, 0);
    while let Some(found) = memchr::memchr3(b'(', b')', b'\\', &input[at..]) {
        work::count(found + 1);
        at += found + 1;
        match input[at - 1] {
            b'(' => depth += 1,
            b')' => depth -= 1,
            _ => at = (at + 1).min(input.len()),
        }
        if depth == 0 {
            return Ok((&input[at..], Text::new(&input[..at])));
        }
    }
    Err(Fault::failure(input, Expected::ClosingParenthesis))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::whole;

    #[test]
    fn a_quoted_string_ends_at_the_first_mark_that_is_not_escaped() {
        assert_eq!(whole(br#""a\"b;c""#, quoted).unwrap(), r#"a\"b;c"#);
        let error = whole(br#""a\""#, quoted).unwrap_err();
        assert_eq!((error.expected, error.offset), (Expected::ClosingQuote, 0));
    }

    #[test]
    fn comments_nest() {
        assert_eq!(whole(br"(a (b \) c) d)", comment).unwrap(), r"(a (b \) c) d)");
        assert_eq!(whole(b"((a)", comment).unwrap_err().expected, Expected::ClosingParenthesis);
    }

    #[test]
    fn a_number_beyond_32_bits_is_out_of_range_and_not_wrapped() {
        assert_eq!(whole(b"0004294967295", number).unwrap().1, u32::MAX);
        assert_eq!(whole(b"4294967296", number).unwrap_err().expected, Expected::NumberInRange);
    }
}
