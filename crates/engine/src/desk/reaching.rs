//! Owns who may be sent something that it did not ask for: a phone that asked, that nobody wants ignored, and that still is
//! the same device at the address that it asked from. What is sent is not known here.

use super::Desk;
use crate::command::CommandError;
use crate::links::{Place, Ticket};
use crate::marks::Adoption;
use crate::view::PhoneRow;
use fingerpost_core::Instant;
use fingerpost_core::pnp::{CardId, Mac, Token};
use std::net::{IpAddr, Ipv4Addr, SocketAddr};

/// A phone that may be sent something, once its neighbours say that it is there.
#[derive(Debug)]
pub(super) struct Reached {
    id: String,
    mac: Mac,
    pub(super) card: CardId,
    interface: String,
    /// Where it asked from.
    pub(super) source: SocketAddr,
    address: Ipv4Addr,
    /// Our address towards it.
    own: Ipv4Addr,
}

impl Reached {
    pub(super) fn place(&self) -> Place {
        Place { interface: self.interface.clone(), address: self.address, own: self.own }
    }

    /// Whether the device that answers at its address is the phone.
    pub(super) fn is_there(&self, mac: Option<Mac>) -> Result<(), String> {
        match mac {
            Some(mac) if mac == self.mac => Ok(()),
            Some(mac) => Err(format!("another device answers at {} now: {mac}", self.address)),
            None => Err(format!("nobody answers at {}", self.address)),
        }
    }
}

impl Desk {
    /// What became of an order: it is on its way, or why nothing was sent.
    pub(crate) fn poll_outcome(&mut self) -> Option<(Ticket, Result<(), CommandError>)> {
        self.outcomes.pop_front()
    }

    pub(super) fn reach(&self, id: &str) -> Result<(&PhoneRow, Reached), String> {
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
        let (id, interface, source) = (id.to_owned(), card.name.clone(), row.source);
        Ok((row, Reached { id, mac, card: card.id, interface, source, address, own }))
    }

    /// An exchange of ours with a phone begins: what happens in it is that phone's.
    pub(super) fn begin_with(&mut self, now: Instant, token: Token, phone: &Reached) {
        self.phones.speak_of(token, &phone.id);
        let at = self.clock.wall_micros(now);
        let (id, interface) = (phone.id.clone(), phone.interface.clone());
        let local = SocketAddr::new(phone.own.into(), 0);
        self.noted(|journal| journal.ordered(at, token, id, interface, phone.source, local));
    }
}
