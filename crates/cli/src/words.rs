//! Owns the words in which `serve` tells people what happens.

use crate::printable::printable;
use fingerpost_engine::{CardState, Event, Mistake, Phone, TimedEvent};

/// One event as a line.
pub(crate) fn of(timed: &TimedEvent) -> String {
    let time = timed.time.to_string();
    let clock = time.get(11..23).unwrap_or(&time);
    format!("{clock} {}", event(&timed.event))
}

fn event(event: &Event) -> String {
    match event {
        Event::Listening { interface, address, group, port, .. } => {
            format!("listening on {interface} ({address}) for {group}:{port}")
        }
        Event::InterfaceChanged { interface, state, reason } => {
            format!("{interface} {}: {reason}", card(*state))
        }
        Event::Ignored { source, reason, count: 1 } => format!("ignored {source}: {reason}"),
        Event::Ignored { source, reason, count } => {
            format!("ignored {source} {count} times more: {reason}")
        }
        Event::SendFailed { destination, reason } => {
            format!("could not send to {destination}: {reason}")
        }
        Event::PolicyChanged { rules: 1, answering: true } => {
            "answering by 1 rule from now on".into()
        }
        Event::PolicyChanged { rules, answering: true } => {
            format!("answering by {rules} rules from now on")
        }
        Event::PolicyRefused { file, .. } => {
            format!("{file} is refused; the old policy stays in force")
        }
        Event::PolicyChanged { .. } => "observing from now on: nothing is answered".into(),
        Event::Stopped => "stopped".into(),
        other => of_phone(other),
    }
}

/// What happened to one phone.
fn of_phone(event: &Event) -> String {
    match event {
        Event::PhoneAsked { interface, source, phone } => {
            format!("{} asks on {interface} from {source}", who(phone))
        }
        Event::Answered { phone, status, rule } => {
            format!("{} answered {status} by rule {rule:?}", who(phone))
        }
        Event::Notified { phone, url, dialect, attempt: 1 } => {
            format!("{} notified: {url} ({dialect} form)", who(phone))
        }
        Event::Notified { phone, dialect, attempt, .. } => {
            format!("{} notified again, attempt {attempt} ({dialect} form)", who(phone))
        }
        Event::Acknowledged { phone, status } => format!("{} took it ({status})", who(phone)),
        Event::Unacknowledged { phone } => {
            format!(
                "{} did not say that it took it; whether it fetches its file will show",
                who(phone)
            )
        }
        Event::Refused { phone, status } => format!("{} refused it ({status})", who(phone)),
        Event::Identified { phone, .. } => format!("{} is known by its link address", who(phone)),
        Event::SubscriptionEnded { phone } => format!("{}: its subscription is over", who(phone)),
        Event::Rejected { source, status, reason } => {
            format!("{source} answered {status}: {reason}")
        }
        Event::CheckSyncSent { phone, sent, attempt: 1, remark } => {
            let remark = remark.as_ref().map(|words| format!(" ({words})")).unwrap_or_default();
            format!("{} asked to fetch anew: {sent}{remark}", who(phone))
        }
        Event::CheckSyncSent { phone, attempt, .. } => {
            format!("{} asked to fetch anew again, attempt {attempt}", who(phone))
        }
        Event::CheckSyncAnswered { phone, status } => {
            format!("{} answered {status} to that", who(phone))
        }
        Event::CheckSyncUnanswered { phone } | Event::MessageUnanswered { phone, .. } => {
            format!("{} did not answer that", who(phone))
        }
        Event::MessageSent { phone, what, bytes, .. } => {
            let what = what.as_deref().unwrap_or("no SIP message");
            format!("{} was sent {} by hand, {bytes} bytes", who(phone), printable(what))
        }
        Event::MessageAnswered { phone, status, reason, ms, .. } => {
            format!("{} answered {status} {} after {ms} ms", who(phone), printable(reason))
        }
        other => remembered(other),
    }
}

fn counted(phones: &[String]) -> String {
    match phones {
        [one] => printable(one).into_owned(),
        many => format!("{} phones", many.len()),
    }
}

/// What concerns the memory and what people say of phones.
fn remembered(event: &Event) -> String {
    match event {
        Event::PhonesMarked { phones, what } => {
            format!("changed by hand ({what}): {}", counted(phones))
        }
        Event::PhonesForgotten { phones } => format!("forgotten by hand: {}", counted(phones)),
        Event::MemoryFailed { file, reason } => {
            format!("nothing can be kept in {file}: {reason}; phones are answered all the same")
        }
        Event::MemoryMended { file, lost } => {
            format!("what happens is kept in {file} again; {lost} datagrams were not written down")
        }
        Event::MemoryBehind { lost } => {
            format!("{lost} datagrams were not written down: they came faster than the disk takes")
        }
        Event::Forgotten { exchanges, phones } => {
            format!("the oldest went to make room: {exchanges} exchanges, {phones} phones")
        }
        // Events of later engines that have no words here yet.
        other => format!("{other:?}"),
    }
}

/// What is wrong with the policy file, each mistake with its place as compilers tell it.
pub(crate) fn refused(file: &str, reason: &str, mistakes: &[Mistake]) -> Vec<String> {
    if mistakes.is_empty() {
        return vec![format!("{file}: {}", printable(reason))];
    }
    let place =
        |at: &Mistake| format!("{file}:{}:{}: {}", at.line, at.column, printable(&at.message));
    mistakes.iter().map(place).collect()
}

fn card(state: CardState) -> &'static str {
    match state {
        CardState::Listening => "listens",
        CardState::OtherPort => "listens, with another port",
        CardState::Failed => "is not listened on",
        CardState::Down => "is switched off",
        CardState::LeftOut => "is left out",
        _ => "is gone",
    }
}

/// The phone as far as it is known: `snom snomD120 10.1 (000413…)`.
fn who(phone: &Phone) -> String {
    let product = [&phone.vendor, &phone.model, &phone.version];
    let known: Vec<&str> = product.into_iter().filter_map(|part| part.as_deref()).collect();
    let name = if known.is_empty() { "a phone".to_owned() } else { known.join(" ") };
    let id = phone.mac.map(|mac| mac.to_string()).or_else(|| phone.address.clone());
    printable(&id.map_or(name.clone(), |id| format!("{name} ({id})"))).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use fingerpost_core::pnp::Identity;

    #[test]
    fn a_phone_is_named_by_what_is_known() {
        let named = |vendor, mac: &str| {
            let identity = Identity::claimed(mac.parse().ok(), vendor, Some("D120"), None);
            who(&Phone::new(&identity, Some([192, 0, 2, 7].into())))
        };
        assert_eq!(named(Some("snom"), "000413000001"), "snom D120 (000413000001)");
        assert_eq!(named(None, ""), "D120 (192.0.2.7)");
    }
}
