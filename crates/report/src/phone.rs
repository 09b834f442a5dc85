//! Owns a phone that asks, as programs are told it: the same shape as in the events of a server.

use fingerpost_core::Message;
use fingerpost_core::pnp::{self, Identity, Mac};
use serde::Serialize;

#[derive(Serialize)]
pub(crate) struct PhoneView<'a> {
    id: String,
    mac: Option<Mac>,
    vendor: Option<&'a str>,
    model: Option<&'a str>,
    version: Option<&'a str>,
    /// A trace is no word on where a phone is now.
    address: Option<String>,
    evidence: Vec<EvidenceView<'a>>,
}

#[derive(Serialize)]
struct EvidenceView<'a> {
    field: &'a str,
    value: &'a str,
    from: &'a str,
    span: Option<(usize, usize)>,
}

/// The phone's own word on its address keeps two phones apart that say the same of themselves.
pub(crate) fn phone_view<'a>(phone: &'a Identity, message: Option<&Message<'_>>) -> PhoneView<'a> {
    let via = message.and_then(|message| message.top_via().ok().flatten());
    let claimed = via.and_then(|via| via.sent_by.host.address).map(|address| address.to_string());
    PhoneView {
        id: phone.id(&claimed.unwrap_or_default()),
        mac: phone.mac,
        vendor: phone.vendor.as_deref(),
        model: phone.model.as_deref(),
        version: phone.version.as_deref(),
        address: None,
        evidence: phone.evidence.iter().map(evidence).collect(),
    }
}

fn evidence(found: &pnp::Evidence) -> EvidenceView<'_> {
    EvidenceView {
        field: &found.field,
        value: &found.value,
        from: &found.from,
        span: found.span.map(Into::into),
    }
}
