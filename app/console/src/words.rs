//! Owns the words: for phones, cards and what happened. The same words and order as the pages.

use crate::palette::Palette;
use crate::printable::printable;
use crate::times;
use egui::Color32;
use fingerpost_engine::{CardState, Event, Phone, PhoneRow, PhoneState};

/// How far a phone came.
pub(crate) const fn state(state: PhoneState) -> &'static str {
    match state {
        PhoneState::Asked => "Asked",
        PhoneState::Answered => "Answered",
        PhoneState::Notified => "Notified",
        PhoneState::Acknowledged => "Acknowledged",
        PhoneState::Unconfirmed => "Notified, unconfirmed",
        PhoneState::Refused => "Refused",
        PhoneState::Ignored => "Ignored",
        _ => "Unknown",
    }
}

/// Text and ground for that; the word stands beside, always.
pub(crate) const fn state_colours(state: PhoneState, palette: &Palette) -> (Color32, Color32) {
    match state {
        PhoneState::Acknowledged => (palette.accent, palette.accent_weak),
        PhoneState::Unconfirmed => (palette.warn, palette.warn_weak),
        PhoneState::Refused => (palette.error, palette.error_weak),
        PhoneState::Asked | PhoneState::Answered | PhoneState::Notified => {
            (palette.note, palette.note_weak)
        }
        _ => (palette.muted, palette.sunken),
    }
}

/// What that means, and why.
pub(crate) fn state_explained(row: &PhoneRow) -> String {
    let meaning = match row.state {
        PhoneState::Asked => "It asked; nothing was said to it.",
        PhoneState::Answered => "Its question was answered; a URL has not gone out.",
        PhoneState::Notified => "The URL is on its way; the phone has not taken it yet.",
        PhoneState::Acknowledged => "It took the URL.",
        PhoneState::Unconfirmed => {
            "The URL was sent and the phone's answer never came. Whether it fetches its file will show."
        }
        PhoneState::Refused => "It refused the URL.",
        PhoneState::Ignored => "It asked and got no answer.",
        _ => "",
    };
    match &row.reason {
        Some(reason) => format!("{meaning} {}", sentence(&printable(reason, false))),
        None => meaning.into(),
    }
}

/// `reason` as a sentence.
fn sentence(reason: &str) -> String {
    let mut characters = reason.chars();
    let first = characters.next().map(|c| c.to_uppercase().to_string()).unwrap_or_default();
    let stop = if reason.ends_with('.') { "" } else { "." };
    format!("{first}{}{stop}", characters.as_str())
}

/// How a card stands.
pub(crate) const fn card(state: CardState) -> &'static str {
    match state {
        CardState::Listening => "listening",
        CardState::OtherPort => "listening, answers from another port",
        CardState::Failed => "not listened on",
        CardState::Down => "switched off",
        CardState::Gone => "gone",
        CardState::LeftOut => "left out",
        _ => "unknown",
    }
}

/// Whether phones on such a card are heard.
pub(crate) const fn is_heard(state: CardState) -> bool {
    matches!(state, CardState::Listening | CardState::OtherPort)
}

/// `snom D735`, as far as it is known.
pub(crate) fn product(phone: &Phone) -> String {
    let known: Vec<&str> =
        [&phone.vendor, &phone.model].into_iter().filter_map(|part| part.as_deref()).collect();
    if known.is_empty() { "Unknown phone".into() } else { printable(&known.join(" "), false) }
}

/// What people call it, then what it is; that it is made up is said, too.
pub(crate) fn called(row: &PhoneRow) -> String {
    let mark = if row.is_simulated { " (simulated)" } else { "" };
    let product = format!("{}{mark}", product(&row.phone));
    match &row.name {
        Some(name) => format!("{}, {product}", printable(name, false)),
        None => product,
    }
}

/// Its firmware version.
pub(crate) fn version(phone: &Phone) -> String {
    phone.version.as_deref().map(|version| printable(version, false)).unwrap_or_default()
}

/// `00:90:8f:4a:11:02`
pub(crate) fn mac(phone: &Phone) -> Option<String> {
    let digits = phone.mac?.to_string();
    let pairs: Vec<&str> =
        (0..digits.len()).step_by(2).filter_map(|at| digits.get(at..at + 2)).collect();
    Some(pairs.join(":"))
}

/// The rule's name; the catch-all has one that only the command line understands.
pub(crate) fn rule(row: &PhoneRow) -> String {
    match row.rule.as_deref() {
        None => "none".into(),
        Some("--url") => "everyone else".into(),
        Some(name) => printable(name, false),
    }
}

/// The URL, or that there was none.
pub(crate) fn url(row: &PhoneRow) -> String {
    row.url.as_deref().map_or_else(|| "not sent".into(), |url| printable(url, false))
}

/// A row of the list, read aloud.
pub(crate) fn row(row: &PhoneRow, now: fingerpost_engine::Timestamp) -> String {
    let phone = &row.phone;
    let address = phone.address.clone().unwrap_or_else(|| row.source.ip().to_string());
    format!(
        "{}: {} {}, MAC {}, {address} on {}, asked {}, rule {}, URL {}",
        state(row.state),
        called(row),
        version(phone),
        mac(phone).unwrap_or_else(|| "unknown".into()),
        row.interface,
        times::ago(now, row.last_asked),
        rule(row),
        url(row),
    )
}

/// An event of a phone's timeline: what, and what more there is to say.
pub(crate) fn happened(event: &Event) -> (String, String) {
    match event {
        Event::PhoneAsked { interface, source, .. } => {
            (format!("Asked on {interface}"), format!("from {source}"))
        }
        Event::Answered { status, rule, .. } => {
            let rule = if rule == "--url" { "everyone else" } else { rule };
            (format!("Answered {status}"), format!("by rule {:?}", printable(rule, false)))
        }
        Event::Notified { url, dialect, attempt, .. } => {
            let again = if *attempt > 1 { format!(", attempt {attempt}") } else { String::new() };
            let form = match dialect.to_string().as_str() {
                "rfc" => "RFC".to_owned(),
                "manual" => "manual's".to_owned(),
                other => other.to_owned(),
            };
            (format!("Notified in the {form} form{again}"), printable(url, false))
        }
        Event::Acknowledged { status, .. } => (format!("Acknowledged {status}"), String::new()),
        Event::Unacknowledged { .. } => {
            ("Not acknowledged".into(), "its answer to the NOTIFY did not come".into())
        }
        Event::Refused { status, .. } => (format!("Refused {status}"), String::new()),
        Event::Ignored { reason, .. } => ("Ignored".into(), printable(reason, false)),
        Event::SendFailed { destination, reason } => {
            (format!("Could not send to {destination}"), printable(reason, false))
        }
        // Events of later engines that have no words here yet.
        other => (printable(&format!("{other:?}"), false), String::new()),
    }
}

/// `1 datagram`, `2 datagrams`.
pub(crate) fn counted(count: u64, what: &str) -> String {
    if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reasons_become_sentences() {
        assert_eq!(sentence("no rule matched"), "No rule matched.");
        assert_eq!(sentence("Done."), "Done.");
    }

    #[test]
    fn counts_agree_with_their_noun() {
        assert_eq!(counted(1, "phone"), "1 phone");
        assert_eq!(counted(0, "phone"), "0 phones");
    }
}
