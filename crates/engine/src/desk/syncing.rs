//! Owns check-sync: a phone that asked once is asked to fetch its configuration anew, if the same device still answers
//! at its address.

use super::Desk;
use super::linking::Purpose;
use super::reaching::Reached;
use crate::command::CommandError;
use crate::event::Event;
use crate::links::{Ticket, Urgency};
use crate::memory::record::Step;
use crate::view::PhoneState;
use fingerpost_core::Instant;
use fingerpost_core::pnp::sync::{SyncEvent, sync_event};
use fingerpost_core::pnp::{CheckSync, Mac, Token};

/// Somebody's order to ask a phone.
#[derive(Debug)]
pub(crate) struct Order {
    phone: Reached,
    words: SyncEvent,
    url: Option<String>,
}

impl Desk {
    /// Begins to ask the phone `id` to fetch anew, and to restart for it or not. The order's outcome comes from
    /// [`Desk::poll_outcome`].
    pub(crate) fn sync(&mut self, now: Instant, id: &str, reboot: bool) -> Result<Ticket, String> {
        let order = self.order(id, reboot)?;
        let ticket = self.links.ask(now, order.phone.place(), Urgency::Pressing);
        let ticket = ticket.ok_or("too many phones are looked for at once; try again")?;
        self.purposes.insert(ticket, Purpose::Syncing(order));
        Ok(ticket)
    }

    fn order(&self, id: &str, reboot: bool) -> Result<Order, String> {
        let (row, phone) = self.reach(id)?;
        let words = sync_event(row.phone.vendor.as_deref(), reboot);
        let url = row.url.clone().filter(|_| words.wants_url);
        if words.wants_url && url.is_none() {
            return Err(
                "phones of this vendor want their URL with it, and this one was sent none yet"
                    .into(),
            );
        }
        Ok(Order { phone, words, url })
    }

    /// Sends it where the phone is still the one that asked.
    pub(super) fn sync_found(
        &mut self,
        now: Instant,
        ticket: Ticket,
        order: &Order,
        mac: Option<Mac>,
    ) {
        let outcome = order.phone.is_there(mac).and_then(|()| self.send_sync(now, order));
        self.outcomes.push_back((ticket, outcome.map_err(CommandError::CheckSync)));
    }

    fn send_sync(&mut self, now: Instant, order: &Order) -> Result<(), String> {
        let sync = CheckSync::new(order.phone.card, order.phone.source, &order.words.event);
        let token = self.responder.check_sync(now, &sync.with_url(order.url.clone()));
        let token = token.ok_or("it cannot be written")?;
        self.begin_with(now, token, &order.phone);
        self.sync_words.insert(token, order.words.clone());
        Ok(())
    }

    pub(super) fn synced(&mut self, now: Instant, token: Token, attempt: u8) {
        let Some(words) = self.sync_words.get(&token).cloned() else { return };
        let at = self.clock.wall_micros(now);
        let (sent, remark) = (words.event, words.warning.map(String::from));
        let step = Step::CheckSyncSent { at, sent: sent.clone(), attempt, remark: remark.clone() };
        self.noted(|journal| journal.step(token, PhoneState::Notified, step));
        self.say_of(now, token, |phone| Event::CheckSyncSent { phone, sent, attempt, remark });
    }

    pub(super) fn sync_ended(&mut self, now: Instant, token: Token, status: Option<u16>) {
        self.sync_words.remove(&token);
        let at = self.clock.wall_micros(now);
        let (state, step) = match status {
            Some(status @ 200..300) => {
                (PhoneState::Acknowledged, Step::CheckSyncAnswered { at, status })
            }
            Some(status) => (PhoneState::Refused, Step::CheckSyncAnswered { at, status }),
            None => (PhoneState::Unconfirmed, Step::CheckSyncUnanswered { at }),
        };
        self.noted(|journal| journal.step(token, state, step));
        self.say_of(now, token, |phone| match status {
            Some(status) => Event::CheckSyncAnswered { phone, status },
            None => Event::CheckSyncUnanswered { phone },
        });
    }
}
