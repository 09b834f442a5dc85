//! Owns a recording as a capture file: the datagrams as packets; all else as JSON in the comment of the first packet,
//! where Wireshark shows it and keeps it.

use super::{RecordedMessage, Recording};
use crate::recorder::Direction;
use fingerpost_trace::pcapng::{self, Datagram, Interface, ReadDatagram, WriteError, Writer};
use serde::{Deserialize, Serialize};
use std::net::SocketAddr;
use std::time::Duration;

/// What the comment begins with.
const MARK: &str = "Fingerpost recording: ";

/// The file is no recording of an exchange.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NotARecordingError {
    /// It is no capture file of ours.
    #[error(transparent)]
    Capture(#[from] pcapng::ReadError),
    /// Its first packet has no comment with what the machine was given.
    #[error(
        "the first packet has no comment of a Fingerpost recording: a capture of another program cannot be replayed, only looked at (`fingerpost inspect`)"
    )]
    Uncommented,
    /// It is neither a capture nor the JSON of a recording.
    #[error(
        "this is neither a pcapng file nor the JSON of a recording ({0}); make one with `fingerpost export`"
    )]
    Json(String),
    /// A newer Fingerpost made it.
    #[error("a newer Fingerpost made this recording (format {found}; this one knows {known})")]
    Format {
        /// Its format.
        found: u32,
        /// What is known here.
        known: u32,
    },
}

/// What the packets do not say.
#[derive(Serialize, Deserialize)]
struct Comment {
    #[serde(flatten)]
    recording: Recording,
    /// Of each packet when that was handled which caused it.
    caused_at: Vec<Option<i64>>,
    /// How many packets the exchanges before it have, which come first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    packets_before: Vec<usize>,
}

impl Recording {
    /// The recording as a capture file.
    ///
    /// # Errors
    /// [`WriteError`] where a datagram cannot stand in one.
    pub fn to_pcapng(&self) -> Result<Vec<u8>, WriteError> {
        let mut writer = Writer::new(&[Interface::named(&self.interface)]);
        let mut comment = self.comment();
        for message in self.packets() {
            writer.add(&packet(message).with_comment(&comment))?;
            comment.clear();
        }
        Ok(writer.take())
    }

    /// The packets of the exchanges before it, and its own.
    fn packets(&self) -> impl Iterator<Item = &RecordedMessage> {
        self.before.iter().flat_map(|one| &one.messages).chain(&self.messages)
    }

    fn comment(&self) -> String {
        let bare = |one: &Self| Self { messages: Vec::new(), ..one.clone() };
        let recording = Self { before: self.before.iter().map(bare).collect(), ..bare(self) };
        let caused_at = self.packets().map(|message| message.caused_at).collect();
        let packets_before = self.before.iter().map(|one| one.messages.len()).collect();
        let json = serde_json::to_string(&Comment { recording, caused_at, packets_before });
        format!("{MARK}{}", json.unwrap_or_default())
    }

    pub(super) fn from_pcapng(file: &[u8]) -> Result<Self, NotARecordingError> {
        let packets = pcapng::read(file)?;
        let comment = packets.first().and_then(|first| first.comment.strip_prefix(MARK));
        let comment: Comment =
            serde_json::from_str(comment.ok_or(NotARecordingError::Uncommented)?)
                .map_err(|error| NotARecordingError::Json(error.to_string()))?;
        let caused_at = comment.caused_at.into_iter().chain(std::iter::repeat(None));
        let messages = packets.into_iter().zip(caused_at);
        let mut messages = messages.map(|(packet, caused_at)| message(packet, caused_at));
        let mut recording = comment.recording;
        for (one, packets) in recording.before.iter_mut().zip(comment.packets_before) {
            one.messages = messages.by_ref().take(packets).collect();
        }
        Ok(Self { messages: messages.collect(), ..recording })
    }
}

fn packet(message: &RecordedMessage) -> Datagram<'_> {
    let time = Duration::from_micros(u64::try_from(message.at).unwrap_or(0));
    let (local, peer, bytes) = (message.local, message.peer, message.bytes.as_slice());
    match message.direction {
        Direction::In => Datagram::new(time, peer, local, bytes).inbound(),
        Direction::Out => Datagram::new(time, local, peer, bytes).outbound(),
    }
}

fn message(packet: ReadDatagram, caused_at: Option<i64>) -> RecordedMessage {
    let is_out = packet.direction == Some(pcapng::Direction::Outbound);
    let (local, peer): (SocketAddr, SocketAddr) =
        if is_out { (packet.from, packet.to) } else { (packet.to, packet.from) };
    RecordedMessage {
        at: i64::try_from(packet.time.as_micros()).unwrap_or(i64::MAX),
        caused_at,
        direction: if is_out { Direction::Out } else { Direction::In },
        local,
        peer,
        is_multicast: local.ip().is_multicast(),
        bytes: packet.payload,
    }
}
