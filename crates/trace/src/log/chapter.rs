//! Owns a part of a source that was turned into the bytes of messages.

use super::Reading;
use crate::assembly::Assembly;
use crate::{Map, Origin};

/// A part of a source, read.
#[derive(Debug)]
pub(crate) struct Chapter {
    /// The bytes of messages, perhaps with something between them.
    pub(crate) bytes: Vec<u8>,
    pub(crate) map: Map,
    /// Where the source goes on behind it.
    pub(crate) end: usize,
    pub(crate) reading: Reading,
    /// What it tells of its messages.
    pub(crate) origin: Origin,
}

impl Chapter {
    pub(super) fn new(assembly: Assembly<'_>, end: usize, reading: Reading) -> Self {
        let found = assembly.finish();
        Self { bytes: found.bytes, map: found.map, end, reading, origin: Origin::default() }
    }

    pub(super) fn with_origin(self, origin: Origin) -> Self {
        Self { origin, ..self }
    }
}
