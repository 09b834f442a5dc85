//! Owns what there is to say about a source as a whole: how it was read, and what was left out and why.

use fingerpost_core::Span;
use std::collections::BTreeMap;
use std::fmt;

/// A remark on a source. What happened often is one remark, with the first place and the number of times.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Note {
    /// What happened.
    pub reason: Reason,
    /// Where it happened first, in the source (of a packed one, in what it unpacked to).
    pub place: Span,
    /// How often.
    pub count: usize,
}

/// What can happen to a source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Reason {
    /// The source was packed with gzip: all places are those of what it unpacked to.
    Unpacked,
    /// The packed source ends too early or is damaged: what came before was read.
    PackedDamaged,
    /// The packed source holds more than is unpacked: what came before was read.
    PackedTooLarge,
    /// The capture file is damaged; it was read on where packets follow again.
    Damaged,
    /// The capture file ends inside a packet.
    EndsInside,
    /// Packets of a link type that is not read.
    LinkType(u16),
    /// A packet with a message was captured only in part.
    Truncated,
    /// Of a datagram in fragments, one was not captured: the message is as long as what is there.
    FragmentMissing,
    /// Of a stream, bytes were not captured: the message that they were in is cut off.
    StreamGap,
    /// In a stream of SIP messages something else stands: it was passed over.
    StreamBroken,
    /// A message in a stream does not say how long its body is: it was taken up to the next message or packet.
    StreamLength,
    /// More streams or fragments were open at once than are held: the oldest were given up.
    TooMuchOpen,
    /// The source holds more messages than are taken.
    TooManyMessages,
    /// The text is longer than what is read: what came before was read.
    TextTooLong,
}

impl Reason {
    /// Whether something of the source is missing from the messages.
    #[must_use]
    pub const fn is_loss(self) -> bool {
        !matches!(self, Self::Unpacked | Self::StreamLength)
    }

    /// A stable word for machine output.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Unpacked => "unpacked",
            Self::PackedDamaged => "packed-damaged",
            Self::PackedTooLarge => "packed-too-large",
            Self::Damaged => "damaged",
            Self::EndsInside => "ends-inside",
            Self::LinkType(_) => "link-type",
            Self::Truncated => "truncated",
            Self::FragmentMissing => "fragment-missing",
            Self::StreamGap => "stream-gap",
            Self::StreamBroken => "stream-broken",
            Self::StreamLength => "stream-length",
            Self::TooMuchOpen => "too-much-open",
            Self::TooManyMessages => "too-many-messages",
            Self::TextTooLong => "text-too-long",
        }
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Unpacked => "unpacked with gzip; places are those of the unpacked content",
            Self::PackedDamaged => "the gzip data ends too early or is damaged; what came before was read",
            Self::PackedTooLarge => "the gzip data holds more than is unpacked; what came before was read",
            Self::Damaged => "the capture file is damaged here; it was read on where packets follow again",
            Self::EndsInside => "the capture file ends inside a packet",
            Self::LinkType(link) => {
                return write!(f, "packets of link type {link} are not read; capture on another interface");
            }
            Self::Truncated => {
                "a packet with a message was captured only in part; capture with a larger snapshot length"
            }
            Self::FragmentMissing => "a fragment of a datagram was not captured; the message is cut off there",
            Self::StreamGap => "bytes of a stream were not captured; the message that they were in is cut off",
            Self::StreamBroken => "between the messages of a stream stands something else; it was passed over",
            Self::StreamLength => {
                "a message in a stream has no usable Content-Length; it was taken up to the next one"
            }
            Self::TooMuchOpen => "more streams or fragments are open at once than are held; the oldest were given up",
            Self::TooManyMessages => "more messages than are taken; cut the source into parts",
            Self::TextTooLong => "the text is longer than what is read; cut it into parts",
        })
    }
}

/// Remarks while they are collected.
#[derive(Debug, Clone, Default)]
pub(crate) struct Notes(BTreeMap<Reason, (Span, usize)>);

impl Notes {
    pub(crate) const fn new() -> Self {
        Self(BTreeMap::new())
    }

    pub(crate) fn add(&mut self, reason: Reason, place: Span) {
        self.0.entry(reason).or_insert((place, 0)).1 += 1;
    }

    pub(crate) fn all(&self) -> Vec<Note> {
        let note = |(reason, (place, count)): (&Reason, &(Span, usize))| Note {
            reason: *reason,
            place: *place,
            count: *count,
        };
        self.0.iter().map(note).collect()
    }
}
