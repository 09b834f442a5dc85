//! Owns the questions to the link layer, by which a phone that does not name its hardware address is known: what is
//! looked up, when again, and when it is given up. Bounded. Time is given; reading the neighbour table and sending what
//! makes it know an address are the task's work.

use fingerpost_core::Instant;
use fingerpost_core::pnp::Mac;
use std::collections::{BTreeMap, VecDeque};
use std::net::Ipv4Addr;
use std::time::Duration;

/// Questions open at once; more are not asked, and the phone is known by its message alone.
const MOST: usize = 4096;
/// A phone answers ARP within a few milliseconds; who has not after this time does not.
const PATIENCE: Duration = Duration::from_millis(300);
/// While somebody waits for the answer.
const PAUSE: Duration = Duration::from_millis(5);
/// While nobody does.
const LONG_PAUSE: Duration = Duration::from_millis(60);

/// Names one question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Ticket(u64);

/// Who stands behind an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Place {
    /// The card's name.
    pub(crate) interface: String,
    pub(crate) address: Ipv4Addr,
    /// Our address there.
    pub(crate) own: Ipv4Addr,
}

/// How much an answer is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Urgency {
    /// What the table says now.
    Glance,
    /// Nobody waits: something was sent there, so the table will know soon.
    Patient,
    /// Somebody waits: something is sent there, so that the table knows soon.
    Pressing,
}

#[derive(Debug)]
struct Question {
    place: Place,
    pause: Duration,
    next: Instant,
    ends: Instant,
}

#[derive(Debug, Default)]
pub(crate) struct Links {
    questions: BTreeMap<Ticket, Question>,
    next: u64,
    lookups: VecDeque<(Ticket, Place)>,
    probes: VecDeque<Place>,
}

impl Links {
    /// Asks; `None` where too much is asked already.
    pub(crate) fn ask(&mut self, now: Instant, place: Place, urgency: Urgency) -> Option<Ticket> {
        if self.questions.len() >= MOST {
            return None;
        }
        let (pause, ends) = match urgency {
            Urgency::Glance => (PAUSE, now),
            Urgency::Patient => (LONG_PAUSE, now + PATIENCE),
            Urgency::Pressing => (PAUSE, now + PATIENCE),
        };
        if urgency == Urgency::Pressing {
            self.probes.push_back(place.clone());
        }
        let ticket = Ticket(self.next);
        self.next += 1;
        let next = if urgency == Urgency::Glance { now } else { now + pause };
        self.questions.insert(ticket, Question { place, pause, next, ends });
        self.look(now, ticket);
        Some(ticket)
    }

    /// Whether what the table said settles the question: the address, or that it is given up.
    pub(crate) fn answer(&mut self, now: Instant, ticket: Ticket, mac: Option<Mac>) -> bool {
        let Some(question) = self.questions.get_mut(&ticket) else { return false };
        if mac.is_none() && question.ends > now {
            question.next = now + question.pause;
            return false;
        }
        self.questions.remove(&ticket);
        true
    }

    /// Looks again where that is due.
    pub(crate) fn handle_timeout(&mut self, now: Instant) {
        let due = self.questions.iter().filter(|(_, question)| question.next <= now);
        for ticket in due.map(|(ticket, _)| *ticket).collect::<Vec<_>>() {
            self.look(now, ticket);
        }
    }

    pub(crate) fn poll_timeout(&self) -> Option<Instant> {
        self.questions.values().map(|question| question.next).min()
    }

    /// What to look up now; each lookup gets its [`Links::answer`].
    pub(crate) fn poll_lookup(&mut self) -> Option<(Ticket, Place)> {
        self.lookups.pop_front()
    }

    /// Where something has to be sent so that the table learns who is there.
    pub(crate) fn poll_probe(&mut self) -> Option<Place> {
        self.probes.pop_front()
    }

    fn look(&mut self, now: Instant, ticket: Ticket) {
        let Some(question) = self.questions.get_mut(&ticket) else { return };
        if question.next <= now {
            // Answered or not, never twice at one time.
            question.next = now + question.pause;
            self.lookups.push_back((ticket, question.place.clone()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const AT: fn(u64) -> Instant = Instant::from_millis;

    fn place() -> Place {
        let address = Ipv4Addr::new(192, 0, 2, 7);
        Place { interface: "eth0".into(), address, own: Ipv4Addr::new(192, 0, 2, 1) }
    }

    /// Runs to the end of a question that the table never answers: when it was looked, when it was given up.
    fn looks(urgency: Urgency) -> (usize, u64, usize) {
        let mut links = Links::default();
        let ticket = links.ask(AT(0), place(), urgency).unwrap();
        let (mut now, mut looks) = (AT(0), 0);
        loop {
            while let Some((asked, _)) = links.poll_lookup() {
                assert_eq!(asked, ticket);
                looks += 1;
                if links.answer(now, ticket, None) {
                    assert_eq!(links.poll_timeout(), None);
                    let probes = std::iter::from_fn(|| links.poll_probe()).count();
                    return (looks, now.as_micros() / 1000, probes);
                }
            }
            now = links.poll_timeout().unwrap();
            links.handle_timeout(now);
        }
    }

    #[test]
    fn who_is_not_known_is_given_up_after_three_hundred_milliseconds_at_most() {
        assert_eq!(looks(Urgency::Glance), (1, 0, 0));
        assert_eq!(looks(Urgency::Patient), (5, 300, 0));
        assert_eq!(looks(Urgency::Pressing), (60, 300, 1));
    }

    #[test]
    fn what_the_table_knows_settles_it_at_once() {
        let mut links = Links::default();
        let ticket = links.ask(AT(0), place(), Urgency::Pressing).unwrap();
        links.handle_timeout(AT(5));
        let mac = "00908f000001".parse().ok();
        assert!(links.answer(AT(5), ticket, mac));
        assert!(!links.answer(AT(6), ticket, mac));
        assert_eq!(links.poll_timeout(), None);
    }

    #[test]
    fn more_than_can_be_asked_at_once_is_not_asked() {
        let mut links = Links::default();
        let asked = (0..10_000).filter_map(|_| links.ask(AT(0), place(), Urgency::Patient));
        assert_eq!(asked.count(), MOST);
    }
}
