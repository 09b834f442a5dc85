//! Bodies made of parts, nearly right: whatever their bytes are, their tokens tile them and their places are true.

#![allow(clippy::unwrap_used, reason = "a test stops at the first thing that is not as expected")]

use fingerpost_core::scan::TokenKind;
use fingerpost_core::sdp::Sdp;
use fingerpost_core::{Limits, Message, scan};
use proptest::prelude::*;

const OFFER: &[u8] = b"INVITE sip:a SIP/2.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n\
pre\r\n--b\r\nContent-Type: application/sdp\r\n\r\nv=0\r\nm=audio 4000/2 RTP/AVP 0 8\r\na=rtpmap:0 PCMU/8000\r\n\
\r\n--b\r\nContent-Type: multipart/mixed;\r\n boundary=\"c\"\r\n\r\n--c\r\n\r\nx\r\n--c--\r\n\r\n--b--\r\npost";

fn near_offers() -> impl Strategy<Value = Vec<u8>> {
    let odd = prop_oneof![any::<u8>(), proptest::sample::select(b"\r\n-bc=: ;\"".to_vec())];
    let changes = proptest::collection::vec((0..OFFER.len(), odd, 0_u8..3), 0..8);
    changes.prop_map(|changes| {
        let mut bytes = OFFER.to_vec();
        for (at, byte, how) in changes {
            let at = at.min(bytes.len() - 1);
            match how {
                0 => bytes[at] = byte,
                1 => bytes.insert(at, byte),
                _ => drop(bytes.remove(at)),
            }
        }
        bytes
    })
}

fn parts(message: &Message<'_>) -> usize {
    message.tape().tokens().iter().filter(|token| token.kind == TokenKind::BodyPart).count()
}

#[test]
fn parts_in_parts_are_taken_apart_as_deep_as_the_limit_allows() {
    let offer = |limits: Limits| parts(&Message::parse_within(OFFER, &limits).unwrap());
    assert_eq!(offer(Limits::default()), 3);
    assert_eq!(offer(Limits::default().with_nesting(1)), 2);
    assert_eq!(offer(Limits::default().with_nesting(0)), 0);
}

#[test]
fn a_body_nested_without_end_is_kept_whole_below_some_depth() {
    let open = |depth: u32| {
        format!("Content-Type: multipart/mixed;boundary=b{depth}\r\n\r\n--b{depth}\r\n")
    };
    let head = String::from("INVITE sip:a SIP/2.0\r\n");
    let text = (0..300).fold(head, |text, depth| text + &open(depth));
    let message = Message::parse(text.as_bytes()).unwrap();
    assert_eq!(parts(&message), 8);
    let leaves: usize = message.tape().leaves().map(|leaf| leaf.span.len()).sum();
    assert_eq!(leaves, text.len());
}

proptest! {
    #[test]
    fn tokens_tile_every_body_that_is_nearly_right(bytes in near_offers()) {
        let tape = scan(&bytes);
        let mut at = 0;
        for leaf in tape.leaves() {
            prop_assert_eq!(leaf.span.start, at);
            prop_assert!(!leaf.span.is_empty());
            at = leaf.span.end;
        }
        prop_assert_eq!(at, bytes.len());
    }

    #[test]
    fn every_part_and_line_stands_where_it_says(bytes in near_offers()) {
        let Ok(message) = Message::parse(&bytes) else { return Ok(()) };
        let Some(multipart) = message.multipart() else { return Ok(()) };
        let mut before = message.body_span().start;
        for part in multipart.parts() {
            let part = part.unwrap();
            prop_assert!(before <= part.span().start && part.span().end <= message.body_span().end);
            prop_assert_eq!(part.body_span().slice(&bytes).unwrap(), part.body().as_bytes());
            for header in part.headers() {
                let value = header.value();
                prop_assert_eq!(header.value_span().slice(&bytes).unwrap(), value.as_bytes());
            }
            for line in part.sdp().into_iter().flat_map(Sdp::lines) {
                let span = message.span_of(line.text).unwrap();
                prop_assert_eq!(span.slice(&bytes).unwrap(), line.text.as_bytes());
            }
            before = part.span().end;
        }
    }
}
