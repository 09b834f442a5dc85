//! Owns the way of each header line through the rules: by its name, once, while its value is read. What the rules are is
//! told by others.

use super::{capabilities, framing, grammar, headers, judge::Judge};
use crate::message::{Header, HeaderName};
use crate::scan::TapeBuilder;
use crate::syntax::ValueError;
use crate::typed::{Reading, read_along};

/// Reads one header of the message: what several rules look at is kept, what is broken is found, and its tokens are
/// written where there is a tape.
#[inline(never)]
pub(super) fn read<'a>(
    judge: &mut Judge<'_, 'a>,
    header: &Header<'a>,
    tape: Option<&mut TapeBuilder<'a>>,
) -> Result<Reading, ValueError> {
    line(judge, header);
    let (value, kept) = (header.value().as_bytes(), Some(&mut judge.kept));
    let reading = read_along(header.name(), value, header.limits(), tape, kept);
    if let Err(error) = reading {
        grammar::broken(judge, header, error);
    }
    reading
}

#[inline]
fn line(judge: &mut Judge<'_, '_>, header: &Header<'_>) {
    match header.name() {
        HeaderName::Other => unknown(judge, header),
        name if judge.kept.has_met(name) && name.is_single() => headers::repeated(judge, header),
        HeaderName::Require
        | HeaderName::ProxyRequire
        | HeaderName::Authorization
        | HeaderName::ProxyAuthorization
        | HeaderName::Supported
        | HeaderName::ContentEncoding => capabilities::header(judge, header),
        _ => {}
    }
}

#[inline(never)]
fn unknown(judge: &mut Judge<'_, '_>, header: &Header<'_>) {
    framing::header_name(judge, header);
    headers::misspelt(judge, header);
}
