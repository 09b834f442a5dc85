//! Owns one exchange as it was recorded: every datagram with its time, and all else that the machine was given from
//! outside, so that it can be played again. [`pcapng`] puts it into a capture file, [`replay`] plays it.

pub(crate) mod bytes;
mod pcapng;
mod replay;

pub use pcapng::NotARecordingError;
pub use replay::{Difference, Played, Replay, ReplayError};

use crate::memory::Decided;
use crate::memory::record::{ExchangeRecord, MessageRecord};
use crate::phone::Phone;
use crate::recorder::{Direction, call_id};
use crate::view::PhoneState;
use fingerpost_core::pnp::{Dialect, Mac};
use serde::{Deserialize, Serialize};
use std::fmt::Write;
use std::net::SocketAddr;

/// Earlier exchanges of a phone that are looked through for the beginning of a subscription.
pub(crate) const MOST_BEFORE: u32 = 32;
/// The format that is written here.
const FORMAT: u32 = 1;

/// One exchange. Times are microseconds after 1970-01-01 UTC.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Recording {
    /// The format: 1.
    pub recording: u32,
    /// Which Fingerpost recorded it.
    pub by: String,
    /// Its number in the memory.
    pub exchange: u64,
    /// Who asked.
    pub phone: RecordedPhone,
    /// The card on which it asked.
    pub interface: String,
    /// Our address and port towards it.
    pub server: SocketAddr,
    /// Whether it carries an earlier exchange's subscription on.
    pub is_refresh: bool,
    /// The exchanges whose subscription it carries on, from the one that began it, as far as they are remembered.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub before: Vec<Recording>,
    /// What was decided; more than once where a phone that was met with silence asked again under another policy.
    pub decisions: Vec<Decided>,
    /// The shape of the NOTIFY that was known to work with the product before.
    pub learned: Option<Dialect>,
    /// The random words that were drawn, in order: the To tag, and the branch of each NOTIFY that was written. Hex digits.
    pub entropy: Vec<String>,
    /// How far it came.
    pub state: PhoneState,
    /// Datagrams that could not be written down: then it proves nothing.
    pub lost: u32,
    /// Its datagrams, in the order in which they came and went.
    pub messages: Vec<RecordedMessage>,
}

/// Who asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct RecordedPhone {
    /// Its id.
    pub id: String,
    /// Its hardware address.
    pub mac: Option<Mac>,
    /// Canonical lower-case vendor name.
    pub vendor: Option<String>,
    /// As the phone says it.
    pub model: Option<String>,
    /// As the phone says it.
    pub version: Option<String>,
}

/// A datagram.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct RecordedMessage {
    /// When it came, or left.
    pub at: i64,
    /// Of one of ours: when that was handled which caused it.
    pub caused_at: Option<i64>,
    /// Which way it went.
    pub direction: Direction,
    /// Our side; the group, where the phone asked it.
    pub local: SocketAddr,
    /// The phone's side.
    pub peer: SocketAddr,
    /// Whether it was sent to the group.
    pub is_multicast: bool,
    /// Its bytes: a text, or `{"hex": "…"}` where they are no UTF-8.
    #[serde(with = "bytes")]
    pub bytes: Vec<u8>,
}

impl Recording {
    /// `None` where too little was written down, by an earlier version.
    pub(crate) fn new(
        phone: &Phone,
        exchange: ExchangeRecord,
        messages: Vec<MessageRecord>,
    ) -> Option<Self> {
        Some(Self {
            recording: FORMAT,
            by: concat!("Fingerpost ", env!("CARGO_PKG_VERSION")).into(),
            exchange: exchange.id,
            phone: RecordedPhone::of(phone),
            interface: exchange.interface,
            server: exchange.server?,
            is_refresh: exchange.is_refresh,
            before: Vec::new(),
            decisions: exchange.decisions,
            learned: exchange.learned,
            entropy: exchange.entropy,
            state: exchange.state,
            lost: exchange.lost,
            messages: messages.into_iter().map(RecordedMessage::of).collect(),
        })
    }

    /// The same, which carries on what earlier exchanges of the phone began; `earlier` gives them, the latest first.
    pub(crate) fn carrying_on<E>(
        mut self,
        earlier: impl Iterator<Item = Result<Self, E>>,
    ) -> Result<Self, E> {
        let Some(call_id) = self.call_id() else { return Ok(self) };
        for one in earlier {
            if !self.before.last().unwrap_or(&self).is_refresh {
                break;
            }
            let one = one?;
            if one.call_id().as_ref() == Some(&call_id) {
                self.before.push(one);
            }
        }
        self.before.reverse();
        Ok(self)
    }

    fn call_id(&self) -> Option<Vec<u8>> {
        call_id(&self.messages.first()?.bytes)
    }

    /// The recording in a file of either kind: a capture, or JSON.
    ///
    /// # Errors
    /// [`NotARecordingError`].
    pub fn read(file: &[u8]) -> Result<Self, NotARecordingError> {
        let recording: Self = if file.starts_with(b"\n\r\r\n") {
            Self::from_pcapng(file)?
        } else {
            serde_json::from_slice(file)
                .map_err(|error| NotARecordingError::Json(error.to_string()))?
        };
        match recording.recording {
            FORMAT => Ok(recording),
            found => Err(NotARecordingError::Format { found, known: FORMAT }),
        }
    }

    /// The messages as they stood, one behind the other, each below a line that says when and between whom.
    #[must_use]
    pub fn to_text(&self) -> Vec<u8> {
        let mut text = Vec::new();
        for message in &self.messages {
            text.extend(message.heading().bytes());
            text.extend(&message.bytes);
            text.extend(b"\r\n\r\n");
        }
        text
    }
}

impl RecordedPhone {
    fn of(phone: &Phone) -> Self {
        let (vendor, model) = (phone.vendor.clone(), phone.model.clone());
        Self { id: phone.id.clone(), mac: phone.mac, vendor, model, version: phone.version.clone() }
    }
}

impl RecordedMessage {
    fn of(message: MessageRecord) -> Self {
        Self {
            at: message.at,
            caused_at: message.caused_at,
            direction: message.direction,
            local: message.local,
            peer: message.peer,
            is_multicast: message.is_multicast,
            bytes: message.bytes,
        }
    }

    /// When that was handled which it is, or which caused it.
    pub(crate) fn handled_at(&self) -> i64 {
        self.caused_at.unwrap_or(self.at)
    }

    fn heading(&self) -> String {
        let (from, to) = match self.direction {
            Direction::In => (self.peer, self.local),
            Direction::Out => (self.local, self.peer),
        };
        let time = jiff::Timestamp::from_microsecond(self.at).unwrap_or_default();
        let mut line = String::new();
        // Writing to a string cannot fail.
        let _ = write!(line, "# {time:.6} from {from} to {to}\r\n\r\n");
        line
    }
}
