//! The self-test of a card over real sockets on the loopback, and what the kernel says meanwhile.

#![allow(clippy::unwrap_used, reason = "test code outside #[test] functions")]
#![cfg(target_os = "linux")]

mod support;

use fingerpost_net::{GroupProbe, Lan, group_members, hardware_address, traffic};
use std::net::{Ipv4Addr, SocketAddrV4};
use support::{HOME, free_port, heard, loopback, soon};

/// Groups of this machine's own (RFC 2365), one for each test: what the kernel counts is counted by group.
const GROUP: [Ipv4Addr; 3] = [
    Ipv4Addr::new(239, 255, 75, 11),
    Ipv4Addr::new(239, 255, 75, 12),
    Ipv4Addr::new(239, 255, 75, 13),
];

fn joined(group: Ipv4Addr) -> u32 {
    let members = group_members(group).unwrap();
    let on_loopback = members.iter().find(|member| member.card_index == loopback().index);
    on_loopback.map_or(0, |member| member.sockets)
}

#[tokio::test]
async fn hears_what_it_sent_and_the_kernel_says_that_it_joined() {
    let group = SocketAddrV4::new(GROUP[0], free_port());
    assert_eq!(joined(GROUP[0]), 0);
    let probe = GroupProbe::open(&loopback(), group).unwrap();
    assert_eq!(joined(GROUP[0]), 1);
    probe.send(b"am I heard").await.unwrap();
    let (source, bytes) = soon(probe.recv()).await.unwrap();
    assert_eq!((source, &bytes[..]), (probe.local_address(), &b"am I heard"[..]));
    assert_eq!(*source.ip(), HOME);
    drop(probe);
    assert_eq!(joined(GROUP[0]), 0);
}

#[tokio::test]
async fn works_beside_a_server_on_the_same_group_and_card() {
    let port = free_port();
    let mut lan = Lan::new();
    lan.open_card(&loopback(), GROUP[1], port).unwrap();
    let probe = GroupProbe::open(&loopback(), SocketAddrV4::new(GROUP[1], port)).unwrap();
    assert_eq!(joined(GROUP[1]), 2);
    probe.send(b"both hear this").await.unwrap();
    assert_eq!(soon(probe.recv()).await.unwrap().1, b"both hear this");
    assert_eq!(heard(&mut lan).await.bytes, b"both hear this");
}

#[tokio::test]
async fn the_cards_counter_counts() {
    let before = traffic(&loopback()).unwrap().packets;
    let probe = GroupProbe::open(&loopback(), SocketAddrV4::new(GROUP[2], free_port())).unwrap();
    probe.send(b"one packet").await.unwrap();
    soon(probe.recv()).await.unwrap();
    assert!(traffic(&loopback()).unwrap().packets > before);
    assert_eq!(hardware_address(HOME), None, "the loopback has no neighbours");
}
