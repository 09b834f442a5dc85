//! parsip: header names and values, nothing typed.

use crate::peer::{Layer, Peer};
use parsip::{EMPTY_HEADER, IResult, Request, Response};
use std::hint::black_box;

pub struct Parsip;

impl Peer for Parsip {
    fn name(&self) -> &'static str {
        "parsip"
    }

    fn read(&self, layer: Layer, bytes: &[u8]) -> Option<bool> {
        if layer != Layer::Shallow {
            return None;
        }
        let mut headers = [EMPTY_HEADER; 64];
        if bytes.starts_with(b"SIP/") {
            let mut response = Response::new(&mut headers);
            let taken = matches!(response.parse(bytes), IResult::Done(..));
            black_box(&response);
            return Some(taken);
        }
        let mut request = Request::new(&mut headers);
        let taken = matches!(request.parse(bytes), IResult::Done(..));
        black_box(&request);
        Some(taken)
    }
}
