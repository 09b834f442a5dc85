//! Owns which phones are new, and in what words and how often that is told. Pure: the time is passed in. Shows nothing.

use fingerpost_engine::Phone;
use std::collections::HashSet;
use std::time::Duration;

/// A building after a power cut: the first of many waits for the others.
const GATHER: Duration = Duration::from_secs(2);
/// Between two notices: three a minute at most.
const QUIET: Duration = Duration::from_secs(20);
/// Phones that are told by name.
const NAMED: usize = 3;
/// Phones that are kept apart; beyond, nothing is new.
const MOST: usize = 20_000;

/// What is told, and what stands below it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Notice {
    pub(crate) title: String,
    pub(crate) body: String,
}

/// The new phones that nobody was told of yet.
#[derive(Debug, Default)]
pub(crate) struct Arrivals {
    known: HashSet<String>,
    waiting: Vec<String>,
    /// Beyond those that can be named.
    more: usize,
    since: Duration,
    last: Option<Duration>,
}

impl Arrivals {
    /// These are nothing new.
    pub(crate) fn know(&mut self, ids: impl IntoIterator<Item = String>) {
        self.known.extend(ids);
    }

    /// The phone with this id asked; `name` is what it is told as.
    pub(crate) fn asked(&mut self, id: &str, name: impl FnOnce() -> String, now: Duration) {
        if self.known.len() >= MOST || !self.known.insert(id.to_owned()) {
            return;
        }
        if self.waiting.is_empty() {
            self.since = now;
        }
        if self.waiting.len() < NAMED {
            self.waiting.push(name());
        } else {
            self.more += 1;
        }
    }

    /// Whoever looks at the list needs no telling.
    pub(crate) fn seen(&mut self) {
        self.waiting.clear();
        self.more = 0;
    }

    /// How long it is until there is something to tell.
    pub(crate) fn due_in(&self, now: Duration) -> Option<Duration> {
        let quiet = self.last.map_or(Duration::ZERO, |last| last + QUIET);
        let due = quiet.max(self.since + GATHER);
        (!self.waiting.is_empty()).then(|| due.saturating_sub(now))
    }

    /// What is to be told now; it is told once.
    pub(crate) fn tell(&mut self, now: Duration) -> Option<Notice> {
        if !self.due_in(now)?.is_zero() {
            return None;
        }
        self.last = Some(now);
        let notice = notice(&self.waiting, self.more);
        self.seen();
        Some(notice)
    }
}

fn notice(names: &[String], more: usize) -> Notice {
    let count = names.len() + more;
    let title = if count == 1 { "New phone".into() } else { format!("{count} new phones") };
    let more = if more == 0 { String::new() } else { format!("\nand {more} more") };
    Notice { title, body: format!("{}{more}", names.join("\n")) }
}

/// `snom D735, 00:04:13:a1:b2:c3 at 10.13.2.37`
pub(crate) fn named(phone: &Phone) -> String {
    let product: Vec<&str> =
        [&phone.vendor, &phone.model].into_iter().filter_map(|part| part.as_deref()).collect();
    let product = if product.is_empty() { "Unknown phone".into() } else { product.join(" ") };
    let mac = phone.mac.map(|mac| format!(", {}", pairs(&mac.to_string()))).unwrap_or_default();
    let at = phone.address.as_ref().map(|address| format!(" at {address}")).unwrap_or_default();
    tidy(&format!("{product}{mac}{at}"))
}

/// What a phone says of itself is no text to lay out.
fn tidy(text: &str) -> String {
    text.replace(char::is_control, " ").chars().take(120).collect()
}

fn pairs(digits: &str) -> String {
    let pairs: Vec<&str> =
        (0..digits.len()).step_by(2).filter_map(|at| digits.get(at..at + 2)).collect();
    pairs.join(":")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ask(arrivals: &mut Arrivals, id: &str, now: Duration) {
        arrivals.asked(id, || format!("snom {id}"), now);
    }

    const fn at(seconds: u64) -> Duration {
        Duration::from_secs(seconds)
    }

    #[test]
    fn phones_that_come_together_are_told_together_and_once() {
        let mut arrivals = Arrivals::default();
        for number in 0..12 {
            ask(&mut arrivals, &number.to_string(), at(100));
            ask(&mut arrivals, &number.to_string(), at(100));
        }
        assert_eq!(arrivals.tell(at(101)), None);
        let notice = arrivals.tell(at(102)).unwrap();
        assert_eq!(notice.title, "12 new phones");
        assert_eq!(notice.body.lines().count(), 4);
        assert!(notice.body.ends_with("and 9 more"), "{}", notice.body);
        assert_eq!(arrivals.tell(at(500)), None);
    }

    #[test]
    fn one_phone_is_told_by_name() {
        let mut arrivals = Arrivals::default();
        ask(&mut arrivals, "1", at(0));
        let told = Notice { title: "New phone".into(), body: "snom 1".into() };
        assert_eq!(arrivals.tell(at(2)), Some(told));
    }

    #[test]
    fn no_more_than_three_notices_a_minute_are_told() {
        let mut arrivals = Arrivals::default();
        let mut told = 0;
        for second in 0..60 {
            ask(&mut arrivals, &second.to_string(), at(second));
            told += usize::from(arrivals.tell(at(second)).is_some());
        }
        assert_eq!(told, 3);
        assert!(arrivals.due_in(at(60)).is_some(), "the last ones are told later");
    }

    #[test]
    fn known_phones_and_phones_that_were_looked_at_are_not_told() {
        let mut arrivals = Arrivals::default();
        arrivals.know(["old".to_owned()]);
        ask(&mut arrivals, "old", at(0));
        assert_eq!(arrivals.due_in(at(0)), None);
        ask(&mut arrivals, "new", at(0));
        arrivals.seen();
        assert_eq!(arrivals.tell(at(9)), None);
    }

    #[test]
    fn what_a_phone_says_of_itself_breaks_no_line() {
        assert_eq!(tidy("snom D7\n35 at 10.0.0.7"), "snom D7 35 at 10.0.0.7");
        assert_eq!(tidy(&"x".repeat(5000)).len(), 120);
    }
}
