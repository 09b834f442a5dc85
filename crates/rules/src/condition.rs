//! Owns what one `key = wanted` of a `match` asks of a phone. Knows no TOML and no other rule.

use crate::cidr::Cidr;
use crate::decide::Asking;
use crate::glob::Glob;
use crate::mac_prefix::MacPrefix;
use crate::outcome::ConditionResult;
use crate::version::VersionTest;
use std::sync::Arc;

/// One condition of a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition {
    pub(crate) wanted: Arc<[String]>,
    pub(crate) test: Test,
}

/// The alternatives, one of which must fit. A value that the phone does not have fits none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Test {
    /// The canonical name; letter case does not count.
    Vendor(Vec<String>),
    Model(Vec<Glob>),
    Version(Vec<VersionTest>),
    Mac(Vec<MacPrefix>),
    Interface(Vec<Glob>),
    Source(Vec<Cidr>),
    /// As written.
    Tag(Vec<String>),
}

impl Condition {
    /// The key in the file.
    pub fn key(&self) -> &'static str {
        match self.test {
            Test::Vendor(_) => "vendor",
            Test::Model(_) => "model",
            Test::Version(_) => "version",
            Test::Mac(_) => "mac",
            Test::Interface(_) => "interface",
            Test::Source(_) => "source",
            Test::Tag(_) => "tag",
        }
    }

    /// The alternatives as the file says them.
    pub fn wanted(&self) -> &[String] {
        &self.wanted
    }

    pub(crate) fn check(&self, asking: &Asking<'_>) -> ConditionResult {
        ConditionResult {
            key: self.key(),
            wanted: Arc::clone(&self.wanted),
            found: self.found(asking),
            holds: self.holds(asking),
        }
    }

    fn holds(&self, asking: &Asking<'_>) -> bool {
        let phone = asking.phone;
        match &self.test {
            Test::Vendor(names) => {
                any(names, phone.vendor.as_deref(), |n, v| n.eq_ignore_ascii_case(v))
            }
            Test::Model(globs) => any(globs, phone.model.as_deref(), Glob::matches),
            Test::Version(tests) => any(tests, phone.version.as_deref(), VersionTest::holds),
            Test::Mac(prefixes) => any(prefixes, phone.mac, MacPrefix::matches),
            Test::Interface(globs) => any(globs, asking.interface, Glob::matches),
            Test::Source(ranges) => any(ranges, asking.source, Cidr::contains),
            Test::Tag(tags) => tags.iter().any(|tag| asking.tags.contains(tag)),
        }
    }

    /// The value the test looks at; `None` where the phone has none.
    fn found(&self, asking: &Asking<'_>) -> Option<String> {
        let phone = asking.phone;
        match self.test {
            Test::Vendor(_) => phone.vendor.clone(),
            Test::Model(_) => phone.model.clone(),
            Test::Version(_) => phone.version.clone(),
            Test::Mac(_) => phone.mac.map(|mac| mac.to_string()),
            Test::Interface(_) => asking.interface.map(String::from),
            Test::Source(_) => asking.source.map(|address| address.to_string()),
            Test::Tag(_) => (!asking.tags.is_empty()).then(|| asking.tags.join(", ")),
        }
    }
}

fn any<T, V: Copy>(alternatives: &[T], value: Option<V>, fits: impl Fn(&T, V) -> bool) -> bool {
    value.is_some_and(|value| alternatives.iter().any(|alternative| fits(alternative, value)))
}
