//! Owns the findings on events: SUBSCRIBE and NOTIFY by RFC 6665, whatever the package.

use super::{Fix, judge::Judge, rules, ua_profile};
use crate::explain::is_event_package;
use crate::message::HeaderName;
use crate::typed::Event;
use alloc::format;

pub(super) fn check(judge: &mut Judge<'_, '_>) {
    let (subscribes, notifies) = (judge.requests("SUBSCRIBE"), judge.requests("NOTIFY"));
    if !subscribes && !notifies {
        return;
    }
    match judge.kept.event {
        None if judge.message.header(HeaderName::Event).is_none() => {
            let text = "Event is missing: nobody knows what this is about";
            judge.find(&rules::EVENT_MISSING, judge.start(), text);
        }
        None => {}
        Some(event) if event.package == "ua-profile" && subscribes => {
            ua_profile::asking(judge, &event);
        }
        Some(event) if event.package == "ua-profile" => ua_profile::telling(judge, &event),
        Some(event) => package(judge, &event),
    }
    if notifies {
        state(judge);
    }
}

fn package(judge: &mut Judge<'_, '_>, event: &Event<'_>) {
    let span = judge.span(event.package);
    let lower = event.package.to_str().to_ascii_lowercase();
    if is_event_package(event.package) {
        return;
    }
    if is_event_package(lower.as_str().into()) {
        let text =
            format!("\"{}\" is not {lower}: packages are compared with their case", event.package);
        judge.find_with_fix(&rules::EVENT_CASE, span, text, Fix::new(span, lower));
    } else {
        let text = format!(
            "the event package {} is not known here: most receivers answer 489",
            event.package
        );
        judge.find(&rules::EVENT_UNKNOWN, span, text);
    }
}

/// Reasons why a subscription ended (RFC 6665 §4.1.3).
const REASONS: [&str; 7] =
    ["deactivated", "probation", "rejected", "timeout", "giveup", "noresource", "invariant"];

fn state(judge: &mut Judge<'_, '_>) {
    let state = match judge.message.subscription_state() {
        Ok(Some(state)) => state,
        Ok(None) => {
            let text =
                "Subscription-State is missing; Grandstream's and Fanvil's servers leave it out";
            return judge.find(&rules::STATE_MISSING, judge.start(), text);
        }
        Err(_) => return,
    };
    let span = judge.span(state.state);
    let expires = state.params.find("expires").is_some();
    if !["active", "pending", "terminated"].iter().any(|known| state.state.is(known)) {
        let text = format!(
            "the subscription is \"{}\": there are active, pending and terminated",
            state.state
        );
        judge.find(&rules::STATE_UNKNOWN, span, text);
    } else if state.state.is("active") && !expires {
        let text = "the subscription is active, but does not say for how long (expires)";
        judge.find(&rules::STATE_EXPIRES, span, text);
    } else if state.is_terminated() && expires {
        let text = "the subscription is terminated and still states expires";
        judge.find(&rules::STATE_EXPIRES, span, text);
    }
    if let Some(reason) = state.reason().filter(|reason| !REASONS.iter().any(|r| reason.is(r))) {
        let text = format!("the reason \"{reason}\" is none that RFC 6665 knows");
        judge.find(&rules::STATE_REASON, judge.span(reason), text);
    }
}
