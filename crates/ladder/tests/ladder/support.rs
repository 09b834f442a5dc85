//! Messages that the tests are made of, each with what it must have to be matched.

use fingerpost_ladder::{Heard, Ladder};

/// Lines as a message: CRLF, and the empty line behind them.
pub(crate) fn message(lines: &[&str]) -> Vec<u8> {
    format!("{}\r\n\r\n", lines.join("\r\n")).into_bytes()
}

/// A request of `10.0.0.7` to `uri` in the conversation `call`.
pub(crate) fn request(method: &str, uri: &str, call: &str, branch: &str, number: u32) -> Vec<u8> {
    message(&[
        &format!("{method} {uri} SIP/2.0"),
        &format!("Via: SIP/2.0/UDP 10.0.0.7:5060;branch=z9hG4bK{branch}"),
        "From: <sip:a@10.0.0.7>;tag=a",
        "To: <sip:b@10.0.0.1>",
        &format!("Call-ID: {call}"),
        &format!("CSeq: {number} {method}"),
    ])
}

/// The response `status` to such a request.
pub(crate) fn response(
    status: &str,
    method: &str,
    call: &str,
    branch: &str,
    number: u32,
) -> Vec<u8> {
    message(&[
        &format!("SIP/2.0 {status}"),
        &format!("Via: SIP/2.0/UDP 10.0.0.7:5060;branch=z9hG4bK{branch}"),
        "From: <sip:a@10.0.0.7>;tag=a",
        "To: <sip:b@10.0.0.1>;tag=b",
        &format!("Call-ID: {call}"),
        &format!("CSeq: {number} {method}"),
    ])
}

/// What a phone in factory state asks the group.
pub(crate) fn subscribe() -> Vec<u8> {
    message(&[
        "SUBSCRIBE sip:224.0.1.75 SIP/2.0",
        "Via: SIP/2.0/UDP 10.0.0.7:5060;branch=z9hG4bKs",
        "From: <sip:0030ab112233@10.0.0.7>;tag=p",
        "To: <sip:0030ab112233@224.0.1.75>",
        "Call-ID: pnp@10.0.0.7",
        "CSeq: 1 SUBSCRIBE",
        "Contact: <sip:10.0.0.7:5060>",
        "Event: ua-profile;profile-type=\"device\";vendor=\"snom\";model=\"snomD785\";version=\"10.1\"",
        "Accept: application/url",
        "Expires: 0",
    ])
}

/// The server's answer to [`subscribe`].
pub(crate) fn accepted() -> Vec<u8> {
    message(&[
        "SIP/2.0 200 OK",
        "Via: SIP/2.0/UDP 10.0.0.7:5060;branch=z9hG4bKs",
        "From: <sip:0030ab112233@10.0.0.7>;tag=p",
        "To: <sip:0030ab112233@224.0.1.75>;tag=s",
        "Call-ID: pnp@10.0.0.7",
        "CSeq: 1 SUBSCRIBE",
        "Contact: <sip:10.0.0.1:5060>",
        "Expires: 0",
    ])
}

/// The NOTIFY with the URL, of RFC 6665: its own Via, the tags the other way round.
pub(crate) fn notify() -> Vec<u8> {
    let mut bytes = message(&[
        "NOTIFY sip:10.0.0.7:5060 SIP/2.0",
        "Via: SIP/2.0/UDP 10.0.0.1:5060;branch=z9hG4bKn",
        "From: <sip:0030ab112233@224.0.1.75>;tag=s",
        "To: <sip:0030ab112233@10.0.0.7>;tag=p",
        "Call-ID: pnp@10.0.0.7",
        "CSeq: 1 NOTIFY",
        "Event: ua-profile",
        "Subscription-State: terminated;reason=timeout",
        "Content-Type: application/url",
        "Content-Length: 17",
    ]);
    bytes.extend_from_slice(b"http://10.0.0.1/c");
    bytes
}

/// The phone's 200 to [`notify`].
pub(crate) fn acknowledged() -> Vec<u8> {
    message(&[
        "SIP/2.0 200 OK",
        "Via: SIP/2.0/UDP 10.0.0.1:5060;branch=z9hG4bKn",
        "From: <sip:0030ab112233@224.0.1.75>;tag=s",
        "To: <sip:0030ab112233@10.0.0.7>;tag=p",
        "Call-ID: pnp@10.0.0.7",
        "CSeq: 1 NOTIFY",
    ])
}

/// The ladder of a pasted text: no times, no addresses.
pub(crate) fn pasted(messages: &[Vec<u8>]) -> Ladder {
    let heard: Vec<Heard<'_>> = messages.iter().map(|bytes| Heard::text(bytes)).collect();
    Ladder::of(&heard)
}
