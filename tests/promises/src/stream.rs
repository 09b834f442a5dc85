//! A stream gives the same frames however it is cut into pieces.

use fingerpost_core::stream::{Frame, FrameError, Framer};
use fingerpost_core::{Limits, Message};

type Frames = Vec<Result<Frame, FrameError>>;

/// Longer streams are not cut at every byte: that takes the square of their length.
const MOST_CUTS: usize = 512;

/// So little that a short stream goes beyond it.
const FEW: usize = 100;

/// The bytes come as they are, a byte at a time, and cut in two at every offset.
pub fn any_stream(bytes: &[u8]) {
    for limits in [Limits::default(), Limits::default().with_message(FEW)] {
        let (whole, is_open) = frames(&[bytes], limits);
        for frame in &whole {
            is_whole(frame, &limits);
        }
        let is_the_same = |pieces: &[&[u8]], cut: usize| {
            assert_eq!(frames(pieces, limits), (whole.clone(), is_open), "cut at {cut}");
        };
        is_the_same(&bytes.chunks(1).collect::<Vec<_>>(), 1);
        for cut in (0..=bytes.len()).step_by(bytes.len() / MOST_CUTS + 1) {
            let (first, second) = bytes.split_at(cut);
            is_the_same(&[first, second], cut);
        }
    }
}

/// What the pieces give, and whether a message is still open behind them.
fn frames(pieces: &[&[u8]], limits: Limits) -> (Frames, bool) {
    let mut framer = Framer::new(limits);
    let mut found = Vec::new();
    for piece in pieces {
        framer.handle_bytes(piece);
        found.extend(std::iter::from_fn(|| framer.poll_frame()));
    }
    let lost = found.iter().position(Result::is_err);
    assert!(lost.is_none_or(|at| at + 1 == found.len()), "something comes behind an error");
    (found, framer.is_within_message())
}

/// A message can be read, and ends where its bytes do.
fn is_whole(frame: &Result<Frame, FrameError>, limits: &Limits) {
    let Ok(Frame::Message(bytes)) = frame else { return };
    assert!(bytes.len() <= limits.message);
    let message = Message::parse_within(bytes, limits);
    let is_exact = message
        .as_ref()
        .is_ok_and(|message| message.is_complete() && message.trailing_span().is_empty());
    assert!(is_exact, "{message:?}");
}
