//! Owns how each vendor's phones spell their SUBSCRIBE, as data: the evidence is captures and vendors' documents, the
//! messages are ours. Knows no time and no network.

mod draft;
mod subscriber;
mod vendors;

pub use subscriber::Subscriber;
pub use vendors::ALL;

use super::{Mac, vendor};
use crate::build::BuildError;
use crate::entropy::{Entropy, hex_word};
use crate::message::HeaderName as H;
use alloc::vec::Vec;
use draft::Draft;
use vendors::{GENERIC, VARIANTS};

/// How one vendor's phones ask.
#[derive(Debug, PartialEq, Eq)]
#[allow(clippy::struct_excessive_bools, reason = "a table of how phones differ, read line by line")]
#[non_exhaustive]
pub struct PhoneProfile {
    /// Canonical vendor name.
    pub vendor: &'static str,
    /// The model that is claimed unless told otherwise.
    pub model: &'static str,
    /// The firmware version that is claimed unless told otherwise.
    pub version: &'static str,
    /// First three bytes of the hardware address.
    pub oui: [u8; 3],
    /// The port such a phone sends from.
    pub source_port: u16,
    /// How often it asks at most; patience may end it before.
    pub most_asked: u32,
    /// Whether a refusal other than 500 leaves it asking.
    pub asks_on: bool,
    user: &'static str,
    /// The user part of From, where it is another one.
    from_user: &'static str,
    /// The host of its URIs; empty: the group.
    host: &'static str,
    /// Whether Contact has the user part, too.
    has_contact_user: bool,
    rport: Rport,
    supported: &'static str,
    event: &'static str,
    agent: &'static str,
    order: &'static [H],
    has_branch: bool,
    has_from_tag: bool,
    tight_event: bool,
    cseq: u32,
}

/// Where `rport` stands in Via.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Rport {
    Absent,
    First,
    Last,
}

/// The profile of `vendor`, by any name it goes by.
#[must_use]
pub fn find(name: &str) -> Option<&'static PhoneProfile> {
    let canonical = vendor::canonical(name);
    ALL.iter().find(|profile| profile.vendor == canonical)
}

/// The profile of a model of `vendor`: some models speak otherwise than their vendor's others.
#[must_use]
pub fn find_model(name: &str, model: Option<&str>) -> Option<&'static PhoneProfile> {
    let common = find(name)?;
    let model = model.unwrap_or_default().to_ascii_lowercase();
    let is_it = |(prefix, known): &&(&str, PhoneProfile)| {
        known.vendor == common.vendor && model.starts_with(prefix)
    };
    Some(VARIANTS.iter().find(is_it).map_or(common, |(_, known)| known))
}

/// The phone of no vendor in particular.
#[must_use]
pub const fn generic() -> &'static PhoneProfile {
    &GENERIC
}

impl PhoneProfile {
    /// Writes a phone's SUBSCRIBE.
    ///
    /// # Errors
    /// [`BuildError`] where a value of `phone` cannot stand in a message.
    pub fn subscribe(
        &self,
        phone: &Subscriber,
        entropy: &mut dyn Entropy,
    ) -> Result<Vec<u8>, BuildError> {
        let mac = phone.mac.unwrap_or_else(|| self.some_mac(entropy));
        Draft { profile: self, phone, mac, noise: hex_word(entropy, 8) }.write()
    }

    /// A hardware address within the vendor's prefix.
    #[must_use]
    pub fn some_mac(&self, entropy: &mut dyn Entropy) -> Mac {
        let mut tail = [0; 3];
        entropy.fill(&mut tail);
        let [a, b, c] = self.oui;
        Mac::new([a, b, c, tail[0], tail[1], tail[2]])
    }
}

#[cfg(test)]
mod tests;
