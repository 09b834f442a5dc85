//! Owns the way from a capture file to the messages in it: packets out of the file, datagrams and streams out of the
//! packets, messages out of those. Whatever the port: what begins with a start line is a message.
//! Every byte keeps the place in the file where it stands.

mod file;
mod fragments;
mod ip;
mod link;
mod open_streams;
mod packets;
mod pcap;
mod pcapng_file;
mod placed;
mod sighting;
mod sip;
mod stream;
mod window;

pub(crate) use packets::Capture;

/// Whether a file that begins so is a capture file; `None` where more must be seen.
pub(crate) fn is_capture(start: &[u8]) -> Option<bool> {
    let magic = start.first_chunk::<4>()?;
    Some(*magic == pcapng_file::SECTION.to_be_bytes() || pcap::Format::of_magic(*magic).is_some())
}
