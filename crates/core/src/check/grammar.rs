//! Owns the findings on values that do not follow their header's grammar.

use super::{judge::Judge, rules};
use crate::message::{HeaderError, HeaderName};
use crate::typed::read_within;
use alloc::format;

pub(super) fn check(judge: &mut Judge<'_, '_>) {
    for header in judge.message.headers() {
        let value = header.value();
        let reading = read_within(header.name(), value.as_bytes(), header.limits(), None);
        if let Err(error) = reading {
            let error = HeaderError::new(&header, error);
            let text = format!(
                "{} \"{}\": expected {}",
                header.canonical_name(),
                shown(&value.unfolded()),
                error.expected
            );
            judge.find(&rules::VALUE_GRAMMAR, error.span, text);
        }
        if header.name() == HeaderName::Date && !value.as_bytes().ends_with(b"GMT") {
            judge.find(
                &rules::DATE_ZONE,
                header.value_span(),
                format!("Date \"{}\" is not in GMT", shown(&value.to_str())),
            );
        }
    }
}

/// A value as it fits into a sentence.
fn shown(value: &str) -> alloc::string::String {
    match value.char_indices().nth(80) {
        Some((end, _)) => format!("{}…", &value[..end]),
        None => value.into(),
    }
}
