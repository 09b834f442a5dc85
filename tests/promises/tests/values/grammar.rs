//! The grammar as generators: what may be said, and how it may be spelt.

use fingerpost_core::HeaderName;
use proptest::prelude::*;
use std::fmt;
use std::net::{Ipv4Addr, Ipv6Addr};

/// Some headers with a compact form.
pub(crate) const NAMES: [(HeaderName, &str, &str); 8] = [
    (HeaderName::CallId, "Call-ID", "i"),
    (HeaderName::Contact, "Contact", "m"),
    (HeaderName::ContentType, "Content-Type", "c"),
    (HeaderName::Event, "Event", "o"),
    (HeaderName::From, "From", "f"),
    (HeaderName::AllowEvents, "Allow-Events", "u"),
    (HeaderName::Supported, "Supported", "k"),
    (HeaderName::Via, "Via", "v"),
];

/// `token`.
pub(crate) fn token() -> impl Strategy<Value = String> {
    "[A-Za-z0-9.!%*_+`'~-]{1,12}"
}

/// `word`, of a Call-ID.
pub(crate) fn word() -> impl Strategy<Value = String> {
    r#"[A-Za-z0-9.!%*_+`'~()<>:\\"/\[\]?{}-]{1,16}"#
}

/// `SWS`: nothing, blanks, or a fold.
pub(crate) fn white_space() -> impl Strategy<Value = String> {
    prop_oneof![4 => Just(String::new()), 2 => "[ \t]{1,3}", 1 => "[ \t]?\r\n[ \t]{1,2}"]
}

/// `port`, or none.
pub(crate) fn port() -> impl Strategy<Value = Option<u16>> {
    proptest::option::of(any::<u16>())
}

/// `host`: a name, an IPv4 address, an IPv6 reference.
pub(crate) fn host() -> impl Strategy<Value = String> {
    prop_oneof![
        "([a-z0-9]([a-z0-9-]{0,6}[a-z0-9])?\\.){0,3}[a-z]([a-z0-9-]{0,4}[a-z0-9])?",
        any::<Ipv4Addr>().prop_map(|address| address.to_string()),
        any::<Ipv6Addr>().prop_map(|address| format!("[{address}]")),
        any::<Ipv4Addr>().prop_map(|address| format!("[::ffff:{address}]")),
    ]
}

/// `generic-param`, and how it is spelt.
#[derive(Debug, Clone)]
pub(crate) struct Parameter {
    pub(crate) name: String,
    /// What it means, without marks and escapes.
    pub(crate) value: Option<String>,
    written: String,
}

pub(crate) fn params() -> impl Strategy<Value = Vec<Parameter>> {
    proptest::collection::vec(param(), 0..4)
}

fn param() -> impl Strategy<Value = Parameter> {
    let value = prop_oneof![
        1 => Just(None),
        2 => token().prop_map(|token| Some((token.clone(), token))),
        2 => quoted_string().prop_map(Some),
    ];
    let spaces = proptest::array::uniform4(white_space());
    (token(), value, spaces).prop_map(|(name, value, [a, b, c, d])| {
        let behind = value.as_ref().map_or(String::new(), |(_, spelt)| format!("{c}={d}{spelt}"));
        let written = format!("{a};{b}{name}{behind}");
        Parameter { name, value: value.map(|(meant, _)| meant), written }
    })
}

/// The parameters one behind the other.
pub(crate) fn joined(params: &[Parameter]) -> String {
    params.iter().map(|param| param.written.as_str()).collect()
}

/// `quoted-string`: what it means, and how it is spelt, any of its characters perhaps escaped.
fn quoted_string() -> impl Strategy<Value = (String, String)> {
    let character = prop_oneof![4 => "[ -~]", 1 => Just("\"".to_owned()), 1 => Just("\\".to_owned()), 1 => "[é-ü語]"];
    proptest::collection::vec((character, any::<bool>()), 0..8).prop_map(|characters| {
        let (mut meant, mut spelt) = (String::new(), String::from("\""));
        for (character, is_escaped) in characters {
            let must = matches!(character.as_str(), "\"" | "\\");
            // `quoted-pair` covers ASCII alone.
            if must || is_escaped && character.is_ascii() {
                spelt.push('\\');
            }
            spelt.push_str(&character);
            meant.push_str(&character);
        }
        spelt.push('"');
        (meant, spelt)
    })
}

/// `comment`, perhaps with comments in it.
pub(crate) fn comment() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![2 => "[A-Za-z0-9 ;=,./:-]{0,8}", 1 => r"\\[()\\a]"];
    let nested = leaf.prop_recursive(4, 12, 3, |inner| {
        proptest::collection::vec(inner, 0..3).prop_map(|parts| format!("({})", parts.concat()))
    });
    proptest::collection::vec(nested, 0..3).prop_map(|parts| format!("({})", parts.concat()))
}

/// `SIP-URI` or `SIPS-URI`.
#[derive(Debug, Clone)]
pub(crate) struct SipAddress {
    pub(crate) scheme: String,
    pub(crate) user: Option<String>,
    pub(crate) password: Option<String>,
    pub(crate) host: String,
    pub(crate) port: Option<u16>,
    pub(crate) params: Vec<(String, Option<String>)>,
    pub(crate) headers: Option<String>,
}

pub(crate) fn uri() -> impl Strategy<Value = SipAddress> {
    let user = proptest::option::of((
        r"([A-Za-z0-9_.!~*'()&=+$,;?/-]|%[0-9A-Fa-f]{2}){1,10}",
        proptest::option::of(r"([A-Za-z0-9_.!~*'()&=+$,-]|%[0-9A-Fa-f]{2}){0,6}"),
    ));
    let name = || r"([A-Za-z0-9_.!~*'()/:&+$-]|\[|\]|%[0-9A-F]{2}){1,6}";
    let params = proptest::collection::vec((name(), proptest::option::of(name())), 0..3);
    let headers = proptest::option::of(r"[a-z]{1,4}=([A-Za-z0-9/?:+$_.!~*'()-]|%[0-9A-F]{2}){0,6}");
    ("[sS][iI][pP][sS]?", user, host(), port(), params, headers).prop_map(
        |(scheme, user, host, port, params, headers)| {
            let (user, password) = user.map_or((None, None), |(user, word)| (Some(user), word));
            SipAddress { scheme, user, password, host, port, params, headers }
        },
    )
}

impl fmt::Display for SipAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:", self.scheme)?;
        if let Some(user) = &self.user {
            f.write_str(user)?;
            self.password.iter().try_for_each(|password| write!(f, ":{password}"))?;
            f.write_str("@")?;
        }
        f.write_str(&self.host)?;
        self.port.iter().try_for_each(|port| write!(f, ":{port}"))?;
        for (name, value) in &self.params {
            write!(f, ";{name}")?;
            value.iter().try_for_each(|value| write!(f, "={value}"))?;
        }
        self.headers.iter().try_for_each(|headers| write!(f, "?{headers}"))
    }
}

/// `name-addr` with the header's parameters.
#[derive(Debug, Clone)]
pub(crate) struct Address {
    name: Option<String>,
    pub(crate) uri: SipAddress,
    pub(crate) params: Vec<Parameter>,
}

pub(crate) fn address() -> impl Strategy<Value = Address> {
    let tokens = proptest::collection::vec(token(), 1..3).prop_map(|tokens| tokens.join(" "));
    let name = prop_oneof![tokens, quoted_string().prop_map(|(_, spelt)| spelt)];
    (proptest::option::of(name), uri(), params()).prop_map(|(name, uri, params)| Address {
        name,
        uri,
        params,
    })
}

impl Address {
    /// Without its marks, its escapes kept.
    pub(crate) fn name_as_read(&self) -> Option<String> {
        let name = self.name.as_ref()?;
        let inner = name.strip_prefix('"').and_then(|name| name.strip_suffix('"'));
        Some(inner.unwrap_or(name).to_owned())
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.name.iter().try_for_each(|name| write!(f, "{name} "))?;
        write!(f, "<{}>{}", self.uri, joined(&self.params))
    }
}
