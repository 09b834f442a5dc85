//! Datagrams over real sockets on the loopback: no root, no other card, no address that is not ours.

#![allow(clippy::unwrap_used, reason = "test code outside #[test] functions")]

mod support;

use fingerpost_net::{Destination, Ipv4Network, Lan, OpenError, SendError};
use std::net::{Ipv4Addr, SocketAddrV4, UdpSocket};
use support::{HOME, free_port, heard, loopback, phone, soon};

/// A group of this machine's own (RFC 2365), so that no test hears another program's.
const GROUP: Ipv4Addr = Ipv4Addr::new(239, 255, 75, 1);

fn lan_on(port: u16) -> Lan {
    let mut lan = Lan::new();
    lan.open_card(&loopback(), GROUP, port).unwrap();
    lan
}

#[tokio::test]
async fn hears_the_group_and_says_on_which_card() {
    let (port, phone) = (free_port(), phone());
    let mut lan = lan_on(port);
    phone.send(SocketAddrV4::new(GROUP, port), b"who am I").await.unwrap();
    let datagram = heard(&mut lan).await;
    assert_eq!(datagram.card_index, loopback().index);
    assert_eq!(datagram.source, phone.local_address());
    assert_eq!(datagram.destination, Destination::Group);
    assert_eq!(datagram.bytes, b"who am I");
}

#[tokio::test]
async fn hears_a_unicast_datagram_once_and_as_unicast() {
    let (port, phone) = (free_port(), phone());
    let mut lan = lan_on(port);
    phone.send(SocketAddrV4::new(HOME, port), b"200").await.unwrap();
    phone.send(SocketAddrV4::new(HOME, port), b"again").await.unwrap();
    let datagram = heard(&mut lan).await;
    assert_eq!(datagram.destination, Destination::Unicast(HOME));
    assert_eq!(datagram.bytes, b"200");
    assert_eq!(heard(&mut lan).await.bytes, b"again");
}

#[tokio::test]
async fn answers_from_the_cards_own_address_and_port() {
    let (port, phone) = (free_port(), phone());
    let lan = lan_on(port);
    lan.send(HOME, phone.local_address(), b"NOTIFY").await.unwrap();
    let (source, bytes) = soon(phone.recv()).await.unwrap();
    assert_eq!((source, bytes.as_slice()), (SocketAddrV4::new(HOME, port), &b"NOTIFY"[..]));
}

#[tokio::test]
async fn keeps_the_addresses_of_one_card_apart() {
    let (port, phone) = (free_port(), phone());
    let second = Ipv4Addr::new(127, 0, 0, 2);
    let mut card = loopback();
    card.networks.push(Ipv4Network::new(second, 8));
    let mut lan = Lan::new();
    assert_eq!(lan.open_card(&card, GROUP, port).unwrap().addresses.len(), 2);

    phone.send(SocketAddrV4::new(second, port), b"to the second").await.unwrap();
    assert_eq!(heard(&mut lan).await.destination, Destination::Unicast(second));
    lan.send(second, phone.local_address(), b"from the second").await.unwrap();
    assert_eq!(soon(phone.recv()).await.unwrap().0, SocketAddrV4::new(second, port));
}

#[tokio::test]
async fn takes_nothing_from_another_program_on_the_unicast_port() {
    let (port, phone) = (free_port(), phone());
    let softphone = UdpSocket::bind((HOME, port)).unwrap();
    let mut lan = lan_on(port);
    let own = lan.cards().next().unwrap().addresses[0].clone();
    assert_ne!(own.port, port);
    assert_eq!(own.instead_of.map(|held| (held.address, held.port)), Some((HOME, port)));

    phone.send(SocketAddrV4::new(GROUP, port), b"for all").await.unwrap();
    assert_eq!(heard(&mut lan).await.bytes, b"for all");
    phone.send(SocketAddrV4::new(HOME, port), b"for the softphone").await.unwrap();
    softphone.set_read_timeout(Some(std::time::Duration::from_secs(5))).unwrap();
    let mut buffer = [0; 64];
    let (length, _) = softphone.recv_from(&mut buffer).unwrap();
    assert_eq!(&buffer[..length], b"for the softphone");
}

#[tokio::test]
async fn shares_the_group_with_another_server() {
    let (port, phone) = (free_port(), phone());
    let (mut one, mut other) = (lan_on(port), lan_on(port));
    phone.send(SocketAddrV4::new(GROUP, port), b"who am I").await.unwrap();
    assert_eq!(heard(&mut one).await.bytes, heard(&mut other).await.bytes);
}

#[tokio::test]
async fn hears_only_the_group_it_joined() {
    let (port, phone) = (free_port(), phone());
    let elsewhere = Ipv4Addr::new(239, 255, 75, 2);
    let (mut lan, mut other) = (lan_on(port), Lan::new());
    other.open_card(&loopback(), elsewhere, port).unwrap();
    phone.send(SocketAddrV4::new(elsewhere, port), b"not for us").await.unwrap();
    phone.send(SocketAddrV4::new(GROUP, port), b"for us").await.unwrap();
    assert_eq!(heard(&mut lan).await.bytes, b"for us");
    assert_eq!(heard(&mut other).await.bytes, b"not for us");
}

#[tokio::test]
async fn carries_the_longest_datagram_whole() {
    let (port, phone) = (free_port(), phone());
    let mut lan = lan_on(port);
    let long = vec![b'x'; 65_507];
    phone.send(SocketAddrV4::new(HOME, port), &long).await.unwrap();
    assert_eq!(heard(&mut lan).await.bytes, long);
    lan.send(HOME, phone.local_address(), &long).await.unwrap();
    assert_eq!(soon(phone.recv()).await.unwrap().1, long);
    let too_long = lan.send(HOME, phone.local_address(), &vec![0; 65_508]).await.unwrap_err();
    assert!(matches!(too_long, SendError::Refused { .. }), "{too_long}");
}

#[tokio::test]
async fn goes_on_listening_after_a_phone_was_not_there() {
    let (port, phone) = (free_port(), phone());
    let mut lan = lan_on(port);
    let nobody = SocketAddrV4::new(HOME, free_port());
    lan.send(HOME, nobody, b"NOTIFY").await.unwrap();
    phone.send(nobody, b"anybody?").await.unwrap();
    phone.send(SocketAddrV4::new(HOME, port), b"still there?").await.unwrap();
    assert_eq!(heard(&mut lan).await.bytes, b"still there?");
    lan.send(HOME, phone.local_address(), b"yes").await.unwrap();
    assert_eq!(soon(phone.recv()).await.unwrap().1, b"yes");
}

#[tokio::test]
async fn refuses_to_send_from_an_address_that_is_not_open() {
    let refused = lan_on(free_port())
        .send([192, 0, 2, 1].into(), SocketAddrV4::new(HOME, 9), b"")
        .await
        .unwrap_err();
    assert!(matches!(refused, SendError::NotOurAddress { .. }), "{refused}");
}

#[tokio::test]
async fn frees_its_ports_when_a_card_is_closed() {
    let (port, card) = (free_port(), loopback());
    let mut lan = lan_on(port);
    let again = lan.open_card(&card, GROUP, port).unwrap_err();
    assert!(matches!(again, OpenError::AlreadyOpen { .. }), "{again}");
    assert!(lan.close_card(card.index).await);
    assert!(!lan.close_card(card.index).await);
    let open = lan.open_card(&card, GROUP, port).unwrap();
    assert_eq!(open.addresses[0].instead_of, None);
    lan.close().await;
    UdpSocket::bind((Ipv4Addr::UNSPECIFIED, port)).unwrap();
}

#[tokio::test]
async fn ends_its_tasks_when_it_is_dropped() {
    let port = free_port();
    drop(lan_on(port));
    soon(async {
        while UdpSocket::bind((Ipv4Addr::UNSPECIFIED, port)).is_err() {
            tokio::task::yield_now().await;
        }
    })
    .await;
}

#[tokio::test]
async fn says_nothing_of_a_card_that_was_closed() {
    let (port, phone, card) = (free_port(), phone(), loopback());
    let mut lan = lan_on(port);
    phone.send(SocketAddrV4::new(GROUP, port), b"too late").await.unwrap();
    lan.close_card(card.index).await;
    let other = Ipv4Addr::new(239, 255, 75, 3);
    let nothing = tokio::time::timeout(std::time::Duration::ZERO, lan.recv()).await;
    assert!(nothing.is_err(), "{nothing:?}");
    lan.open_card(&card, other, port).unwrap();
    phone.send(SocketAddrV4::new(other, port), b"in time").await.unwrap();
    assert_eq!(heard(&mut lan).await.bytes, b"in time");
}
