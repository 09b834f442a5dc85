//! Owns the shape in which machine output shows a phone.

use fingerpost_core::pnp::{Evidence, Identity, Mac};
use serde::Serialize;
use std::net::IpAddr;

/// A phone as JSON: `null` where a value is not known.
#[derive(Debug, Serialize)]
pub(crate) struct PhoneView<'a> {
    id: String,
    mac: Option<Mac>,
    vendor: Option<&'a str>,
    model: Option<&'a str>,
    version: Option<&'a str>,
    address: Option<IpAddr>,
    evidence: &'a [Evidence],
}

impl<'a> PhoneView<'a> {
    /// `known_as` tells phones apart that say nothing else about themselves: an address, say.
    pub(crate) fn new(phone: &'a Identity, address: Option<IpAddr>, known_as: &str) -> Self {
        Self {
            id: phone.id(known_as),
            mac: phone.mac,
            vendor: phone.vendor.as_deref(),
            model: phone.model.as_deref(),
            version: phone.version.as_deref(),
            address,
            evidence: &phone.evidence,
        }
    }
}
