//! Owns what somebody wrote for a phone: sent once, as it stands, to the address that the phone asked from, if the same
//! device still answers there. The address is never taken from whoever orders it.

use super::Desk;
use super::linking::Purpose;
use super::reaching::Reached;
use crate::command::CommandError;
use crate::event::Event;
use crate::links::{Ticket, Urgency};
use crate::memory::record::Step;
use crate::recorder::summary;
use crate::view::PhoneState;
use fingerpost_core::Instant;
use fingerpost_core::pnp::{HandWritten, Mac, Token};
use std::net::SocketAddr;
use std::time::Duration;

/// Characters of a reason phrase that are told.
const LONGEST_REASON: usize = 100;

/// Somebody's order to send a phone a message.
#[derive(Debug)]
pub(crate) struct Order {
    phone: Reached,
    bytes: Vec<u8>,
}

impl Desk {
    /// Begins to send `bytes` to the phone `id`, which whoever orders it saw at `seen_at`. The order's outcome comes from
    /// [`Desk::poll_outcome`].
    pub(crate) fn send(
        &mut self,
        now: Instant,
        id: &str,
        seen_at: Option<SocketAddr>,
        bytes: Vec<u8>,
    ) -> Result<Ticket, String> {
        let phone = self.addressee(id, seen_at)?;
        if bytes.is_empty() {
            return Err("there is nothing to send: the message is empty".into());
        }
        if bytes.len() > HandWritten::LONGEST {
            let (has, most) = (bytes.len(), HandWritten::LONGEST);
            return Err(format!("{has} bytes fit into no UDP datagram: {most} is the most"));
        }
        let ticket = self.links.ask(now, phone.place(), Urgency::Pressing);
        let ticket = ticket.ok_or("too many phones are looked for at once; try again")?;
        self.purposes.insert(ticket, Purpose::Sending(Order { phone, bytes }));
        Ok(ticket)
    }

    fn addressee(&self, id: &str, seen_at: Option<SocketAddr>) -> Result<Reached, String> {
        let (row, phone) = self.reach(id)?;
        if row.is_remembered {
            return Err(
                "it has not asked since Fingerpost was started: where it is now is not known"
                    .into(),
            );
        }
        if row.is_simulated {
            return Err("it is no real phone: its hardware address is made up".into());
        }
        match seen_at.filter(|seen_at| *seen_at != row.source) {
            Some(seen_at) => {
                Err(format!("it was seen at {seen_at} and has asked from {} since", row.source))
            }
            None => Ok(phone),
        }
    }

    /// Sends it where the phone is still the one that asked.
    pub(super) fn send_found(
        &mut self,
        now: Instant,
        ticket: Ticket,
        order: Order,
        mac: Option<Mac>,
    ) {
        let outcome = order.phone.is_there(mac).and_then(|()| self.send_now(now, order));
        self.outcomes.push_back((ticket, outcome.map_err(CommandError::Send)));
    }

    fn send_now(&mut self, now: Instant, order: Order) -> Result<(), String> {
        let Order { phone, bytes } = order;
        let (what, length) = (summary(&bytes), bytes.len());
        let written = HandWritten::new(phone.card, phone.source, bytes);
        let wants_answer = written.wants_answer();
        let token = self.responder.send(now, written).map_err(|error| error.to_string())?;
        self.begin_with(now, token, &phone);
        let at = self.clock.wall_micros(now);
        let step = Step::MessageSent { at, what: what.clone(), bytes: length, wants_answer };
        self.noted(|journal| journal.step(token, PhoneState::Notified, step));
        let number = token.number();
        self.say_of(now, token, |phone| Event::MessageSent {
            phone,
            number,
            what,
            bytes: length,
            wants_answer,
        });
        Ok(())
    }

    pub(super) fn sent_answered(
        &mut self,
        now: Instant,
        token: Token,
        status: u16,
        reason: &str,
        after: Duration,
    ) {
        let at = self.clock.wall_micros(now);
        let reason: String = reason.chars().take(LONGEST_REASON).collect();
        let ms = u64::try_from(after.as_millis()).unwrap_or(u64::MAX);
        let state = match status {
            ..200 => PhoneState::Notified,
            200..300 => PhoneState::Acknowledged,
            _ => PhoneState::Refused,
        };
        let step = Step::MessageAnswered { at, status, reason: reason.clone(), ms };
        self.noted(|journal| journal.step(token, state, step));
        let number = token.number();
        self.say_of(now, token, |phone| Event::MessageAnswered {
            phone,
            number,
            status,
            reason,
            ms,
        });
    }

    pub(super) fn sent_unanswered(&mut self, now: Instant, token: Token) {
        let step = Step::MessageUnanswered { at: self.clock.wall_micros(now) };
        self.noted(|journal| journal.step(token, PhoneState::Unconfirmed, step));
        let number = token.number();
        self.say_of(now, token, |phone| Event::MessageUnanswered { phone, number });
    }
}
