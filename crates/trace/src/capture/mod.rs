//! Owns the way from a capture file to the messages in it: packets out of the file, datagrams and streams out of the
//! packets, messages out of those. Whatever the port: what begins with a start line is a message.
//! Every byte keeps the place in the file where it stands.

#[cfg(feature = "pcap")]
mod file;
#[cfg(feature = "pcap")]
mod fragments;
mod ip;
mod link;
#[cfg(feature = "pcap")]
mod open_streams;
#[cfg(feature = "pcap")]
mod packets;
#[cfg(feature = "pcap")]
mod pcap;
#[cfg(feature = "pcap")]
mod pcapng_file;
mod placed;
#[cfg(feature = "pcap")]
mod sighting;
mod single;
mod sip;
#[cfg(feature = "pcap")]
mod stream;
#[cfg(feature = "pcap")]
mod window;

#[cfg(feature = "pcap")]
pub(crate) use packets::Capture;
pub(crate) use single::message_in;

/// Whether a file that begins so is a capture file; `None` where more must be seen.
#[cfg(feature = "pcap")]
pub(crate) fn is_capture(start: &[u8]) -> Option<bool> {
    let magic = start.first_chunk::<4>()?;
    Some(*magic == pcapng_file::SECTION.to_be_bytes() || pcap::Format::of_magic(*magic).is_some())
}
