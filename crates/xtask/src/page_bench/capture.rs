//! Owns the capture file of the measurement: classic pcap of Ethernet, IPv4 and UDP, the same bytes each time. Written
//! here and not by what reads it.

use super::exchange::{Corpus, Side};
use anyhow::Result;
use std::io::Write;

const SIP: u16 = 5060;
const SERVER: [u8; 4] = [10, 255, 0, 1];
/// What a voice stream sends, fifty times a second.
const VOICE: usize = 172;
/// So many of those stand between two exchanges.
const VOICES: usize = 2;
/// A packet every 100 microseconds.
const STEP: u64 = 100;
/// 2026-01-01.
const BEGIN: u64 = 1_767_225_600_000_000;

/// What stands in a file.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) struct Written {
    pub(super) bytes: u64,
    pub(super) packets: u64,
    pub(super) messages: u64,
}

/// Writes exchanges with voice between them until the file has `size` bytes.
pub(super) fn write(corpus: &Corpus, size: u64, out: &mut impl Write) -> Result<Written> {
    let mut file = File { out, written: Written::default() };
    file.head()?;
    for number in 0.. {
        if file.written.bytes >= size {
            break;
        }
        file.exchange(corpus, number)?;
    }
    Ok(file.written)
}

struct File<'a, W> {
    out: &'a mut W,
    written: Written,
}

impl<W: Write> File<'_, W> {
    fn head(&mut self) -> Result<()> {
        self.put(&0xa1b2_c3d4_u32.to_le_bytes())?;
        self.put(&[2, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0])?;
        self.put(&65_535_u32.to_le_bytes())?;
        self.put(&1_u32.to_le_bytes())
    }

    fn exchange(&mut self, corpus: &Corpus, number: usize) -> Result<()> {
        let [.., a, b, c] = number.to_be_bytes();
        let phone = [10, a, b, c];
        for (side, text) in corpus.exchange(number) {
            let (from, to) = match side {
                Side::Phone => (phone, SERVER),
                Side::Server => (SERVER, phone),
            };
            self.packet(&datagram((from, SIP), (to, SIP), text.as_bytes()))?;
            self.written.messages += 1;
        }
        for _ in 0..VOICES {
            let voice = voice(self.written.packets);
            self.packet(&datagram((phone, 11_780), (SERVER, 16_384), &voice))?;
        }
        Ok(())
    }

    fn packet(&mut self, frame: &[u8]) -> Result<()> {
        let time = BEGIN + self.written.packets * STEP;
        let length = u32::try_from(frame.len())?.to_le_bytes();
        self.put(&u32::try_from(time / 1_000_000)?.to_le_bytes())?;
        self.put(&u32::try_from(time % 1_000_000)?.to_le_bytes())?;
        self.put(&length)?;
        self.put(&length)?;
        self.put(frame)?;
        self.written.packets += 1;
        Ok(())
    }

    fn put(&mut self, bytes: &[u8]) -> Result<()> {
        self.written.bytes += bytes.len() as u64;
        Ok(self.out.write_all(bytes)?)
    }
}

/// An RTP packet (RFC 3550 §5.1) of G.711, its sound made of a counter.
fn voice(number: u64) -> Vec<u8> {
    let [.., high, low] = number.to_be_bytes();
    let mut packet = vec![0x80, 0, high, low, 0, 0, high, low, 1, 2, 3, 4];
    packet.extend((0..VOICE - packet.len()).map(|at| low.wrapping_mul(31) ^ at.to_le_bytes()[0]));
    packet
}

type End = ([u8; 4], u16);

fn datagram(from: End, to: End, payload: &[u8]) -> Vec<u8> {
    let length =
        |more: usize| u16::try_from(payload.len() + more).unwrap_or(u16::MAX).to_be_bytes();
    let mut frame = vec![2, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 2, 8, 0];
    let mut ip = vec![0x45, 0];
    ip.extend(length(28));
    ip.extend([0, 0, 0, 0, 64, 17, 0, 0]);
    ip.extend(from.0);
    ip.extend(to.0);
    let sum = !sum(&ip);
    ip[10..12].copy_from_slice(&sum.to_be_bytes());
    frame.extend(ip);
    frame.extend(from.1.to_be_bytes());
    frame.extend(to.1.to_be_bytes());
    frame.extend(length(8));
    // No checksum (RFC 768).
    frame.extend([0, 0]);
    frame.extend(payload);
    frame
}

/// The sum of RFC 1071.
fn sum(bytes: &[u8]) -> u16 {
    let words = bytes.chunks(2).map(|pair| u32::from(pair[0]) << 8 | u32::from(pair[1]));
    let sum: u32 = words.sum();
    let folded = (sum & 0xffff) + (sum >> 16);
    u16::try_from((folded & 0xffff) + (folded >> 16)).unwrap_or(u16::MAX)
}

#[cfg(test)]
mod tests {
    use super::super::exchange::of_this_workspace;
    use super::*;

    #[test]
    fn a_file_is_as_long_as_asked_for_and_the_same_each_time() {
        let corpus = of_this_workspace();
        let (mut one, mut two) = (Vec::new(), Vec::new());
        let written = write(&corpus, 100_000, &mut one).unwrap();
        write(&corpus, 100_000, &mut two).unwrap();
        assert!(one == two && one.len() as u64 == written.bytes && one.len() >= 100_000);
        assert_eq!(written.packets, written.messages / 4 * (4 + VOICES as u64));
    }

    #[test]
    fn a_datagram_has_the_lengths_and_the_sum_that_a_card_wants() {
        let frame = datagram(([10, 0, 0, 1], 5060), ([10, 0, 0, 2], 5060), b"OPTIONS");
        let (ip, udp) = (&frame[14..34], &frame[34..]);
        assert_eq!((sum(ip), &ip[2..4]), (0xffff, &[0, 35][..]));
        assert_eq!((&udp[4..6], &udp[8..]), (&[0, 15][..], &b"OPTIONS"[..]));
    }
}
