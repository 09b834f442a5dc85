//! Owns a capture file from its bytes to its messages: drives the file, the fragments and the streams, and says with
//! every message when it crossed the wire, between whom, and on which card.

use super::file::File;
use super::fragments::{Assembled, Fragments};
use super::ip::{self, Ip};
use super::link::{self, Frame};
use super::open_streams::{OpenStreams, Segment, Way};
use super::placed::{Placed, Run};
use super::sighting::Sighting;
use super::sip;
use super::stream::{Cut, Outcome};
use crate::note::{Notes, Reason};
use crate::{Found, Origin, Time, Transport};
use fingerpost_core::{Message, Span};
use std::collections::VecDeque;
use std::net::{IpAddr, SocketAddr};

const TCP: u8 = 6;
const UDP: u8 = 17;
const UDP_HEADER: usize = 8;

/// A capture file that is being read.
#[derive(Debug)]
pub(crate) struct Capture {
    file: File,
    fragments: Fragments,
    streams: OpenStreams,
    cuts: Vec<Cut>,
    frame: u64,
    found: VecDeque<Found>,
}

impl Capture {
    pub(crate) fn new() -> Self {
        Self {
            file: File::new(),
            fragments: Fragments::default(),
            streams: OpenStreams::default(),
            cuts: Vec::new(),
            frame: 0,
            found: VecDeque::new(),
        }
    }

    pub(crate) fn poll(&mut self) -> Option<Found> {
        self.found.pop_front()
    }

    /// How many packets were read.
    pub(crate) const fn frames(&self) -> u64 {
        self.frame
    }

    pub(crate) fn handle_bytes(&mut self, bytes: &[u8], notes: &mut Notes) {
        self.file.add(bytes);
        self.read(notes);
    }

    /// The file is at its end: what waits for more will wait in vain.
    pub(crate) fn finish(&mut self, notes: &mut Notes) {
        self.file.end();
        self.read(notes);
        while let Some(packet) = self.fragments.oldest() {
            self.incomplete(&packet, notes);
        }
        while let Some((way, seen)) = self.streams.oldest(&mut self.cuts) {
            self.hand_out(way, &seen, notes);
        }
    }

    fn read(&mut self, notes: &mut Notes) {
        while let Some(packet) = self.file.next(notes) {
            self.frame += 1;
            let runs = [Run { start: 0, at: packet.at }];
            let bytes = Placed::new(self.file.bytes_of(&packet), &runs);
            let ip = match link::read(packet.link, bytes) {
                Frame::Ip(packet) => ip::read(packet),
                Frame::SomethingElse => None,
                Frame::Unknown => {
                    notes.add(Reason::LinkType(packet.link), bytes.span());
                    None
                }
            };
            let Some(ip) = ip else { continue };
            let mut at_work = AtWork {
                fragments: &mut self.fragments,
                streams: &mut self.streams,
                cuts: &mut self.cuts,
                found: &mut self.found,
                seen: &Sighting::of(&packet, self.frame),
                notes,
            };
            at_work.carried(&ip);
            self.relieve(notes);
        }
    }

    /// Gives up what is too much.
    fn relieve(&mut self, notes: &mut Notes) {
        while let Some(packet) = self.fragments.overflow() {
            notes.add(Reason::TooMuchOpen, Placed::new(&packet.bytes, &packet.runs).span());
            self.incomplete(&packet, notes);
        }
        while let Some((way, seen)) = self.streams.overflow(&mut self.cuts) {
            notes.add(Reason::TooMuchOpen, Span::default());
            self.hand_out(way, &seen, notes);
        }
    }

    /// A packet of which a fragment is missing.
    fn incomplete(&mut self, packet: &Assembled, notes: &mut Notes) {
        let payload = Placed::new(&packet.bytes, &packet.runs);
        if packet.protocol != UDP || packet.is_whole {
            return;
        }
        let Some((way, payload, _)) = datagram(packet.from, packet.to, payload) else { return };
        if sip::begins(payload.bytes) {
            notes.add(Reason::FragmentMissing, payload.span());
            let origin = origin(way, Transport::Udp, packet.seen.as_ref());
            self.found.push_back(cut_off(found(payload, origin)));
        }
    }

    fn hand_out(&mut self, way: Way, seen: &Sighting, notes: &mut Notes) {
        hand_out(&mut self.cuts, way, seen, &mut self.found, notes);
    }
}

/// All that a packet can change while it is read.
struct AtWork<'a> {
    fragments: &'a mut Fragments,
    streams: &'a mut OpenStreams,
    cuts: &'a mut Vec<Cut>,
    found: &'a mut VecDeque<Found>,
    seen: &'a Sighting,
    notes: &'a mut Notes,
}

impl AtWork<'_> {
    fn carried(&mut self, ip: &Ip<'_>) {
        let Some(fragment) = ip.fragment else {
            return self.whole(ip.from, ip.to, ip.protocol, ip.payload);
        };
        if let Some(packet) = self.fragments.add(ip, fragment, self.seen) {
            let payload = Placed::new(&packet.bytes, &packet.runs);
            self.whole(packet.from, packet.to, packet.protocol, payload);
        }
    }

    fn whole(&mut self, from: IpAddr, to: IpAddr, protocol: u8, payload: Placed<'_>) {
        match protocol {
            UDP => self.udp(from, to, payload),
            TCP => self.tcp(from, to, payload),
            _ => {}
        }
    }

    fn udp(&mut self, from: IpAddr, to: IpAddr, payload: Placed<'_>) {
        let Some((way, payload, is_whole)) = datagram(from, to, payload) else { return };
        if !sip::begins(payload.bytes) {
            return;
        }
        let message = found(payload, origin(way, Transport::Udp, Some(self.seen)));
        if is_whole {
            self.found.push_back(message);
        } else {
            self.notes.add(Reason::Truncated, message.source);
            self.found.push_back(cut_off(message));
        }
    }

    fn tcp(&mut self, from: IpAddr, to: IpAddr, payload: Placed<'_>) {
        if let Some(segment) = Segment::read(from, to, payload) {
            self.streams.handle(segment, self.seen, self.cuts);
            hand_out(self.cuts, segment.way, self.seen, self.found, self.notes);
        }
    }
}

/// Addresses and payload of a UDP datagram, and whether all of it is there.
fn datagram(from: IpAddr, to: IpAddr, udp: Placed<'_>) -> Option<(Way, Placed<'_>, bool)> {
    let way = (SocketAddr::new(from, udp.u16(0)?), SocketAddr::new(to, udp.u16(2)?));
    let payload = udp.skip(UDP_HEADER)?;
    // No length stands in what a card is still to cut into segments.
    let length = match usize::from(udp.u16(4)?) {
        0 => payload.bytes.len(),
        length => length.checked_sub(UDP_HEADER)?,
    };
    Some((way, payload.first(length), payload.bytes.len() >= length))
}

fn origin(way: Way, transport: Transport, seen: Option<&Sighting>) -> Origin {
    Origin {
        time: seen.and_then(|seen| seen.time).map(Time::utc),
        from: Some(way.0),
        to: Some(way.1),
        transport: Some(transport),
        interface: seen.and_then(|seen| seen.interface.clone()),
        frame: seen.map(|seen| seen.frame),
    }
}

fn found(message: Placed<'_>, origin: Origin) -> Found {
    Found {
        source: message.span(),
        bytes: message.bytes.to_vec(),
        map: message.map(),
        origin,
        ..Found::default()
    }
}

/// A message that breaks off; where its headers end, core says that the body is too short.
fn cut_off(message: Found) -> Found {
    let is_complete = Message::parse(&message.bytes).is_ok_and(|message| message.is_complete());
    Found { is_cut_off: !is_complete, ..message }
}

fn hand_out(
    cuts: &mut Vec<Cut>,
    way: Way,
    seen: &Sighting,
    out: &mut VecDeque<Found>,
    notes: &mut Notes,
) {
    for cut in cuts.drain(..) {
        let message = Placed::new(&cut.bytes, &cut.runs);
        let found = || found(message, origin(way, Transport::Tcp, Some(seen)));
        let reason = match cut.outcome {
            Outcome::Message => None,
            Outcome::CutOff => Some(Reason::StreamGap),
            Outcome::Unmeasured => Some(Reason::StreamLength),
            Outcome::Broken => Some(Reason::StreamBroken),
        };
        if let Some(reason) = reason {
            notes.add(reason, message.span());
        }
        match cut.outcome {
            Outcome::Broken => {}
            Outcome::CutOff => out.push_back(cut_off(found())),
            Outcome::Message | Outcome::Unmeasured => out.push_back(found()),
        }
    }
}
