//! Owns what follows a decision: the final response, the NOTIFY with its schedule, and what the phone's answer to it
//! changes.

use super::exchange::{Notifying, Stage};
use super::schedule::{Schedule, Step};
use super::{Responder, ResponderEvent, Token};
use crate::entropy::hex_word;
use crate::pnp::answer::{denial, ok};
use crate::pnp::subscription::IgnoreReason;
use crate::pnp::{Answer, Denial, Dialect};
use crate::time::Instant;
use alloc::string::String;
use alloc::vec::Vec;

impl Responder {
    pub(super) fn answer(&mut self, now: Instant, token: Token, answer: Answer) {
        let Some(exchange) = self.table.get(token) else { return };
        let first = self.learned.get(&exchange.product).unwrap_or(Dialect::Rfc);
        let schedule = Schedule::new(answer.dialect, first);
        let response = exchange.write(|asked, ours| ok(asked, ours, schedule.dialect()));
        if self.respond(token, 200, response, answer.rule) {
            let notifying =
                Notifying { url: answer.url, schedule, started: now, cseq: 0, bytes: Vec::new() };
            self.table.change(token, |exchange| exchange.stage = Stage::Notifying(notifying));
            self.advance(token, Schedule::step);
        }
    }

    pub(super) fn deny(&mut self, token: Token, refusal: Denial) {
        let Some(exchange) = self.table.get(token) else { return };
        let response =
            exchange.write(|asked, ours| denial(asked, ours, refusal.status, &refusal.reason));
        self.respond(token, refusal.status, response, refusal.rule);
    }

    /// Sends a final response and keeps it; false where it could not be written.
    fn respond(
        &mut self,
        token: Token,
        status: u16,
        response: Result<Vec<u8>, String>,
        rule: String,
    ) -> bool {
        match response {
            Ok(bytes) => {
                let transmit = self.table.change(token, |exchange| exchange.respond(bytes));
                self.transmits.extend(transmit.flatten());
                self.events.push_back(ResponderEvent::Answered { token, status, rule });
                true
            }
            Err(what) => {
                self.ignore(token, IgnoreReason::Unanswerable(what));
                false
            }
        }
    }

    /// Takes the next step of the NOTIFY: written anew, sent again, or given up.
    pub(super) fn advance(&mut self, token: Token, take: impl FnOnce(&mut Schedule) -> Step) {
        let step = self.table.change(token, |exchange| match &mut exchange.stage {
            Stage::Notifying(notifying) => take(&mut notifying.schedule),
            Stage::Undecided | Stage::Settled => Step::Stop,
        });
        let written = match step {
            Some(Step::Write(dialect)) => self.write_notify(token, dialect),
            Some(Step::Repeat) => Ok(()),
            Some(Step::Stop) | None => return self.give_up(token),
        };
        match written {
            Ok(()) => self.send_notify(token),
            Err(what) => {
                self.settle(token);
                self.ignore(token, IgnoreReason::Unanswerable(what));
            }
        }
    }

    fn write_notify(&mut self, token: Token, dialect: Dialect) -> Result<(), String> {
        let branch = hex_word(self.entropy.as_mut(), 12);
        let Some(exchange) = self.table.get(token) else { return Ok(()) };
        let Stage::Notifying(notifying) = &exchange.stage else { return Ok(()) };
        let written = u32::from(notifying.schedule.sent().saturating_sub(1));
        let (cseq, bytes) = exchange.write_notify(&notifying.url, &branch, written, dialect)?;
        self.table.change(token, |exchange| {
            if let Stage::Notifying(notifying) = &mut exchange.stage {
                notifying.cseq = cseq;
                notifying.bytes = bytes;
            }
        });
        self.table.index_notify(token, cseq, dialect);
        Ok(())
    }

    fn send_notify(&mut self, token: Token) {
        let sent = self.table.change(token, |exchange| {
            let Stage::Notifying(notifying) = &exchange.stage else { return None };
            let (due, transmit) = (notifying.due(), exchange.transmit(notifying.bytes.clone()));
            let event = ResponderEvent::Notified {
                token,
                url: notifying.url.clone(),
                dialect: notifying.schedule.dialect(),
                attempt: notifying.schedule.sent(),
            };
            exchange.due = due;
            Some((transmit, event))
        });
        if let Some(Some((transmit, event))) = sent {
            self.transmits.push_back(transmit);
            self.events.push_back(event);
        }
    }

    pub(super) fn give_up(&mut self, token: Token) {
        self.settle(token);
        self.events.push_back(ResponderEvent::Unacknowledged { token });
    }

    /// The phone took the NOTIFY of this shape, perhaps after we had given up.
    pub(super) fn acknowledged(&mut self, token: Token, status: u16, dialect: Dialect) {
        let product = self.table.change(token, |exchange| {
            let is_news = !core::mem::replace(&mut exchange.is_acknowledged, true);
            is_news.then(|| exchange.product.clone())
        });
        if let Some(Some(product)) = product {
            self.learned.put(product, dialect);
            self.settle(token);
            self.events.push_back(ResponderEvent::Acknowledged { token, status, dialect });
        }
    }

    /// The phone refused the NOTIFY with this number. Only the latest one's refusal counts: an older one's was
    /// answered already.
    pub(super) fn refused(&mut self, token: Token, cseq: u32, status: u16, dialect: Dialect) {
        let Some(exchange) = self.table.get(token) else { return };
        let Stage::Notifying(notifying) = &exchange.stage else { return };
        if notifying.cseq != cseq {
            return;
        }
        let can_turn = notifying.schedule.can_turn();
        self.events.push_back(ResponderEvent::Refused { token, status, dialect });
        if status == 481 && can_turn {
            self.advance(token, Schedule::turn);
        } else {
            self.settle(token);
        }
    }
}
