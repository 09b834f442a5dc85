//! What is said when a card cannot be opened.
#![cfg(target_os = "linux")]
#![allow(clippy::panic, reason = "test code outside #[test] functions")]

mod support;

use fingerpost_net::{CardSockets, HeldPort, OpenError, PhoneSocket, port_holders};
use std::net::{Ipv4Addr, Ipv6Addr, UdpSocket};
use support::{HOME, free_port, loopback};

const GROUP: Ipv4Addr = Ipv4Addr::new(239, 255, 76, 1);

fn refused(port: u16) -> HeldPort {
    match CardSockets::open(&loopback(), GROUP, port) {
        Err(OpenError::PortHeld(held)) => held,
        other => panic!("not refused as held: {other:?}"),
    }
}

#[test]
fn names_the_holder_of_a_taken_port() {
    let softphone = UdpSocket::bind((Ipv4Addr::UNSPECIFIED, 0)).unwrap();
    let address = softphone.local_addr().unwrap();
    let held = refused(address.port());
    assert_eq!((held.address, held.port), (GROUP, address.port()));
    let holder = held.holder.clone().unwrap();
    assert_eq!((holder.address, holder.pid), (address, Some(std::process::id())));
    let text = held.to_string();
    assert!(text.contains(&holder.program.unwrap()), "{text}");
    assert!(text.contains(&format!("(process {}) on {address}", std::process::id())), "{text}");
}

#[test]
fn names_a_holder_that_holds_ipv4_through_ipv6() {
    // A machine without IPv6 cannot come into this state.
    let Ok(softphone) = UdpSocket::bind((Ipv6Addr::UNSPECIFIED, 0)) else { return };
    let address = softphone.local_addr().unwrap();
    assert_eq!(refused(address.port()).holder.map(|holder| holder.address), Some(address));
}

#[test]
fn names_who_holds_the_unicast_port_and_takes_another() {
    let softphone = UdpSocket::bind((HOME, 0)).unwrap();
    let address = softphone.local_addr().unwrap();
    let sockets = CardSockets::open(&loopback(), GROUP, address.port()).unwrap();
    let own = &sockets.about().addresses[0];
    assert_ne!(own.port, address.port());
    let holder = own.instead_of.clone().and_then(|held| held.holder).unwrap();
    assert_eq!((holder.address, holder.pid), (address, Some(std::process::id())));
}

#[tokio::test]
async fn names_who_holds_a_phones_port() {
    let softphone = UdpSocket::bind((HOME, 0)).unwrap();
    let port = softphone.local_addr().unwrap().port();
    let refused = PhoneSocket::open(HOME, Some(port)).unwrap_err();
    assert!(refused.to_string().contains(&std::process::id().to_string()), "{refused}");
}

#[test]
fn lists_nobody_on_a_free_port() {
    assert_eq!(port_holders(free_port()), []);
}

#[test]
fn says_which_card_cannot_join() {
    let mut pulled_out = loopback();
    pulled_out.index = 999_999;
    let refused = CardSockets::open(&pulled_out, GROUP, free_port()).unwrap_err();
    assert!(matches!(refused, OpenError::Join { .. }), "{refused}");
    assert!(refused.to_string().contains("on lo: No such device"), "{refused}");
}

#[test]
fn says_when_an_address_is_gone() {
    let mut moved = loopback();
    moved.networks[0].address = Ipv4Addr::new(192, 0, 2, 250);
    let refused = CardSockets::open(&moved, GROUP, free_port()).unwrap_err();
    assert!(matches!(refused, OpenError::Socket { .. }), "{refused}");
}
