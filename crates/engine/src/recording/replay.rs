//! Owns playing a recording again: the recorded datagrams, at their recorded times, with the recorded decision and random
//! words, through core's responder on a made-up clock. What it says is held against what was recorded. No socket, no
//! clock, no policy.

use super::{RecordedMessage, Recording, bytes};
use crate::memory::Decided;
use crate::recorder::Direction;
use crate::view::PhoneState;
use fingerpost_core::pnp::{
    Answer, Arrival, Card, CardAddress, CardId, Decision, Denial, Dialect, Responder,
    ResponderConfig, ResponderEvent, Subnet, Token, Transmit, identify,
};
use fingerpost_core::{Entropy, Instant, Message};
use serde::Serialize;
use std::collections::VecDeque;
use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

const CARD: CardId = CardId(1);
/// A machine that wants to be woken more often than this has gone wrong.
const MOST_WAKES: usize = 1000;
/// Longer than an exchange waits for a phone's answer.
const PATIENCE: Duration = Duration::from_secs(10);

/// How a recording played.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Replay {
    /// What came, what the machine decided and said, in order.
    pub played: Vec<Played>,
    /// Datagrams of ours in the recording.
    pub recorded: usize,
    /// The first thing that is not as it was recorded.
    pub difference: Option<Difference>,
}

/// One thing that happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Played {
    /// Microseconds since the phone asked.
    pub at: u64,
    /// What, in words.
    pub what: String,
}

/// What is not as it was recorded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "difference", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Difference {
    /// A datagram of ours is another one.
    Message {
        /// Which of ours, from 1.
        number: usize,
        /// The first byte that differs.
        byte: usize,
        /// From there on, in the recording, to the end of the line.
        recorded: String,
        /// The same, as it is said now.
        now: String,
    },
    /// A datagram of ours goes elsewhere.
    Address {
        /// Which of ours, from 1.
        number: usize,
        /// From where to where in the recording.
        recorded: String,
        /// The same, now.
        now: String,
    },
    /// A recorded datagram of ours is not sent any more.
    Missing {
        /// Which of ours, from 1.
        number: usize,
        /// Its first line.
        recorded: String,
    },
    /// A datagram is sent that was not recorded.
    Surplus {
        /// Which of ours, from 1.
        number: usize,
        /// Its first line.
        now: String,
    },
    /// The exchange ends elsewhere.
    State {
        /// In the recording.
        recorded: PhoneState,
        /// Now.
        now: PhoneState,
    },
}

/// The recording cannot be played.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ReplayError {
    /// Datagrams are missing.
    #[error(
        "{0} datagrams of this exchange could not be written down when it was recorded: it cannot be compared"
    )]
    Incomplete(u32),
    /// It begins in the middle of a subscription.
    #[error(
        "this exchange carries on a subscription that began in an earlier one: only an exchange that begins one can be played"
    )]
    Refresh,
    /// The phone did not ask.
    #[error(
        "this exchange is a check-sync or a message that somebody ordered: no phone asked, so nothing was decided that could be played"
    )]
    CheckSync,
    /// Nothing came in.
    #[error("the recording holds no datagram of the phone")]
    Empty,
    /// Our address is no IPv4 address.
    #[error("our address in the recording is {0}: phones are answered by IPv4")]
    Address(IpAddr),
    /// The random words are no hex digits.
    #[error("a random word of the recording is not written in hex digits: {0:?}")]
    Entropy(String),
}

impl Recording {
    /// Plays it again.
    ///
    /// # Errors
    /// [`ReplayError`].
    pub fn replay(&self) -> Result<Replay, ReplayError> {
        if self.lost > 0 {
            return Err(ReplayError::Incomplete(self.lost));
        }
        if self.is_refresh {
            return Err(ReplayError::Refresh);
        }
        if self.messages.first().is_some_and(|first| first.direction == Direction::Out) {
            return Err(ReplayError::CheckSync);
        }
        let mut stage = Stage::set(self)?;
        for message in &self.messages {
            stage.play(message);
        }
        if is_final(self.state) {
            stage.run_out();
        }
        Ok(stage.judge(self))
    }
}

/// Whether nothing was due any more when it was recorded.
fn is_final(state: PhoneState) -> bool {
    !matches!(state, PhoneState::Asked | PhoneState::Answered | PhoneState::Notified)
}

/// The machine, and what it was given and said.
struct Stage {
    responder: Responder,
    begin: i64,
    decisions: VecDeque<Decided>,
    waiting: Option<Token>,
    sent: Vec<Transmit>,
    state: PhoneState,
    played: Vec<Played>,
    handled_at: i64,
}

impl Stage {
    fn set(recording: &Recording) -> Result<Self, ReplayError> {
        let first = recording.messages.iter().find(|message| message.direction == Direction::In);
        let first = first.ok_or(ReplayError::Empty)?;
        let begin = first.at;
        Ok(Self {
            responder: responder(recording, first)?,
            begin,
            decisions: recording.decisions.iter().cloned().collect(),
            waiting: None,
            sent: Vec::new(),
            state: PhoneState::Asked,
            played: Vec::new(),
            handled_at: i64::MIN,
        })
    }

    /// What came is handled; for what left, the machine is woken when it was woken then.
    fn play(&mut self, message: &RecordedMessage) {
        let at = message.handled_at();
        self.decide(at);
        match message.direction {
            Direction::In => {
                self.say(at, format!("in   {}, from {}", first_line(&message.bytes), message.peer));
                let (source, is_multicast) = (message.peer, message.is_multicast);
                // Whether another policy was in force by then shows in that it decided.
                if !self.decisions.is_empty() {
                    self.responder.reconsider();
                }
                let arrival = Arrival { card: CARD, source, is_multicast, bytes: &message.bytes };
                self.responder.handle_datagram(self.instant(at), &arrival);
            }
            Direction::Out if at > self.handled_at => {
                self.responder.handle_timeout(self.instant(at));
            }
            Direction::Out => return,
        }
        self.handled_at = at;
        self.drain(at);
        self.decide(at);
    }

    /// What is due soon after the last datagram: what lasts longer had not happened when it was recorded.
    fn run_out(&mut self) {
        let end = self.instant(self.handled_at) + PATIENCE;
        for _ in 0..MOST_WAKES {
            let Some(due) = self.responder.poll_timeout().filter(|due| *due <= end) else { return };
            let at = i64::try_from(due.as_micros()).unwrap_or(i64::MAX).saturating_add(self.begin);
            self.responder.handle_timeout(due);
            self.drain(at);
        }
    }

    /// Gives the recorded decision, once its time has come.
    fn decide(&mut self, now: i64) {
        let is_due = self.decisions.front().is_some_and(|decided| decided.at <= now);
        let Some(token) = self.waiting.take_if(|_| is_due) else { return };
        let Some(decided) = self.decisions.pop_front() else { return };
        self.say(decided.at, words(&decided));
        self.handled_at = self.handled_at.max(decided.at);
        self.responder.decide(self.instant(decided.at), token, decision(&decided));
        self.drain(decided.at);
    }

    fn drain(&mut self, at: i64) {
        while let Some(event) = self.responder.poll_event() {
            self.happened(at, event);
        }
        while let Some(transmit) = self.responder.poll_transmit() {
            self.say(at, format!("out  {}, to {}", first_line(&transmit.bytes), transmit.to));
            self.sent.push(transmit);
        }
    }

    fn happened(&mut self, at: i64, event: ResponderEvent) {
        let (state, word) = match event {
            ResponderEvent::Asked(asked) => {
                self.waiting = Some(asked.token);
                (PhoneState::Asked, "asked".to_owned())
            }
            ResponderEvent::Answered { status, .. } => {
                (PhoneState::Answered, format!("answered {status}"))
            }
            ResponderEvent::Notified { dialect, attempt, .. } => {
                (PhoneState::Notified, format!("notified, attempt {attempt} ({dialect} form)"))
            }
            ResponderEvent::Acknowledged { status, .. } => {
                (PhoneState::Acknowledged, format!("the phone took it ({status})"))
            }
            ResponderEvent::Refused { status, .. } => {
                (PhoneState::Refused, format!("the phone refused it ({status})"))
            }
            ResponderEvent::Unacknowledged { .. } => {
                (PhoneState::Unconfirmed, "the phone did not say that it took it".into())
            }
            ResponderEvent::Ignored { token: Some(_), reason, .. } => {
                (PhoneState::Ignored, format!("ignored: {reason}"))
            }
            other => return self.say(at, format!("     {other:?}")),
        };
        self.state = state;
        self.say(at, format!("     {word}"));
    }

    fn judge(self, recording: &Recording) -> Replay {
        let ours = recording.messages.iter().filter(|one| one.direction == Direction::Out);
        let ours: Vec<&RecordedMessage> = ours.collect();
        let difference = difference(&ours, &self.sent).or_else(|| {
            let (recorded, now) = (recording.state, self.state);
            (recorded != now).then_some(Difference::State { recorded, now })
        });
        Replay { played: self.played, recorded: ours.len(), difference }
    }

    fn instant(&self, at: i64) -> Instant {
        Instant::from_micros(u64::try_from(at.saturating_sub(self.begin)).unwrap_or(0))
    }

    fn say(&mut self, at: i64, what: String) {
        let at = u64::try_from(at.saturating_sub(self.begin)).unwrap_or(0);
        self.played.push(Played { at, what });
    }
}

fn responder(recording: &Recording, first: &RecordedMessage) -> Result<Responder, ReplayError> {
    let IpAddr::V4(address) = recording.server.ip() else {
        return Err(ReplayError::Address(recording.server.ip()));
    };
    // Whether the phone was on the card's own subnets was judged when it was recorded.
    let sources = match first.peer.ip() {
        IpAddr::V4(source) => vec![Subnet::new(source, 32)],
        IpAddr::V6(_) => Vec::new(),
    };
    let config = ResponderConfig::default().with_allowed_sources(sources);
    let words = Words::default();
    let mut responder = Responder::new(config, Box::new(words.clone()));
    // What a responder draws for itself at its beginning stands in no exchange.
    words.fill_up(&recording.entropy)?;
    let own = CardAddress::new(Subnet::new(address, 32), recording.server.port());
    responder.set_cards([Card::new(CARD, recording.interface.clone(), vec![own])]);
    if let (Some(learned), Ok(message)) = (recording.learned, Message::parse(&first.bytes)) {
        responder.learn(&identify(&message), learned);
    }
    Ok(responder)
}

fn decision(decided: &Decided) -> Decision {
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let rule = text(&decided.rule);
    match decided.decision.as_str() {
        "answer" => {
            let dialect = decided.dialect.unwrap_or(Dialect::Auto);
            Decision::Answer(Answer::new(text(&decided.url), dialect, rule))
        }
        "deny" => {
            let status = decided.status.unwrap_or(403);
            Decision::Deny(Denial::new(status, text(&decided.reason), rule))
        }
        "ignore" => Decision::Ignore { reason: text(&decided.reason) },
        _ => Decision::Observe,
    }
}

fn words(decided: &Decided) -> String {
    let said = |before: &str, text: &Option<String>| {
        text.as_ref().map(|text| format!("{before}{text}")).unwrap_or_default()
    };
    let (decision, url) = (&decided.decision, said(" ", &decided.url));
    let dialect = decided.dialect.map(|dialect| format!(", {dialect} form")).unwrap_or_default();
    let (rule, reason) = (said(", rule ", &decided.rule), said(": ", &decided.reason));
    format!("     decided: {decision}{url}{dialect}{rule}{reason}")
}

/// The first difference between what was and what is sent.
fn difference(recorded: &[&RecordedMessage], now: &[Transmit]) -> Option<Difference> {
    let pairs = recorded.iter().zip(now).zip(1..);
    let different = pairs.filter_map(|((recorded, now), number)| between(number, recorded, now));
    different.into_iter().next().or_else(|| {
        let number = recorded.len().min(now.len()) + 1;
        match (recorded.get(number - 1), now.get(number - 1)) {
            (Some(one), None) => {
                Some(Difference::Missing { number, recorded: first_line(&one.bytes) })
            }
            (None, Some(one)) => Some(Difference::Surplus { number, now: first_line(&one.bytes) }),
            _ => None,
        }
    })
}

fn between(number: usize, recorded: &RecordedMessage, now: &Transmit) -> Option<Difference> {
    if recorded.bytes != now.bytes {
        let same = recorded.bytes.iter().zip(&now.bytes).take_while(|(one, other)| one == other);
        let byte = same.count();
        let (recorded, now) = (line(&recorded.bytes[byte..]), line(&now.bytes[byte..]));
        return Some(Difference::Message { number, byte, recorded, now });
    }
    let way = |from: SocketAddr, to: SocketAddr| format!("from {from} to {to}");
    let (recorded, now) = (way(recorded.local, recorded.peer), way(now.from, now.to));
    (recorded != now).then_some(Difference::Address { number, recorded, now })
}

fn first_line(bytes: &[u8]) -> String {
    line(bytes)
}

/// Up to the end of the line.
fn line(bytes: &[u8]) -> String {
    let end = bytes.iter().position(|byte| *byte == b'\r' || *byte == b'\n');
    String::from_utf8_lossy(&bytes[..end.unwrap_or(bytes.len())]).into_owned()
}

/// The words that were drawn then; more than that are zeros.
#[derive(Debug, Clone, Default)]
struct Words(Arc<Mutex<VecDeque<Vec<u8>>>>);

impl Words {
    fn fill_up(&self, words: &[String]) -> Result<(), ReplayError> {
        let word =
            |word: &String| bytes::of_hex(word).ok_or_else(|| ReplayError::Entropy(word.clone()));
        let words = words.iter().map(word).collect::<Result<_, _>>()?;
        *self.lock() = words;
        Ok(())
    }

    fn lock(&self) -> MutexGuard<'_, VecDeque<Vec<u8>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Entropy for Words {
    /// A word is as long as it was; what drew another length then draws the next one of its length.
    fn fill(&mut self, bytes: &mut [u8]) {
        let mut words = self.lock();
        let place = words.iter().position(|word| word.len() == bytes.len());
        match place.and_then(|place| words.remove(place)) {
            Some(word) => bytes.copy_from_slice(&word),
            None => bytes.fill(0),
        }
    }
}

#[cfg(test)]
mod tests;
