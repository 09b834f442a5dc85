//! Owns how a request is refused that was sent to us alone (RFC 3261 §8.2): statelessly (§8.2.7), so that no flood of
//! them costs memory, and never more than a few a second. What came by multicast is passed over in silence: other
//! servers share the group (RFC 2543 §10.2.2).

use super::{Responder, ResponderEvent};
use crate::build::MessageBuilder;
use crate::message::{HeaderName as H, Message, Response};
use crate::pnp::subscription::IgnoreReason;
use crate::pnp::{Arrival, Transmit};
use crate::time::Instant;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::net::SocketAddr;

/// Methods that are known and that nothing here answers (RFC 3261 §8.2.1: 405); those within a dialog that is none of
/// ours, and CANCEL of nothing (§9.2), get 481; others 501 (§21.5.2).
const KNOWN: [&str; 5] = ["INVITE", "REGISTER", "MESSAGE", "PUBLISH", "REFER"];
const WITHIN: [&str; 6] = ["CANCEL", "BYE", "NOTIFY", "INFO", "UPDATE", "PRACK"];

impl Responder {
    /// Refuses aloud where that is due; else gives the reason back.
    pub(super) fn refuse(
        &mut self,
        now: Instant,
        arrival: &Arrival<'_>,
        server: SocketAddr,
        reason: IgnoreReason,
    ) -> Result<(), IgnoreReason> {
        let Some(status) = status(&reason).filter(|_| !arrival.is_multicast) else {
            return Err(reason);
        };
        // Before anything is written: a flood must cost little.
        if !self.refusals.allows(now, arrival.source.ip()) {
            return Err(reason);
        }
        let Some(bytes) = self.refusal(arrival, status) else { return Err(reason) };
        let status = status.0;
        let Arrival { card, source, .. } = *arrival;
        self.transmits.push_back(Transmit {
            card,
            from: server,
            to: source,
            bytes,
            exchange: None,
        });
        self.events.push_back(ResponderEvent::Rejected { card, source, status, reason });
        Ok(())
    }

    fn refusal(
        &mut self,
        arrival: &Arrival<'_>,
        (status, words): (u16, &'static str),
    ) -> Option<Vec<u8>> {
        let message = Message::parse(arrival.bytes).ok()?;
        let is_answerable = [H::Via, H::From, H::To, H::CallId, H::CSeq]
            .into_iter()
            .all(|name| message.header(name).is_some());
        if !is_answerable {
            return None;
        }
        let reply = Response::reply_to(&message, status, words);
        let reply = reply.with_to_tag(&self.tag_of(arrival.bytes)).with_received(arrival.source);
        explained(reply.headers(), status, &message).build().ok()
    }

    /// The same tag for the same request, though nothing is remembered (RFC 3261 §8.2.7).
    fn tag_of(&mut self, bytes: &[u8]) -> String {
        let entropy = &mut self.entropy;
        let secret = *self.secret.get_or_insert_with(|| {
            let mut secret = [0; 8];
            entropy.fill(&mut secret);
            u64::from_be_bytes(secret)
        });
        let hash = bytes.iter().fold(secret, |hash, byte| {
            (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01B3).rotate_left(5)
        });
        format!("{hash:016x}")
    }
}

/// The status for a reason to refuse, in words of the RFCs; `None`: silence.
fn status(reason: &IgnoreReason) -> Option<(u16, &'static str)> {
    Some(match reason {
        IgnoreReason::Method(method) => return of_method(method),
        IgnoreReason::Missing(H::Event) | IgnoreReason::Event(_) => (489, "Bad Event"),
        IgnoreReason::Broken(_) | IgnoreReason::Missing(_) => (400, "Bad Request"),
        IgnoreReason::Version(_) => (505, "Version Not Supported"),
        IgnoreReason::Require(_) => (420, "Bad Extension"),
        IgnoreReason::Accept(_) => (406, "Not Acceptable"),
        IgnoreReason::NoSubscription => (481, "Subscription does not exist"),
        IgnoreReason::OutOfOrder => (500, "Server Internal Error"),
        _ => return None,
    })
}

fn of_method(method: &str) -> Option<(u16, &'static str)> {
    Some(match method {
        // An ACK is never answered (RFC 3261 §17.1.1.3).
        "ACK" => return None,
        "OPTIONS" => (200, "OK"),
        known if KNOWN.contains(&known) => (405, "Method Not Allowed"),
        within if WITHIN.contains(&within) => (481, "Call/Transaction Does Not Exist"),
        _ => (501, "Not Implemented"),
    })
}

/// What would have been taken: which status says so how.
fn explained(builder: MessageBuilder, status: u16, request: &Message<'_>) -> MessageBuilder {
    let allow = |builder: MessageBuilder| builder.header(H::Allow, "SUBSCRIBE, OPTIONS");
    match status {
        200 => allow(builder).header(H::AllowEvents, "ua-profile"),
        405 | 501 => allow(builder),
        420 => builder.header(H::Unsupported, unsupported(request)),
        489 => builder.header(H::AllowEvents, "ua-profile"),
        _ => builder,
    }
}

/// Every extension that was required: none is known here.
fn unsupported(request: &Message<'_>) -> String {
    let tags = request.require().filter_map(Result::ok);
    tags.map(|tag| tag.text.to_string()).collect::<Vec<_>>().join(", ")
}
