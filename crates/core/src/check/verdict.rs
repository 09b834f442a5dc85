//! Owns what becomes of a message that was judged: it is taken, answered with a status, or dropped. Knows no rule but
//! by what it weighs and which status it suggests.

use super::{Finding, Rule, Severity, rules};
use crate::message::{Message, StartLine};

/// How a message reached its receiver.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[allow(clippy::exhaustive_enums, reason = "a datagram is for one or for many")]
pub enum Reach {
    /// It was sent to this receiver alone.
    #[default]
    Unicast,
    /// It was sent to a group: others may be meant, so nothing is refused aloud (RFC 2543 §10.2.2).
    Multicast,
}

impl Reach {
    /// By which way `message` seems to have come: what names a group is sent to many.
    #[must_use]
    pub fn of(message: &Message<'_>) -> Self {
        let uri = message.request_uri();
        let host = uri.and_then(|uri| uri.as_sip().map(|uri| uri.host_port.host));
        match host {
            Some(host) if host.address.is_some_and(|address| address.is_multicast()) => {
                Self::Multicast
            }
            Some(host) if host.text.is("sip.mcast.net") => Self::Multicast,
            Some(_) | None => Self::Unicast,
        }
    }
}

/// What becomes of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Verdict {
    /// It is taken.
    Accept,
    /// It is refused with an answer.
    Answer {
        /// The status code.
        status: u16,
        /// Its reason phrase, as the RFC words it.
        reason: &'static str,
    },
    /// It is passed over in silence.
    Drop,
}

impl Verdict {
    /// A stable word for it: `accept`, `answer`, `drop`.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Accept => "accept",
            Self::Answer { .. } => "answer",
            Self::Drop => "drop",
        }
    }
}

/// What an element would do with `message`, given the findings on it under the policy in force.
///
/// An error refuses the message: a request is answered with the rule's status (400 where it has none), a response is
/// dropped (RFC 3261 §18.3, §8.1.3). A warning refuses a request only where it says what the receiver cannot do:
/// 415, 416, 420, 489, 501, 505 and their like, not 400. Notes refuse nothing. An ACK is never answered
/// (RFC 3261 §17.1.1.3), and what came by multicast is refused in silence. Of several reasons the heaviest counts,
/// among equals the one that RFC 3261 §8.2 looks at first.
///
/// ```
/// use fingerpost_core::{Message, check::{Context, Reach, Verdict, check, verdict}};
/// let message = Message::parse(b"OPTIONS sip:a SIP/7.0\r\nVia: SIP/7.0/UDP h;branch=z9hG4bK1\r\nFrom: <sip:b>;tag=1\r\n\
///     To: <sip:a>\r\nCall-ID: 1\r\nCSeq: 1 OPTIONS\r\n\r\n")?;
/// let findings = check(&message, &Context::default());
/// let expected = Verdict::Answer { status: 505, reason: "Version Not Supported" };
/// assert_eq!(verdict(&message, &findings, Reach::Unicast), expected);
/// assert_eq!(verdict(&message, &findings, Reach::Multicast), Verdict::Drop);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn verdict(message: &Message<'_>, findings: &[Finding], reach: Reach) -> Verdict {
    match message.start_line() {
        StartLine::Request(line) => match refusal(findings) {
            None => Verdict::Accept,
            Some(_) if line.method == "ACK" || reach == Reach::Multicast => Verdict::Drop,
            Some(status) => Verdict::Answer { status, reason: reason(status) },
        },
        StartLine::Status(_) if findings.iter().any(drops) => Verdict::Drop,
        StartLine::Status(_) => Verdict::Accept,
    }
}

/// A response that is broken, or that a receiver must not send on.
fn drops(finding: &Finding) -> bool {
    finding.severity == Severity::Error || *finding.rule == rules::VIA_BROADCAST
}

/// The status of the heaviest reason to refuse a request.
fn refusal(findings: &[Finding]) -> Option<u16> {
    let reasons = findings.iter().filter_map(|finding| {
        let status = status(finding.rule, finding.severity)?;
        Some((core::cmp::Reverse(finding.severity), rank(status), status))
    });
    reasons.min().map(|(_, _, status)| status)
}

fn status(rule: &Rule, severity: Severity) -> Option<u16> {
    match severity {
        Severity::Error => Some(rule.status.unwrap_or(400)),
        Severity::Warning => rule.status.filter(|status| *status != 400),
        Severity::Note => None,
    }
}

/// In the order in which RFC 3261 §8.2 and RFC 6665 §4.2.1 look at a request, with the words for each.
const REASONS: [(u16, &str); 16] = [
    (400, "Bad Request"),
    (505, "Version Not Supported"),
    (501, "Not Implemented"),
    (405, "Method Not Allowed"),
    (416, "Unsupported URI Scheme"),
    (482, "Loop Detected"),
    (420, "Bad Extension"),
    (415, "Unsupported Media Type"),
    (489, "Bad Event"),
    (406, "Not Acceptable"),
    (404, "Not Found"),
    (481, "Call/Transaction Does Not Exist"),
    (423, "Interval Too Brief"),
    (483, "Too Many Hops"),
    (403, "Forbidden"),
    (500, "Server Internal Error"),
];

fn rank(status: u16) -> usize {
    REASONS.iter().position(|(known, _)| *known == status).unwrap_or(REASONS.len())
}

fn reason(status: u16) -> &'static str {
    REASONS.get(rank(status)).map_or("Refused", |(_, words)| words)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::{Context, Policy, check};
    use alloc::string::String;

    const OPTIONS: &str = "OPTIONS sip:a SIP/2.0\r\nVia: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1\r\n\
Max-Forwards: 70\r\nFrom: <sip:b@c>;tag=1\r\nTo: <sip:a>\r\nCall-ID: 1\r\nCSeq: 1 OPTIONS\r\nContent-Length: 0\r\n\r\n";

    fn becomes(changes: &[(&str, &str)], policy: Policy, reach: Reach) -> Verdict {
        let change = |text: String, (from, to): &(&str, &str)| text.replace(from, to);
        let text = changes.iter().fold(String::from(OPTIONS), change);
        let message = Message::parse(text.as_bytes()).unwrap();
        verdict(&message, &check(&message, &Context::default().with_policy(policy)), reach)
    }

    fn status(changes: &[(&str, &str)]) -> u16 {
        match becomes(changes, Policy::Strict, Reach::Unicast) {
            Verdict::Answer { status, .. } => status,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn an_error_outweighs_what_a_receiver_cannot_do() {
        let strange = ("Max", "Require: tea\r\nMax");
        assert_eq!(status(&[strange]), 420);
        assert_eq!(status(&[strange, ("To: <sip:a>", "To: <sip:a")]), 400);
    }

    #[test]
    fn among_equals_the_one_that_is_looked_at_first_counts() {
        let (scheme, strange) = (("sip:a SIP", "tea:a SIP"), ("Max", "Require: tea\r\nMax"));
        assert_eq!(status(&[scheme, strange]), 416);
        assert_eq!(status(&[scheme, strange, ("a SIP/2.0", "a SIP/3.0")]), 505);
    }

    #[test]
    fn what_came_by_multicast_is_refused_in_silence() {
        let strange = [("Max", "Require: tea\r\nMax")];
        assert_eq!(becomes(&strange, Policy::Strict, Reach::Multicast), Verdict::Drop);
        assert_eq!(becomes(&[], Policy::Strict, Reach::Multicast), Verdict::Accept);
    }

    #[test]
    fn a_request_that_names_a_group_came_to_many() {
        let reach = |uri: &str| {
            let text = OPTIONS.replacen("sip:a", uri, 1);
            Reach::of(&Message::parse(text.as_bytes()).unwrap())
        };
        assert_eq!(reach("sip:224.0.1.75:5060"), Reach::Multicast);
        assert_eq!(reach("sip:x@sip.mcast.net"), Reach::Multicast);
        assert_eq!(reach("sip:192.0.2.1"), Reach::Unicast);
        assert_eq!(reach("tel:1"), Reach::Unicast);
    }

    #[test]
    fn an_ack_and_a_response_are_never_answered() {
        let broken = ("To: <sip:a>", "To: <sip:a");
        let ack = [("OPTIONS", "ACK"), broken];
        assert_eq!(becomes(&ack, Policy::Strict, Reach::Unicast), Verdict::Drop);
        let response = [("OPTIONS sip:a SIP/2.0\r\n", "SIP/2.0 100 Trying\r\n"), broken];
        assert_eq!(becomes(&response, Policy::Strict, Reach::Unicast), Verdict::Drop);
        assert_eq!(becomes(&response, Policy::Robust, Reach::Unicast), Verdict::Accept);
    }

    #[test]
    fn every_status_that_a_rule_suggests_has_its_words() {
        for rule in rules::ALL {
            let known = rule.status.is_none_or(|status| rank(status) < REASONS.len());
            assert!(known, "{}: {:?}", rule.id, rule.status);
        }
    }
}
