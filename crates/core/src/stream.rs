//! Messages out of a stream (RFC 3261 §18.3): bytes in, in any pieces; whole messages out. Owns where a message ends.
//! Knows no connection and no time.

use crate::limits::Limits;
use crate::message::{HeaderName, Message, ParseError};
use crate::typed::Number;
use alloc::collections::VecDeque;
use alloc::vec::Vec;

/// Cuts a stream (TCP, TLS, WebSocket) into messages.
///
/// What one call of [`Framer::handle_bytes`] brings is held until it is polled; of a message that is not yet whole
/// never more than [`Limits::message`] bytes. After an error the place of the next message is unknown: the framer
/// takes no more, and the connection is to be closed.
///
/// ```
/// use fingerpost_core::stream::{Frame, Framer};
/// let mut framer = Framer::default();
/// framer.handle_bytes(b"\r\nOPTIONS sip:a SIP/2.0\r\nContent-Le");
/// assert_eq!(framer.poll_frame(), None);
/// framer.handle_bytes(b"ngth: 2\r\n\r\nhiSIP/2.0 ");
/// let Some(Ok(Frame::Message(bytes))) = framer.poll_frame() else { panic!() };
/// assert!(bytes.ends_with(b"\r\n\r\nhi"));
/// ```
#[derive(Debug, Clone, Default)]
pub struct Framer {
    limits: Limits,
    stage: Stage,
    buffer: Vec<u8>,
    frames: VecDeque<Result<Frame, FrameError>>,
}

/// What a stream carries.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Frame {
    /// A whole message, from its first line to the end of its body.
    Message(Vec<u8>),
    /// The double CR LF of a keep-alive: the other side waits for a single one (RFC 5626 §3.5.1, §4.4.1).
    Ping,
}

/// The stream cannot be cut into messages any more.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum FrameError {
    /// A message larger than [`Limits::message`], or that announces to become so.
    #[error("a message of more than {limit} bytes")]
    TooLarge {
        /// How many may be.
        limit: usize,
    },
    /// What stands there is no message.
    #[error("{0}")]
    NotAMessage(ParseError),
    /// Over a stream only Content-Length says where a message ends (RFC 3261 §20.14); here it is absent, broken, or
    /// there are two that differ. A request may be answered 400 out of its head.
    #[error(
        "Content-Length is missing, broken or contradicts itself: the end of the message is unknown"
    )]
    Length {
        /// The message without its body.
        head: Vec<u8>,
    },
}

#[derive(Debug, Clone, Copy)]
enum Stage {
    /// Between two messages; so many bytes of a double CR LF were seen.
    Between(usize),
    /// In the head, whose last line begins at this offset.
    Head(usize),
    /// In the body; the message has so many bytes.
    Body(usize),
    /// After an error.
    Lost,
}

impl Default for Stage {
    fn default() -> Self {
        Self::Between(0)
    }
}

const PING: &[u8] = b"\r\n\r\n";

impl Framer {
    /// A framer with these limits.
    #[must_use]
    pub fn new(limits: Limits) -> Self {
        Self { limits, ..Self::default() }
    }

    /// Takes what came next from the stream.
    pub fn handle_bytes(&mut self, bytes: &[u8]) {
        let mut rest = bytes;
        while !rest.is_empty() {
            let taken = match self.stage {
                Stage::Between(seen) => self.between(rest, seen),
                Stage::Head(line) => self.head(rest, line),
                Stage::Body(length) => self.body(rest, length),
                Stage::Lost => return,
            };
            rest = &rest[taken..];
        }
    }

    /// The next message or keep-alive, in order; an error is the last that comes.
    pub fn poll_frame(&mut self) -> Option<Result<Frame, FrameError>> {
        self.frames.pop_front()
    }

    /// Whether a message has begun that is not yet whole: a stream that ends here was cut off.
    #[must_use]
    pub const fn is_within_message(&self) -> bool {
        matches!(self.stage, Stage::Head(_) | Stage::Body(_))
    }

    /// Line ends before a message are passed over (RFC 3261 §7.5).
    fn between(&mut self, bytes: &[u8], seen: usize) -> usize {
        let seen = match bytes[0] {
            byte if byte == PING[seen] => seen + 1,
            b'\r' => 1,
            b'\n' => 0,
            _ => {
                self.stage = Stage::Head(0);
                return 0;
            }
        };
        if seen == PING.len() {
            self.frames.push_back(Ok(Frame::Ping));
        }
        self.stage = Stage::Between(seen % PING.len());
        1
    }

    /// Takes one line of the head, or as much of it as is there.
    fn head(&mut self, bytes: &[u8], line: usize) -> usize {
        let feed = memchr::memchr(b'\n', bytes);
        let taken = feed.map_or(bytes.len(), |at| at + 1);
        if self.keep(&bytes[..taken]) && feed.is_some() {
            match self.buffer[line..] {
                [b'\n'] | [b'\r', b'\n'] => self.end_head(),
                _ => self.stage = Stage::Head(self.buffer.len()),
            }
        }
        taken
    }

    fn end_head(&mut self) {
        let length = match Message::parse_within(&self.buffer, &self.limits) {
            Ok(message) => body_length(&message),
            Err(error) => return self.lose(FrameError::NotAMessage(error)),
        };
        let Some(length) = length else {
            let head = core::mem::take(&mut self.buffer);
            return self.lose(FrameError::Length { head });
        };
        match self.buffer.len().checked_add(length).filter(|whole| *whole <= self.limits.message) {
            Some(whole) => self.end_at(whole),
            None => self.lose(FrameError::TooLarge { limit: self.limits.message }),
        }
    }

    fn body(&mut self, bytes: &[u8], length: usize) -> usize {
        let taken = bytes.len().min(length.saturating_sub(self.buffer.len()));
        self.buffer.extend_from_slice(&bytes[..taken]);
        self.end_at(length);
        taken
    }

    /// Hands the message out where it has all of its `length` bytes.
    fn end_at(&mut self, length: usize) {
        if self.buffer.len() < length {
            self.stage = Stage::Body(length);
            return;
        }
        self.frames.push_back(Ok(Frame::Message(core::mem::take(&mut self.buffer))));
        self.stage = Stage::Between(0);
    }

    /// Keeps more of the head; false where that would be too much.
    fn keep(&mut self, bytes: &[u8]) -> bool {
        let fits = bytes.len() <= self.limits.message.saturating_sub(self.buffer.len());
        if fits {
            self.buffer.extend_from_slice(bytes);
        } else {
            self.lose(FrameError::TooLarge { limit: self.limits.message });
        }
        fits
    }

    fn lose(&mut self, error: FrameError) {
        self.stage = Stage::Lost;
        self.buffer = Vec::new();
        self.frames.push_back(Err(error));
    }
}

/// The one length that every Content-Length states.
fn body_length(head: &Message<'_>) -> Option<usize> {
    let mut lengths = head.headers_named(HeaderName::ContentLength);
    let read = |header: crate::Header<'_>| {
        Number::parse(header.value().as_bytes()).ok().map(|number| number.value)
    };
    let first = read(lengths.next()?)?;
    let is_agreed = lengths.all(|other| read(other) == Some(first));
    usize::try_from(first).ok().filter(|_| is_agreed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const STREAM: &[u8] = b"\r\n\r\nOPTIONS sip:a SIP/2.0\r\nSubject: x\r\n y\r\nl: 3\r\n\r\na\r\n\
\r\nSIP/2.0 200 OK\r\nContent-Length: 0\r\n\r\n\r\n\r\n\r\n\r\nACK sip:a SIP/2.0\nl:4\n\n\r\n\r\nBYE sip:b SIP/2.0\r\nl: 0\r\n\r\n";

    fn all(framer: &mut Framer) -> Vec<Result<Frame, FrameError>> {
        core::iter::from_fn(|| framer.poll_frame()).collect()
    }

    fn frames(pieces: &[&[u8]], limits: Limits) -> Vec<Result<Frame, FrameError>> {
        let mut framer = Framer::new(limits);
        let mut found = Vec::new();
        for piece in pieces {
            framer.handle_bytes(piece);
            found.extend(all(&mut framer));
        }
        found
    }

    fn starts(frames: &[Result<Frame, FrameError>]) -> Vec<&str> {
        let start = |frame: &Result<Frame, FrameError>| match frame {
            Ok(Frame::Ping) => "ping",
            Ok(Frame::Message(bytes)) if bytes.starts_with(b"OPTIONS") => "OPTIONS",
            Ok(Frame::Message(bytes)) if bytes.starts_with(b"SIP/2.0") => "SIP/2.0",
            Ok(Frame::Message(bytes)) if bytes.starts_with(b"ACK") => "ACK",
            Ok(Frame::Message(bytes)) if bytes.starts_with(b"BYE") => "BYE",
            Ok(_) => "other",
            Err(_) => "error",
        };
        frames.iter().map(start).collect()
    }

    #[test]
    fn messages_and_keep_alives_come_out_whole_and_in_order() {
        let frames = frames(&[STREAM], Limits::default());
        let expected = ["ping", "OPTIONS", "SIP/2.0", "ping", "ping", "ACK", "BYE"];
        assert_eq!(starts(&frames), expected);
        let Ok(Frame::Message(bytes)) = &frames[1] else { panic!() };
        let message = Message::parse(bytes).unwrap();
        assert_eq!((message.body(), message.trailing_span().len()), ("a\r\n".into(), 0));
        let Ok(Frame::Message(bytes)) = &frames[5] else { panic!() };
        assert_eq!(Message::parse(bytes).unwrap().body(), "\r\n\r\n");
    }

    #[test]
    fn a_stream_split_at_every_offset_gives_the_same_messages() {
        let whole = frames(&[STREAM], Limits::default());
        for at in 0..=STREAM.len() {
            let (first, second) = STREAM.split_at(at);
            assert_eq!(frames(&[first, second], Limits::default()), whole, "split at {at}");
        }
        let single: Vec<&[u8]> = STREAM.chunks(1).collect();
        assert_eq!(frames(&single, Limits::default()), whole);
    }

    #[test]
    fn an_end_within_a_message_is_seen() {
        let mut framer = Framer::default();
        framer.handle_bytes(b"\r\n");
        assert!(!framer.is_within_message());
        framer.handle_bytes(b"OPTIONS sip:a SIP/2.0\r\nl: 2\r\n\r\nx");
        assert!(framer.is_within_message());
        framer.handle_bytes(b"y");
        assert!(!framer.is_within_message());
    }

    #[test]
    fn without_one_length_the_stream_is_lost_and_the_head_is_kept() {
        for head in [
            "OPTIONS sip:a SIP/2.0\r\n\r\n",
            "OPTIONS sip:a SIP/2.0\r\nl: x\r\n\r\n",
            "OPTIONS sip:a SIP/2.0\r\nl: 0\r\nContent-Length: 1\r\n\r\n",
        ] {
            let found = frames(&[head.as_bytes(), STREAM], Limits::default());
            assert_eq!(found, [Err(FrameError::Length { head: head.into() })]);
        }
        let twice = b"OPTIONS sip:a SIP/2.0\r\nl: 0\r\nContent-Length: 00\r\n\r\n";
        assert_eq!(starts(&frames(&[twice], Limits::default())), ["OPTIONS"]);
    }

    #[test]
    fn too_much_is_refused_before_it_is_stored() {
        let limits = Limits::default().with_message(60);
        let too_large = [Err(FrameError::TooLarge { limit: 60 })];
        assert_eq!(frames(&[b"OPTIONS sip:a SIP/2.0\r\nl: 4294967295\r\n\r\n"], limits), too_large);
        assert_eq!(frames(&[&[b'x'; 61]], limits), too_large);
        let one_at_a_time: Vec<&[u8]> = [b"x".as_slice()].repeat(100);
        assert_eq!(frames(&one_at_a_time, limits), too_large);
        let few = limits.with_headers(1);
        let found = frames(&[b"OPTIONS sip:a SIP/2.0\r\nl: 0\r\nx: y\r\n\r\n"], few);
        assert!(matches!(
            found[..],
            [Err(FrameError::NotAMessage(ParseError::TooManyHeaders { .. }))]
        ));
        let found = frames(&[b"GET / HTTP/1.1\r\n\r\n"], limits);
        assert!(matches!(
            found[..],
            [Err(FrameError::NotAMessage(ParseError::NoStartLine { .. }))]
        ));
    }

    proptest! {
        #[test]
        fn any_bytes_in_any_pieces_give_the_same_frames(
            bytes in prop_oneof![
                proptest::collection::vec(any::<u8>(), 0..200),
                (0..STREAM.len(), any::<u8>()).prop_map(|(at, byte)| {
                    let mut bytes = STREAM.to_vec();
                    bytes[at] = byte;
                    bytes
                }),
            ],
            cuts in proptest::collection::vec(any::<proptest::sample::Index>(), 0..5),
        ) {
            let mut cuts: Vec<usize> = cuts.iter().map(|cut| cut.index(bytes.len() + 1)).collect();
            cuts.extend([0, bytes.len()]);
            cuts.sort_unstable();
            let pieces: Vec<&[u8]> = cuts.windows(2).map(|cut| &bytes[cut[0]..cut[1]]).collect();
            prop_assert_eq!(frames(&pieces, Limits::default()), frames(&[&bytes], Limits::default()));
        }
    }
}
