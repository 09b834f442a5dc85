//! Owns what the tests on the loopback share: the card, free ports, bounded waits.

#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "test code; not every test file uses all of it"
)]

use fingerpost_net::{Card, CardKind, Datagram, Incoming, Lan, PhoneSocket, list_cards};
use std::future::Future;
use std::net::{Ipv4Addr, UdpSocket};
use std::time::Duration;

pub(crate) const HOME: Ipv4Addr = Ipv4Addr::LOCALHOST;

/// The loopback card, with 127.0.0.1 only.
pub(crate) fn loopback() -> Card {
    let cards = list_cards().unwrap();
    let mut card = cards.into_iter().find(|card| card.kind == CardKind::Loopback).unwrap();
    card.networks.retain(|network| network.address == HOME);
    card
}

/// A port that was free on every address a moment ago.
pub(crate) fn free_port() -> u16 {
    let socket = UdpSocket::bind((Ipv4Addr::UNSPECIFIED, 0)).unwrap();
    socket.local_addr().unwrap().port()
}

/// Whatever does not come within five seconds does not come.
pub(crate) async fn soon<F: Future>(what: F) -> F::Output {
    tokio::time::timeout(Duration::from_secs(5), what).await.expect("nothing within five seconds")
}

pub(crate) async fn heard(lan: &mut Lan) -> Datagram {
    loop {
        match soon(lan.recv()).await {
            Incoming::Datagram(datagram) => return datagram,
            Incoming::Cards(_) => {}
            other => panic!("not a datagram: {other:?}"),
        }
    }
}

pub(crate) fn phone() -> PhoneSocket {
    PhoneSocket::open(HOME, None).unwrap()
}
