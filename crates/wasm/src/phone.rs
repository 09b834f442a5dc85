//! Owns what the page is shown of a phone that asks.

use crate::address::via_address;
use crate::place::Place;
use crate::{Evidence, Phone};
use fingerpost_core::Message;
use fingerpost_core::pnp::{self, asking};

/// The phone that sent `message`, where it asks for its URL.
pub(crate) fn phone(message: &Message<'_>, place: &Place<'_>) -> Option<Phone> {
    let identity = asking(message)?;
    // Nothing tells in a text from where a message came; the phone's own word tells phones apart that say the same.
    let claimed = via_address(message).map(|address| address.to_string());
    Some(Phone {
        id: identity.id(&claimed.unwrap_or_default()),
        mac: identity.mac.map(|mac| mac.to_string()),
        evidence: identity.evidence.iter().map(|evidence| view(evidence, place)).collect(),
        vendor: identity.vendor,
        model: identity.model,
        version: identity.version,
    })
}

fn view(evidence: &pnp::Evidence, place: &Place<'_>) -> Evidence {
    let span = evidence.span.map(|span| place.of(span));
    Evidence {
        field: evidence.field.to_string(),
        value: evidence.value.clone(),
        from_where: evidence.from.to_string(),
        from: span.map(|(from, _)| from),
        to: span.map(|(_, to)| to),
    }
}
