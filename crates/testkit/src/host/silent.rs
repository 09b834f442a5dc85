//! Owns the host that says nothing: what arrives at it stands in the log.

use super::{Machine, Note, Parcel};
use fingerpost_core::Instant;
use fingerpost_core::pnp::Arrival;

#[derive(Debug)]
pub(crate) struct Silent;

impl Machine for Silent {
    fn handle_datagram(&mut self, _now: Instant, _arrival: &Arrival<'_>) {}

    fn handle_timeout(&mut self, _now: Instant) {}

    fn poll_transmit(&mut self) -> Option<Parcel> {
        None
    }

    fn poll_note(&mut self) -> Option<Note> {
        None
    }

    fn poll_timeout(&self) -> Option<Instant> {
        None
    }
}
