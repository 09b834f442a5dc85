//! Owns what is known of phone vendors by name: canonical names, values that name nobody, and the OUIs of desk
//! phones. Knows no message.

use alloc::string::String;

/// Vendor words as they occur in messages (lower case), and the canonical name.
const NAMES: &[(&str, &str)] = &[
    ("audc", "audiocodes"),
    ("audiocodes", "audiocodes"),
    ("snom", "snom"),
    ("yealink", "yealink"),
    ("grandstream", "grandstream"),
    ("fanvil", "fanvil"),
    ("linkvil", "fanvil"),
    ("planet", "planet"),
    ("gigaset", "gigaset"),
    ("panasonic", "panasonic"),
    ("htek", "htek"),
    ("hanlong", "htek"),
    ("sangoma", "sangoma"),
    ("atcom", "atcom"),
    ("flyingvoice", "flyingvoice"),
    ("tiptel", "tiptel"),
    ("vtech", "vtech"),
    ("akuvox", "akuvox"),
    ("escene", "escene"),
    ("polycom", "polycom"),
    ("poly", "polycom"),
    ("cisco", "cisco"),
    ("mitel", "mitel"),
    ("aastra", "mitel"),
];

/// Values that phones put where a name should be.
const PLACEHOLDERS: &[&str] = &["oem", "voip phone", "none", "unknown", ""];

/// Hardware address prefixes of desk phones (IEEE assignments), and the canonical vendor name.
const OUIS: &[([u8; 3], &str)] = &[
    ([0x00, 0x90, 0x8F], "audiocodes"),
    ([0x00, 0x17, 0x19], "audiocodes"),
    ([0x00, 0x04, 0x13], "snom"),
    ([0x00, 0x15, 0x65], "yealink"),
    ([0x80, 0x5E, 0xC0], "yealink"),
    ([0x80, 0x5E, 0x0C], "yealink"),
    ([0x24, 0x9A, 0xD8], "yealink"),
    ([0x44, 0xDB, 0xD2], "yealink"),
    ([0xC4, 0xFC, 0x22], "yealink"),
    ([0xEC, 0x1D, 0xA9], "yealink"),
    ([0x00, 0x0B, 0x82], "grandstream"),
    ([0xC0, 0x74, 0xAD], "grandstream"),
    ([0xEC, 0x74, 0xD7], "grandstream"),
    ([0x0C, 0x38, 0x3E], "fanvil"),
    ([0x00, 0x30, 0x4F], "planet"),
    ([0xA8, 0xF7, 0xE0], "planet"),
    ([0x7C, 0x2F, 0x80], "gigaset"),
    ([0x00, 0x21, 0x04], "gigaset"),
    ([0x14, 0xB3, 0x70], "gigaset"),
    ([0x58, 0x9E, 0xC6], "gigaset"),
    ([0x00, 0x80, 0xF0], "panasonic"),
    ([0x08, 0x00, 0x23], "panasonic"),
    ([0xBC, 0xC3, 0x42], "panasonic"),
    ([0x00, 0x1F, 0xC1], "htek"),
    ([0x00, 0x09, 0x45], "atcom"),
    ([0x80, 0x82, 0x87], "atcom"),
    ([0x00, 0x12, 0x2A], "vtech"),
    ([0x00, 0x1F, 0x6E], "vtech"),
    ([0x54, 0x70, 0x68], "vtech"),
    ([0x0C, 0x11, 0x05], "akuvox"),
    ([0x00, 0x04, 0xF2], "polycom"),
    ([0x64, 0x16, 0x7F], "polycom"),
    ([0x48, 0x25, 0x67], "polycom"),
    ([0x00, 0x08, 0x5D], "mitel"),
    ([0x14, 0x00, 0xE9], "mitel"),
    ([0x00, 0x0F, 0xD3], "sangoma"),
    ([0x00, 0x50, 0x58], "sangoma"),
    ([0x78, 0x99, 0x12], "flyingvoice"),
    ([0x00, 0x0C, 0xC4], "tiptel"),
];

/// The canonical name for what a message calls a vendor; the text itself, in lower case, where none is known.
#[must_use]
pub fn canonical(text: &str) -> String {
    let text = text.trim();
    known(text.as_bytes()).map_or_else(|| text.to_ascii_lowercase(), String::from)
}

/// The canonical name where `text` is a known vendor word, alone or as the start of a product name (`snomD120`,
/// `AUDC-IPPhone`), in any case.
pub(crate) fn known(text: &[u8]) -> Option<&'static str> {
    let is = |text: &[u8], word: &str| text.eq_ignore_ascii_case(word.as_bytes());
    let begins = |word: &str| text.get(..word.len()).is_some_and(|start| is(start, word));
    let exact = NAMES.iter().find(|(word, _)| is(text, word));
    let prefix = || NAMES.iter().find(|(word, _)| word.len() >= 4 && begins(word));
    exact.or_else(prefix).map(|(_, name)| *name)
}

/// Whether the value stands where a name should, but names nobody (`OEM`, `VOIP PHONE`).
#[must_use]
pub fn is_placeholder(text: &str) -> bool {
    PLACEHOLDERS.iter().any(|word| word.eq_ignore_ascii_case(text.trim()))
}

/// Who made the phone with this address prefix, where it is a known vendor of desk phones.
#[must_use]
pub fn by_oui(oui: [u8; 3]) -> Option<&'static str> {
    OUIS.iter().find(|(prefix, _)| *prefix == oui).map(|(_, name)| *name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn different_spellings_have_one_name() {
        for (text, name) in [
            ("Yealink", "yealink"),
            ("AUDC-IPPhone", "audiocodes"),
            ("snomD120", "snom"),
            ("Acme", "acme"),
        ] {
            assert_eq!(canonical(text), name);
        }
    }

    #[test]
    fn a_prefix_is_one_vendors_and_every_vendor_has_a_name() {
        for (at, (oui, vendor)) in OUIS.iter().enumerate() {
            assert_eq!(OUIS.iter().position(|(other, _)| other == oui), Some(at), "{vendor}");
            assert!(NAMES.iter().any(|(_, name)| name == vendor), "{vendor}");
        }
    }

    #[test]
    fn oem_names_nobody() {
        assert!(is_placeholder("OEM") && is_placeholder("VOIP PHONE") && !is_placeholder("snom"));
    }
}
