//! Owns the making of UDP sockets and the options each of ours carries. Knows neither cards nor tasks.

use socket2::{Domain, Protocol, Socket, Type};
use std::io;
use std::net::{Ipv4Addr, SocketAddrV4};

/// The longest UDP payload, and a little more: nothing is ever cut.
pub(crate) const LONGEST_DATAGRAM: usize = 65_535;

/// A storm of phones (a whole site after a power cut) must fit into the kernel's queue while we answer the first.
const RECEIVE_BUFFER: usize = 4 * 1024 * 1024;

/// An unbound socket, ready for tokio.
pub(crate) fn new_udp() -> io::Result<Socket> {
    let socket = Socket::new(Domain::IPV4, Type::DGRAM, Some(Protocol::UDP))?;
    socket.set_nonblocking(true)?;
    // Best effort: Linux cuts it to net.core.rmem_max by itself, others may refuse so much.
    let _ = socket.set_recv_buffer_size(RECEIVE_BUFFER);
    Ok(socket)
}

/// A socket that only we use, bound to `address:port` (0: any free one). Deliberately without address reuse: sharing a
/// unicast port would take the datagrams of the program that shares it.
pub(crate) fn bind_unicast(address: Ipv4Addr, port: u16) -> io::Result<Socket> {
    let socket = new_udp()?;
    socket.bind(&SocketAddrV4::new(address, port).into())?;
    send_groups_from(&socket, address)?;
    allow_fragments(&socket)?;
    Ok(socket)
}

/// What goes to a group leaves by the card with `address`, stays on its LAN, and is heard on this machine too.
fn send_groups_from(socket: &Socket, address: Ipv4Addr) -> io::Result<()> {
    socket.set_multicast_if_v4(&address)?;
    socket.set_multicast_ttl_v4(1)?;
    socket.set_multicast_loop_v4(true)
}

/// A NOTIFY longer than the path's MTU must arrive in pieces rather than not at all.
#[cfg(target_os = "linux")]
fn allow_fragments(socket: &Socket) -> io::Result<()> {
    use rustix::net::sockopt::{Ipv4PathMtuDiscovery, set_ip_mtu_discover};
    Ok(set_ip_mtu_discover(socket, Ipv4PathMtuDiscovery::DONT)?)
}

/// Elsewhere UDP does not set don't-fragment unless asked to.
#[cfg(not(target_os = "linux"))]
#[allow(clippy::unnecessary_wraps, reason = "the same shape as on Linux")]
fn allow_fragments(_: &Socket) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_unicast_socket_is_shared_with_nobody() {
        let socket = bind_unicast(Ipv4Addr::LOCALHOST, 0).unwrap();
        let port = socket.local_addr().unwrap().as_socket_ipv4().unwrap().port();
        let sharing = new_udp().unwrap();
        sharing.set_reuse_address(true).unwrap();
        let bound = sharing.bind(&SocketAddrV4::new(Ipv4Addr::LOCALHOST, port).into());
        assert_eq!(bound.unwrap_err().kind(), io::ErrorKind::AddrInUse);
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn never_asks_for_datagrams_in_one_piece() {
        use rustix::net::sockopt::{Ipv4PathMtuDiscovery, ip_mtu_discover};
        let socket = bind_unicast(Ipv4Addr::LOCALHOST, 0).unwrap();
        assert_eq!(ip_mtu_discover(&socket).unwrap(), Ipv4PathMtuDiscovery::DONT);
        assert_eq!(socket.multicast_ttl_v4().unwrap(), 1);
        assert!(socket.multicast_loop_v4().unwrap());
    }
}
