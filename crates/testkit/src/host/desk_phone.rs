//! Owns a desk phone on the LAN: core's own phone, switched on at a given time.

use super::{Machine, Note, Parcel};
use crate::Dice;
use fingerpost_core::Instant;
use fingerpost_core::build::BuildError;
use fingerpost_core::pnp::{Arrival, Patience, Phone, PhoneProfile, Subscriber};
use std::net::SocketAddr;

/// A phone of `profile` at `local`, everything else as its vendor makes it.
///
/// # Errors
/// [`BuildError`] where a value cannot stand in a message.
pub fn desk_phone(
    profile: &PhoneProfile,
    local: SocketAddr,
    dice: &mut Dice,
) -> Result<Phone, BuildError> {
    Phone::new(profile, &Subscriber::new(local), Patience::default(), dice)
}

/// A phone that is switched on at a given time.
#[derive(Debug)]
pub struct DeskPhone {
    phone: Phone,
    starts: Option<Instant>,
}

impl DeskPhone {
    /// `phone`, dead until `starts`.
    #[must_use]
    pub const fn new(phone: Phone, starts: Instant) -> Self {
        Self { phone, starts: Some(starts) }
    }

    /// The phone itself.
    #[must_use]
    pub const fn phone(&self) -> &Phone {
        &self.phone
    }
}

impl Machine for DeskPhone {
    fn handle_datagram(&mut self, now: Instant, arrival: &Arrival<'_>) {
        if self.starts.is_none() {
            self.phone.handle_datagram(now, arrival);
        }
    }

    fn handle_timeout(&mut self, now: Instant) {
        match self.starts {
            None => self.phone.handle_timeout(now),
            Some(at) if at <= now => {
                self.starts = None;
                self.phone.start(now);
            }
            Some(_) => {}
        }
    }

    fn poll_transmit(&mut self) -> Option<Parcel> {
        self.phone.poll_transmit().map(Parcel::from)
    }

    fn poll_note(&mut self) -> Option<Note> {
        self.phone.poll_event().map(Note::Phone)
    }

    fn poll_timeout(&self) -> Option<Instant> {
        self.starts.or_else(|| self.phone.poll_timeout())
    }
}
