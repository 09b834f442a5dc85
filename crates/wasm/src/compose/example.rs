//! Owns the examples that are composed: an exchange of each vendor's phones, and one behind a NAT.

use super::answer::acknowledged;
use super::letter::Letter;
use super::preset::preset;
use fingerpost_core::SeededEntropy;
use fingerpost_core::pnp::{Dialect, PhoneProfile, Reply, ReplyFields, Subscriber, profile, reply};
use std::net::SocketAddr;

/// Where the phones of the examples stand, and the server (RFC 5737).
const PHONE: [u8; 4] = [192, 0, 2, 37];
const SERVER: ([u8; 4], u16) = ([192, 0, 2, 1], 5060);
/// A phone's own address behind a NAT, and what the NAT makes of it.
const INSIDE: [u8; 4] = [192, 168, 178, 44];
const OUTSIDE: ([u8; 4], u16) = ([203, 0, 113, 9], 41_872);
/// Examples are the same each time.
const SEED: u64 = 7;

/// The example of that name, as one text: a vendor's name, `nat`, or the id of a preset.
pub fn example(name: &str) -> Option<String> {
    if let Some(text) = preset(name, SEED) {
        return Some(text);
    }
    let letters = match profile::ALL.iter().find(|profile| profile.vendor == name) {
        Some(profile) => exchange(profile, SocketAddr::from((PHONE, profile.source_port)), None),
        None if name == "nat" => behind_a_nat(),
        None => None,
    };
    letters.map(|letters| letters.iter().map(told).collect())
}

/// The message, under a line that says who speaks.
fn told(letter: &Letter) -> String {
    format!(
        "{} to {}\n\n{}\n\n",
        letter.from,
        letter.to,
        letter.text.replace("\r\n", "\n").trim_end()
    )
}

fn behind_a_nat() -> Option<Vec<Letter>> {
    let phone = SocketAddr::from((INSIDE, 5060));
    exchange(profile::find("fanvil")?, phone, Some(SocketAddr::from(OUTSIDE)))
}

fn exchange(
    profile: &PhoneProfile,
    phone: SocketAddr,
    seen_as: Option<SocketAddr>,
) -> Option<Vec<Letter>> {
    let server = SocketAddr::from(SERVER);
    // No multicast crosses a NAT.
    let group = if seen_as.is_some() { server } else { SocketAddr::from(([224, 0, 1, 75], 5060)) };
    let subscriber = Subscriber::new(phone).with_group(group);
    let asked = profile.subscribe(&subscriber, &mut SeededEntropy::new(SEED)).ok()?;
    let mut fields = ReplyFields::new(server, url(profile.vendor), dialect(profile.vendor));
    fields.source = Some(seen_as.unwrap_or(phone));
    let Reply { ok, notify, .. } = reply(&asked, &fields, &mut SeededEntropy::new(!SEED)).ok()?;
    let ack = acknowledged(&notify, server)?;
    let source = seen_as.unwrap_or(phone);
    let letter = |bytes: &[u8], from: SocketAddr, to: SocketAddr| {
        Letter::new(String::from_utf8_lossy(bytes), from.to_string(), to.to_string())
    };
    Some(vec![
        letter(&asked, source, group),
        letter(&ok, server, source),
        letter(&notify, server, source),
        letter(&ack, source, server),
    ])
}

/// The only evidence on `AudioCodes` is the manual's own trace.
fn dialect(vendor: &str) -> Dialect {
    match Dialect::for_vendor(Some(vendor)) {
        Dialect::Manual => Dialect::Manual,
        _ => Dialect::Rfc,
    }
}

/// A URL such as that vendor's phones want: they fill in the rest themselves.
fn url(vendor: &str) -> &'static str {
    match vendor {
        "audiocodes" => "http://192.0.2.1/440HD.img;<MAC>.cfg",
        "snom" | "gigaset" => "http://192.0.2.1/{mac}.xml",
        "yealink" => "http://192.0.2.1/$MAC.cfg",
        "fanvil" | "planet" => "http://192.0.2.1/$mac.cfg",
        "panasonic" => "http://192.0.2.1/{MODEL}/{mac}.cfg",
        // A GRP phone takes a folder only, and adds cfg<mac>.xml.
        _ => "http://192.0.2.1/",
    }
}
