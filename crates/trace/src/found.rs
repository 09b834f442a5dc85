//! Owns what the search hands back: a message, its map and its repairs.

use crate::assembly::Assembly;
use crate::{Map, Origin, Reading, Repair};
use fingerpost_core::Span;

/// A message that was found in a source.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Found {
    /// The message as it was put together, with CRLF line ends; a datagram as it stood.
    pub bytes: Vec<u8>,
    /// From the first to the last byte of the source that it was made of.
    pub source: Span,
    /// Where every byte of it came from.
    pub map: Map,
    /// What was changed, in no particular order.
    pub repairs: Vec<Repair>,
    /// Whether the source ends, or goes on with something else, before the headers end. No empty line was put in.
    pub is_cut_off: bool,
    /// How many bytes the body had in the source, where its line ends were changed.
    pub body_length_in_source: Option<usize>,
    /// What the text around it was read as, where that is more than text.
    pub reading: Option<Reading>,
    /// When and where it crossed the wire, as far as the source tells.
    pub origin: Origin,
}

impl Found {
    /// The bytes at `span` of `source`, as they stand.
    pub(crate) fn verbatim(source: &[u8], span: Span) -> Self {
        let mut assembly = Assembly::new(source);
        assembly.copy(span);
        Self { source: span, ..assembly.finish() }
    }

    /// See [`Map::to_source`].
    #[must_use]
    pub fn to_source(&self, message: Span) -> Span {
        self.map.to_source(message)
    }

    /// See [`Map::to_message`].
    #[must_use]
    pub fn to_message(&self, source: usize) -> Option<usize> {
        self.map.to_message(source)
    }
}
