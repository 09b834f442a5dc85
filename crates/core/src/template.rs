//! Owns URL templates: text with `%{name}` holes. Everything else passes through untouched, because phones expand
//! `{mac}`, `$mac`, `<MAC>` and `$MA` themselves and `AudioCodes` reads `firmware.img;config.cfg`.

use crate::pnp::Identity;
use crate::span::Span;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt::{self, Write as _};
use core::net::IpAddr;
use core::str::FromStr;

/// What a hole is filled with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Hole {
    /// `%{mac}`: 12 lower-case hex digits.
    Mac,
    /// `%{MAC}`: 12 upper-case hex digits.
    UpperMac,
    /// `%{vendor}`: canonical lower-case name.
    Vendor,
    /// `%{model}`: as the phone says it.
    Model,
    /// `%{version}`: as the phone says it.
    Version,
    /// `%{server}`: our address on the card on which the phone asked.
    Server,
    /// `%{interface}`: that card's name.
    Interface,
    /// `%{source}`: the phone's address.
    Source,
}

impl Hole {
    /// Every hole there is.
    pub const ALL: [Self; 8] = [
        Self::Mac,
        Self::UpperMac,
        Self::Vendor,
        Self::Model,
        Self::Version,
        Self::Server,
        Self::Interface,
        Self::Source,
    ];

    /// The word between the braces.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Mac => "mac",
            Self::UpperMac => "MAC",
            Self::Vendor => "vendor",
            Self::Model => "model",
            Self::Version => "version",
            Self::Server => "server",
            Self::Interface => "interface",
            Self::Source => "source",
        }
    }
}

/// A parsed URL template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UrlTemplate {
    text: String,
    parts: Vec<Part>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    Literal(String),
    Hole(Hole),
}

/// The template cannot be used. Spans are byte offsets into the template's text.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TemplateError {
    /// `%{x}` with an `x` that does not exist.
    #[error("unknown placeholder %{{{name}}}{}; known are %{{mac}} %{{MAC}} %{{vendor}} %{{model}} %{{version}} %{{server}} %{{interface}} %{{source}}", hint(*.nearest))]
    UnknownHole {
        /// What stood between the braces.
        name: String,
        /// The nearest name that exists, where one is near.
        nearest: Option<&'static str>,
        /// The whole `%{x}`.
        span: Span,
    },
    /// `%{` without `}`.
    #[error("placeholder %{{ without its closing }}")]
    Unclosed {
        /// From `%{` to the end.
        span: Span,
    },
    /// `%` before anything but `{` or `%`.
    #[error("a percent sign stands alone; write %% for a percent sign")]
    LonePercent {
        /// The percent sign.
        span: Span,
    },
    /// A control character or line break: it would end the URL or forge a header.
    #[error("a control character (0x{byte:02x}) cannot stand in a URL")]
    Control {
        /// The byte.
        byte: u8,
        /// Its place.
        span: Span,
    },
    /// Nothing at all.
    #[error("the URL template is empty")]
    Empty,
}

impl TemplateError {
    /// The place in the template's text.
    #[must_use]
    pub const fn span(&self) -> Span {
        match self {
            Self::UnknownHole { span, .. }
            | Self::Unclosed { span }
            | Self::LonePercent { span }
            | Self::Control { span, .. } => *span,
            Self::Empty => Span::at(0),
        }
    }
}

fn hint(nearest: Option<&'static str>) -> String {
    nearest.map(|name| format!(" (did you mean %{{{name}}}?)")).unwrap_or_default()
}

/// The template asks for a value that is not known of this phone: it gets no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no value for %{{{}}}", hole.name())]
#[non_exhaustive]
pub struct MissingValueError {
    /// The hole that stays empty.
    pub hole: Hole,
}

/// What the holes of one answer are filled with.
#[derive(Debug, Clone, Copy)]
#[allow(clippy::exhaustive_structs, reason = "the caller writes it down field by field")]
pub struct TemplateValues<'a> {
    /// The phone.
    pub phone: &'a Identity,
    /// Our address on the card on which the phone asked; of several, the one whose subnet holds the phone.
    pub server: Option<IpAddr>,
    /// That card's name.
    pub interface: Option<&'a str>,
    /// The phone's address.
    pub source: Option<IpAddr>,
}

impl UrlTemplate {
    /// Reads a template.
    ///
    /// # Errors
    /// [`TemplateError`], with the place in `text`.
    pub fn parse(text: &str) -> Result<Self, TemplateError> {
        if text.is_empty() {
            return Err(TemplateError::Empty);
        }
        let mut parts = Vec::new();
        let mut at = 0;
        while at < text.len() {
            let (part, length) = part_at(text, at)?;
            at += length;
            match (parts.last_mut(), part) {
                (Some(Part::Literal(before)), Part::Literal(more)) => before.push_str(&more),
                (_, part) => parts.push(part),
            }
        }
        Ok(Self { text: text.into(), parts })
    }

    /// The template as it was written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The holes, in order.
    pub fn holes(&self) -> impl Iterator<Item = Hole> {
        self.parts.iter().filter_map(|part| match part {
            Part::Hole(hole) => Some(*hole),
            Part::Literal(_) => None,
        })
    }

    /// Fills the holes. Values are percent-encoded outside `A-Za-z0-9-._~`; the literal text never is.
    ///
    /// # Errors
    /// [`MissingValueError`] names the first hole for which this phone has no value.
    pub fn expand(&self, values: &TemplateValues<'_>) -> Result<String, MissingValueError> {
        self.parts.iter().try_fold(String::with_capacity(self.text.len()), |mut url, part| {
            match part {
                Part::Literal(text) => url.push_str(text),
                Part::Hole(hole) => {
                    let value = values.value(*hole).ok_or(MissingValueError { hole: *hole })?;
                    percent_encode(&value, &mut url);
                }
            }
            Ok(url)
        })
    }
}

impl TemplateValues<'_> {
    fn value(&self, hole: Hole) -> Option<String> {
        match hole {
            Hole::Mac => self.phone.mac.map(|mac| mac.to_string()),
            Hole::UpperMac => self.phone.mac.map(|mac| format!("{mac:X}")),
            Hole::Vendor => self.phone.vendor.clone(),
            Hole::Model => self.phone.model.clone(),
            Hole::Version => self.phone.version.clone(),
            Hole::Server => self.server.map(|address| address.to_string()),
            Hole::Interface => self.interface.map(String::from),
            Hole::Source => self.source.map(|address| address.to_string()),
        }
    }
}

fn part_at(text: &str, at: usize) -> Result<(Part, usize), TemplateError> {
    let rest = &text[at..];
    if rest.starts_with("%{") {
        return hole_at(rest, at);
    }
    if rest.starts_with("%%") {
        return Ok((Part::Literal("%".into()), 2));
    }
    if rest.starts_with('%') {
        return Err(TemplateError::LonePercent { span: Span::new(at, at + 1) });
    }
    let end = rest.find('%').unwrap_or(rest.len());
    let literal = &rest[..end];
    match literal.bytes().position(|byte| byte.is_ascii_control()) {
        Some(bad) => Err(TemplateError::Control {
            byte: literal.as_bytes()[bad],
            span: Span::new(at + bad, at + bad + 1),
        }),
        None => Ok((Part::Literal(literal.into()), end)),
    }
}

fn hole_at(rest: &str, at: usize) -> Result<(Part, usize), TemplateError> {
    let Some(close) = rest.find('}') else {
        return Err(TemplateError::Unclosed { span: Span::new(at, at + rest.len()) });
    };
    let name = &rest[2..close];
    match Hole::ALL.into_iter().find(|hole| hole.name() == name) {
        Some(hole) => Ok((Part::Hole(hole), close + 1)),
        None => Err(TemplateError::UnknownHole {
            name: name.into(),
            nearest: nearest_hole(name),
            span: Span::new(at, at + close + 1),
        }),
    }
}

fn nearest_hole(name: &str) -> Option<&'static str> {
    let near = |hole: &&str| {
        let (known, given) = (hole.to_ascii_lowercase(), name.to_ascii_lowercase());
        given.len() >= 2 && (known.starts_with(&given) || given.starts_with(&known))
            || edit_distance(known.as_bytes(), given.as_bytes()) <= 2
    };
    Hole::ALL.map(Hole::name).into_iter().find(near)
}

/// Levenshtein distance, for the few short names of this module.
fn edit_distance(a: &[u8], b: &[u8]) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let substitute = diagonal + usize::from(x != y);
            diagonal = row[j + 1];
            row[j + 1] = substitute.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}

fn percent_encode(value: &str, url: &mut String) {
    for byte in value.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            url.push(char::from(byte));
        } else {
            // Writing to a String never fails.
            let _ = write!(url, "%{byte:02X}");
        }
    }
}

impl FromStr for UrlTemplate {
    type Err = TemplateError;

    fn from_str(text: &str) -> Result<Self, TemplateError> {
        Self::parse(text)
    }
}

impl fmt::Display for UrlTemplate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn expand(template: &str, phone: &Identity) -> Result<String, MissingValueError> {
        let values = TemplateValues {
            phone,
            server: Some(IpAddr::from([10, 13, 4, 121])),
            interface: Some("eth0.20"),
            source: Some(IpAddr::from([10, 13, 2, 37])),
        };
        UrlTemplate::parse(template).unwrap().expand(&values)
    }

    fn snom() -> Identity {
        let mac = "00:04:13:0A:1b:2c".parse().ok();
        Identity::claimed(mac, Some("snom"), Some("D 120/../x"), None)
    }

    #[test]
    fn fills_every_hole_and_leaves_the_rest_alone() {
        let url = "http://%{server}/%{vendor}/%{mac}-%{MAC}/%{interface}/%{source}?{mac}$mac<MAC>$MA;x.cfg%%";
        let filled = "http://10.13.4.121/snom/0004130a1b2c-0004130A1B2C/eth0.20/10.13.2.37?{mac}$mac<MAC>$MA;x.cfg%";
        assert_eq!(expand(url, &snom()).unwrap(), filled);
    }

    #[test]
    fn a_value_from_the_phone_cannot_leave_its_path_segment() {
        assert_eq!(expand("tftp://s/%{model}", &snom()).unwrap(), "tftp://s/D%20120%2F..%2Fx");
    }

    #[test]
    fn a_missing_value_is_named() {
        let error = expand("tftp://s/%{version}", &snom()).unwrap_err();
        assert_eq!(error.to_string(), "no value for %{version}");
    }

    #[test]
    fn mistakes_are_shown_with_their_place() {
        let error = UrlTemplate::parse("tftp://%{servr}/x").unwrap_err();
        assert_eq!(error.span(), Span::new(7, 15));
        assert!(error.to_string().contains("did you mean %{server}?"), "{error}");
        assert_eq!(UrlTemplate::parse("a%{mac").unwrap_err().span(), Span::new(1, 6));
        assert_eq!(UrlTemplate::parse("a%b").unwrap_err().span(), Span::new(1, 2));
        assert_eq!(UrlTemplate::parse("a\r\nb").unwrap_err().span(), Span::new(1, 2));
        assert_eq!(UrlTemplate::parse("").unwrap_err(), TemplateError::Empty);
    }
}
