//! Owns the shape of the answers: the 200 and the NOTIFY in both dialects. Bytes come from here and nowhere else; when
//! and whether they are sent is the responder's work.

use super::subscription::{EXPIRES, Subscription};
use super::{Dialect, Switches};
use crate::build::{BuildError, HeaderValue, MessageBuilder};
use crate::dialog::DialogError;
use crate::message::{HeaderName as H, Request, Response};
use crate::notifier::{EndReason, Notifier, NotifierError, Terms};
use crate::time::Instant;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::net::SocketAddr;

/// What an answer needs besides the SUBSCRIBE.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Ours<'x> {
    /// Variations of the shape.
    pub(crate) switches: Switches,
    /// Our address and port towards the phone.
    pub(crate) local: SocketAddr,
    /// Where the SUBSCRIBE came from.
    pub(crate) source: SocketAddr,
    /// Our tag in this dialog.
    pub(crate) tag: &'x str,
}

/// What a phone is answered.
#[derive(Debug)]
pub(crate) struct Answered {
    /// The 200.
    pub(crate) ok: Vec<u8>,
    /// The first NOTIFY.
    pub(crate) notify: Vec<u8>,
}

/// [`ok`] and [`notify`], which have most of their work in common.
pub(crate) fn both(
    asked: &Subscription<'_>,
    ours: &Ours<'_>,
    notice: &Notice<'_>,
    dialect: Dialect,
) -> Result<Answered, BuildError> {
    if dialect == Dialect::Manual {
        let (ok, notify) = (manual_ok(asked, ours)?, manual_notify(asked, ours, notice)?);
        return Ok(Answered { ok, notify });
    }
    let notifier = notifier(asked, ours)?;
    let ok = rfc_ok(asked, ours, &notifier)?;
    Ok(Answered { ok, notify: rfc_notify(notifier, ours, notice)? })
}

/// The 200, or the 202 that some want (RFC 3261 §8.2.6, RFC 6665 §4.2.1.1; or as the manual prints it).
pub(crate) fn ok(
    asked: &Subscription<'_>,
    ours: &Ours<'_>,
    dialect: Dialect,
) -> Result<Vec<u8>, BuildError> {
    match dialect {
        Dialect::Manual => manual_ok(asked, ours),
        Dialect::Rfc | Dialect::Auto => rfc_ok(asked, ours, &notifier(asked, ours)?),
    }
}

fn rfc_ok(
    asked: &Subscription<'_>,
    ours: &Ours<'_>,
    notifier: &Notifier,
) -> Result<Vec<u8>, BuildError> {
    let (status, reason) = ours.switches.acceptance();
    let reply = Response::reply_to(&asked.request, status, reason).with_received(ours.source);
    notifier.reply(Instant::ZERO, reply, contact(ours.local)).build()
}

/// A refusal (RFC 3261 §8.2.6).
pub(crate) fn denial(
    asked: &Subscription<'_>,
    ours: &Ours<'_>,
    status: u16,
    reason: &str,
) -> Result<Vec<u8>, BuildError> {
    let reply = Response::reply_to(&asked.request, status, reason).with_to_tag(ours.tag);
    reply.with_received(ours.source).headers().build()
}

fn manual_ok(asked: &Subscription<'_>, ours: &Ours<'_>) -> Result<Vec<u8>, BuildError> {
    let (status, reason) = ours.switches.acceptance();
    let builder = copies(Response::builder(status, reason), asked, &[H::Via]);
    let builder =
        builder.header(H::Contact, format!("<{}>", phone_without_user(asked, ours.source)));
    copies(builder, asked, &[H::To, H::From, H::CallId, H::CSeq])
        .header(H::Expires, asked.expires().to_string())
        .build()
}

/// What a NOTIFY says, and with which numbers of its own.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Notice<'x> {
    /// `None`: nothing but that the subscription is over (RFC 6665 §4.2.2).
    pub(crate) url: Option<&'x str>,
    pub(crate) branch: &'x str,
    pub(crate) cseq: u32,
}

/// The NOTIFY (RFC 6665 §4.2.2, RFC 6080 §6.7; or as the manual prints it).
pub(crate) fn notify(
    asked: &Subscription<'_>,
    ours: &Ours<'_>,
    notice: &Notice<'_>,
    dialect: Dialect,
) -> Result<Vec<u8>, BuildError> {
    match dialect {
        Dialect::Manual => manual_notify(asked, ours, notice),
        Dialect::Rfc | Dialect::Auto => rfc_notify(notifier(asked, ours)?, ours, notice),
    }
}

/// An in-dialog request of ours (RFC 3261 §12.2.1.1): own Via with a fresh branch, From and To swapped with tags.
fn rfc_notify(
    notifier: Notifier,
    ours: &Ours<'_>,
    notice: &Notice<'_>,
) -> Result<Vec<u8>, BuildError> {
    let via = HeaderValue::via("UDP", ours.local).with_flag("rport").with_branch(notice.branch);
    let mut notifier = notifier.with_next_number(notice.cseq);
    if notice.url.is_none() {
        notifier.end(EndReason::Timeout);
    }
    let builder = notifier.begin_notify(via, contact(ours.local));
    let builder = builder.value(H::Event, effective(notifier.event(), ours.switches));
    let builder = if ours.switches.omits_state {
        builder
    } else {
        builder.value(H::SubscriptionState, notifier.state(Instant::ZERO))
    };
    match notice.url {
        Some(url) => builder.header(H::ContentType, "application/url").body(url).build(),
        None => builder.build(),
    }
}

/// The Event of a NOTIFY with the time by which its URL takes effect (RFC 6080 §6.2.4).
fn effective(event: HeaderValue, switches: Switches) -> HeaderValue {
    match switches.effective_by {
        Some(seconds) => event.with_param("effective-by", &seconds.to_string()),
        None => event,
    }
}

/// What a phone's subscription lasts: as long as it asks for, a day at most and where it does not say (RFC 6080 §6.4).
const TERMS: Terms = Terms::new(EXPIRES);

/// Our side of the subscription as it begins; a phone without a Contact is reached where its SUBSCRIBE came from.
pub(crate) fn notifier(asked: &Subscription<'_>, ours: &Ours<'_>) -> Result<Notifier, BuildError> {
    let notifier = Notifier::accept(Instant::ZERO, &asked.request, ours.tag, TERMS);
    let notifier = notifier.map_err(|error| match error {
        NotifierError::Dialog(error) => BuildError::NoDialog(error),
        _ => BuildError::NoDialog(DialogError::Missing(H::Event)),
    })?;
    Ok(match asked.contact {
        Some(_) => notifier,
        None => notifier.with_target(format!("sip:{}", ours.source)),
    })
}

fn manual_notify(
    asked: &Subscription<'_>,
    ours: &Ours<'_>,
    notice: &Notice<'_>,
) -> Result<Vec<u8>, BuildError> {
    let builder = Request::builder("NOTIFY", &phone_without_user(asked, ours.source));
    let builder = match asked.request.header(H::Via) {
        Some(via) => builder.header(H::Via, via.value().unfolded_bytes()),
        None => builder,
    };
    let builder = builder.header(H::MaxForwards, "20").value(H::Contact, contact(ours.local));
    let builder = copies(builder, asked, &[H::To, H::From, H::CallId])
        .header(H::CSeq, format!("{} NOTIFY", notice.cseq))
        .header(H::ContentType, "application/url");
    let builder = if ours.switches.omits_state {
        builder
    } else {
        builder.header(H::SubscriptionState, state(asked))
    };
    builder.header(H::Event, echoed(asked, ours.switches)).body(notice.url.unwrap_or("")).build()
}

/// The phone's own Event, with `effective-by` where that is wanted.
fn echoed(asked: &Subscription<'_>, switches: Switches) -> Vec<u8> {
    let event = asked.request.header(H::Event);
    let mut echoed = event.map(|event| event.value().unfolded_bytes().into_owned());
    if let (Some(event), Some(seconds)) = (&mut echoed, switches.effective_by) {
        event.extend_from_slice(format!(";effective-by={seconds}").as_bytes());
    }
    echoed.unwrap_or_default()
}

/// The SUBSCRIBE's headers called `names`, all of each, as they stood there.
fn copies(builder: MessageBuilder, asked: &Subscription<'_>, names: &[H]) -> MessageBuilder {
    names
        .iter()
        .flat_map(|name| asked.request.headers_named(*name))
        .fold(builder, |builder, header| {
            builder.header(header.name(), header.value().unfolded_bytes())
        })
}

fn contact(local: SocketAddr) -> HeaderValue {
    HeaderValue::address(format!("sip:{local}"))
}

/// Host and port of the phone's Contact, its user part dropped, as the manual prints it.
fn phone_without_user(asked: &Subscription<'_>, source: SocketAddr) -> String {
    let sip = asked.contact.as_ref().and_then(|contact| contact.uri.as_sip());
    match sip.map(|uri| (uri.host_port.host.text, uri.host_port.port)) {
        Some((host, Some(port))) => format!("sip:{host}:{port}"),
        Some((host, None)) => format!("sip:{host}"),
        None => format!("sip:{source}"),
    }
}

/// A request for nothing but the present state gets it and ends (RFC 6665 §4.4.3).
fn state(asked: &Subscription<'_>) -> String {
    match asked.expires() {
        0 => "terminated;reason=timeout".to_string(),
        seconds => format!("active;expires={seconds}"),
    }
}
