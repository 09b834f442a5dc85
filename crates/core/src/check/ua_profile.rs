//! Owns the findings on the package `ua-profile` (RFC 6080): who asks, for what, and what a server tells.

use super::vendor::sent_by;
use super::{Fix, judge::Judge, rules};
use crate::message::HeaderName;
use crate::pnp::vendor::is_placeholder;
use crate::span::Span;
use crate::syntax::{ParamList, ParamValue};
use crate::typed::Event;
use alloc::format;
use alloc::string::String;

pub(super) fn asking(judge: &mut Judge<'_, '_>, event: &Event<'_>) {
    let package = judge.span(event.package);
    profile_type(judge, package);
    for name in ["vendor", "model", "version"] {
        device_param(judge, name, package);
    }
    if let Some(param) = judge.kept.event_params.find("effective-by") {
        let text =
            "effective-by stands in a SUBSCRIBE: only a server says from when a profile holds";
        judge.find(&rules::EFFECTIVE_BY_SUBSCRIBE, judge.span(param.name), text);
    }
    accept(judge, package);
    if !judge.kept.has_met(HeaderName::Expires) {
        let text = "Expires is missing: the server chooses how long the subscription lasts";
        judge.find(&rules::EXPIRES_MISSING, package, text);
    }
    let body = judge.message.body_span();
    if !body.is_empty() {
        let text = "the SUBSCRIBE has a body: servers pass over it";
        judge.find(&rules::SUBSCRIBE_BODY, body, text);
    }
}

fn accept(judge: &mut Judge<'_, '_>, package: Span) {
    let Some(header) = judge.message.header(HeaderName::Accept) else {
        let text = "Accept is missing: application/url is assumed";
        let fix = Fix::header(judge.message, "Accept: application/url");
        return judge.find_with_fix(&rules::ACCEPT_MISSING, package, text, fix);
    };
    if judge.kept.takes_url {
        return;
    }
    if judge.message.accept().is_some_and(|mut ranges| ranges.all(|range| range.is_ok())) {
        let value = header.value();
        let text = format!(
            "Accept takes {}, but no application/url: this is no phone that waits for a URL",
            value.unfolded()
        );
        let fix = Fix::new(
            Span::at(header.value_span().start),
            if value.is_empty() { "application/url" } else { "application/url, " },
        );
        judge.find_with_fix(&rules::ACCEPT_URL, header.value_span(), text, fix);
    }
}

fn profile_type(judge: &mut Judge<'_, '_>, package: Span) {
    let Some(kind) = judge.kept.event_params.value("profile-type") else {
        let text = "profile-type is missing";
        return judge.find(&rules::PROFILE_TYPE_MISSING, package, text);
    };
    let span = judge.span(kind.text);
    if kind.quoted {
        let marks = Span::new(span.start - 1, span.end + 1);
        let text = format!(
            "profile-type \"{}\" stands in quotation marks; every known phone does this",
            kind.text
        );
        let fix = Fix::new(marks, kind.text.to_str());
        judge.find_with_fix(&rules::PROFILE_TYPE_QUOTED, marks, text, fix);
    }
    if kind.text.is("application") {
        let text = "profile-type \"application\" is none of RFC 6080; AudioCodes phones send it";
        judge.find(&rules::AUDIOCODES_PROFILE_TYPE, span, text);
    } else if !["device", "user", "local-network"].iter().any(|known| kind.text.is(known)) {
        let text = format!("profile-type \"{}\" is none of RFC 6080", kind.text);
        judge.find(&rules::PROFILE_TYPE_UNKNOWN, span, text);
    }
}

fn device_param(judge: &mut Judge<'_, '_>, name: &'static str, package: Span) {
    match judge.kept.event_params.find(name) {
        Some(param) => match param.value {
            Some(value) => device_value(judge, name, value),
            None => {
                judge.find(&rules::DEVICE_PARAM_MISSING, package, format!("{name} has no value"));
            }
        },
        None => missing(judge, name, package),
    }
}

fn missing(judge: &mut Judge<'_, '_>, name: &'static str, package: Span) {
    let misspelt = judge.kept.event_params.find("vender").filter(|_| name == "vendor");
    if let Some(param) = misspelt {
        let span = judge.span(param.name);
        let text = "\"vender\" is read as vendor; Panasonic phones send it";
        judge.find_with_fix(&rules::VENDER, span, text, Fix::new(span, "vendor"));
    } else if name == "vendor" && sent_by(judge, "audiocodes") {
        let text = "vendor is missing from Event, as AudioCodes phones send it";
        let fix = Fix::new(Span::at(package.end), ";vendor=\"AudioCodes\"");
        judge.find_with_fix(&rules::AUDIOCODES_VENDOR, package, text, fix);
    } else {
        judge.find(&rules::DEVICE_PARAM_MISSING, package, format!("{name} is missing from Event"));
    }
}

fn device_value(judge: &mut Judge<'_, '_>, name: &str, value: ParamValue<'_>) {
    let span = judge.span(value.text);
    if !value.quoted {
        let text = format!("{name} stands without quotation marks");
        let fix = Fix::new(span, format!("\"{}\"", value.text));
        judge.find_with_fix(&rules::DEVICE_PARAM_UNQUOTED, span, text, fix);
    }
    if name != "version" && is_placeholder(&value.to_str()) {
        let text = format!("{name} \"{}\" names no product", value.text);
        judge.find(&rules::VENDOR_PLACEHOLDER, span, text);
    }
}

const DEVICE: [&str; 5] = ["profile-type", "vendor", "vender", "model", "version"];

pub(super) fn telling(judge: &mut Judge<'_, '_>, event: &Event<'_>) {
    let is_device = |name: crate::Text<'_>| DEVICE.iter().any(|known| name.is(known));
    let device = judge.kept.event_params.iter().find(|param| is_device(param.name));
    if let Some(first) = device {
        let text = format!(
            "{} in the Event of a NOTIFY is ignored; the AudioCodes manual echoes it",
            first.name
        );
        let fix =
            Fix::new(judge.span(event.params.text()), without_device(&judge.kept.event_params));
        judge.find_with_fix(&rules::NOTIFY_DEVICE_PARAMS, judge.span(first.name), text, fix);
    }
    if let Some(value) = judge.kept.event_params.value("effective-by") {
        effective_by(judge, value);
    }
}

/// The parameters that belong into a NOTIFY, as they stand there.
fn without_device(params: &ParamList<'_>) -> String {
    let kept = params.iter().filter(|param| !DEVICE.iter().any(|known| param.name.is(known)));
    kept.fold(String::new(), |text, param| match param.value {
        Some(value) if value.quoted => format!("{text};{}=\"{}\"", param.name, value.text),
        Some(value) => format!("{text};{}={}", param.name, value.text),
        None => format!("{text};{}", param.name),
    })
}

fn effective_by(judge: &mut Judge<'_, '_>, value: ParamValue<'_>) {
    let is_number = value.to_str().parse::<u32>().is_ok();
    if is_number && !value.quoted {
        return;
    }
    let span = judge.span(value.text);
    let whole = if value.quoted { Span::new(span.start - 1, span.end + 1) } else { span };
    let text = format!("effective-by {} is no plain number of seconds", value.text);
    let fix = is_number.then(|| Fix::new(whole, value.text.to_str()));
    judge.find_with_fix(&rules::EFFECTIVE_BY_NUMBER, whole, text, fix);
}
