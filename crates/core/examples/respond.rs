//! Answers every phone that asks for its configuration, over a socket of the standard library:
//! `cargo run -p fingerpost-core --example respond -- 192.0.2.1/24 5060 'http://192.0.2.1/{mac}.xml'`
#![allow(clippy::print_stdout, reason = "it says what happens")]

use fingerpost_core::pnp::{Answer, Arrival, Card, CardAddress, CardId, Decision, Dialect};
use fingerpost_core::pnp::{Responder, ResponderConfig, ResponderEvent, Subnet};
use fingerpost_core::{Entropy, Instant};
use std::hash::{BuildHasher, RandomState};
use std::{io, net::UdpSocket, time::Duration};

/// The randomness that the standard library keeps its own hash tables safe with.
#[derive(Debug)]
struct System;

impl Entropy for System {
    fn fill(&mut self, bytes: &mut [u8]) {
        bytes.fill_with(|| RandomState::new().hash_one(0).to_le_bytes()[0]);
    }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [card, port, url] = &arguments[..] else { return Err("ADDRESS/PREFIX PORT URL".into()) };
    let card: Subnet = card.parse()?;
    let socket = UdpSocket::bind(("0.0.0.0", port.parse()?))?;
    socket.join_multicast_v4(&[224, 0, 1, 75].into(), &card.address())?;
    Ok(respond(&socket, card, url)?)
}

pub fn respond(socket: &UdpSocket, card: Subnet, url: &str) -> io::Result<()> {
    let own = CardAddress::new(card, socket.local_addr()?.port());
    let mut responder = Responder::new(ResponderConfig::default(), Box::new(System));
    responder.set_cards([Card::new(CardId(1), "card", vec![own])]);
    let (began, mut buffer) = (std::time::Instant::now(), vec![0; 65_535]);
    let now = || Instant::ZERO + began.elapsed();
    loop {
        let wait = responder.poll_timeout().map(|due| (due - now()).max(Duration::from_millis(1)));
        socket.set_read_timeout(wait)?;
        if let Ok((length, source)) = socket.recv_from(&mut buffer) {
            let bytes = &buffer[..length];
            let arrival = Arrival { card: CardId(1), source, is_multicast: true, bytes };
            responder.handle_datagram(now(), &arrival);
        }
        responder.handle_timeout(now());
        while let Some(event) = responder.poll_event() {
            println!("{event:?}");
            if let ResponderEvent::Asked(asked) = event {
                let answer = Answer::new(url, Dialect::Auto, "everyone");
                responder.decide(now(), asked.token, Decision::Answer(answer));
            }
        }
        while let Some(transmit) = responder.poll_transmit() {
            socket.send_to(&transmit.bytes, transmit.to)?;
        }
    }
}
