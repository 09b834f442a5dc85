//! Owns Event (RFC 6665 §8.2.1) and the parameters of its `ua-profile` package (RFC 6080 §6.2).

use super::{Kept, Value};
use crate::message::HeaderName;
use crate::scan::{TapeBuilder, TokenKind};
use crate::syntax::{
    Param, ParamList, ParamValue, Params, Parsed, ValueError, params, token, whole,
};
use crate::text::Text;

/// What a subscription is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Event<'a> {
    /// Package with templates (`presence.winfo`). Compared byte by byte.
    pub package: Text<'a>,
    /// `id` and the package's own.
    pub params: Params<'a>,
}

/// The `ua-profile` parameters of a SUBSCRIBE. Quoted, unquoted and misspelt values are all read: phones send them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct UaProfile<'a> {
    /// `device`, `user`, `local-network`, and from `AudioCodes` `application`.
    pub profile_type: Option<ParamValue<'a>>,
    /// `vendor`, or Panasonic's `vender`.
    pub vendor: Option<ParamValue<'a>>,
    /// `model`.
    pub model: Option<ParamValue<'a>>,
    /// `version`.
    pub version: Option<ParamValue<'a>>,
    /// `effective-by`: seconds (NOTIFY only).
    pub effective_by: Option<ParamValue<'a>>,
}

impl<'a> Event<'a> {
    /// Reads an Event value.
    ///
    /// # Errors
    /// [`ValueError`] with the place where the grammar failed.
    pub fn parse(value: &'a [u8]) -> Result<Self, ValueError> {
        whole(value, Self::grammar)
    }

    /// The `id` that a NOTIFY must repeat (RFC 6665 §4.5.2).
    #[must_use]
    pub fn id(&self) -> Option<Text<'a>> {
        self.params.value("id").map(|value| value.text)
    }

    /// The package's parameters, where the package is `ua-profile`.
    #[must_use]
    pub fn ua_profile(&self) -> Option<UaProfile<'a>> {
        (self.package == "ua-profile").then(|| UaProfile::read(self.params))
    }
}

impl<'a> UaProfile<'a> {
    /// In one pass: each parameter as it first stands there.
    fn read(params: Params<'a>) -> Self {
        const NAMES: [&str; 6] =
            ["profile-type", "vendor", "vender", "model", "version", "effective-by"];
        let mut first: [Option<Param<'a>>; 6] = [None; 6];
        for param in params.iter() {
            if let Some(at) = NAMES.iter().position(|name| param.name.is(name)) {
                first[at].get_or_insert(param);
            }
        }
        let [profile_type, vendor, misspelt, model, version, effective_by] =
            first.map(|param| param.and_then(|param| param.value));
        Self { profile_type, vendor: vendor.or(misspelt), model, version, effective_by }
    }
}

impl<'a> Value<'a> for Event<'a> {
    fn grammar(input: &'a [u8]) -> Parsed<'a, Self> {
        let (rest, package) = token(input)?;
        let (rest, params) = params(rest)?;
        Ok((rest, Self { package, params }))
    }

    fn describe(&self, tape: &mut TapeBuilder<'a>) {
        tape.leaf(TokenKind::EventPackage, self.package);
        tape.params(self.params);
    }

    fn keep(self, _: HeaderName, kept: &mut Kept<'a>) {
        kept.event(self, || ParamList::of(self.params));
    }

    fn describe_and_keep(self, _: HeaderName, tape: &mut TapeBuilder<'a>, kept: &mut Kept<'a>) {
        tape.leaf(TokenKind::EventPackage, self.package);
        let params = tape.listed(self.params);
        kept.event(self, || params);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_spellings_of_phones() {
        let text = br#"ua-profile; profile-type = device;vender="Panasonic";model="VOIP; PHONE";version=1.2"#;
        let profile = Event::parse(text).unwrap().ua_profile().unwrap();
        assert_eq!(profile.profile_type.unwrap().text, "device");
        assert_eq!(profile.vendor.unwrap().text, "Panasonic");
        assert_eq!(profile.model.unwrap().text, "VOIP; PHONE");
        assert!(!profile.version.unwrap().quoted);
    }

    #[test]
    fn the_package_is_compared_byte_by_byte() {
        assert!(Event::parse(b"UA-Profile").unwrap().ua_profile().is_none());
    }
}
