//! Owns how a phone that does not name its hardware address is known by the link layer: looked up before it is judged,
//! waited for only where the policy wants the address, and learned afterwards where it was answered anyway.

use super::Desk;
use crate::event::Event;
use crate::links::{Place, Ticket, Urgency};
use fingerpost_core::Instant;
use fingerpost_core::pnp::{Asked, Decision, Mac, Token};
use fingerpost_rules::{Mode, Outcome};
use std::net::IpAddr;

/// What a question to the link layer is for.
#[derive(Debug)]
pub(crate) enum Purpose {
    /// A phone that asked and was not judged yet.
    Judging(Asked),
    /// The same, whose policy wants its hardware address: it is judged with it or without.
    Deciding(Asked),
    /// A phone that was answered.
    Learning(Token),
    /// A phone that somebody wants to fetch anew.
    Syncing(super::syncing::Order),
    /// A phone that somebody wants to send a message to.
    Sending(super::sending::Order),
}

impl Desk {
    /// What to look up in the neighbour table now; each gets its [`Desk::looked_up`].
    pub(crate) fn poll_lookup(&mut self) -> Option<(Ticket, Place)> {
        self.links.poll_lookup()
    }

    /// Where something harmless has to be sent, so that the neighbour table learns who is there.
    pub(crate) fn poll_probe(&mut self) -> Option<Place> {
        self.links.poll_probe()
    }

    /// What the neighbour table says.
    pub(crate) fn looked_up(&mut self, now: Instant, ticket: Ticket, mac: Option<Mac>) {
        if !self.links.answer(now, ticket, mac) {
            return;
        }
        match self.purposes.remove(&ticket) {
            Some(Purpose::Judging(asked)) => self.known_by_link(now, asked, mac),
            Some(Purpose::Deciding(asked)) => self.decide_with_or_without(now, asked, mac),
            Some(Purpose::Learning(token)) => self.learned(now, token, mac),
            Some(Purpose::Syncing(order)) => self.sync_found(now, ticket, &order, mac),
            Some(Purpose::Sending(order)) => self.send_found(now, ticket, order, mac),
            None => {}
        }
        self.drain(now);
    }

    /// A phone asked. One that does not name its hardware address is looked up first, which takes no time.
    pub(super) fn asked(&mut self, now: Instant, asked: Asked) {
        let place = self.place_of(&asked).filter(|_| asked.phone.mac.is_none());
        if asked.is_refresh {
            let known = place.and_then(|place| self.phones.mac_at(asked.source, &place.interface));
            return self.meet(now, &with(asked, known));
        }
        match place.and_then(|place| self.links.ask(now, place, Urgency::Glance)) {
            Some(ticket) => drop(self.purposes.insert(ticket, Purpose::Judging(asked))),
            None => self.meet(now, &asked),
        }
    }

    fn known_by_link(&mut self, now: Instant, asked: Asked, mac: Option<Mac>) {
        if mac.is_none() && self.wants_mac(&asked) {
            let place = self.place_of(&asked);
            if let Some(ticket) =
                place.and_then(|place| self.links.ask(now, place, Urgency::Pressing))
            {
                self.purposes.insert(ticket, Purpose::Deciding(asked));
                return;
            }
        }
        self.meet_by_link(now, asked, mac);
    }

    /// One that was met before, and not known then, is the same phone.
    fn meet_by_link(&mut self, now: Instant, asked: Asked, mac: Option<Mac>) {
        self.learned(now, asked.token, mac);
        self.meet(now, &with(asked, mac));
    }

    /// Who is not known now may be known when the phone asks again: a lost ARP message is sent again after a second.
    fn decide_with_or_without(&mut self, now: Instant, asked: Asked, mac: Option<Mac>) {
        let token = asked.token;
        self.meet_by_link(now, asked, mac);
        if mac.is_none() {
            self.responder.reconsider_repeats(token);
        }
    }

    /// Whether the policy, which answers, would do another thing if it knew the address, or people said something of a
    /// phone that was there before. One that only observes sends
    /// nothing, and so cannot find out.
    fn wants_mac(&self, asked: &Asked) -> bool {
        let outcome = self.judge(asked);
        let is_marked = self.phones.is_marked_at(asked.source.ip());
        outcome.mode == Mode::Answer && (outcome.wants_mac || is_marked)
    }

    /// Once something was sent to the phone, the neighbour table will know it.
    pub(super) fn learn_later(&mut self, now: Instant, asked: &Asked, outcome: &Outcome) {
        let is_sent = matches!(outcome.decision, Decision::Answer(_) | Decision::Deny(_));
        let place = self.place_of(asked).filter(|_| is_sent && asked.phone.mac.is_none());
        let ticket = place.and_then(|place| self.links.ask(now, place, Urgency::Patient));
        if let Some(ticket) = ticket {
            self.purposes.insert(ticket, Purpose::Learning(asked.token));
        }
    }

    fn learned(&mut self, now: Instant, token: Token, mac: Option<Mac>) {
        let Some(mac) = mac else { return };
        if let Some(formerly) = self.phones.identified(token, mac) {
            let row = self.phones.row_of(token).cloned();
            self.noted(|journal| journal.identified(&formerly, row.as_ref()));
            self.say_of(now, token, |phone| Event::Identified { phone, formerly });
        }
    }

    /// The phone's place on its network: beyond a router the neighbour is the router, and on loopback nobody is.
    fn place_of(&self, asked: &Asked) -> Option<Place> {
        let (IpAddr::V4(address), IpAddr::V4(own)) = (asked.source.ip(), asked.server.ip()) else {
            return None;
        };
        let card = self.cards.iter().find(|card| card.id == asked.card)?;
        let is_neighbour = card.is_local(address.into()) && !address.is_loopback();
        is_neighbour.then(|| Place { interface: card.name.clone(), address, own })
    }
}

fn with(mut asked: Asked, mac: Option<Mac>) -> Asked {
    if let Some(mac) = mac {
        asked.phone = asked.phone.with_link_address(mac);
    }
    asked
}
