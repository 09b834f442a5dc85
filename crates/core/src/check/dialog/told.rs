//! Owns the findings on what a NOTIFY tells beside what its SUBSCRIBE asked: event, state, and the body.

use super::super::{Fix, judge::Judge, rules};
use super::whole::{Call, seconds};
use super::{Seen, place};
use crate::explain::Outline;
use crate::message::HeaderName;
use crate::pnp::identify;
use crate::span::Span;
use crate::text::Text;
use alloc::format;

pub(super) fn check(judge: &mut Judge<'_, '_>, subscribe: &Seen<'_, '_>, call: &Call<'_>) {
    event(judge, subscribe);
    state(judge, subscribe, call);
    content_type(judge, subscribe);
    grandstream_folder(judge, subscribe);
}

fn event(judge: &mut Judge<'_, '_>, subscribe: &Seen<'_, '_>) {
    let Ok(Some(asked)) = subscribe.message.event() else { return };
    let Ok(Some(told)) = judge.message.event() else { return };
    let span = place(judge, HeaderName::Event);
    if asked.package != told.package {
        let text = format!("Event is {}, the SUBSCRIBE asked for {}", told.package, asked.package);
        let fix = Fix::new(judge.span(told.package), asked.package.to_str());
        judge.find_with_fix(&rules::DIALOG_EVENT, span, text, fix);
    } else if asked.id() != told.id() {
        let [found, right] =
            [told.id(), asked.id()].map(|id| id.map_or("none".into(), Text::to_str));
        let text = format!("the id in Event is {found}, the SUBSCRIBE's is {right}");
        let fix = match (asked.id(), told.id()) {
            (Some(right), Some(found)) => Some(Fix::new(judge.span(found), right.to_str())),
            (Some(right), None) => Some(Fix::new(Span::at(span.end), format!(";id={right}"))),
            (None, _) => None,
        };
        judge.find_with_fix(&rules::DIALOG_EVENT, span, text, fix);
    }
}

/// What was granted bounds what is told; who asks for 0 seconds has ended the subscription.
fn state(judge: &mut Judge<'_, '_>, subscribe: &Seen<'_, '_>, call: &Call<'_>) {
    let Ok(Some(state)) = judge.message.subscription_state() else { return };
    let Some(granted) = call.granted.or_else(|| seconds(subscribe)) else { return };
    let span = judge.span(state.state);
    if granted == 0 && !state.is_terminated() {
        let text =
            format!("the subscription is {} though it was granted for 0 seconds", state.state);
        let whole = place(judge, HeaderName::SubscriptionState);
        let fix = Fix::new(whole, "terminated;reason=timeout");
        return judge.find_with_fix(&rules::DIALOG_STATE, span, text, fix);
    }
    let Some(told) = state.params.value("expires") else { return };
    if told.to_str().parse::<u32>().is_ok_and(|told| told > granted) {
        let span = judge.span(told.text);
        let text =
            format!("the subscription lasts {} seconds more, granted were {granted}", told.text);
        judge.find_with_fix(&rules::DIALOG_STATE, span, text, Fix::new(span, format!("{granted}")));
    }
}

fn content_type(judge: &mut Judge<'_, '_>, subscribe: &Seen<'_, '_>) {
    let (Ok(Some(kind)), Some(accepted)) =
        (judge.message.content_type(), subscribe.message.accept())
    else {
        return;
    };
    let is_body = !judge.message.body().is_empty();
    let name = |text: Text<'_>| text.to_str().into_owned();
    let mut readable = accepted.filter_map(Result::ok);
    if is_body && !readable.any(|range| range.takes(&name(kind.kind), &name(kind.subtype))) {
        let span = Span::new(judge.span(kind.kind).start, judge.span(kind.subtype).end);
        let taken = subscribe.value(HeaderName::Accept).unwrap_or_default();
        let text = format!(
            "the body is {}/{}, the SUBSCRIBE takes {}",
            kind.kind,
            kind.subtype,
            taken.unfolded()
        );
        judge.find(&rules::DIALOG_CONTENT_TYPE, span, text);
    }
}

/// Grandstream's GRP phones add `cfg<mac>.xml` to what they are told, and to a folder only behind its slash.
fn grandstream_folder(judge: &mut Judge<'_, '_>, subscribe: &Seen<'_, '_>) {
    if identify(subscribe.message).vendor.as_deref() != Some("grandstream") {
        return;
    }
    let body = judge.message.body_span();
    let url = judge.message.body().as_bytes().trim_ascii_end();
    let Some(outline) = Outline::of(url) else { return };
    let path = outline.path.slice(url).unwrap_or_default();
    let name = path.rsplit(|byte| *byte == b'/').next().unwrap_or(path);
    if path.ends_with(b"/") || name.iter().any(|byte| matches!(byte, b'.' | b'?' | b';')) {
        return;
    }
    let place = Span::new(body.start + outline.scheme.start, body.start + url.len());
    let text = "a Grandstream GRP phone adds its file name only to a folder that ends in /";
    let fix = Fix::body(judge.message, Span::at(place.end), "/");
    judge.find_with_fix(&rules::GRANDSTREAM_FOLDER, place, text, fix);
}
