//! The responder under any sequence of datagrams, decisions and times: it sends only to who spoke to it, seldom, and
//! never asks to be woken for the past.

use crate::script::Script;
use fingerpost_core::pnp::{
    Answer, Arrival, Card, CardAddress, CardId, Decision, Denial, Dialect, Responder,
    ResponderConfig, ResponderEvent, Subnet, Token,
};
use fingerpost_core::{Instant, SeededEntropy};
use std::net::{Ipv4Addr, SocketAddr};

const CARD: CardId = CardId(2);

/// A 200, three NOTIFYs after the first, and the same again in the other shape.
const MOST_FOR_ONE_DATAGRAM: usize = 10;

/// What the responder lives through, and what it said.
struct Life {
    responder: Responder,
    now: u64,
    sources: Vec<SocketAddr>,
    asked: Vec<Token>,
    last_notify: Vec<u8>,
    heard: usize,
    sent: usize,
}

/// The bytes are what happens, one thing after the other.
pub fn any_sequence(bytes: &[u8]) {
    let mut script = Script::new(bytes);
    let mut life = Life::new();
    while life.step(&mut script).is_some() {
        life.look();
    }
}

impl Life {
    fn new() -> Self {
        let config = ResponderConfig::default().with_max_exchanges(4);
        let mut responder = Responder::new(config, Box::new(SeededEntropy::new(1)));
        let address = CardAddress::new(Subnet::new(Ipv4Addr::new(192, 0, 2, 1), 24), 5060);
        responder.set_cards([Card::new(CARD, "eth0", vec![address])]);
        Self {
            responder,
            now: 0,
            sources: Vec::new(),
            asked: Vec::new(),
            last_notify: Vec::new(),
            heard: 0,
            sent: 0,
        }
    }

    fn step(&mut self, script: &mut Script<'_>) -> Option<()> {
        match script.byte()? % 6 {
            0 => {
                let subscribe = subscribe(script)?;
                self.hear(script, &subscribe)
            }
            1 => {
                let response = response(&self.last_notify, script)?;
                self.hear(script, &response)
            }
            2 => {
                let bytes = script.bytes()?;
                self.hear(script, bytes)
            }
            3 => {
                self.decide(script)?;
                Some(())
            }
            // Sometimes the machine slept, sometimes it is woken for nothing.
            4 => {
                self.now += u64::from(script.number()?) * 100;
                Some(())
            }
            _ => {
                self.responder.handle_timeout(Instant::from_micros(self.now));
                Some(())
            }
        }
    }

    fn hear(&mut self, script: &mut Script<'_>, bytes: &[u8]) -> Option<()> {
        let host = Ipv4Addr::new(192, 0, script.choose(&[2, 2, 3])?, script.byte()?);
        let source = SocketAddr::from((host, script.choose(&[5060, 2051, 0])?));
        let is_multicast = script.choose(&[true, false])?;
        let arrival = Arrival { card: CARD, source, is_multicast, bytes };
        self.responder.handle_datagram(Instant::from_micros(self.now), &arrival);
        self.sources.push(source);
        self.heard += 1;
        Some(())
    }

    fn decide(&mut self, script: &mut Script<'_>) -> Option<()> {
        let dialect = script.choose(&[Dialect::Rfc, Dialect::Manual, Dialect::Auto])?;
        let kind = script.byte()?;
        let Some(token) = self.asked.pop() else { return Some(()) };
        let decision = match kind % 4 {
            0 => Decision::Deny(Denial::new(403, "Forbidden", "a rule")),
            1 => Decision::Ignore { reason: "not ours".into() },
            _ => Decision::Answer(Answer::new("http://192.0.2.1/a.cfg", dialect, "a rule")),
        };
        self.responder.decide(Instant::from_micros(self.now), token, decision);
        Some(())
    }

    /// Takes what it says, and holds it to its promises.
    fn look(&mut self) {
        while let Some(event) = self.responder.poll_event() {
            if let ResponderEvent::Asked(asked) = event {
                self.asked.push(asked.token);
            }
        }
        while let Some(transmit) = self.responder.poll_transmit() {
            self.sent += 1;
            assert!(self.sources.contains(&transmit.to), "sent to a stranger: {transmit:?}");
            assert!(!transmit.to.ip().is_multicast() && transmit.to.port() != 0, "{transmit:?}");
            crate::tile(&transmit.bytes);
            if transmit.bytes.starts_with(b"NOTIFY") {
                self.last_notify = transmit.bytes;
            }
        }
        assert!(
            self.sent <= self.heard * MOST_FOR_ONE_DATAGRAM,
            "{} for {}",
            self.sent,
            self.heard
        );
        let now = Instant::from_micros(self.now);
        self.responder.handle_timeout(now);
        assert!(self.responder.poll_timeout().is_none_or(|due| due > now), "woken for the past");
    }
}

/// A phone's SUBSCRIBE, with its Call-ID, branch and vendor chosen, and perhaps a byte changed.
fn subscribe(script: &mut Script<'_>) -> Option<Vec<u8>> {
    let (call, branch) = (script.byte()? % 4, script.byte()? % 4);
    let vendor = script.choose(&["snom", "AudioCodes", "Yealink", "nobody"])?;
    let text = format!(
        "SUBSCRIBE sip:224.0.1.75 SIP/2.0\r\n\
         Via: SIP/2.0/UDP 192.0.2.7:5060;rport;branch=z9hG4bK{branch}\r\n\
         From: <sip:MAC%3a0004130A1B2C@224.0.1.75>;tag=7\r\n\
         To: <sip:MAC%3a0004130A1B2C@224.0.1.75>\r\n\
         Call-ID: {call}@192.0.2.7\r\nCSeq: 1 SUBSCRIBE\r\nContact: <sip:192.0.2.7:5060>\r\n\
         Event: ua-profile;profile-type=\"device\";vendor=\"{vendor}\";model=\"a\";version=\"1\"\r\n\
         Expires: 0\r\nAccept: application/url\r\nContent-Length: 0\r\n\r\n"
    );
    let mut bytes = text.into_bytes();
    let (at, byte) = (usize::from(script.number()?), script.byte()?);
    if let Some(place) = bytes.get_mut(at) {
        *place = byte;
    }
    Some(bytes)
}

/// A response to the last NOTIFY: its own lines behind another first one.
fn response(notify: &[u8], script: &mut Script<'_>) -> Option<Vec<u8>> {
    let status = script.choose(&["SIP/2.0 200 OK", "SIP/2.0 481 Gone", "SIP/2.0 100 Trying"])?;
    let end = notify.iter().position(|byte| *byte == b'\r').unwrap_or(notify.len());
    Some([status.as_bytes(), &notify[end..]].concat())
}
