//! Owns [`Identity`]: who a phone says it is, and where each value was found. Reading one from a message is
//! `identify`'s work; what to do with it is a policy's.

use super::Mac;
use crate::Span;
use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;

/// Who asked: each value as far as it is known, with its evidence.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Identity {
    /// Hardware address.
    pub mac: Option<Mac>,
    /// Canonical lower-case vendor name (`audiocodes`, `snom`, …), else what the message said, in lower case.
    pub vendor: Option<String>,
    /// As the message says it.
    pub model: Option<String>,
    /// Firmware version as the message says it.
    pub version: Option<String>,
    /// One entry a value, in the order mac, vendor, model, version.
    pub evidence: Vec<Evidence>,
}

/// Where one value of an [`Identity`] was found.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Evidence {
    /// `mac`, `vendor`, `model` or `version`.
    pub field: Cow<'static, str>,
    /// The value as it was taken over.
    pub value: String,
    /// Where from, in words: `Request-URI user`, `Event parameter vendor`, `User-Agent`, `OUI 00908f`, …
    pub from: Cow<'static, str>,
    /// Its place in the message; `None` where it was not in the message (an OUI).
    pub span: Option<Span>,
}

impl Identity {
    /// An identity without evidence: from the command line, say.
    #[must_use]
    pub fn claimed(
        mac: Option<Mac>,
        vendor: Option<&str>,
        model: Option<&str>,
        version: Option<&str>,
    ) -> Self {
        let owned = |text: Option<&str>| text.map(String::from);
        Self {
            mac,
            vendor: vendor.map(super::vendor::canonical),
            model: owned(model),
            version: owned(version),
            evidence: Vec::new(),
        }
    }

    /// The same with the hardware address of the link layer, where the message names none: what the neighbour table says
    /// of the phone's address, on its own network. The vendor follows from it where that is not known either.
    #[must_use]
    pub fn with_link_address(mut self, mac: Mac) -> Self {
        if self.mac.is_some() || !mac.is_unicast() {
            return self;
        }
        let note = |field: &'static str, value: String, from: Cow<'static, str>| Evidence {
            field: field.into(),
            value,
            from,
            span: None,
        };
        let text = alloc::format!("{mac}");
        let mut evidence = alloc::vec![note("mac", text.clone(), LINK_LAYER.into())];
        self.mac = Some(mac);
        if let (None, Some(vendor)) = (&self.vendor, super::vendor::by_oui(mac.oui())) {
            let from = alloc::format!("OUI {}", &text[..6]);
            evidence.push(note("vendor", String::from(vendor), from.into()));
            self.vendor = Some(String::from(vendor));
        }
        self.evidence.splice(0..0, evidence);
        self
    }

    /// The same without where it was found.
    #[must_use]
    pub fn without_evidence(&self) -> Self {
        let Self { mac, vendor, model, version, .. } = self;
        let [vendor, model, version] = [vendor, model, version].map(Clone::clone);
        Self { mac: *mac, vendor, model, version, evidence: Vec::new() }
    }

    /// Whether nothing at all is known.
    #[must_use]
    pub fn is_unknown(&self) -> bool {
        self.mac.is_none()
            && self.vendor.is_none()
            && self.model.is_none()
            && self.version.is_none()
    }

    /// A name that stays the same for the phone: its MAC, else a hash of what is known and of `fallback`
    /// (a source address, say, where the message tells nothing).
    #[must_use]
    pub fn id(&self, fallback: &str) -> String {
        if let Some(mac) = self.mac {
            return alloc::format!("{mac}");
        }
        let known = [self.vendor.as_deref(), self.model.as_deref(), self.version.as_deref()];
        let hash = known.into_iter().chain([Some(fallback)]).fold(FNV_OFFSET, |hash, part| {
            part.unwrap_or("")
                .bytes()
                .chain([0])
                .fold(hash, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3))
        });
        alloc::format!("x{hash:016x}")
    }
}

/// Where [`Identity::with_link_address`] says that a hardware address is from.
const LINK_LAYER: &str = "link layer (ARP)";

const FNV_OFFSET: u64 = 0xCBF2_9CE4_8422_2325;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_id_is_the_mac_where_there_is_one() {
        let mac = "00908f0a1b2c".parse().ok();
        assert_eq!(Identity::claimed(mac, None, None, None).id("192.0.2.1"), "00908f0a1b2c");
    }

    #[test]
    fn the_link_layers_address_fills_what_the_message_left_open_and_overrules_nothing() {
        let mac = |text: &str| text.parse::<Mac>().unwrap();
        let told = Identity::claimed(None, None, Some("440HD"), None);
        let told = told.with_link_address(mac("00908f0a1b2c"));
        assert_eq!(
            (told.mac, told.vendor.as_deref()),
            (Some(mac("00908f0a1b2c")), Some("audiocodes"))
        );
        let from: Vec<_> = told.evidence.iter().map(|one| &*one.from).collect();
        assert_eq!(from, ["link layer (ARP)", "OUI 00908f"]);
        assert_eq!(told.clone().with_link_address(mac("000413000001")), told);
        let snom = Identity::claimed(None, Some("snom"), None, None);
        assert_eq!(snom.with_link_address(mac("00908f0a1b2c")).vendor.as_deref(), Some("snom"));
        assert_eq!(Identity::default().with_link_address(Mac::new([0; 6])), Identity::default());
    }

    #[test]
    fn without_a_mac_the_id_depends_on_all_that_is_known() {
        let model = |m| Identity::claimed(None, Some("AudioCodes"), Some(m), None);
        assert_eq!(model("440HD").id("a"), model("440HD").id("a"));
        assert_ne!(model("440HD").id("a"), model("420HD").id("a"));
        assert_ne!(model("440HD").id("a"), model("440HD").id("b"));
    }
}
