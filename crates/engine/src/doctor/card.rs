//! Owns the examination of one card: what can be seen, opened and heard there. Judges nothing.

use super::diagnosis::{PortHolder, SelfTest};
use super::facts::Fact;
use super::{DoctorPlan, self_test, sockets_on};
use fingerpost_core::pnp::Mac;
use fingerpost_net::{
    Card, CardAddress, CardKind, CardSockets, GroupProbe, Membership, OpenCard, OpenError,
    group_members, traffic,
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
    /// All of this in words.
    pub facts: Vec<Fact>,
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
    /// The port that answers of the running Fingerpost leave from; none where none was running beside.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub leaves_from: Option<u16>,
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
    } else if let Err(error) = try_out(card, plan, &mut found).await {
        found.refusal = Some(refusal(&error));
        found.open_error = Some(error.to_string());
    }
    if let Some(open) = plan.open.iter().find(|open| open.card.index == card.index) {
        found.answers = open.addresses.iter().map(|own| answer_of(own, open)).collect();
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
        facts: Vec::new(),
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
        leaves_from: None,
    }
}

/// Of the engine beside: the port is had already, by it or by somebody else.
fn answer_of(address: &CardAddress, open: &OpenCard) -> AnswerPort {
    let port = answer_port(address, open.group.port());
    AnswerPort { free: false, leaves_from: Some(address.port), ..port }
}

fn refusal(error: &OpenError) -> OpenRefusal {
    match error {
        OpenError::PortHeld(_) => OpenRefusal::PortHeld,
        OpenError::PermissionDenied { .. } => OpenRefusal::NotPermitted,
        _ => OpenRefusal::Other,
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// A card that is well.
    pub(in crate::doctor) fn card() -> CardDiagnosis {
        let address = [192, 0, 2, 7].into();
        let answer =
            AnswerPort { address, port: 5060, free: true, holder: None, leaves_from: None };
        CardDiagnosis {
            interface: "eth0".into(),
            kind: "lan".into(),
            mac: None,
            addresses: vec!["192.0.2.7/24".into()],
            up: true,
            link: true,
            multicast: true,
            joined: Some(true),
            members: Some(1),
            packets: None,
            answers: vec![answer],
            open_error: None,
            self_test: Some(SelfTest { sent: true, heard: true, ms: Some(0.1), error: None }),
            heard: 0,
            facts: Vec::new(),
            refusal: None,
        }
    }
}
