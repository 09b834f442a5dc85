//! Ours. Typed: the Request-URI and every header that has an accessor.

use crate::peer::{Layer, Peer, is_read};
use crate::peers::OWN;
use fingerpost_core::check::{Context, inspect};
use fingerpost_core::{Message, message::StartLine};
use std::hint::black_box;

pub struct Core;

impl Peer for Core {
    fn name(&self) -> &'static str {
        OWN
    }

    fn read(&self, layer: Layer, bytes: &[u8]) -> Option<bool> {
        let Ok(message) = Message::parse(bytes) else { return Some(false) };
        let taken = match layer {
            Layer::Shallow => true,
            Layer::Typed => typed(&message),
            Layer::Inspect => {
                black_box(inspect(&message, &Context::default()));
                true
            }
        };
        black_box(&message);
        Some(taken)
    }
}

fn typed(message: &Message<'_>) -> bool {
    let mut taken = match message.start_line() {
        StartLine::Request(line) => is_read(&line.parsed_uri()),
        StartLine::Status(line) => black_box(line.status()).is_some(),
    };
    macro_rules! single {
        ($($header:ident)*) => { $(taken &= is_read(&message.$header());)* };
    }
    macro_rules! list {
        ($($header:ident)*) => { $(for value in message.$header() { taken &= is_read(&value); })* };
    }
    single!(from to call_id cseq max_forwards expires event subscription_state);
    single!(content_type content_length user_agent);
    list!(vias contacts record_routes routes require);
    for value in message.accept().into_iter().flatten() {
        taken &= is_read(&value);
    }
    taken
}
