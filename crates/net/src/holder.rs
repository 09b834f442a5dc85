//! Owns the question "who holds this UDP port?". Knows nothing of cards and groups; where the answer comes from is the
//! operating system's module.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};

/// A program that has a UDP socket bound.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Holder {
    /// What it is bound to; `0.0.0.0` or `::` is every address of the machine.
    pub address: SocketAddr,
    /// The number of the user it runs as, where known.
    pub user: Option<u32>,
    /// Its process number; `None` when it belongs to somebody else and we are not root.
    pub pid: Option<u32>,
    /// Its name as `ps` shows it (Linux cuts it at 15 bytes).
    pub program: Option<String>,
}

/// `baresip (process 1234) on 0.0.0.0:5060`.
impl fmt::Display for Holder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.program, self.pid, self.user) {
            (Some(program), Some(pid), _) => write!(f, "{program} (process {pid})")?,
            (None, Some(pid), _) => write!(f, "process {pid}")?,
            (_, None, Some(user)) => write!(f, "a program of user {user} (root can see which)")?,
            (_, None, None) => write!(f, "a program we cannot see")?,
        }
        write!(f, " on {}", self.address)
    }
}

/// A port we wanted and could not have.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct HeldPort {
    /// The address we wanted it on.
    pub address: Ipv4Addr,
    /// The port.
    pub port: u16,
    /// Who has it; `None` when the system does not say (only Linux does).
    pub holder: Option<Holder>,
}

/// `port 5060 of 192.0.2.7 is held by baresip (process 1234) on 0.0.0.0:5060`.
impl fmt::Display for HeldPort {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "port {} of {} is held by ", self.port, self.address)?;
        match &self.holder {
            Some(holder) => write!(f, "{holder}"),
            None => write!(f, "another program"),
        }
    }
}

/// A look can miss a socket while others come and go beside it.
const LOOKS: usize = 5;

impl HeldPort {
    /// Finds out who stands in the way of a socket on `address:port`.
    pub(crate) fn look_up(address: Ipv4Addr, port: u16) -> Self {
        let holder = (0..LOOKS).find_map(|_| nearest_holder(port_holders(port), address));
        Self { address, port, holder }
    }
}

/// Of those in the way, one on just this address rather than one on all of them.
fn nearest_holder(holders: Vec<Holder>, address: Ipv4Addr) -> Option<Holder> {
    let in_way = holders.into_iter().filter(|holder| stands_in_way(holder, address));
    in_way.min_by_key(|holder| holder.address.ip() != IpAddr::V4(address))
}

/// A socket on every address, also the IPv6 one, takes the port of each single address with it.
fn stands_in_way(holder: &Holder, address: Ipv4Addr) -> bool {
    let held = holder.address.ip();
    held.is_unspecified() || address.is_unspecified() || held == IpAddr::V4(address)
}

/// Every program with a UDP socket on `port`, on whatever address of this network namespace; our own sockets too.
/// Always empty where the system does not tell (anything but Linux).
#[must_use]
pub fn port_holders(port: u16) -> Vec<Holder> {
    #[cfg(target_os = "linux")]
    return crate::procfs::port_holders(port);
    #[cfg(not(target_os = "linux"))]
    {
        let _ = port;
        Vec::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn holder(address: &str) -> Holder {
        let address = address.parse().unwrap();
        Holder { address, user: Some(1000), pid: None, program: None }
    }

    #[test]
    fn says_what_it_knows_of_a_holder() {
        let mut held = holder("0.0.0.0:5060");
        assert_eq!(held.to_string(), "a program of user 1000 (root can see which) on 0.0.0.0:5060");
        (held.pid, held.program) = (Some(7), Some("baresip".into()));
        assert_eq!(held.to_string(), "baresip (process 7) on 0.0.0.0:5060");
    }

    #[test]
    fn a_socket_on_every_address_stands_in_the_way_and_one_on_another_does_not() {
        let ours = Ipv4Addr::new(192, 0, 2, 7);
        for address in ["0.0.0.0:5060", "[::]:5060", "192.0.2.7:5060"] {
            assert!(stands_in_way(&holder(address), ours), "{address}");
        }
        assert!(!stands_in_way(&holder("192.0.2.8:5060"), ours));
        assert!(!stands_in_way(&holder("[::1]:5060"), ours));
    }

    #[test]
    fn names_the_holder_of_the_very_address_first() {
        let ours = Ipv4Addr::new(192, 0, 2, 7);
        let holders = ["0.0.0.0:5060", "224.0.1.75:5060", "192.0.2.7:5060"].map(holder);
        let nearest = nearest_holder(holders.into(), ours).unwrap();
        assert_eq!(nearest.address.to_string(), "192.0.2.7:5060");
        assert_eq!(nearest_holder(vec![holder("192.0.2.8:5060")], ours), None);
    }
}
