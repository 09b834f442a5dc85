//! Owns who is plugged in where: segments with their links, cards, addresses and groups. Sends nothing itself.

use crate::{HostId, Link};
use fingerpost_core::pnp::CardId;
use std::collections::BTreeMap;
use std::net::SocketAddr;

/// One broadcast domain.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SegmentId(pub(crate) usize);

/// A card of a host.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Port {
    pub(crate) host: HostId,
    pub(crate) card: CardId,
}

/// A card's address on the segment into which it is plugged.
#[derive(Debug, Clone, Copy)]
struct Plug {
    card: CardId,
    segment: SegmentId,
    address: SocketAddr,
}

#[derive(Debug, Default)]
pub(crate) struct Wiring {
    links: Vec<Link>,
    plugs: BTreeMap<HostId, Vec<Plug>>,
    owners: BTreeMap<(SegmentId, SocketAddr), Port>,
    members: BTreeMap<(SegmentId, SocketAddr), Vec<Port>>,
}

impl Wiring {
    pub(crate) fn add_segment(&mut self, link: Link) -> SegmentId {
        self.links.push(link);
        SegmentId(self.links.len() - 1)
    }

    pub(crate) fn link(&self, segment: SegmentId) -> Link {
        self.links.get(segment.0).copied().unwrap_or_default()
    }

    pub(crate) fn set_link(&mut self, segment: SegmentId, link: Link) {
        if let Some(known) = self.links.get_mut(segment.0) {
            *known = link;
        }
    }

    /// Plugs a card in, with an address of its own; the latest owner of an address gets what is sent there.
    pub(crate) fn plug(&mut self, port: Port, segment: SegmentId, address: SocketAddr) {
        let plug = Plug { card: port.card, segment, address };
        self.plugs.entry(port.host).or_default().push(plug);
        self.owners.insert((segment, address), port);
    }

    pub(crate) fn join(&mut self, port: Port, segment: SegmentId, group: SocketAddr) {
        self.members.entry((segment, group)).or_default().push(port);
    }

    pub(crate) fn segment_of(&self, port: Port) -> Option<SegmentId> {
        let plugs = self.plugs.get(&port.host)?;
        plugs.iter().find(|plug| plug.card == port.card).map(|plug| plug.segment)
    }

    pub(crate) fn unplug(&mut self, host: HostId) {
        for plug in self.plugs.remove(&host).unwrap_or_default() {
            let key = (plug.segment, plug.address);
            if self.owners.get(&key).is_some_and(|port| port.host == host) {
                self.owners.remove(&key);
            }
        }
        self.members.values_mut().for_each(|ports| ports.retain(|port| port.host != host));
    }

    /// Who gets what `sender` sends to `to`: the group's members without the sender, or the address's owner.
    pub(crate) fn receivers(
        &self,
        sender: Option<HostId>,
        segment: SegmentId,
        to: SocketAddr,
    ) -> Vec<Port> {
        if to.ip().is_multicast() {
            let members = self.members.get(&(segment, to)).into_iter().flatten().copied();
            return members.filter(|port| Some(port.host) != sender).collect();
        }
        self.owners.get(&(segment, to)).copied().into_iter().collect()
    }
}
