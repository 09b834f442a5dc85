//! Owns cards as the machines see them: a number, a name, addresses with their subnets. Knows no sockets.

use alloc::string::String;
use alloc::vec::Vec;
use core::net::{IpAddr, Ipv4Addr, SocketAddr};
use core::str::FromStr;

/// The number by which a caller knows a network card.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[allow(clippy::exhaustive_structs, reason = "a number with a meaning")]
pub struct CardId(pub u32);

/// An IPv4 subnet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Subnet {
    address: Ipv4Addr,
    prefix: u8,
}

/// The text is no subnet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a subnet: expected an IPv4 address, a slash and a prefix length of 0 to 32")]
#[non_exhaustive]
pub struct SubnetError;

impl Subnet {
    /// The subnet in which `address` lies with a prefix of `prefix` bits (more than 32 count as 32).
    #[must_use]
    pub fn new(address: Ipv4Addr, prefix: u8) -> Self {
        Self { address, prefix: prefix.min(32) }
    }

    /// The address it was made with.
    #[must_use]
    pub const fn address(self) -> Ipv4Addr {
        self.address
    }

    /// Number of bits that every address of the subnet shares.
    #[must_use]
    pub const fn prefix(self) -> u8 {
        self.prefix
    }

    /// Whether `address` lies in the subnet.
    #[must_use]
    pub fn contains(self, address: Ipv4Addr) -> bool {
        (u32::from(address) ^ u32::from(self.address)) & self.mask() == 0
    }

    /// Whether `address` is the subnet's broadcast or network address: nobody's own.
    #[must_use]
    pub fn is_reserved(self, address: Ipv4Addr) -> bool {
        let host = u32::from(address) & !self.mask();
        self.prefix < 31 && self.contains(address) && (host == 0 || host == !self.mask())
    }

    fn mask(self) -> u32 {
        u32::MAX.checked_shl(32 - u32::from(self.prefix)).unwrap_or(0)
    }
}

impl FromStr for Subnet {
    type Err = SubnetError;

    fn from_str(text: &str) -> Result<Self, SubnetError> {
        let (address, prefix) = text.split_once('/').unwrap_or((text, "32"));
        let address = address.parse().map_err(|_| SubnetError)?;
        let prefix: u8 = prefix.parse().map_err(|_| SubnetError)?;
        (prefix <= 32).then_some(Self { address, prefix }).ok_or(SubnetError)
    }
}

/// An address of ours on a card.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct CardAddress {
    /// The address with its subnet.
    pub subnet: Subnet,
    /// The port from which answers leave.
    pub port: u16,
}

impl CardAddress {
    /// An address on `subnet`, from whose `port` answers leave.
    #[must_use]
    pub const fn new(subnet: Subnet, port: u16) -> Self {
        Self { subnet, port }
    }

    /// Address and port.
    #[must_use]
    pub fn socket(&self) -> SocketAddr {
        SocketAddr::from((self.subnet.address(), self.port))
    }
}

/// A network card on which phones are listened to.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Card {
    /// Its number.
    pub id: CardId,
    /// Its name, as the system calls it.
    pub name: String,
    /// Our addresses on it.
    pub addresses: Vec<CardAddress>,
}

impl Card {
    /// A card called `name`.
    #[must_use]
    pub fn new(id: CardId, name: impl Into<String>, addresses: Vec<CardAddress>) -> Self {
        Self { id, name: name.into(), addresses }
    }

    /// Our address on the card towards `source`: of several, the one whose subnet holds it, else the first.
    #[must_use]
    pub fn towards(&self, source: IpAddr) -> Option<&CardAddress> {
        let near = self.addresses.iter().find(|own| holds(own.subnet, source));
        near.or_else(|| self.addresses.first())
    }

    /// Whether `source` can be a device on one of the card's own subnets.
    #[must_use]
    pub fn is_local(&self, source: IpAddr) -> bool {
        self.addresses.iter().any(|own| holds(own.subnet, source))
    }
}

/// Whether `address` is a device's address in `subnet`.
pub(crate) fn holds(subnet: Subnet, address: IpAddr) -> bool {
    matches!(address, IpAddr::V4(address) if subnet.contains(address) && !subnet.is_reserved(address))
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec;

    #[test]
    fn a_subnet_holds_its_devices_and_not_its_broadcast() {
        let subnet: Subnet = "10.13.4.121/16".parse().unwrap();
        assert!(holds(subnet, IpAddr::from([10, 13, 2, 37])));
        assert!(!holds(subnet, IpAddr::from([10, 14, 2, 37])));
        assert!(!holds(subnet, IpAddr::from([10, 13, 255, 255])));
        assert!(!holds(subnet, IpAddr::from([10, 13, 0, 0])));
        assert!("0.0.0.0/0".parse::<Subnet>().unwrap().contains(Ipv4Addr::new(8, 8, 8, 8)));
        assert!("10.0.0.0/33".parse::<Subnet>().is_err());
    }

    #[test]
    fn of_several_addresses_the_near_one_answers() {
        let address = |text: &str| CardAddress::new(text.parse().unwrap(), 5060);
        let card =
            Card::new(CardId(1), "eth0", vec![address("192.0.2.1/24"), address("10.0.0.1/8")]);
        let towards =
            |source: [u8; 4]| card.towards(IpAddr::from(source)).unwrap().subnet.address();
        assert_eq!(towards([10, 1, 2, 3]), Ipv4Addr::new(10, 0, 0, 1));
        assert_eq!(towards([192, 0, 2, 7]), Ipv4Addr::new(192, 0, 2, 1));
        assert_eq!(towards([8, 8, 8, 8]), Ipv4Addr::new(192, 0, 2, 1));
    }
}
