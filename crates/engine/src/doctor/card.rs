//! Owns the examination of one card: what can be seen, opened and heard there. Judges nothing.

use super::diagnosis::{PortHolder, SelfTest};
use super::{DoctorPlan, self_test, sockets_on};
use fingerpost_core::pnp::Mac;
use fingerpost_net::{
    Card, CardAddress, CardKind, CardSockets, GroupProbe, Membership, OpenError, group_members,
    traffic,
};
use serde::Serialize;
use std::net::Ipv4Addr;

/// How one card stands.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[allow(
    clippy::struct_excessive_bools,
    reason = "each is a fact of its own, and a field of the JSON"
)]
#[non_exhaustive]
pub struct CardDiagnosis {
    /// Its name.
    pub interface: String,
    /// `lan`, `loopback` or `tunnel`.
    pub kind: String,
    /// Its hardware address, 12 hex digits.
    pub mac: Option<String>,
    /// Its addresses, with the length of their networks' prefix: `192.0.2.7/24`.
    pub addresses: Vec<String>,
    /// Whether it is switched on.
    pub up: bool,
    /// Whether the other end of the cable is there.
    pub link: bool,
    /// Whether it says that it can multicast. Linux's `lo` says no, but can.
    pub multicast: bool,
    /// Whether the kernel lists our join, or where nothing was tried any of this machine; `None` where it does not tell, or
    /// we could not try.
    pub joined: Option<bool>,
    /// Sockets of this machine that had joined here before we came; `None` where the system does not tell.
    pub members: Option<u32>,
    /// What came in since it was switched on; `None` where the system does not tell.
    pub packets: Option<Packets>,
    /// Where answers would leave from: one for each address; empty where the card could not be opened.
    pub answers: Vec<AnswerPort>,
    /// Why it could not be opened, in words.
    pub open_error: Option<String>,
    /// The self-test; `None` where the card could not be opened.
    pub self_test: Option<SelfTest>,
    /// Datagrams of others that came to the group during the examination.
    pub heard: u32,
    /// Why it could not be opened, for who judges.
    #[serde(skip)]
    #[cfg_attr(test, ts(skip))]
    pub(super) refusal: Option<OpenRefusal>,
}

/// Packets that came in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[non_exhaustive]
pub struct Packets {
    /// All of them.
    #[cfg_attr(test, ts(type = "number"))]
    pub received: u64,
    /// Those sent to a group, as far as the card's driver counts them.
    #[cfg_attr(test, ts(type = "number"))]
    pub multicast: u64,
}

/// Whether answers can leave from the wanted port.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[non_exhaustive]
pub struct AnswerPort {
    /// The card's address.
    pub address: Ipv4Addr,
    /// The wanted port.
    pub port: u16,
    /// Whether it can be had now.
    pub free: bool,
    /// Who has it, where it is taken and the system tells.
    pub holder: Option<PortHolder>,
}

/// Why a card could not be opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum OpenRefusal {
    PortHeld,
    NotPermitted,
    Other,
}

/// Looks at `card`, and where it can be opened, joins and tests it. `before` is who had joined before.
pub(super) async fn examine(
    card: &Card,
    plan: &DoctorPlan,
    before: Option<&[Membership]>,
) -> CardDiagnosis {
    let mut found = seen(card);
    found.members = sockets_on(before, card);
    if !card.is_up || card.networks.is_empty() {
        return found;
    }
    if !plan.tests {
        found.joined = found.members.map(|sockets| sockets > 0);
        return found;
    }
    if let Err(error) = try_out(card, plan, &mut found).await {
        found.refusal = Some(refusal(&error));
        found.open_error = Some(error.to_string());
    }
    found
}

/// What the system says without being asked for anything.
fn seen(card: &Card) -> CardDiagnosis {
    let kind = match card.kind {
        CardKind::Lan => "lan",
        CardKind::Loopback => "loopback",
        CardKind::Tunnel => "tunnel",
    };
    let packets =
        traffic(card).map(|seen| Packets { received: seen.packets, multicast: seen.multicast });
    CardDiagnosis {
        interface: card.name.clone(),
        kind: kind.into(),
        mac: card.mac.map(|mac| Mac::new(mac).to_string()),
        addresses: card.networks.iter().map(ToString::to_string).collect(),
        up: card.is_up,
        link: card.has_link,
        multicast: card.is_multicast,
        joined: None,
        members: None,
        packets,
        answers: Vec::new(),
        open_error: None,
        self_test: None,
        heard: 0,
        refusal: None,
    }
}

async fn try_out(
    card: &Card,
    plan: &DoctorPlan,
    found: &mut CardDiagnosis,
) -> Result<(), OpenError> {
    // Opened and closed again at once: only whether it can be had is of interest.
    let sockets = CardSockets::open(card, *plan.group.ip(), plan.group.port())?;
    let port = plan.group.port();
    found.answers =
        sockets.about().addresses.iter().map(|address| answer_port(address, port)).collect();
    drop(sockets);
    let probe = GroupProbe::open(card, plan.group)?;
    let now = group_members(*plan.group.ip());
    found.joined = sockets_on(now.as_deref(), card).map(|sockets| sockets > 0);
    let (test, heard) = self_test::run(&probe, plan).await;
    (found.self_test, found.heard) = (Some(test), heard);
    Ok(())
}

fn answer_port(address: &CardAddress, port: u16) -> AnswerPort {
    let holder = address.instead_of.as_ref().and_then(|held| held.holder.as_ref());
    AnswerPort {
        address: address.network.address,
        port,
        free: address.instead_of.is_none(),
        holder: holder.map(PortHolder::of),
    }
}

fn refusal(error: &OpenError) -> OpenRefusal {
    match error {
        OpenError::PortHeld(_) => OpenRefusal::PortHeld,
        OpenError::PermissionDenied { .. } => OpenRefusal::NotPermitted,
        _ => OpenRefusal::Other,
    }
}
