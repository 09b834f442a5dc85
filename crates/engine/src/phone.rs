//! Owns who a phone is, as far as it is known, and where that was found. Knows not what it did.

use crate::written::Written;
use fingerpost_core::pnp::{Identity, Mac};
use serde::{Deserialize, Serialize, Serializer};
use std::borrow::Cow;
use std::net::IpAddr;
use std::sync::Arc;

/// A phone, as far as it is known. Shared, and written once: change a copy of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(remote = "Self")]
#[non_exhaustive]
pub struct Phone {
    /// Stable for the phone: its MAC, else a hash of what is known.
    pub id: String,
    /// 12 lower-case hex digits.
    #[cfg_attr(test, ts(as = "Option<String>"))]
    pub mac: Option<Mac>,
    /// Canonical lower-case vendor name.
    pub vendor: Option<String>,
    /// As the phone says it.
    pub model: Option<String>,
    /// As the phone says it.
    pub version: Option<String>,
    /// Its IP address.
    pub address: Option<String>,
    /// Where each value was found. Shared: every event of an exchange, and its row, say it.
    pub evidence: Arc<[Evidence]>,
    /// Every event of an exchange says it.
    #[serde(skip)]
    #[cfg_attr(test, ts(skip))]
    pub(crate) written: Written,
}

impl Serialize for Phone {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.written.serialize(&ByFields(self), serializer)
    }
}

/// A phone, written field by field.
struct ByFields<'a>(&'a Phone);

impl Serialize for ByFields<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Phone::serialize(self.0, serializer)
    }
}

/// Where one value was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[non_exhaustive]
pub struct Evidence {
    /// `mac`, `vendor`, `model` or `version`.
    pub field: Cow<'static, str>,
    /// The value.
    pub value: String,
    /// Where from, in words.
    pub from: Cow<'static, str>,
    /// Byte offsets in the message, where it was in the message.
    pub span: Option<(usize, usize)>,
}

impl Phone {
    /// The phone that `identity` describes, at `address`.
    #[must_use]
    pub fn new(identity: &Identity, address: Option<IpAddr>) -> Self {
        let known_as = address.map(|address| address.to_string()).unwrap_or_default();
        Self::known_as(&known_as, identity, address)
    }

    /// The same, told apart by `known_as` from other phones that say nothing about themselves.
    #[must_use]
    pub fn known_as(known_as: &str, identity: &Identity, address: Option<IpAddr>) -> Self {
        Self {
            id: identity.id(known_as),
            mac: identity.mac,
            vendor: identity.vendor.clone(),
            model: identity.model.clone(),
            version: identity.version.clone(),
            address: address.map(|address| address.to_string()),
            evidence: identity.evidence.iter().map(Evidence::of).collect(),
            written: Written::default(),
        }
    }

    /// The same with this evidence.
    pub(crate) fn with_evidence(&self, evidence: Arc<[Evidence]>) -> Self {
        // A copy is written anew.
        Self { evidence, ..self.clone() }
    }

    /// The same, known by the hardware address of the link layer.
    pub(crate) fn with_link_address(self, mac: Mac) -> Self {
        let [vendor, model, version] =
            [&self.vendor, &self.model, &self.version].map(Option::as_deref);
        let known = Identity::claimed(self.mac, vendor, model, version).with_link_address(mac);
        let evidence =
            known.evidence.iter().map(Evidence::of).chain(self.evidence.iter().cloned()).collect();
        let written = Written::default();
        Self { id: known.id(""), mac: known.mac, vendor: known.vendor, evidence, written, ..self }
    }
}

impl Evidence {
    fn of(found: &fingerpost_core::pnp::Evidence) -> Self {
        Self {
            field: found.field.clone(),
            value: found.value.clone(),
            from: found.from.clone(),
            span: found.span.map(Into::into),
        }
    }
}
