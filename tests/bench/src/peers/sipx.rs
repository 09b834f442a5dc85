//! sipx-sip. It takes owned `Bytes`: one copy of the message is in its figures.

use crate::peer::{Layer, Peer, is_read};
use bytes::Bytes;
use sipx_sip::headers::{
    Allow, CSeq, CallId, ContactValue, ContentLength, ContentType, Date, Expires, From,
    MaxForwards, RecordRoute, Require, Route, Supported, To, Via,
};
use sipx_sip::{Limits, Message, parse_datagram};
use std::hint::black_box;

pub struct Sipx;

impl Peer for Sipx {
    fn name(&self) -> &'static str {
        "sipx-sip"
    }

    fn read(&self, layer: Layer, bytes: &[u8]) -> Option<bool> {
        if layer == Layer::Inspect {
            return None;
        }
        let read = parse_datagram(Bytes::copy_from_slice(bytes), &Limits::datagram());
        let Ok(message) = read else { return Some(false) };
        let taken = layer == Layer::Shallow || typed(&message);
        black_box(&message);
        Some(taken)
    }
}

fn typed(message: &Message) -> bool {
    let mut taken = true;
    macro_rules! every {
        ($($header:ty)*) => { $(for value in message.headers().typed_all::<$header>() {
            taken &= is_read(&value);
        })* };
    }
    every!(Via From To CSeq ContactValue Route RecordRoute CallId MaxForwards Expires);
    every!(ContentLength ContentType Date Allow Supported Require);
    taken
}
