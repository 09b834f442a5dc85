//! Owns the words on an arrow and beside it.

/// The longest piece of a message that a detail shows, in characters; the rest is in the message itself.
const LONGEST: usize = 60;

pub(crate) const UNREADABLE: &str = "not readable";

pub(crate) fn request(method: &str) -> String {
    short(method)
}

pub(crate) fn response(status: Option<u16>, reason: &str) -> String {
    status.map_or_else(
        || UNREADABLE.to_owned(),
        |status| short(format!("{status} {reason}").trim_end()),
    )
}

/// What of a request's content makes one line tell more.
#[derive(Debug, Default)]
pub(crate) struct Content<'a> {
    /// The URL in its body.
    pub url: Option<&'a str>,
    /// The event package.
    pub event: Option<&'a str>,
    /// Whether its subscription is over.
    pub is_terminated: bool,
}

pub(crate) fn detail(content: &Content<'_>) -> String {
    match (content.url, content.event) {
        (Some(url), _) if !url.is_empty() => short(url),
        (_, Some(event)) if content.is_terminated => format!("{} (terminated)", short(event)),
        (_, Some(event)) => short(event),
        _ => String::new(),
    }
}

/// Of a response: which method it answers.
pub(crate) fn answered(method: &str) -> String {
    if method.is_empty() { String::new() } else { format!("to {}", short(method)) }
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
