//! Owns what was changed so that a text became a message.

use fingerpost_core::Span;

/// Something that was put right. All spans are in the message as it was put together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Repair {
    /// Lines that ended otherwise were given CRLF.
    LineEnds {
        /// How many.
        count: usize,
        /// The first of them.
        first: Span,
    },
    /// Two lines of the source are one line.
    JoinedLine {
        /// The end of the first.
        left: Span,
        /// The start of the second.
        right: Span,
        /// Whether a blank was put between them.
        with_space: bool,
    },
    /// The headers end, and no empty line said so: it was put in.
    NoEmptyLine {
        /// Where it was put in.
        at: Span,
    },
    /// Every line stood behind the same indentation or quotation mark, which was left out.
    Margin {
        /// Where the bytes that were left out stand in the source, at the first line.
        source: Span,
    },
}
