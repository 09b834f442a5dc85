//! Any bytes into tokens that tile them: every byte stands in exactly one leaf, in order, whatever the bytes are.
//! Highlighting, hover and the tree of an inspector are made of these tokens.

mod describe;
mod tape;
mod token;

pub(crate) use describe::DEEPEST;
pub(crate) use tape::TapeBuilder;
pub use tape::{Node, Tape};
pub use token::{Token, TokenKind};

use crate::message::Message;

/// The tokens of `bytes`. Never fails: what is no message is one [`TokenKind::Unknown`] token.
///
/// ```
/// use fingerpost_core::scan;
/// let bytes = b"OPTIONS sip:phone.example SIP/2.0\r\nX-Odd line without colon\r\n\r\n";
/// let tape = scan(bytes);
/// let again: Vec<u8> = tape.leaves().flat_map(|token| token.span.slice(bytes).unwrap().to_vec()).collect();
/// assert_eq!(again, bytes);
/// ```
#[must_use]
pub fn scan(bytes: &[u8]) -> Tape {
    match Message::parse(bytes) {
        Ok(message) => message.tape(),
        Err(_) => TapeBuilder::new(bytes).finish(TokenKind::Unknown),
    }
}
