//! Owns the choice of cards: which are suitable, which were asked for. Pure; knows neither the system nor sockets.

use crate::card::{Card, CardKind};
use std::fmt;

/// Why a card is not taken by default.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum Unsuitable {
    /// The machine's own loopback. It may be named.
    #[error("it is the loopback")]
    Loopback,
    /// Point to point. It may be named.
    #[error("it is a tunnel")]
    Tunnel,
    /// Switched off.
    #[error("it is switched off")]
    Down,
    /// Nothing to answer from.
    #[error("it has no IPv4 address")]
    NoIpv4,
    /// Says that it cannot multicast. It may be named.
    #[error("it cannot multicast")]
    NoMulticast,
}

/// A card that was not taken, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct LeftOut {
    /// The card.
    pub card: Card,
    /// What speaks against it.
    pub why: Unsuitable,
}

/// `lo (127.0.0.1/8): it is the loopback`.
impl fmt::Display for LeftOut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.card, self.why)
    }
}

/// No choice came about.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ChooseError {
    /// Neither a card's name nor a card's address.
    #[error("no card is named {wanted:?} or has that address; this machine has {}", listed(.existing, ", "))]
    Unknown {
        /// What was asked for.
        wanted: String,
        /// Every card there is.
        existing: Vec<Card>,
    },
    /// Asked for, but nothing can be heard on it.
    #[error("the card {left_out}; switch it on or give it an address, or choose another")]
    Unusable {
        /// The card, and what it lacks.
        left_out: LeftOut,
    },
    /// Nothing was asked for, and nothing suits.
    #[error("no card suits ({}); name one to use it all the same", listed(.left_out, "; "))]
    NoneSuitable {
        /// Every card there is.
        left_out: Vec<LeftOut>,
    },
}

fn listed<T: fmt::Display>(items: &[T], separator: &str) -> String {
    let texts: Vec<_> = items.iter().map(ToString::to_string).collect();
    if texts.is_empty() { "there are none".into() } else { texts.join(separator) }
}

/// Whether phones can be expected on `card`: a LAN, up, with an IPv4 address, and able to multicast.
///
/// # Errors
/// [`Unsuitable`]: the first thing that speaks against it.
pub fn suitability(card: &Card) -> Result<(), Unsuitable> {
    match card.kind {
        CardKind::Loopback => Err(Unsuitable::Loopback),
        CardKind::Tunnel => Err(Unsuitable::Tunnel),
        CardKind::Lan if usability(card).is_ok() && !card.is_multicast => {
            Err(Unsuitable::NoMulticast)
        }
        CardKind::Lan => usability(card),
    }
}

/// What even a card that was asked for needs.
pub(crate) fn usability(card: &Card) -> Result<(), Unsuitable> {
    if !card.is_up {
        Err(Unsuitable::Down)
    } else if card.networks.is_empty() {
        Err(Unsuitable::NoIpv4)
    } else {
        Ok(())
    }
}

/// The cards to listen on. Each entry of `wanted` is a card's name or one of its IPv4 addresses; a card wanted twice is
/// taken once. An empty `wanted` takes every suitable card; a named one need only be up and have an IPv4 address.
///
/// # Errors
/// [`ChooseError`]; its text lists what there is and what was left out.
pub fn choose_cards(cards: &[Card], wanted: &[String]) -> Result<Vec<Card>, ChooseError> {
    if wanted.is_empty() {
        return suitable_cards(cards);
    }
    wanted.iter().try_fold(Vec::new(), |mut chosen, entry| {
        let card = named_card(cards, entry)?;
        if !chosen.contains(card) {
            chosen.push(card.clone());
        }
        Ok(chosen)
    })
}

fn suitable_cards(cards: &[Card]) -> Result<Vec<Card>, ChooseError> {
    let (mut chosen, mut left_out) = (Vec::new(), Vec::new());
    for card in cards {
        match suitability(card) {
            Ok(()) => chosen.push(card.clone()),
            Err(why) => left_out.push(LeftOut { card: card.clone(), why }),
        }
    }
    if chosen.is_empty() { Err(ChooseError::NoneSuitable { left_out }) } else { Ok(chosen) }
}

/// Whether `wanted` is the card's name or one of its addresses.
pub(crate) fn is_named(card: &Card, wanted: &str) -> bool {
    card.name == wanted || wanted.parse().is_ok_and(|address| card.has_address(address))
}

fn named_card<'a>(cards: &'a [Card], wanted: &str) -> Result<&'a Card, ChooseError> {
    let card = cards
        .iter()
        .find(|card| is_named(card, wanted))
        .ok_or_else(|| ChooseError::Unknown { wanted: wanted.into(), existing: cards.into() })?;
    usability(card)
        .map_err(|why| ChooseError::Unusable { left_out: LeftOut { card: card.clone(), why } })?;
    Ok(card)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::Ipv4Network;

    fn card(index: u32, name: &str, kind: CardKind, last: Option<u8>) -> Card {
        let network = last.map(|last| Ipv4Network::new([192, 0, 2, last].into(), 24));
        Card {
            name: name.into(),
            index,
            mac: None,
            networks: network.into_iter().collect(),
            kind,
            is_up: true,
            is_multicast: kind != CardKind::Loopback,
            has_link: true,
        }
    }

    fn machine() -> Vec<Card> {
        let mut down = card(5, "eth2", CardKind::Lan, Some(5));
        down.is_up = false;
        vec![
            card(1, "lo", CardKind::Loopback, Some(1)),
            card(2, "eth0", CardKind::Lan, Some(2)),
            card(3, "eth1", CardKind::Lan, None),
            card(4, "wg0", CardKind::Tunnel, Some(4)),
            down,
            card(6, "docker0", CardKind::Lan, Some(6)),
        ]
    }

    fn chosen(wanted: &[&str]) -> Result<Vec<String>, ChooseError> {
        let wanted: Vec<_> = wanted.iter().map(ToString::to_string).collect();
        let cards = choose_cards(&machine(), &wanted)?;
        Ok(cards.into_iter().map(|card| card.name).collect())
    }

    #[test]
    fn takes_every_suitable_card_by_default() {
        assert_eq!(chosen(&[]).unwrap(), ["eth0", "docker0"]);
    }

    #[test]
    fn takes_named_cards_in_the_order_asked_and_each_once() {
        assert_eq!(chosen(&["wg0", "192.0.2.2", "lo", "eth0"]).unwrap(), ["wg0", "eth0", "lo"]);
    }

    #[test]
    fn lists_what_exists_when_a_name_is_unknown() {
        let text = chosen(&["eth9"]).unwrap_err().to_string();
        assert!(text.contains("\"eth9\""), "{text}");
        assert!(text.contains("eth0 (192.0.2.2/24), eth1 (no IPv4 address)"), "{text}");
    }

    #[test]
    fn refuses_a_named_card_on_which_nothing_can_be_heard() {
        for (name, wanted) in [("eth1", Unsuitable::NoIpv4), ("eth2", Unsuitable::Down)] {
            let Err(ChooseError::Unusable { left_out }) = chosen(&[name]) else {
                panic!("{name} was taken")
            };
            assert_eq!(left_out.why, wanted);
        }
    }

    #[test]
    fn says_what_was_left_out_and_why_when_nothing_suits() {
        let lonely = &machine()[..1];
        let text = choose_cards(lonely, &[]).unwrap_err().to_string();
        assert!(text.contains("lo (192.0.2.1/24): it is the loopback"), "{text}");
        assert!(choose_cards(&[], &[]).unwrap_err().to_string().contains("there are none"));
    }

    #[test]
    fn leaves_out_a_card_that_cannot_multicast() {
        let mut deaf = card(7, "dsl0", CardKind::Lan, Some(7));
        deaf.is_multicast = false;
        assert_eq!(suitability(&deaf), Err(Unsuitable::NoMulticast));
        assert!(choose_cards(&[deaf], &["dsl0".into()]).is_ok());
    }
}
