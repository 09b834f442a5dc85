//! Owns the phone that is made up where none is at hand: it asks on a card of this machine and goes the whole way as a
//! real one would, over real sockets.
//!
//! It cannot be taken for a real one: its hardware address is of the range for documentation (00-00-5E-00-53-xx,
//! RFC 9542 §2.1.2). What it asks has a TTL of 0, so that no other machine hears it, and it is answered at this machine's
//! own address.

use crate::asking::{AskError, Asking, PhoneReport};
use crate::command::CommandError;
use fingerpost_core::pnp::{Mac, Patience, PhoneProfile, Subscriber, profile};
use fingerpost_net::{OpenCard, PhoneSocket};
use std::net::{Ipv4Addr, SocketAddr, SocketAddrV4};
use std::time::Duration;
use tokio::task::JoinSet;

/// The range for documentation, but for its last byte.
const DOCUMENTATION: [u8; 5] = [0x00, 0x00, 0x5E, 0x00, 0x53];
/// The last byte of the first vendor's phone; the doctor's own is 01.
const FIRST: u8 = 0x10;
/// As long as real phones ask.
const PATIENCE: Duration = Duration::from_secs(5);
/// Phones that ask at once.
const MOST: usize = 16;

/// Whether such a hardware address is no real phone's.
pub(crate) fn is_simulated(mac: Option<Mac>) -> bool {
    mac.is_some_and(|mac| mac.bytes().starts_with(&DOCUMENTATION))
}

/// The made-up phones that are asking. They end with the engine.
#[derive(Debug, Default)]
pub(crate) struct Simulations(JoinSet<PhoneReport>);

impl Simulations {
    /// Lets one more ask, on the card called `interface` or on the first of `cards`.
    pub(crate) fn begin<'c>(
        &mut self,
        mut cards: impl Iterator<Item = &'c OpenCard>,
        interface: Option<&str>,
        vendor: Option<&str>,
    ) -> Result<(), CommandError> {
        while self.0.try_join_next().is_some() {}
        if self.0.len() >= MOST {
            return Err(refused("enough simulated phones are asking: wait a few seconds"));
        }
        let card = cards.find(|card| interface.is_none_or(|name| name == card.card.name));
        let card = card.ok_or_else(|| {
            refused(&match interface {
                Some(name) => format!("{name} is not listened on now"),
                None => "no card is listened on now, so nobody would hear it".into(),
            })
        })?;
        let own = card
            .addresses
            .first()
            .ok_or_else(|| refused(&format!("{} has no address to ask from", card.card.name)))?;
        let profile = spelling(vendor)?;
        let phone = made_up(profile, own.network.address, card.group);
        self.0.spawn(phone.map_err(|error| refused(&error.to_string()))?.run());
        Ok(())
    }
}

fn refused(words: &str) -> CommandError {
    CommandError::Simulate(words.into())
}

fn spelling(vendor: Option<&str>) -> Result<&'static PhoneProfile, CommandError> {
    let Some(vendor) = vendor else { return Ok(profile::generic()) };
    let profile = profile::find(vendor);
    let profile =
        profile.ok_or_else(|| refused(&format!("how phones of {vendor} ask is not known here")))?;
    if names_no_mac(profile) {
        return Err(refused(&format!(
            "phones of {vendor} do not say their hardware address, so a simulated one could not be told from a real one"
        )));
    }
    Ok(profile)
}

/// Whether what such a phone says does not hold its hardware address.
fn names_no_mac(profile: &PhoneProfile) -> bool {
    let local = SocketAddr::from((Ipv4Addr::LOCALHOST, profile.source_port));
    let subscriber = Subscriber::new(local).with_mac(mac_of(profile));
    let bytes = profile.subscribe(&subscriber, &mut crate::random::OsEntropy);
    let message =
        bytes.as_deref().ok().and_then(|bytes| fingerpost_core::Message::parse(bytes).ok());
    message.is_none_or(|message| fingerpost_core::pnp::identify(&message).mac.is_none())
}

/// One for each vendor: who simulates again sees the same phone again.
fn mac_of(profile: &PhoneProfile) -> Mac {
    let place = profile::ALL.iter().position(|known| known.vendor == profile.vendor);
    let place = place.and_then(|place| u8::try_from(place).ok()).unwrap_or_default();
    let mut bytes = [FIRST.saturating_add(place); 6];
    bytes[..DOCUMENTATION.len()].copy_from_slice(&DOCUMENTATION);
    Mac::new(bytes)
}

fn made_up(
    profile: &PhoneProfile,
    address: Ipv4Addr,
    group: SocketAddrV4,
) -> Result<Asking, AskError> {
    let socket = PhoneSocket::open(address, None)?.staying_here()?;
    let is_nobodys = profile.vendor == profile::generic().vendor;
    let said = |word: &str| is_nobodys.then(|| word.to_owned());
    let subscriber = Subscriber::new(SocketAddr::V4(socket.local_address()))
        .with_group(SocketAddr::V4(group))
        .with_mac(mac_of(profile))
        .with_product(said("fingerpost"), said("simulated"), said(env!("CARGO_PKG_VERSION")));
    Asking::new(profile, &subscriber, Patience::new(PATIENCE), socket)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_vendors_phone_has_a_reserved_address_of_its_own() {
        let macs: Vec<Mac> = profile::ALL.iter().map(mac_of).collect();
        assert!(macs.iter().all(|mac| is_simulated(Some(*mac))));
        let mut different = macs.clone();
        different.dedup();
        assert_eq!(different.len(), macs.len());
        assert!(!is_simulated("000413000001".parse().ok()) && !is_simulated(None));
    }

    #[test]
    fn only_phones_that_say_their_hardware_address_are_simulated() {
        assert!(spelling(Some("snom")).is_ok() && spelling(None).is_ok());
        let words = |vendor| spelling(Some(vendor)).unwrap_err().to_string();
        assert!(words("audiocodes").contains("could not be told from a real one"));
        assert!(words("nobody at all").contains("is not known here"));
    }
}
