//! Owns the findings on Date beside its grammar. Knows no clock.

use super::{Fix, judge::Judge, rules};
use crate::message::HeaderName;
use alloc::format;

pub(super) fn check(judge: &mut Judge<'_, '_>) {
    let Ok(Some(date)) = judge.message.date() else { return };
    let Some(header) = judge.message.header(HeaderName::Date) else { return };
    if !date.is_gmt() {
        let text = format!("Date \"{}\" is not in GMT", header.value().unfolded());
        let fix = date.zone.is("UTC").then(|| Fix::new(judge.span(date.zone), "GMT"));
        judge.find_with_fix(&rules::DATE_ZONE, header.value_span(), text, fix);
    }
}
