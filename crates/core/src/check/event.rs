//! Owns the findings on the event package: SUBSCRIBE and NOTIFY by RFC 6665, `ua-profile` by RFC 6080.

use super::headers::method_is;
use super::{Fix, judge::Judge, rules};
use crate::message::HeaderName;
use crate::pnp::vendor::is_placeholder;
use crate::span::Span;
use crate::syntax::ParamValue;
use crate::typed::Event;
use alloc::format;

pub(super) fn check(judge: &mut Judge<'_, '_>) {
    let (subscribes, notifies) = (method_is(judge, "SUBSCRIBE"), method_is(judge, "NOTIFY"));
    if !subscribes && !notifies {
        return;
    }
    match judge.message.event() {
        Ok(None) => {
            let span = Span::at(judge.message.head_span().start);
            judge.find(
                &rules::EVENT_MISSING,
                span,
                "Event is missing: nobody knows what this is about",
            );
        }
        Ok(Some(event)) if event.package == "ua-profile" => {
            if subscribes {
                asking(judge, &event);
            } else {
                telling(judge, &event);
            }
        }
        Ok(Some(_)) | Err(_) => {}
    }
    if notifies {
        state(judge);
    }
}

fn asking(judge: &mut Judge<'_, '_>, event: &Event<'_>) {
    let package = judge.message.span_of(event.package).unwrap_or_default();
    profile_type(judge, event, package);
    for name in ["vendor", "model", "version"] {
        device_param(judge, event, name, package);
    }
    if judge.message.header(HeaderName::Accept).is_none() {
        judge.find(
            &rules::ACCEPT_MISSING,
            package,
            "Accept is missing: application/url is assumed",
        );
    }
}

fn profile_type(judge: &mut Judge<'_, '_>, event: &Event<'_>, package: Span) {
    let Some(kind) = event.params.value("profile-type") else {
        judge.find(&rules::PROFILE_TYPE_MISSING, package, "profile-type is missing");
        return;
    };
    let span = judge.message.span_of(kind.text).unwrap_or(package);
    if kind.quoted {
        let marks = Span::new(span.start - 1, span.end + 1);
        let fix = Fix::new(marks, kind.text.to_str());
        judge.find_with_fix(
            &rules::PROFILE_TYPE_QUOTED,
            marks,
            format!(
                "profile-type \"{}\" stands in quotation marks; every known phone does this",
                kind.text
            ),
            fix,
        );
    }
    if !["device", "user", "local-network"].iter().any(|known| kind.text.is(known)) {
        judge.find(
            &rules::PROFILE_TYPE_UNKNOWN,
            span,
            format!(
                "profile-type \"{}\" is none of RFC 6080; AudioCodes phones send \"application\"",
                kind.text
            ),
        );
    }
}

fn device_param(judge: &mut Judge<'_, '_>, event: &Event<'_>, name: &'static str, package: Span) {
    match event.params.find(name) {
        Some(param) => match param.value {
            Some(value) => device_value(judge, name, value),
            None => {
                judge.find(&rules::DEVICE_PARAM_MISSING, package, format!("{name} has no value"));
            }
        },
        None => match event.params.find("vender").filter(|_| name == "vendor") {
            Some(param) => {
                let span = judge.message.span_of(param.name).unwrap_or(package);
                judge.find_with_fix(
                    &rules::VENDER,
                    span,
                    "\"vender\" is read as vendor; Panasonic phones send it",
                    Fix::new(span, "vendor"),
                );
            }
            None => judge.find(
                &rules::DEVICE_PARAM_MISSING,
                package,
                format!("{name} is missing from Event"),
            ),
        },
    }
}

fn device_value(judge: &mut Judge<'_, '_>, name: &str, value: ParamValue<'_>) {
    let span = judge.message.span_of(value.text).unwrap_or_default();
    if !value.quoted {
        let fix = Fix::new(span, format!("\"{}\"", value.text));
        judge.find_with_fix(
            &rules::DEVICE_PARAM_UNQUOTED,
            span,
            format!("{name} stands without quotation marks"),
            fix,
        );
    }
    if name != "version" && is_placeholder(&value.to_str()) {
        judge.find(
            &rules::VENDOR_PLACEHOLDER,
            span,
            format!("{name} \"{}\" names no product", value.text),
        );
    }
}

fn telling(judge: &mut Judge<'_, '_>, event: &Event<'_>) {
    let device = ["profile-type", "vendor", "vender", "model", "version"];
    let Some(first) =
        event.params.iter().find(|param| device.iter().any(|name| param.name.is(name)))
    else {
        return;
    };
    let span = judge.message.span_of(first.name).unwrap_or_default();
    judge.find(
        &rules::NOTIFY_DEVICE_PARAMS,
        span,
        format!(
            "{} in the Event of a NOTIFY is ignored; the AudioCodes manual echoes it",
            first.name
        ),
    );
}

fn state(judge: &mut Judge<'_, '_>) {
    match judge.message.subscription_state() {
        Ok(None) => {
            let span = Span::at(judge.message.head_span().start);
            judge.find(&rules::STATE_MISSING, span, "Subscription-State is missing");
        }
        Ok(Some(state)) => {
            let span = judge.message.span_of(state.state).unwrap_or_default();
            let expires = state.params.find("expires").is_some();
            if state.state.is("active") && !expires {
                judge.find(
                    &rules::STATE_EXPIRES,
                    span,
                    "the subscription is active, but does not say for how long (expires)",
                );
            } else if state.is_terminated() && expires {
                judge.find(
                    &rules::STATE_EXPIRES,
                    span,
                    "the subscription is terminated and still states expires",
                );
            }
        }
        Err(_) => {}
    }
}
