//! httparse on an HTTP request: what the machine can do at best, not a SIP parser.

use crate::peer::{Layer, Peer};
use crate::peers::HTTP;
use std::hint::black_box;

pub struct Httparse;

impl Peer for Httparse {
    fn name(&self) -> &'static str {
        HTTP
    }

    fn read(&self, layer: Layer, bytes: &[u8]) -> Option<bool> {
        if layer != Layer::Shallow {
            return None;
        }
        let mut headers = [httparse::EMPTY_HEADER; 64];
        let mut request = httparse::Request::new(&mut headers);
        let taken = request.parse(bytes).is_ok_and(|status| status.is_complete());
        black_box(&request);
        Some(taken)
    }
}
