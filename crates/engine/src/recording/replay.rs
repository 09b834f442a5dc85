//! Owns playing a recording again: the recorded datagrams, at their recorded times, with the recorded decision and random
//! words, through core's responder on a made-up clock. What it says is held against what was recorded. No socket, no
//! clock, no policy.

mod difference;
mod drawn_then;

pub use difference::Difference;

use super::{RecordedMessage, Recording};
use crate::memory::Decided;
use crate::recorder::Direction;
use crate::view::PhoneState;
use difference::{difference, line};
use drawn_then::Words;
use fingerpost_core::pnp::{
    Answer, Arrival, Card, CardAddress, CardId, Decision, Denial, Dialect, Responder,
    ResponderConfig, ResponderEvent, Subnet, Token, Transmit, identify,
};
use fingerpost_core::{Instant, Message};
use serde::Serialize;
use std::collections::VecDeque;
use std::net::IpAddr;
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
        "this exchange carries on a subscription whose beginning is not in the recording (it was forgotten to make room): only from its beginning can it be played"
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
    /// Plays it again, with the exchanges whose subscription it carries on.
    ///
    /// # Errors
    /// [`ReplayError`].
    pub fn replay(&self) -> Result<Replay, ReplayError> {
        let lost = self.parts().map(|part| part.lost).sum();
        if lost > 0 {
            return Err(ReplayError::Incomplete(lost));
        }
        let first = self.before.first().unwrap_or(self);
        if first.is_refresh {
            return Err(ReplayError::Refresh);
        }
        if first.messages.first().is_some_and(|first| first.direction == Direction::Out) {
            return Err(ReplayError::CheckSync);
        }
        let mut stage = Stage::set(self, first)?;
        for message in self.in_order() {
            stage.play(message);
        }
        if is_final(self.state) {
            stage.run_out();
        }
        Ok(stage.judge(self))
    }

    /// The exchanges in it, the oldest first.
    fn parts(&self) -> impl Iterator<Item = &Self> {
        self.before.iter().chain([self])
    }

    /// All their datagrams, as they were handled.
    fn in_order(&self) -> Vec<&RecordedMessage> {
        let mut messages: Vec<_> = self.parts().flat_map(|part| &part.messages).collect();
        messages.sort_by_key(|message| message.handled_at());
        messages
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
    /// The exchange that was asked about last: how far it came is compared.
    latest: Option<Token>,
    sent: Vec<Transmit>,
    state: PhoneState,
    played: Vec<Played>,
    handled_at: i64,
}

impl Stage {
    fn set(recording: &Recording, beginning: &Recording) -> Result<Self, ReplayError> {
        let first = beginning.messages.iter().find(|message| message.direction == Direction::In);
        let first = first.ok_or(ReplayError::Empty)?;
        let begin = first.at;
        let words = Words::default();
        let responder = responder(beginning, first, &words)?;
        // What a responder draws for itself at its beginning stands in no exchange.
        words.fill_up(recording.parts().flat_map(|part| &part.entropy))?;
        Ok(Self {
            responder,
            begin,
            decisions: recording.parts().flat_map(|part| &part.decisions).cloned().collect(),
            waiting: None,
            latest: None,
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
                self.say(at, format!("in   {}, from {}", line(&message.bytes), message.peer));
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
            self.happened(at, &event);
        }
        while let Some(transmit) = self.responder.poll_transmit() {
            self.say(at, format!("out  {}, to {}", line(&transmit.bytes), transmit.to));
            self.sent.push(transmit);
        }
    }

    fn happened(&mut self, at: i64, event: &ResponderEvent) {
        if let ResponderEvent::Asked(asked) = event {
            (self.waiting, self.latest) = (Some(asked.token), Some(asked.token));
        }
        let Some((token, state, word)) = step(event) else {
            return self.say(at, format!("     {event:?}"));
        };
        if Some(token) == self.latest {
            self.state = state;
        }
        self.say(at, format!("     {word}"));
    }

    fn judge(self, recording: &Recording) -> Replay {
        let mut ours = recording.in_order();
        ours.retain(|one| one.direction == Direction::Out);
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

fn responder(
    recording: &Recording,
    first: &RecordedMessage,
    words: &Words,
) -> Result<Responder, ReplayError> {
    let IpAddr::V4(address) = recording.server.ip() else {
        return Err(ReplayError::Address(recording.server.ip()));
    };
    // Whether the phone was on the card's own subnets was judged when it was recorded.
    let sources = match first.peer.ip() {
        IpAddr::V4(source) => vec![Subnet::new(source, 32)],
        IpAddr::V6(_) => Vec::new(),
    };
    let config = ResponderConfig::default().with_allowed_sources(sources);
    let mut responder = Responder::new(config, Box::new(words.clone()));
    let own = CardAddress::new(Subnet::new(address, 32), recording.server.port());
    responder.set_cards([Card::new(CARD, recording.interface.clone(), vec![own])]);
    if let (Some(learned), Ok(message)) = (recording.learned, Message::parse(&first.bytes)) {
        responder.learn(&identify(&message), learned);
    }
    Ok(responder)
}

/// How far an exchange came, and that in words.
fn step(event: &ResponderEvent) -> Option<(Token, PhoneState, String)> {
    use PhoneState as State;
    Some(match event {
        ResponderEvent::Asked(asked) => (asked.token, State::Asked, "asked".to_owned()),
        ResponderEvent::Answered { token, status, .. } => {
            (*token, State::Answered, format!("answered {status}"))
        }
        ResponderEvent::Notified { token, dialect, attempt, .. } => {
            (*token, State::Notified, format!("notified, attempt {attempt} ({dialect} form)"))
        }
        ResponderEvent::Acknowledged { token, status, .. } => {
            (*token, State::Acknowledged, format!("the phone took it ({status})"))
        }
        ResponderEvent::Refused { token, status, .. } => {
            (*token, State::Refused, format!("the phone refused it ({status})"))
        }
        ResponderEvent::Unacknowledged { token } => {
            (*token, State::Unconfirmed, "the phone did not say that it took it".into())
        }
        ResponderEvent::Ignored { token: Some(token), reason, .. } => {
            (*token, State::Ignored, format!("ignored: {reason}"))
        }
        _ => return None,
    })
}

fn decision(decided: &Decided) -> Decision {
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let rule = text(&decided.rule);
    match decided.decision.as_str() {
        "answer" => {
            let dialect = decided.dialect.unwrap_or(Dialect::Auto);
            let answer = Answer::new(text(&decided.url), dialect, rule);
            Decision::Answer(answer.with_switches(decided.switches))
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

#[cfg(test)]
mod tests;
