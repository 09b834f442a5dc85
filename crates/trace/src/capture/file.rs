//! Owns the file as a row of packets: bytes in, in any pieces; packets out. Knows both formats by name only, and
//! nothing of what a packet holds.

use super::pcap::Pcap;
use super::pcapng_file::PcapNg;
use super::window::Window;
use crate::note::{Notes, Reason};
use fingerpost_core::Span;
use std::sync::Arc;
use std::time::Duration;

/// No packet is longer; what claims to be is damage.
pub(super) const LONGEST_PACKET: usize = 1 << 18;

/// A packet as the file holds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Packet {
    /// Where its bytes stand in the file, and how many there are.
    pub(super) at: usize,
    pub(super) length: usize,
    /// How many it had on the wire.
    pub(super) original: usize,
    /// Whether the file ends inside it.
    pub(super) is_partial: bool,
    pub(super) link: u16,
    /// Since 1970-01-01 UTC, where the file tells.
    pub(super) time: Option<Duration>,
    pub(super) interface: Option<Arc<str>>,
}

/// What stands next in a file.
#[derive(Debug)]
pub(super) enum Step {
    /// A packet, in so many bytes of the file.
    Packet(Packet, usize),
    /// So many bytes that hold no packet.
    Other(usize),
    /// So many bytes make no sense.
    Damage(usize),
    /// More must come before it can be told.
    More,
}

/// A format, once it is known.
#[derive(Debug)]
enum Format {
    Unknown,
    Pcap(Pcap),
    PcapNg(PcapNg),
}

#[derive(Debug)]
pub(super) struct File {
    window: Window,
    format: Format,
    is_at_end: bool,
    /// Where the last damage ended.
    damaged: usize,
}

impl File {
    pub(super) fn new() -> Self {
        Self {
            window: Window::default(),
            format: Format::Unknown,
            is_at_end: false,
            damaged: usize::MAX,
        }
    }

    pub(super) fn add(&mut self, bytes: &[u8]) {
        self.window.add(bytes);
    }

    /// No more bytes will come.
    pub(super) fn end(&mut self) {
        self.is_at_end = true;
    }

    pub(super) fn bytes_of(&self, packet: &Packet) -> &[u8] {
        self.window.slice(packet.at, packet.length)
    }

    /// The next packet that is there, whole; at the end of the file also one that is not.
    pub(super) fn next(&mut self, notes: &mut Notes) -> Option<Packet> {
        loop {
            let (rest, at) = (self.window.rest(), self.window.offset());
            let step = match &mut self.format {
                Format::Unknown => {
                    self.format = recognised(rest)?;
                    continue;
                }
                Format::Pcap(pcap) => pcap.step(rest, at, self.is_at_end),
                Format::PcapNg(pcapng) => pcapng.step(rest, at, self.is_at_end),
            };
            match step {
                Step::Packet(packet, length) => {
                    if packet.is_partial {
                        notes.add(Reason::EndsInside, Span::new(at, at + length));
                    }
                    self.window.advance(length);
                    return Some(packet);
                }
                Step::Other(length) => self.window.advance(length),
                Step::Damage(length) => {
                    // What is passed over in several steps is damaged once.
                    if self.damaged != at {
                        notes.add(Reason::Damaged, Span::new(at, at + length));
                    }
                    self.damaged = at + length;
                    self.window.advance(length);
                }
                Step::More => return self.ended(notes),
            }
        }
    }

    fn ended(&mut self, notes: &mut Notes) -> Option<Packet> {
        let (left, at) = (self.window.rest().len(), self.window.offset());
        if self.is_at_end && left > 0 {
            notes.add(Reason::EndsInside, Span::new(at, at + left));
            self.window.advance(left);
        }
        None
    }
}

fn recognised(start: &[u8]) -> Option<Format> {
    let magic = start.first_chunk::<4>()?;
    if let Some(format) = super::pcap::Format::of_magic(*magic) {
        return Some(Format::Pcap(Pcap::new(format)));
    }
    Some(Format::PcapNg(PcapNg::default()))
}
