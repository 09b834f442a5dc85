//! Owns the limits of a single value, held before any grammar sees it: one pass over long values, none over short
//! ones, nothing stored.

use super::{Expected, ValueError};
use crate::limits::ValueLimits;

/// Refuses a value with more parameters, or deeper comments, than `limits` allow.
pub(crate) fn bounded(value: &[u8], limits: ValueLimits) -> Result<(), ValueError> {
    // A parameter takes a byte at least, a comment two.
    if value.len() <= limits.params.min(limits.nesting.saturating_mul(2)) {
        return Ok(());
    }
    let (mut params, mut depth) = (0, 0_usize);
    let (mut is_quoted, mut is_escaped) = (false, false);
    for (offset, byte) in value.iter().enumerate() {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' => is_escaped = true,
            b'"' => is_quoted = !is_quoted,
            _ if is_quoted => {}
            b';' if params == limits.params => return Err(excess(Expected::FewerParams, offset)),
            b';' => params += 1,
            b'(' if depth == limits.nesting => return Err(excess(Expected::LessNesting, offset)),
            b'(' => depth += 1,
            b')' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    Ok(())
}

const fn excess(expected: Expected, offset: usize) -> ValueError {
    ValueError { expected, offset }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FEW: ValueLimits = ValueLimits { params: 2, nesting: 2 };

    #[test]
    fn parameters_are_counted_outside_quotation_marks() {
        assert_eq!(bounded(br#"a;b="\";;;";c"#, FEW), Ok(()));
        assert_eq!(bounded(b"a;b;c;d", FEW), Err(excess(Expected::FewerParams, 5)));
    }

    #[test]
    fn comments_are_counted_by_their_depth() {
        assert_eq!(bounded(b"(a (b) (c)) (d (e))", FEW), Ok(()));
        assert_eq!(bounded(b"(a (b (c)))", FEW), Err(excess(Expected::LessNesting, 6)));
    }
}
