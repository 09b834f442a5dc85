//! rsipstack: owned strings, typed values by header.

use crate::peer::{Layer, Peer, is_read};
use crate::peers::RSIPSTACK;
use rsipstack::sip::prelude::*;
use rsipstack::sip::{Header, typed};
use std::hint::black_box;

pub struct Rsipstack;

impl Peer for Rsipstack {
    fn name(&self) -> &'static str {
        RSIPSTACK
    }

    fn read(&self, layer: Layer, bytes: &[u8]) -> Option<bool> {
        if layer == Layer::Inspect {
            return None;
        }
        let read = rsipstack::sip::parser::parse_message(bytes);
        let Ok(message) = read else { return Some(false) };
        let taken = layer == Layer::Shallow || message.headers().iter().all(typed);
        black_box(&message);
        Some(taken)
    }
}

fn typed(header: &Header) -> bool {
    macro_rules! ok {
        ($value:expr) => {
            is_read(&$value)
        };
    }
    match header {
        Header::Via(header) => ok!(typed::Via::parse(header.value())),
        Header::From(header) => ok!(typed::From::parse(header.value())),
        Header::To(header) => ok!(typed::To::parse(header.value())),
        Header::CSeq(header) => ok!(typed::CSeq::parse(header.value())),
        Header::Contact(header) => ok!(typed::Contact::parse_header_list(header.value())),
        Header::Route(header) => ok!(typed::Route::parse_header_list(header.value())),
        Header::RecordRoute(header) => ok!(typed::RecordRoute::parse_header_list(header.value())),
        Header::Allow(header) => ok!(typed::Allow::parse(header.value())),
        Header::Authorization(header) => ok!(typed::Authorization::parse(header.value())),
        Header::MaxForwards(header) => ok!(header.value().trim().parse::<u32>()),
        Header::ContentLength(header) => ok!(header.value().trim().parse::<u32>()),
        Header::Expires(header) => ok!(header.value().trim().parse::<u32>()),
        _ => true,
    }
}
