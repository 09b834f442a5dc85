//! Owns check-sync: a phone that asked once is asked to fetch its configuration anew, if the same device still answers
//! at its address.

use super::Desk;
use super::linking::Purpose;
use crate::event::Event;
use crate::links::{Place, Ticket, Urgency};
use crate::marks::Adoption;
use crate::memory::record::Step;
use crate::view::PhoneState;
use fingerpost_core::Instant;
use fingerpost_core::pnp::sync::{SyncEvent, sync_event};
use fingerpost_core::pnp::{CardId, CheckSync, Mac, Token};
use std::net::{IpAddr, SocketAddr};

/// Somebody's order to ask a phone.
#[derive(Debug)]
pub(crate) struct Order {
    id: String,
    mac: Mac,
    card: CardId,
    source: SocketAddr,
    /// Our address towards it.
    own: IpAddr,
    words: SyncEvent,
    url: Option<String>,
}

impl Desk {
    /// Begins to ask the phone `id` to fetch anew, and to restart for it or not. The order's outcome comes from
    /// [`Desk::poll_sync`].
    pub(crate) fn sync(&mut self, now: Instant, id: &str, reboot: bool) -> Result<Ticket, String> {
        let (order, place) = self.order(id, reboot)?;
        let ticket = self.links.ask(now, place, Urgency::Pressing);
        let ticket = ticket.ok_or("too many phones are looked for at once; try again")?;
        self.purposes.insert(ticket, Purpose::Syncing(order));
        Ok(ticket)
    }

    /// What became of an order: the check-sync is on its way, or why it was not sent.
    pub(crate) fn poll_sync(&mut self) -> Option<(Ticket, Result<(), String>)> {
        self.syncs.pop_front()
    }

    fn order(&self, id: &str, reboot: bool) -> Result<(Order, Place), String> {
        let (row, asked) = self.phones.asked_as(id).ok_or("no such phone has asked")?;
        if row.adoption == Adoption::Ignored {
            return Err("somebody wants this phone ignored: release it first".into());
        }
        let mac = row.phone.mac.ok_or_else(|| {
            format!("its hardware address is not known, so nothing tells whether {} is still that phone", row.source.ip())
        })?;
        let (IpAddr::V4(address), IpAddr::V4(own)) = (row.source.ip(), asked.server) else {
            return Err("it has no IPv4 address".into());
        };
        let card = self.cards.iter().find(|card| card.name == row.interface);
        let card = card.ok_or_else(|| format!("{} is not listened on now", row.interface))?;
        if !card.is_local(address.into()) {
            return Err(format!(
                "{address} is on no subnet of {}: what answers there cannot be told",
                card.name
            ));
        }
        let words = sync_event(row.phone.vendor.as_deref(), reboot);
        let url = row.url.clone().filter(|_| words.wants_url);
        if words.wants_url && url.is_none() {
            return Err(
                "phones of this vendor want their URL with it, and this one was sent none yet"
                    .into(),
            );
        }
        let place = Place { interface: card.name.clone(), address, own };
        let (id, source) = (id.to_owned(), row.source);
        Ok((Order { id, mac, card: card.id, source, own: asked.server, words, url }, place))
    }

    /// Sends it where the phone is still the one that asked.
    pub(super) fn found(&mut self, now: Instant, ticket: Ticket, order: &Order, mac: Option<Mac>) {
        let address = order.source.ip();
        let outcome = match mac {
            Some(mac) if mac == order.mac => self.send(now, order),
            Some(mac) => Err(format!("another device answers at {address} now: {mac}")),
            None => Err(format!("nobody answers at {address}")),
        };
        self.syncs.push_back((ticket, outcome));
    }

    fn send(&mut self, now: Instant, order: &Order) -> Result<(), String> {
        let sync = CheckSync::new(order.card, order.source, &order.words.event);
        let token = self.responder.check_sync(now, &sync.with_url(order.url.clone()));
        let token = token.ok_or("it cannot be written")?;
        self.phones.speak_of(token, &order.id);
        let at = self.clock.wall_micros(now);
        let (id, interface) = (order.id.clone(), self.card_name(order.card));
        let local = SocketAddr::new(order.own, 0);
        self.noted(|journal| journal.ordered(at, token, id, interface, order.source, local));
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
