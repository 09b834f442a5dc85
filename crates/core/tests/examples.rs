//! The examples do what they say. Each is run as a module of this test.

#![allow(clippy::unwrap_used, reason = "a test stops at the first thing that is not as expected")]
#![allow(dead_code, unreachable_pub, reason = "an example is a program, here it is a module")]

#[path = "../examples/compose.rs"]
mod compose;
#[path = "../examples/inspect.rs"]
mod inspect;
#[path = "../examples/respond.rs"]
mod respond;

use fingerpost_core::check::{Context, check};
use fingerpost_core::pnp::{Arrival, CardId};
use fingerpost_core::pnp::{Patience, Phone, Subscriber, profile};
use fingerpost_core::{Instant, Message, SeededEntropy};
use std::net::UdpSocket;
use std::time::Duration;

#[test]
fn inspect_names_every_value_and_every_finding() {
    let text = "SUBSCRIBE sip:224.0.1.75 SIP/2.0\r\nEvent: ua-profile\r\nExpires: soon\r\n\r\n";
    let said = inspect::inspect(text.as_bytes()).unwrap();
    assert!(said.contains("   41 event-package  ua-profile  "), "{said}");
    assert!(
        said.contains(
            "error at byte 62: Expires \"soon\": expected a decimal number (RFC 3261 §25.1)"
        ),
        "{said}"
    );
    assert!(inspect::inspect(b"hello").is_err());
}

#[test]
fn compose_writes_messages_without_finding() {
    let bytes = compose::options().unwrap();
    assert_eq!(check(&Message::parse(&bytes).unwrap(), &Context::default()), []);
    let bytes =
        compose::filled("OPTIONS sip:{{host}} SIP/2.0\n", &[("host", "a.example")]).unwrap();
    assert_eq!(bytes, b"OPTIONS sip:a.example SIP/2.0\r\nContent-Length: 0\r\n\r\n");
}

#[test]
fn respond_tells_a_phone_its_url() {
    let server = UdpSocket::bind("127.0.0.1:0").unwrap();
    let to = server.local_addr().unwrap();
    // It answers for as long as the test runs.
    std::thread::spawn(move || {
        respond::respond(&server, "127.0.0.1/8".parse().unwrap(), "tftp://127.0.0.1/a.cfg")
    });
    let socket = UdpSocket::bind("127.0.0.1:0").unwrap();
    socket.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    let phone = Subscriber::new(socket.local_addr().unwrap());
    let snom = profile::find("snom").unwrap();
    let mut phone =
        Phone::new(snom, &phone, Patience::default(), &mut SeededEntropy::new(1)).unwrap();
    phone.start(Instant::ZERO);
    socket.send_to(&phone.poll_transmit().unwrap().bytes, to).unwrap();
    let mut buffer = [0; 2000];
    while !phone.has_ended() {
        let (length, source) = socket.recv_from(&mut buffer).unwrap();
        let bytes = &buffer[..length];
        let arrival = Arrival { card: CardId(0), source, is_multicast: false, bytes };
        phone.handle_datagram(Instant::ZERO, &arrival);
        while let Some(transmit) = phone.poll_transmit() {
            socket.send_to(&transmit.bytes, transmit.to).unwrap();
        }
    }
    assert_eq!(phone.url(), Some("tftp://127.0.0.1/a.cfg"));
}
