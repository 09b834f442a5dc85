//! Owns the words on an arrow.

use crate::reading::Reading;

/// The longest piece of a message that a detail shows, in characters; the rest is in the message itself.
const LONGEST: usize = 60;

pub(crate) fn label(reading: &Reading) -> String {
    match (&reading.method, reading.status) {
        (Some(method), _) => short(method),
        (None, Some(status)) => short(format!("{status} {}", reading.reason).trim_end()),
        (None, None) => "not readable".to_owned(),
    }
}

pub(crate) fn detail(reading: &Reading) -> String {
    if !reading.is_request() {
        let answered = reading.about();
        return if answered.is_empty() { String::new() } else { format!("to {}", short(answered)) };
    }
    match (&reading.url, &reading.event) {
        (Some(url), _) if !url.is_empty() => short(url),
        (_, Some(event)) if reading.is_terminated => format!("{} (terminated)", short(event)),
        (_, Some(event)) => short(event),
        _ => String::new(),
    }
}

/// On one line and not too long: it comes from outside.
fn short(text: &str) -> String {
    let shown = |c: char| if c.is_control() { '\u{fffd}' } else { c };
    let mut line: String = text.chars().take(LONGEST).map(shown).collect();
    if text.chars().nth(LONGEST).is_some() {
        line.push('…');
    }
    line
}
