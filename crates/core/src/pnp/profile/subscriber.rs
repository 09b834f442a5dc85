//! Owns [`Subscriber`]: which phone asks, and where.

use crate::pnp::Mac;
use alloc::string::String;
use core::net::SocketAddr;

/// One phone: what it is, and where it asks.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Subscriber {
    /// The phone's address and port.
    pub local: SocketAddr,
    /// Where it asks. Default 224.0.1.75:5060.
    pub group: SocketAddr,
    /// Its hardware address; made up within the vendor's prefix where it is `None`.
    pub mac: Option<Mac>,
    /// Its model, else the profile's.
    pub model: Option<String>,
    /// Its firmware version, else the profile's.
    pub version: Option<String>,
    /// The vendor it names, else the profile's.
    pub vendor: Option<String>,
}

impl Subscriber {
    /// A phone at `local`, everything else as the profile has it.
    #[must_use]
    pub fn new(local: SocketAddr) -> Self {
        let group = SocketAddr::from(([224, 0, 1, 75], 5060));
        Self { local, group, mac: None, model: None, version: None, vendor: None }
    }

    /// The same, asking elsewhere.
    #[must_use]
    pub const fn with_group(mut self, group: SocketAddr) -> Self {
        self.group = group;
        self
    }

    /// The same with a hardware address.
    #[must_use]
    pub const fn with_mac(mut self, mac: Mac) -> Self {
        self.mac = Some(mac);
        self
    }

    /// The same with the vendor, model and version that are given; `None` keeps what is there.
    #[must_use]
    pub fn with_product(
        mut self,
        vendor: Option<String>,
        model: Option<String>,
        version: Option<String>,
    ) -> Self {
        self.vendor = vendor.or(self.vendor);
        self.model = model.or(self.model);
        self.version = version.or(self.version);
        self
    }
}
