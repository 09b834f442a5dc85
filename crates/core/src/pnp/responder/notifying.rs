//! Owns what follows a decision: the final response, the NOTIFY with its schedule, and what the phone's answer to it
//! changes.

use super::exchange::{Exchange, Lasting, Notifying, REMEMBERED, Stage};
use super::schedule::{Schedule, Step};
use super::{Responder, ResponderEvent, Token};
use crate::entropy::hex_word;
use crate::message::Message;
use crate::pnp::answer::{Answered, denial, ok};
use crate::pnp::subscription::IgnoreReason;
use crate::pnp::{Answer, Arrival, Denial, Dialect};
use crate::time::Instant;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::time::Duration;

impl Responder {
    /// A response: of interest where it answers something of ours.
    pub(super) fn response(
        &mut self,
        now: Instant,
        arrival: &Arrival<'_>,
        message: &Message<'_>,
    ) -> Result<(), IgnoreReason> {
        if self.sending_answered(now, arrival, message, false)
            || self.sync_answered(arrival, message)
        {
            return Ok(());
        }
        match self.notify_answered(arrival, message) {
            Err(_) if self.sending_answered(now, arrival, message, true) => Ok(()),
            outcome => outcome,
        }
    }

    /// The answer to a NOTIFY is matched on Call-ID and `CSeq`, not on the Via, which in the manual's shape is the
    /// phone's own.
    fn notify_answered(
        &mut self,
        arrival: &Arrival<'_>,
        message: &Message<'_>,
    ) -> Result<(), IgnoreReason> {
        let (exchange, cseq) =
            self.notify_answered_by(message).ok_or(IgnoreReason::StrayResponse)?;
        let token = exchange.token;
        let shape = exchange.shape_of(cseq).filter(|_| exchange.source.ip() == arrival.source.ip());
        let dialect = shape.ok_or(IgnoreReason::StrayResponse)?;
        match message.status() {
            Some(status @ 200..300) => self.acknowledged(token, status, dialect),
            Some(status @ 300..) => self.refused(token, cseq, status, dialect),
            Some(_) => {}
            None => return Err(IgnoreReason::Broken("no status code".to_string())),
        }
        Ok(())
    }

    fn notify_answered_by(&self, message: &Message<'_>) -> Option<(&Exchange, u32)> {
        let cseq = message.cseq().ok()??;
        let call_id = message.call_id().ok()??.text.as_bytes();
        let exchange =
            (cseq.method == "NOTIFY").then(|| self.table.by_notify(call_id, cseq.number))?;
        Some((exchange?, cseq.number))
    }

    pub(super) fn answer(&mut self, now: Instant, token: Token, answer: Answer) {
        let Some(exchange) = self.table.get(token) else { return };
        if !exchange.takes_scheme_of(&answer.url) {
            return self.ignore(token, IgnoreReason::Scheme(answer.url));
        }
        let first = self.learned.get(&exchange.product).unwrap_or(Dialect::Rfc);
        let schedule = Schedule::new(answer.dialect, first);
        self.table.change(token, |exchange| exchange.switches = answer.switches);
        let mut notifying = Notifying::begin(now, schedule);
        if !answer.switches.omits_response {
            let written = self.accept(token, schedule.dialect(), &answer.url, answer.rule);
            let Some(notify) = written else { return };
            notifying.ready = Some(notify);
        }
        notifying.url = Some(answer.url);
        self.table.change(token, |exchange| {
            exchange.is_answered = true;
            exchange.lasting = lasting(now, exchange, schedule.dialect());
        });
        self.begin_notify(token, notifying);
    }

    /// Sends the 200 and keeps it. The first NOTIFY, which was written with it; `None` where they could not be written.
    fn accept(
        &mut self,
        token: Token,
        dialect: Dialect,
        url: &str,
        rule: String,
    ) -> Option<Vec<u8>> {
        let branch = self.new_branch();
        let exchange = self.table.get(token)?;
        let (status, _) = exchange.switches.acceptance();
        let (ok, notify) = match exchange.write_both(url, &branch, dialect) {
            Ok(Answered { ok, notify }) => (Ok(ok), Some(notify)),
            Err(what) => (Err(what), None),
        };
        self.respond(token, status, ok, rule);
        notify
    }

    /// What tells a NOTIFY's transaction from others (RFC 3261 §8.1.1.7).
    fn new_branch(&mut self) -> String {
        hex_word(self.entropy.as_mut(), 12)
    }

    pub(super) fn deny(&mut self, token: Token, refusal: Denial) {
        let Some(exchange) = self.table.get(token) else { return };
        let response =
            exchange.write(|asked, ours| denial(asked, ours, refusal.status, &refusal.reason));
        self.respond(token, refusal.status, response, refusal.rule);
    }

    /// Sends a final response and keeps it; where it could not be written, that is said.
    fn respond(
        &mut self,
        token: Token,
        status: u16,
        response: Result<Vec<u8>, String>,
        rule: String,
    ) {
        match response {
            Ok(bytes) => {
                let transmit = self.table.change(token, |exchange| exchange.respond(status, bytes));
                self.transmits.extend(transmit.flatten());
                self.events.push_back(ResponderEvent::Answered { token, status, rule });
            }
            Err(what) => self.ignore(token, IgnoreReason::Unanswerable(what)),
        }
    }

    /// The phone ends its subscription: 200, and a last NOTIFY (RFC 6665 §4.2.1.4). Nobody is asked.
    pub(super) fn unsubscribe(&mut self, now: Instant, token: Token) {
        let Some(exchange) = self.table.get(token) else { return };
        let response = exchange.write(|asked, ours| ok(asked, ours, Dialect::Rfc));
        if let Ok(bytes) = response {
            let transmit = self.table.change(token, |exchange| {
                exchange.is_answered = true;
                exchange.respond(200, bytes)
            });
            self.transmits.extend(transmit.flatten());
            self.say_the_last_word(now, token);
        }
    }

    /// The last NOTIFY of a subscription: that it is over, and no URL, so that no phone fetches anew (RFC 6665 §4.2.2).
    pub(super) fn say_the_last_word(&mut self, now: Instant, token: Token) {
        self.table.change(token, |exchange| {
            exchange.lasting = None;
            exchange.kept_until = exchange.kept_until.max(now + REMEMBERED);
        });
        let schedule = Schedule::new(Dialect::Rfc, Dialect::Rfc);
        self.begin_notify(token, Notifying::begin(now, schedule));
    }

    fn begin_notify(&mut self, token: Token, notifying: Notifying) {
        self.table.change(token, |exchange| exchange.stage = Stage::Notifying(notifying));
        self.advance(token, Schedule::step);
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
        let ready = self.table.change(token, Exchange::take_ready).flatten();
        let bytes = match ready {
            Some(bytes) => bytes,
            None => self.next_notify(token, dialect)?,
        };
        let cseq = self.table.change(token, |exchange| {
            let cseq = exchange.number;
            exchange.number = cseq.wrapping_add(1);
            if dialect == Dialect::Manual {
                // Without a dialog nothing can be carried on.
                exchange.lasting = None;
            }
            if let Stage::Notifying(notifying) = &mut exchange.stage {
                notifying.cseq = cseq;
                notifying.bytes = bytes;
            }
            cseq
        });
        if let Some(cseq) = cseq {
            self.table.index_notify(token, cseq, dialect);
        }
        Ok(())
    }

    fn next_notify(&mut self, token: Token, dialect: Dialect) -> Result<Vec<u8>, String> {
        let branch = self.new_branch();
        let exchange = self.table.get(token);
        exchange.map_or_else(|| Ok(Vec::new()), |exchange| exchange.write_notify(&branch, dialect))
    }

    fn send_notify(&mut self, token: Token) {
        let sent = self.table.change(token, |exchange| {
            let Stage::Notifying(notifying) = &exchange.stage else { return None };
            let (due, transmit) = (notifying.due(), exchange.transmit(notifying.bytes.clone()));
            let event = notifying.url.clone().map(|url| ResponderEvent::Notified {
                token,
                url,
                dialect: notifying.schedule.dialect(),
                attempt: notifying.schedule.sent(),
            });
            exchange.due = due;
            Some((transmit, event))
        });
        if let Some(Some((transmit, event))) = sent {
            self.transmits.push_back(transmit);
            self.events.extend(event);
        }
    }

    /// A phone that does not answer is no subscriber any more (RFC 6665 §4.2.2).
    pub(super) fn give_up(&mut self, token: Token) {
        let was_last_word = self.end_silently(token);
        self.settle(token);
        if was_last_word != Some(true) {
            self.events.push_back(ResponderEvent::Unacknowledged { token });
        }
    }

    /// Nothing lasts any more; whether the phone was told so already.
    fn end_silently(&mut self, token: Token) -> Option<bool> {
        self.table.change(token, |exchange| {
            exchange.lasting = None;
            is_last_word(exchange)
        })
    }

    /// The phone took the NOTIFY of this shape, perhaps after we had given up.
    pub(super) fn acknowledged(&mut self, token: Token, status: u16, dialect: Dialect) {
        if self.table.get(token).is_some_and(is_last_word) {
            return self.settle(token);
        }
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
        let (can_turn, has_url) = (notifying.schedule.can_turn(), notifying.url.is_some());
        if has_url {
            self.events.push_back(ResponderEvent::Refused { token, status, dialect });
        }
        if status == 481 && can_turn {
            self.advance(token, Schedule::turn);
        } else {
            self.end_silently(token);
            self.settle(token);
        }
    }
}

/// What the phone is granted, in a dialog of RFC 3261; in the manual's shape there is none that could be carried on.
fn lasting(now: Instant, exchange: &Exchange, dialect: Dialect) -> Option<Lasting> {
    let ends = now + Duration::from_secs(exchange.expires.into());
    (exchange.expires > 0 && dialect != Dialect::Manual).then_some(Lasting { ends })
}

fn is_last_word(exchange: &Exchange) -> bool {
    matches!(&exchange.stage, Stage::Notifying(notifying) if notifying.url.is_none())
}
