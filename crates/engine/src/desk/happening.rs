//! Owns what the responder says: each of its events changes the phone's row, is noted for the memory, and is said to
//! everybody. Decides nothing.

use super::Desk;
use crate::event::{Event, TimedEvent};
use crate::marks::Adoption;
use crate::memory::record::Step;
use crate::view::PhoneState;
use fingerpost_core::Instant;
use fingerpost_core::pnp::{Dialect, IgnoreReason, ResponderEvent, Token};
use std::net::SocketAddr;

impl Desk {
    pub(super) fn happened(&mut self, now: Instant, event: ResponderEvent) {
        let at = self.clock.wall_micros(now);
        self.threads.hear(&event);
        match event {
            ResponderEvent::Asked(asked) => {
                if let Some(journal) = &mut self.journal {
                    let known = self.responder.learned(&asked.phone);
                    let interface = self.card_names.get(&asked.card).map(ToString::to_string);
                    journal.asked(at, &asked, interface.unwrap_or_default(), known);
                }
                self.asked(now, asked);
            }
            ResponderEvent::Repeated { token } => {
                self.phones.change(token, |row| row.asked += 1);
                self.noted(|journal| journal.concerns(token));
            }
            ResponderEvent::Answered { token, status, rule } => {
                self.answered(now, token, status, rule);
            }
            ResponderEvent::Notified { token, url, dialect, attempt } => {
                self.notified(now, token, url, dialect, attempt);
            }
            ResponderEvent::Acknowledged { token, status, .. } => {
                self.reached(token, PhoneState::Acknowledged, None);
                self.stepped(token, Step::Acknowledged { at, status });
                self.learn(at, token);
                self.say_of(now, token, |phone| Event::Acknowledged { phone, status });
            }
            ResponderEvent::Unacknowledged { token } => {
                self.reached(token, PhoneState::Unconfirmed, None);
                self.stepped(token, Step::Unacknowledged { at });
                self.say_of(now, token, |phone| Event::Unacknowledged { phone });
            }
            ResponderEvent::Refused { token, status, .. } => {
                let reason = format!("the phone answered {status}");
                self.reached(token, PhoneState::Refused, Some(reason));
                self.stepped(token, Step::Refused { at, status });
                self.say_of(now, token, |phone| Event::Refused { phone, status });
            }
            ResponderEvent::Ignored { token, source, reason, .. } => {
                self.ignored(now, token, source, &reason);
            }
            other => self.happened_besides(now, other),
        }
    }

    /// What is no step from the question to the URL.
    fn happened_besides(&mut self, now: Instant, event: ResponderEvent) {
        match event {
            ResponderEvent::Ended { token } => {
                let at = self.clock.wall_micros(now);
                self.stepped(token, Step::Ended { at });
                self.say_of(now, token, |phone| Event::SubscriptionEnded { phone });
            }
            ResponderEvent::Rejected { source, status, reason, .. } => {
                self.say(now, Event::Rejected { source, status, reason: reason.to_string() });
            }
            ResponderEvent::Synced { token, attempt } => self.synced(now, token, attempt),
            ResponderEvent::SyncAnswered { token, status } => {
                self.sync_ended(now, token, Some(status));
            }
            ResponderEvent::SyncUnanswered { token } => self.sync_ended(now, token, None),
            ResponderEvent::SentAnswered { token, status, reason, after } => {
                self.sent_answered(now, token, status, &reason, after);
            }
            ResponderEvent::SentUnanswered { token } => self.sent_unanswered(now, token),
            // The core's list of events grows; one that is unknown here changes nothing here.
            _ => {}
        }
    }

    fn notified(&mut self, now: Instant, token: Token, url: String, dialect: Dialect, attempt: u8) {
        self.phones.change(token, |row| {
            row.state = PhoneState::Notified;
            row.url = Some(url.clone());
            row.dialect = Some(dialect);
            row.notified += 1;
        });
        let at = self.clock.wall_micros(now);
        self.stepped(token, Step::Notified { at, dialect, attempt });
        self.say_of(now, token, |phone| Event::Notified { phone, url, dialect, attempt });
    }

    fn answered(&mut self, now: Instant, token: Token, status: u16, rule: String) {
        let reason = (status >= 300).then(|| format!("answered {status}"));
        self.reached(token, PhoneState::Answered, reason);
        let at = self.clock.wall_micros(now);
        self.stepped(token, Step::Answered { at, status, rule: rule.clone() });
        self.say_of(now, token, |phone| Event::Answered { phone, status, rule });
    }

    pub(super) fn reached(&mut self, token: Token, state: PhoneState, reason: Option<String>) {
        self.phones.change(token, |row| {
            row.state = state;
            row.reason = reason;
        });
    }

    fn ignored(
        &mut self,
        now: Instant,
        token: Option<Token>,
        source: SocketAddr,
        reason: &IgnoreReason,
    ) {
        let row = token.and_then(|token| self.phones.row_of(token));
        if row.is_some_and(|row| row.adoption == Adoption::Ignored) {
            return;
        }
        let reason = reason.to_string();
        if let Some(token) = token {
            self.reached(token, PhoneState::Ignored, Some(reason.clone()));
            let at = self.clock.wall_micros(now);
            self.stepped(token, Step::Ignored { at, reason: reason.clone() });
            let (source, reason) = (source.to_string(), reason.clone());
            let event = Event::Ignored { source, reason, count: 1 };
            self.phones.happened(token, &TimedEvent { time: self.clock.wall(now), event });
        }
        if let Some((source, reason, count)) = self.ignored.count(now, source.to_string(), reason) {
            self.say(now, Event::Ignored { source, reason, count });
        }
    }

    /// A step of an exchange, which brought its phone where it stands now.
    fn stepped(&mut self, token: Token, step: Step) {
        let state = self.phones.row_of(token).map_or(PhoneState::Asked, |row| row.state);
        self.noted(|journal| journal.step(token, state, step));
    }

    /// What worked with the phone of an exchange is remembered of its product.
    fn learn(&mut self, at: i64, token: Token) {
        let Some(asking) = self.phones.asking_of(token) else { return };
        let Some(dialect) = self.responder.learned(&asking.phone) else { return };
        if let Some(journal) = &mut self.journal {
            journal.learned(at, &asking.phone, dialect);
        }
    }
}
