//! Owns what Fingerpost would answer to a message under a policy. Nothing is imitated: the policy is the rules crate's,
//! and the machine that writes the answer is the one that `fingerpost serve` runs, with its clock turned by hand.

mod machine;
mod view;

pub use view::{Answered, Answering, Problem, Sent};

use fingerpost_core::message::StartLine;
use fingerpost_core::template::UrlTemplate;
use fingerpost_core::typed::Uri;
use fingerpost_core::{Message, Span};
use fingerpost_rules::Policy;
use fingerpost_trace::find_messages;
use std::net::{IpAddr, Ipv4Addr, SocketAddr, SocketAddrV4};

use crate::Offsets;

/// What is asked. Of the addresses those may be empty that are not known.
#[derive(Debug, Clone, Copy, Default)]
#[allow(clippy::exhaustive_structs, reason = "the page's contract")]
pub struct Question<'a> {
    /// A text whose first message the phone sent.
    pub message: &'a str,
    /// The URL that every phone gets; counts where there is no policy.
    pub url: &'a str,
    /// A policy file.
    pub policy: Option<&'a str>,
    /// Where the message came from.
    pub source: &'a str,
    /// Where it was sent to.
    pub destination: &'a str,
    /// Our address on that card.
    pub server: &'a str,
    /// The card's name.
    pub interface: &'a str,
    /// Tags that people gave the phone.
    pub tags: &'a [String],
    /// What the random words are drawn from.
    pub seed: u64,
}

/// The question with everything known, what was left open made up.
struct Scene<'a> {
    bytes: Vec<u8>,
    policy: Policy,
    source: SocketAddrV4,
    server: Ipv4Addr,
    interface: String,
    is_multicast: bool,
    tags: &'a [String],
    seed: u64,
    made_up: Vec<String>,
}

const PORT: u16 = 5060;
const CARD: &str = "eth0";
const PHONE: Ipv4Addr = Ipv4Addr::new(192, 0, 2, 37);

/// What Fingerpost would answer, or what is wrong with the question, each at its place.
#[must_use]
pub fn answering(question: &Question<'_>) -> Answering {
    match scene(question) {
        Ok(scene) => Answering { answered: Some(machine::play(&scene)), problems: Vec::new() },
        Err(problems) => Answering { answered: None, problems },
    }
}

fn scene<'a>(question: &Question<'a>) -> Result<Scene<'a>, Vec<Problem>> {
    let policy = policy(question)?;
    let found = find_messages(question.message.as_bytes()).into_iter().next();
    let found =
        found.ok_or_else(|| vec![Problem::in_field("message", "no SIP message stands here")])?;
    let message = Message::parse(&found.bytes)
        .map_err(|error| vec![Problem::in_field("message", &error.to_string())])?;
    let mut made_up = Vec::new();
    let source = source(question, &message, &mut made_up)?;
    let server = server(question, *source.ip(), &mut made_up)?;
    let interface = interface(question, &policy, &mut made_up);
    let is_multicast = is_multicast(question, &message);
    let (tags, seed) = (question.tags, question.seed);
    let bytes = found.bytes;
    Ok(Scene { bytes, policy, source, server, interface, is_multicast, tags, seed, made_up })
}

fn policy(question: &Question<'_>) -> Result<Policy, Vec<Problem>> {
    let Some(text) = question.policy else {
        let url = UrlTemplate::parse(question.url.trim());
        let url = url.map_err(|error| vec![Problem::in_field("url", &error.to_string())])?;
        return Ok(Policy::catch_all(url));
    };
    let offsets = Offsets::new(text);
    Policy::parse(text).map_err(|errors| {
        let problem = |error: fingerpost_rules::PolicyError| Problem {
            line: Some(error.line),
            column: Some(error.column),
            range: Some(range(&offsets, error.span)),
            ..Problem::in_field("policy", &error.message)
        };
        errors.into_iter().map(problem).collect()
    })
}

fn range(offsets: &Offsets, span: Span) -> [usize; 2] {
    [offsets.to_utf16(span.start), offsets.end_to_utf16(span.end)]
}

/// Where the trace says, else what the phone's Via says, else an address for examples (RFC 5737).
fn source(
    question: &Question<'_>,
    message: &Message<'_>,
    made_up: &mut Vec<String>,
) -> Result<SocketAddrV4, Vec<Problem>> {
    if !question.source.trim().is_empty() {
        return match crate::endpoint::socket(question.source, PORT) {
            Ok(SocketAddr::V4(socket)) => Ok(socket),
            _ => Err(vec![Problem::in_field("source", NO_IPV4)]),
        };
    }
    let via = message.top_via().ok().flatten();
    let port = via.as_ref().and_then(|via| via.sent_by.port).unwrap_or(PORT);
    let claimed = via.and_then(|via| via.sent_by.host.address);
    if let Some(IpAddr::V4(address)) = claimed {
        return Ok(SocketAddrV4::new(address, port));
    }
    made_up.push(format!("the phone's address {PHONE}"));
    Ok(SocketAddrV4::new(PHONE, port))
}

const NO_IPV4: &str =
    "expected an IPv4 address, with or without a port: 192.0.2.37 or 192.0.2.37:5060";

fn server(
    question: &Question<'_>,
    source: Ipv4Addr,
    made_up: &mut Vec<String>,
) -> Result<Ipv4Addr, Vec<Problem>> {
    let given = question.server.trim();
    if !given.is_empty() {
        let no = |_| vec![Problem::in_field("server", "expected an IPv4 address: 192.0.2.1")];
        return given.parse().map_err(no);
    }
    let [a, b, c, last] = source.octets();
    let server = Ipv4Addr::new(a, b, c, if last == 1 { 2 } else { 1 });
    made_up.push(format!("our address {server}"));
    Ok(server)
}

fn interface(question: &Question<'_>, policy: &Policy, made_up: &mut Vec<String>) -> String {
    let given = question.interface.trim();
    if !given.is_empty() {
        return given.to_owned();
    }
    let name = policy.interfaces().first().map_or(CARD, String::as_str);
    made_up.push(format!("the card {name}"));
    name.to_owned()
}

/// As the trace says; else a request to a group's address was sent to it.
fn is_multicast(question: &Question<'_>, message: &Message<'_>) -> bool {
    if let Ok(to) = crate::endpoint::socket(question.destination, PORT) {
        return to.ip().is_multicast();
    }
    let StartLine::Request(line) = message.start_line() else { return false };
    // A phone that names a host there (snom) asks the group all the same.
    match Uri::parse(line.uri.as_bytes()) {
        Ok(Uri::Sip(uri)) => {
            uri.host_port.host.address.is_none_or(|address| address.is_multicast())
        }
        _ => true,
    }
}
