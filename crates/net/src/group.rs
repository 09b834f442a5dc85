//! Owns listening to a multicast group, and where the systems differ in it. Knows no tasks and sends nothing.

use crate::card::Card;
use crate::socket::new_udp;
use socket2::Socket;
use std::io;
use std::net::{Ipv4Addr, SocketAddrV4};

/// Whether a socket can be bound to the group's own address, so that it hears the group and nothing else. On Windows it
/// cannot: there a card's unicast socket joins the group.
pub(crate) const BINDS_TO_GROUP: bool = cfg!(unix);

/// A socket on the group's address. Address reuse is safe here: every socket on a group gets its own copy, and no
/// unicast datagram has a group as its destination.
pub(crate) fn bind(group: SocketAddrV4) -> io::Result<Socket> {
    let socket = new_udp()?;
    socket.set_reuse_address(true)?;
    hear_only_own_joins(&socket)?;
    socket.bind(&group.into())?;
    Ok(socket)
}

/// By default Linux hands a socket what *any* socket of the machine joined, on any card: each phone would be heard
/// once per card, with the wrong card.
#[cfg(target_os = "linux")]
fn hear_only_own_joins(socket: &Socket) -> io::Result<()> {
    socket.set_multicast_all_v4(false)
}

#[cfg(not(target_os = "linux"))]
#[allow(clippy::unnecessary_wraps, reason = "the same shape as on Linux")]
fn hear_only_own_joins(_: &Socket) -> io::Result<()> {
    Ok(())
}

/// Joins on exactly this card, by its number: two cards may have the same address, never the same number.
#[cfg(any(target_os = "linux", target_os = "macos"))]
pub(crate) fn join(socket: &Socket, group: Ipv4Addr, card: &Card) -> io::Result<()> {
    use socket2::InterfaceIndexOrAddress;
    socket.join_multicast_v4_n(&group, &InterfaceIndexOrAddress::Index(card.index))
}

#[cfg(not(any(target_os = "linux", target_os = "macos")))]
pub(crate) fn join(socket: &Socket, group: Ipv4Addr, card: &Card) -> io::Result<()> {
    let address = card.addresses().next().ok_or(io::ErrorKind::AddrNotAvailable)?;
    socket.join_multicast_v4(&group, &address)
}
