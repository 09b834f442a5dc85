//! Owns reading an [`Identity`] from a SUBSCRIBE: every spelling that phones use, each value with its evidence.
//! Hardware addresses come from user parts and User-Agent only, never from a Call-ID (phones put random hex there).

use super::vendor::{by_oui, is_placeholder, known};
use super::{Evidence, Identity, Mac};
use crate::message::Message;
use crate::syntax::ParamValue;
use crate::text::Text;
use crate::typed::{NameAddr, Product, UaProfile, Uri, UserAgent};
use alloc::borrow::Cow;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

/// Who sends this message, as far as it says so.
///
/// The MAC address is looked for in the user parts of Request-URI, From, To and Contact, then in User-Agent; vendor,
/// model and version in the parameters of `Event: ua-profile`, then in User-Agent; the vendor last in the MAC
/// address's prefix.
#[must_use]
pub fn identify(message: &Message<'_>) -> Identity {
    let agent = message.user_agent().ok().flatten().map(Agent::of).unwrap_or_default();
    let mut found = Found { message, identity: Identity::default() };
    found.mac(&agent);
    let event = message.event().ok().flatten().and_then(|event| event.ua_profile());
    found.vendor(event.as_ref(), &agent);
    found.model(event.as_ref(), &agent);
    found.version(event.as_ref(), &agent);
    found.identity
}

/// Only whose phone sends this message, whose Event names the vendor `said` and whose User-Agent is `agent`: what
/// [`identify`] says of the vendor, without the evidence.
pub(crate) fn vendor_of(
    message: &Message<'_>,
    said: Option<ParamValue<'_>>,
    agent: Option<UserAgent<'_>>,
) -> Option<Cow<'static, str>> {
    if let Some(said) = said.filter(|said| names_somebody(*said)) {
        return Some(super::vendor::canonical(&said.to_str()).into());
    }
    let agent = agent.map(Agent::of).unwrap_or_default();
    let by_address = || {
        let in_users = user_parts(message).into_iter().find_map(|(_, user)| mac_of_user(user));
        let mac = in_users.or_else(|| agent.mac().map(|(mac, _)| mac))?;
        by_oui(mac.oui())
    };
    agent.vendor.map(|(vendor, _)| vendor).or_else(by_address).map(Cow::Borrowed)
}

fn names_somebody(vendor: ParamValue<'_>) -> bool {
    !is_placeholder(&vendor.to_str())
}

/// Who asks for its profile URL: `Some` for a SUBSCRIBE to `ua-profile` whose Accept is absent or takes
/// `application/url`. The same event is used by others (RFC 6080 servers, XDMS), who accept other types.
#[must_use]
pub fn asking(message: &Message<'_>) -> Option<Identity> {
    message.request_uri()?;
    let subscribes = message.method().is_some_and(|method| method == "SUBSCRIBE");
    let event = message.event().ok()??;
    (subscribes && event.package == "ua-profile" && takes_url(message)).then(|| identify(message))
}

/// Whether Accept is absent or takes `application/url`.
pub(crate) fn takes_url(message: &Message<'_>) -> bool {
    message.accept().is_none_or(|mut ranges| {
        ranges.any(|range| range.is_ok_and(|range| range.takes("application", "url")))
    })
}

struct Found<'m, 'a> {
    message: &'m Message<'a>,
    identity: Identity,
}

impl Found<'_, '_> {
    fn note(
        &mut self,
        field: &'static str,
        value: &str,
        from: impl Into<Cow<'static, str>>,
        place: Option<Text<'_>>,
    ) {
        let span = place.and_then(|text| self.message.span_of(text));
        let (field, value, from) = (field.into(), value.into(), from.into());
        self.identity.evidence.push(Evidence { field, value, from, span });
    }

    fn mac(&mut self, agent: &Agent<'_>) {
        let in_users = user_parts(self.message)
            .into_iter()
            .find_map(|(from, user)| mac_of_user(user).map(|mac| (mac, from, user)));
        let found = in_users.or_else(|| agent.mac().map(|(mac, text)| (mac, "User-Agent", text)));
        if let Some((mac, from, text)) = found {
            self.identity.mac = Some(mac);
            self.note("mac", &mac.to_string(), from, Some(text));
        }
    }

    fn vendor(&mut self, event: Option<&UaProfile<'_>>, agent: &Agent<'_>) {
        let said = event.and_then(|event| event.vendor).filter(|vendor| names_somebody(*vendor));
        let (vendor, from, place): (_, Cow<'static, str>, _) = if let Some(vendor) = said {
            let canonical = super::vendor::canonical(&vendor.to_str());
            (canonical, "Event parameter vendor".into(), Some(vendor.text))
        } else if let Some((vendor, text)) = agent.vendor {
            (vendor.to_string(), "User-Agent".into(), Some(text))
        } else if let Some((mac, vendor)) =
            self.identity.mac.and_then(|mac| Some((mac, by_oui(mac.oui())?)))
        {
            (vendor.to_string(), format!("OUI {}", &mac.to_string()[..6]).into(), None)
        } else {
            return;
        };
        self.note("vendor", &vendor, from, place);
        self.identity.vendor = Some(vendor);
    }

    fn model(&mut self, event: Option<&UaProfile<'_>>, agent: &Agent<'_>) {
        let said =
            event.and_then(|event| event.model).filter(|model| !is_placeholder(&model.to_str()));
        self.identity.model = self.pick(
            ("model", "Event parameter model"),
            said.map(|value| (value.to_str().into_owned(), value.text)),
            agent.model,
        );
    }

    fn version(&mut self, event: Option<&UaProfile<'_>>, agent: &Agent<'_>) {
        let said = event.and_then(|event| event.version).filter(|version| !version.text.is_empty());
        self.identity.version = self.pick(
            ("version", "Event parameter version"),
            said.map(|value| (value.to_str().into_owned(), value.text)),
            agent.version,
        );
    }

    /// The Event parameter, else the word of the User-Agent, with its evidence.
    fn pick(
        &mut self,
        (field, parameter): (&'static str, &'static str),
        said: Option<(String, Text<'_>)>,
        agent: Option<Text<'_>>,
    ) -> Option<String> {
        let (value, from, place) = match (said, agent) {
            (Some((value, place)), _) => (value, parameter, place),
            (None, Some(word)) => (word.to_str().into_owned(), "User-Agent", word),
            (None, None) => return None,
        };
        self.note(field, &value, from, Some(place));
        Some(value)
    }
}

/// The user parts in which phones put their address, in the order in which they are believed.
fn user_parts<'a>(message: &Message<'a>) -> Vec<(&'static str, Text<'a>)> {
    let user = |uri: Uri<'a>| uri.as_sip().and_then(|uri| uri.user);
    let of = |address: Option<NameAddr<'a>>| address.and_then(|address| user(address.uri));
    let parts = [
        ("Request-URI user", message.request_uri().and_then(user)),
        ("From user", of(message.from().ok().flatten())),
        ("To user", of(message.to().ok().flatten())),
        ("Contact user", of(message.contact().ok().flatten())),
    ];
    parts.into_iter().filter_map(|(from, user)| Some((from, user?))).collect()
}

/// The address in a user part: `MAC%3a…`, `MAC:…`, `MAC=…`, `MAC-…`, `MAC…`, a version 1 UUID, or twelve bare hex
/// digits that begin like a phone vendor's address.
fn mac_of_user(user: Text<'_>) -> Option<Mac> {
    let plain = user.unescaped();
    let lower = plain.to_ascii_lowercase();
    if let Some(uuid) = lower.strip_prefix(b"urn:uuid:") {
        return mac_of_uuid(uuid);
    }
    match lower.strip_prefix(b"mac") {
        Some(rest) => Mac::parse(
            rest.strip_prefix(b":")
                .or(rest.strip_prefix(b"="))
                .or(rest.strip_prefix(b"-"))
                .unwrap_or(rest),
        )
        .ok(),
        None => Mac::parse(&lower).ok().filter(|mac| by_oui(mac.oui()).is_some()),
    }
}

/// The node of a version 1 UUID is a hardware address (RFC 4122 §4.1.6); of no other version.
fn mac_of_uuid(uuid: &[u8]) -> Option<Mac> {
    let is_version_1 = uuid.len() == 36 && uuid[14] == b'1';
    is_version_1.then(|| Mac::parse(&uuid[24..]).ok())?
}

/// What the User-Agent says.
#[derive(Default)]
struct Agent<'a> {
    text: Text<'a>,
    vendor: Option<(&'static str, Text<'a>)>,
    model: Option<Text<'a>>,
    version: Option<Text<'a>>,
}

impl<'a> Agent<'a> {
    fn of(agent: UserAgent<'a>) -> Self {
        let named = agent.products().filter_map(|product| match product {
            Product::Named { name, version } => Some((name, version)),
            Product::Comment(_) => None,
        });
        let mut read = Self { text: agent.text, ..Self::default() };
        read.products(named);
        read
    }

    fn mac(&self) -> Option<(Mac, Text<'a>)> {
        mac_of_agent(self.text)
    }

    /// Three spellings: `vendor model version`, `product/version`, and `Vendor_model/version`.
    fn products(&mut self, mut named: impl Iterator<Item = (Text<'a>, Option<Text<'a>>)>) {
        let Some((first, first_version)) = named.next() else { return };
        let Some(vendor) = known(first.as_bytes()) else { return };
        self.vendor = Some((vendor, first));
        if first_version.is_some() {
            self.version = first_version;
            self.model = model_in_product(first, vendor);
        } else if let Some((model, version)) = named.next() {
            self.model = Some(model);
            let next = named.next().map(|(word, _)| word).filter(|word| looks_like_version(*word));
            self.version = version.or(next);
        }
    }
}

/// `KX-HDV130` of `Panasonic_KX-HDV130`; `snomD120` as a whole, for snom writes its models so; nothing of
/// `AUDC-IPPhone`, which is the same on every model.
fn model_in_product<'a>(product: Text<'a>, vendor: &str) -> Option<Text<'a>> {
    let bytes = product.as_bytes();
    match memchr::memchr(b'_', bytes) {
        Some(at) => Some(Text::new(&bytes[at + 1..])),
        None => (bytes.len() > vendor.len() && vendor != "audiocodes").then_some(product),
    }
}

fn looks_like_version(word: Text<'_>) -> bool {
    word.as_bytes().first().is_some_and(u8::is_ascii_digit) && Mac::parse(word.as_bytes()).is_err()
}

/// Twelve hex digits, plain or parted, alone or behind `MAC=`.
fn mac_of_agent(agent: Text<'_>) -> Option<(Mac, Text<'_>)> {
    let is_end = |byte: &u8| byte.is_ascii_whitespace() || b"();,/".contains(byte);
    agent.as_bytes().split(is_end).find_map(|word| {
        let word = if word.len() > 4 && word[..4].eq_ignore_ascii_case(b"mac=") {
            &word[4..]
        } else {
            word
        };
        let mac = Mac::parse(word).ok().filter(|mac| mac.is_unicast())?;
        Some((mac, Text::new(word)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn subscribe(user: &str, event: &str, agent: &str) -> String {
        format!(
            "SUBSCRIBE sip:{user}@224.0.1.75 SIP/2.0\r\nFrom: <sip:{user}@224.0.1.75>;tag=1\r\n\
             Call-ID: 00908f0a1b2c@x\r\nEvent: ua-profile;{event}\r\nUser-Agent: {agent}\r\n\r\n"
        )
    }

    fn row(user: &str, event: &str, agent: &str) -> [String; 4] {
        let text = subscribe(user, event, agent);
        let found = identify(&Message::parse(text.as_bytes()).unwrap());
        let or = |value: Option<String>| value.unwrap_or_default();
        [
            or(found.mac.map(|mac| mac.to_string())),
            or(found.vendor),
            or(found.model),
            or(found.version),
        ]
    }

    /// User part, Event parameters, User-Agent; and MAC, vendor, model, version.
    type Case = ((&'static str, &'static str, &'static str), [&'static str; 4]);

    const CASES: &[Case] = &[
        (
            ("00000001", "model=\"440HD\";version=\"2.2.2\"", "AUDC-IPPhone/2.2.2"),
            ["", "audiocodes", "440HD", "2.2.2"],
        ),
        (
            ("MAC%3a0004130A1B2C", "vendor=\"OEM\";model=\"OEM\";version=\"7.1\"", "x"),
            ["0004130a1b2c", "snom", "", "7.1"],
        ),
        (
            ("MAC%3a0004130A1B2C", "x", "snomD120/10.1.39"),
            ["0004130a1b2c", "snom", "snomD120", "10.1.39"],
        ),
        (
            (
                "512",
                "vendor=\"snom\";model=\"snomM700\"",
                "snomM700/03.23 (MAC=0004130A1B2C; SER=1)",
            ),
            ["0004130a1b2c", "snom", "snomM700", "03.23"],
        ),
        (
            ("MAC0015650a1b2c", "vendor=\"yealink\";model=\"W52P\"", "Yealink W52P 25.81.0.10"),
            ["0015650a1b2c", "yealink", "W52P", "25.81.0.10"],
        ),
        (
            ("x", "y", "Yealink SIP-T53W 96.86.0.70 80:5e:c0:0a:1b:2c"),
            ["805ec00a1b2c", "yealink", "SIP-T53W", "96.86.0.70"],
        ),
        (
            ("MAC%3AC074AD0A1B2C", "vendor=\"Grandstream\";model=\"GRP2612W\"", "x"),
            ["c074ad0a1b2c", "grandstream", "GRP2612W", ""],
        ),
        (
            ("a", "vendor=\"Fanvil\";model=\"VOIP PHONE\"", "Fanvil X4U 2.4.2 0c383e0a1b2c"),
            ["0c383e0a1b2c", "fanvil", "X4U", "2.4.2"],
        ),
        (
            ("MAC=00304f0a1b2c", "vendor=\"PLANET\"", "PLANET VIP-2140PT"),
            ["00304f0a1b2c", "planet", "VIP-2140PT", ""],
        ),
        (
            (
                "MAC%3a0080F00A1B2C",
                "vender=\"Panasonic\"",
                "Panasonic_KX-HDV130/01.000 (0080f00a1b2c)",
            ),
            ["0080f00a1b2c", "panasonic", "KX-HDV130", "01.000"],
        ),
        (
            ("urn%3auuid%3a00000000-0000-1000-0000-00FF8D0A1B2C", "vendor=\"Vendor.Example\"", "x"),
            ["00ff8d0a1b2c", "vendor.example", "", ""],
        ),
        (("urn%3auuid%3a00000000-0000-4000-8000-00FF8D0A1B2C", "x", "x"), ["", "", "", ""]),
        (("0004130a1b2c", "x", "x"), ["0004130a1b2c", "snom", "", ""]),
        (("123456789012", "x", "x"), ["", "", "", ""]),
    ];

    #[test]
    fn the_vendor_alone_is_the_same_as_with_its_evidence() {
        for ((user, event, agent), _) in CASES {
            let text = subscribe(user, event, agent);
            let message = Message::parse(text.as_bytes()).unwrap();
            let said = message.event().unwrap().and_then(|event| event.ua_profile()?.vendor);
            let vendor = vendor_of(&message, said, message.user_agent().unwrap()).map(String::from);
            assert_eq!(vendor, identify(&message).vendor, "{user} {event} {agent}");
        }
    }

    #[test]
    fn knows_phones_by_every_spelling() {
        for ((user, event, agent), expected) in CASES {
            assert_eq!(
                row(user, event, agent),
                expected.map(String::from),
                "{user} {event} {agent}"
            );
        }
    }

    #[test]
    fn every_value_has_its_evidence_and_its_place() {
        let text = subscribe("MAC%3a0004130A1B2C", "vendor=\"snom\"", "snomD120/10.1");
        let found = identify(&Message::parse(text.as_bytes()).unwrap());
        let places: Vec<_> = found
            .evidence
            .iter()
            .map(|e| (&*e.field, &*e.from, &text[e.span.unwrap().start..e.span.unwrap().end]))
            .collect();
        assert_eq!(
            places,
            [
                ("mac", "Request-URI user", "MAC%3a0004130A1B2C"),
                ("vendor", "Event parameter vendor", "snom"),
                ("model", "User-Agent", "snomD120"),
                ("version", "User-Agent", "10.1"),
            ]
        );
    }

    #[test]
    fn only_who_takes_a_url_is_asking() {
        let text = subscribe("a", "x", "x");
        let asks = |text: &str| asking(&Message::parse(text.as_bytes()).unwrap()).is_some();
        assert!(asks(&text));
        assert!(asks(
            &text.replace("User-Agent", "Accept: application/url, text/plain\r\nUser-Agent")
        ));
        assert!(!asks(
            &text.replace("User-Agent", "Accept: application/xcap-diff+xml\r\nUser-Agent")
        ));
        assert!(!asks(&text.replace("ua-profile", "presence")));
        assert!(!asks(&text.replace("SUBSCRIBE", "NOTIFY")));
    }
}
