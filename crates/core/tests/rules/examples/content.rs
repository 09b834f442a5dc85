//! The parts of a multipart body, and the lines of a session description.

use crate::base::Base::Invite;
use crate::example::{Example, alone};
use fingerpost_core::check::rules::*;

/// The end of an INVITE: its kind, its length and its body.
const SESSION: &str = "application/sdp\r\nContent-Length: 5\r\n\r\nv=0\r\n";

macro_rules! sdp {
    ($length:literal, $lines:literal) => {
        &[(
            Invite,
            SESSION,
            concat!("application/sdp\r\nContent-Length: ", $length, "\r\n\r\n", $lines),
        )]
    };
}

macro_rules! parts {
    ($params:literal, $length:literal, $body:literal) => {
        &[(
            Invite,
            SESSION,
            concat!("multipart/mixed", $params, "\r\nContent-Length: ", $length, "\r\n\r\n", $body),
        )]
    };
}

pub(crate) const EXAMPLES: &[Example] = &[
    alone(
        &MULTIPART_NO_BOUNDARY,
        parts!("", 29, "--b1\r\n\r\nhello\r\n--b1--\r\n--b1--"),
        "multipart/mixed",
    )
    .but(parts!(";boundary=b1", 29, "--b1\r\n\r\nhello\r\n--b1--\r\n--b1--")),
    alone(
        &MULTIPART_OTHER_BOUNDARY,
        parts!(";boundary=\"b 2\"", 23, "--b1\r\n\r\nhello\r\n--b1--\r\n"),
        "b 2",
    )
    .but(parts!(";boundary=b1", 23, "--b1\r\n\r\nhello\r\n--b1--\r\n")),
    alone(&MULTIPART_OPEN, parts!(";boundary=b1", 13, "--b1\r\n\r\nhello"), "").but(parts!(
        ";boundary=b1",
        23,
        "--b1\r\n\r\nhello\r\n--b1--\r\n"
    )),
    alone(
        &MULTIPART_OPEN,
        parts!(
            ";boundary=b1",
            87,
            "--b1\r\nContent-Type: multipart/alternative;boundary=in\r\n\r\n--in\r\n\r\nhello\r\n--b1--\r\nthe end"
        ),
        "",
    )
    .but(parts!(";boundary=b1", 95, "--b1\r\nContent-Type: multipart/alternative;boundary=in\r\n\r\n--in\r\n\r\nhello\r\n--in--\r\n--b1--\r\nthe end")),
    alone(&SDP_LINE, sdp!(22, "v=0\r\nm=audio RTP/AVP 0"), "RTP/AVP 0")
        .but(sdp!(27, "v=0\r\nm=audio 4000 RTP/AVP 0")),
    alone(&SDP_LINE, sdp!(25, "v=0\r\nc = IN IP4 192.0.2.9"), "c = IN IP4 192.0.2.9")
        .but(sdp!(23, "v=0\r\nc=IN IP4 192.0.2.9")),
    alone(
        &SDP_LINE,
        parts!(
            ";boundary=b1",
            57,
            "--b1\r\nContent-Type: application/sdp\r\n\r\nv=0\r\nt=0\r\n--b1--\r\n"
        ),
        "",
    )
    .but(parts!(";boundary=b1", 59, "--b1\r\nContent-Type: application/sdp\r\n\r\nv=0\r\nt=0 0\r\n--b1--\r\n")),
    alone(
        &EXTRA_SEPARATOR,
        parts!(
            ";boundary=b1",
            71,
            "--b1\r\nContent-Disposition: render;;handling=optional\r\n\r\nhello\r\n--b1--\r\n"
        ),
        ";",
    )
    .but(parts!(
        ";boundary=b1",
        70,
        "--b1\r\nContent-Disposition: render;handling=optional\r\n\r\nhello\r\n--b1--\r\n"
    )),
    alone(&SDP_TYPE, sdp!(12, "v=0\r\nq=words"), "q=words").but(sdp!(12, "v=0\r\ni=words")),
    alone(&SDP_VERSION, sdp!(5, "v=1\r\n"), "1"),
    alone(&SDP_VERSION, sdp!(5, "s=-\r\n"), "").but(sdp!(10, "v=0\r\ns=-\r\n")),
];
