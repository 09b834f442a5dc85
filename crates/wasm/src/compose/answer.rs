//! Owns the response to a request that is no phone's question: what a plain user agent would say.

use super::renew::hex;
use fingerpost_core::{HeaderName as H, Message, Response, SeededEntropy};
use fingerpost_trace::find_messages;
use std::net::SocketAddr;

/// The response to the first message in `text`.
///
/// # Errors
/// In words: nothing answers it.
pub fn answer(text: &str, seed: u64) -> Result<String, String> {
    let found = find_messages(text.as_bytes()).into_iter().next();
    let found = found.ok_or("no SIP message was found in this text")?;
    let request = Message::parse(&found.bytes).map_err(|error| error.to_string())?;
    let method = match request.status() {
        None => request.method().map(|method| method.to_str().into_owned()).unwrap_or_default(),
        Some(_) => return Err("a response is answered by nothing (RFC 3261 §8.2)".into()),
    };
    let (status, reason) = match method.as_str() {
        "ACK" => return Err("an ACK is answered by nothing (RFC 3261 §17)".into()),
        "INVITE" => (486, "Busy Here"),
        _ => (200, "OK"),
    };
    let reply = Response::reply_to(&request, status, reason);
    let reply = reply.with_to_tag(&hex(&mut SeededEntropy::new(seed), 8));
    let reply = match sender(&request) {
        Some(sender) => reply.with_received(sender),
        None => reply,
    };
    let reply = reply.headers();
    let copied = |name| request.header(name).map(|header| header.value().unfolded().into_owned());
    let reply = match method.as_str() {
        // RFC 3261 §10.3, RFC 6665 §4.2.1.1: what was asked for is granted.
        "REGISTER" | "SUBSCRIBE" | "PUBLISH" => [H::Contact, H::Expires]
            .into_iter()
            .filter_map(|name| Some((name, copied(name)?)))
            .fold(reply, |reply, (name, value)| reply.header(name, value)),
        "OPTIONS" => reply.header(H::Allow, "OPTIONS, SUBSCRIBE, NOTIFY"),
        _ => reply,
    };
    let bytes = reply.build().map_err(|error| error.to_string())?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// The sender's own word: by hand there is no datagram that would know better.
fn sender(request: &Message<'_>) -> Option<SocketAddr> {
    let sent_by = request.top_via().ok().flatten()?.sent_by;
    Some(SocketAddr::new(sent_by.host.address?, sent_by.port.unwrap_or(5060)))
}

/// The phone's 200 to a NOTIFY that came from `server`.
pub(crate) fn acknowledged(notify: &[u8], server: SocketAddr) -> Option<Vec<u8>> {
    let notify = Message::parse(notify).ok()?;
    Response::reply_to(&notify, 200, "OK").with_received(server).headers().build().ok()
}
