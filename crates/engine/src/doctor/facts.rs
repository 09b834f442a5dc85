//! Owns what was found on one card in words, a fact a line: commands, pages and reports say the same ones.

use super::card::{AnswerPort, CardDiagnosis};
use super::diagnosis::SelfTest;
use crate::spelling::{colons, counted, grouped};
use fingerpost_core::pnp::Mac;
use serde::Serialize;

/// A fact in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[non_exhaustive]
pub struct Fact {
    /// What it is about.
    pub name: String,
    /// What there is to say of it.
    pub words: String,
}

/// Everything there is to say of `card`. Where `tests`, it was tried out, and the sockets on it were counted before.
pub(super) fn facts(card: &CardDiagnosis, tests: bool) -> Vec<Fact> {
    let mut facts = vec![fact("Addresses", listed(&card.addresses))];
    facts.extend(card.mac.as_deref().map(|mac| fact("MAC", spelled(mac))));
    facts.push(fact("Card", condition(card)));
    facts.push(fact("Joined", joined(card, tests)));
    facts.extend(card.packets.map(|packets| {
        let (all, multicast) = (grouped(packets.received), grouped(packets.multicast));
        let words =
            format!("{all} came in since it was switched on, {multicast} of them multicast");
        fact("Packets", words)
    }));
    facts.extend(card.answers.iter().map(|answer| fact("Answers", leaves(answer))));
    facts.extend(card.self_test.as_ref().map(|test| fact("Self-test", tested(test))));
    if card.heard > 0 {
        let count = counted(card.heard.into(), "datagram");
        facts.push(fact("Heard", format!("{count} of others came to the group meanwhile")));
    }
    facts
}

fn fact(name: &str, words: String) -> Fact {
    Fact { name: name.into(), words }
}

pub(super) fn listed(addresses: &[String]) -> String {
    if addresses.is_empty() { "no IPv4 address".into() } else { addresses.join(", ") }
}

fn spelled(mac: &str) -> String {
    mac.parse::<Mac>().map_or_else(|_| mac.to_owned(), colons)
}

fn condition(card: &CardDiagnosis) -> String {
    let says = |is: bool, yes: &'static str, no: &'static str| if is { yes } else { no };
    [
        says(card.up, "switched on", "switched off"),
        says(card.link, "connected", "not connected"),
        says(card.multicast, "says that it can multicast", "says that it cannot multicast"),
    ]
    .join(", ")
}

fn joined(card: &CardDiagnosis, tests: bool) -> String {
    let now = match (card.joined, &card.open_error) {
        (Some(true), _) => "yes, says the kernel".to_owned(),
        (Some(false), _) => "no, says the kernel: no phone's question is heard here".to_owned(),
        (None, Some(error)) => format!("could not be tried: {error}"),
        (None, None) if card.self_test.is_some() => {
            "yes, but this system does not confirm it".to_owned()
        }
        (None, None) => "this system does not tell, or nothing could be tried".to_owned(),
    };
    let when = if tests { " before this examination" } else { "" };
    match card.members {
        None => now,
        Some(0) => format!("{now}; no socket of this machine{when}"),
        Some(count) => format!("{now}; {} of this machine{when}", counted(count.into(), "socket")),
    }
}

fn leaves(answer: &AnswerPort) -> String {
    let place = format!("{}:{}", answer.address, answer.port);
    let holder = answer.holder.as_ref().map_or("another program", |holder| &holder.words);
    match answer.leaves_from {
        Some(port) if port == answer.port => format!("leave from {place}, which is ours"),
        Some(port) => format!("leave from port {port}, for {place} is taken: {holder}"),
        None if answer.free => format!("{place} can be had"),
        None => format!("{place} is taken: {holder}"),
    }
}

fn tested(test: &SelfTest) -> String {
    let error = test.error.as_deref().map(|error| format!(": {error}")).unwrap_or_default();
    match (test.sent, test.ms) {
        (false, _) => format!("not sent{error}"),
        (true, Some(ms)) if test.heard => format!(
            "sent to the group and heard after {ms:.1} ms: joined locally. It proves nothing about a switch"
        ),
        (true, _) => format!("sent to the group and not heard{error}"),
    }
}

#[cfg(test)]
mod tests {
    use super::super::card::tests::card;
    use super::*;

    fn said(card: &CardDiagnosis, name: &str) -> String {
        let facts = facts(card, false);
        facts.iter().find(|fact| fact.name == name).map(|fact| fact.words.clone()).unwrap()
    }

    #[test]
    fn each_fact_is_said_as_it_is() {
        let mut lan = card();
        (lan.link, lan.members, lan.joined) = (false, Some(2), Some(true));
        lan.mac = Some("020000000001".into());
        assert_eq!(said(&lan, "MAC"), "02:00:00:00:00:01");
        assert_eq!(said(&lan, "Card"), "switched on, not connected, says that it can multicast");
        assert_eq!(said(&lan, "Joined"), "yes, says the kernel; 2 sockets of this machine");
        assert!(said(&lan, "Self-test").contains("heard after 0.1 ms: joined locally"));
        lan.joined = Some(false);
        assert!(said(&lan, "Joined").contains("no phone's question is heard here"));
        (lan.joined, lan.open_error) = (None, Some("in use".into()));
        assert!(said(&lan, "Joined").starts_with("could not be tried: in use"));
        lan.self_test = Some(SelfTest { sent: true, heard: false, ms: None, error: None });
        assert_eq!(said(&lan, "Self-test"), "sent to the group and not heard");
    }

    #[test]
    fn where_answers_leave_from_is_said_with_who_has_the_port() {
        let mut lan = card();
        assert_eq!(said(&lan, "Answers"), "192.0.2.7:5060 can be had");
        lan.answers[0].free = false;
        assert_eq!(said(&lan, "Answers"), "192.0.2.7:5060 is taken: another program");
        lan.answers[0].leaves_from = Some(5060);
        assert_eq!(said(&lan, "Answers"), "leave from 192.0.2.7:5060, which is ours");
        lan.answers[0].leaves_from = Some(40_123);
        let taken = "leave from port 40123, for 192.0.2.7:5060 is taken: another program";
        assert_eq!(said(&lan, "Answers"), taken);
    }
}
