//! Owns what has to happen to the open cards once the machine's cards are others. Pure; knows neither the system nor
//! sockets.

use crate::card::{Card, CardKind};
use crate::choose::{is_named, suitability, usability};

/// What has to happen to one card.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(clippy::exhaustive_enums, reason = "a card is opened, opened anew, kept or closed")]
pub enum Change {
    /// It came, or can be listened on by now: open it.
    Open(Card),
    /// It is another one than was opened: close it and open it as it is now.
    Reopen(Card, Renewal),
    /// It was switched off. Its sockets are good again once it is on.
    Down(Card),
    /// Nothing is to be heard there any more: close it. This is the card as it was opened.
    Close(Card, Loss),
}

/// Why a card is opened anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[allow(clippy::exhaustive_enums, reason = "what a card can have anew")]
pub enum Renewal {
    /// Its addresses or its name are others.
    #[error("its addresses are others now; joined again with them")]
    Changed,
    /// It was off and is on.
    #[error("it is switched on again; joined again")]
    Up,
}

/// Why a card is closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[allow(clippy::exhaustive_enums, reason = "what a card can lose")]
pub enum Loss {
    /// Pulled out or removed; the group's membership went with it.
    #[error("it is gone; it is joined again when it is back")]
    Gone,
    /// Nothing to answer from.
    #[error("it has no IPv4 address any more; it is joined again once it has one")]
    NoIpv4,
    /// It is none of the wanted cards, or does not suit any more.
    #[error("it is not wanted any more")]
    NotWanted,
}

/// What has to happen so that the cards in `open` (as they were last seen) become those that are `wanted` (names or
/// addresses; none: all that suit) among the cards that there are `now`. Closing comes first.
#[must_use]
pub fn changes(open: &[Card], now: &[Card], wanted: &[String]) -> Vec<Change> {
    let mut changes: Vec<_> = open.iter().filter_map(|card| change(card, now, wanted)).collect();
    changes.sort_by_key(|change| !matches!(change, Change::Close(..)));
    let is_open = |card: &&Card| open.iter().any(|open| open.index == card.index);
    let new = now.iter().filter(|card| !is_open(card));
    let new = new.filter(|card| is_wanted(card, wanted) && usability(card).is_ok());
    changes.extend(new.cloned().map(Change::Open));
    changes
}

fn change(was: &Card, now: &[Card], wanted: &[String]) -> Option<Change> {
    let close = |why| Some(Change::Close(was.clone(), why));
    let Some(card) = now.iter().find(|card| card.index == was.index) else {
        return close(Loss::Gone);
    };
    if !is_wanted(card, wanted) {
        return close(if card.networks.is_empty() { Loss::NoIpv4 } else { Loss::NotWanted });
    }
    match (was.is_up, card.is_up) {
        _ if card.networks.is_empty() => close(Loss::NoIpv4),
        (true, false) => Some(Change::Down(card.clone())),
        (false, false) => None,
        (false, true) => Some(Change::Reopen(card.clone(), Renewal::Up)),
        (true, true) if is_same(was, card) => None,
        (true, true) => Some(Change::Reopen(card.clone(), Renewal::Changed)),
    }
}

/// Whether what was opened still fits.
fn is_same(was: &Card, now: &Card) -> bool {
    was.name == now.name && was.networks == now.networks
}

/// Whether `card` is one to listen on, once it is on and has an address.
fn is_wanted(card: &Card, wanted: &[String]) -> bool {
    match wanted {
        [] => card.kind == CardKind::Lan && card.is_multicast,
        names => names.iter().any(|name| is_named(card, name)),
    }
}

/// The tunnels that would do, were they no tunnels: who wants one names it.
pub fn left_out_tunnels<'a>(
    now: &'a [Card],
    wanted: &'a [String],
) -> impl Iterator<Item = &'a Card> {
    let unasked = now.iter().filter(|_| wanted.is_empty());
    unasked.filter(|card| {
        suitability(card).is_err() && card.kind == CardKind::Tunnel && usability(card).is_ok()
    })
}

/// Those of `wanted` that name no card on which anything can be heard now.
pub fn missing<'a>(now: &'a [Card], wanted: &'a [String]) -> impl Iterator<Item = &'a String> {
    wanted
        .iter()
        .filter(|name| !now.iter().any(|card| is_named(card, name) && usability(card).is_ok()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::Ipv4Network;
    use std::slice::from_ref;

    fn card(index: u32, name: &str) -> Card {
        let last = u8::try_from(index).unwrap();
        Card {
            name: name.into(),
            index,
            mac: None,
            networks: vec![Ipv4Network::new([192, 0, 2, last].into(), 24)],
            kind: CardKind::Lan,
            is_up: true,
            is_multicast: true,
            has_link: true,
        }
    }

    fn off(card: Card) -> Card {
        Card { is_up: false, ..card }
    }

    fn bare(card: Card) -> Card {
        Card { networks: Vec::new(), ..card }
    }

    fn between(was: &Card, now: &Card) -> Vec<Change> {
        changes(from_ref(was), from_ref(now), &[])
    }

    #[test]
    fn nothing_happens_while_the_cards_are_the_same() {
        let open = [card(2, "eth0"), off(card(3, "eth1"))];
        let tunnel = Card { kind: CardKind::Tunnel, ..card(4, "wg0") };
        let now = [open[0].clone(), open[1].clone(), tunnel, bare(card(5, "eth3"))];
        assert_eq!(changes(&open, &now, &[]), []);
    }

    #[test]
    fn a_card_that_came_is_opened_and_one_that_went_is_closed_before() {
        let (old, new) = (card(2, "eth0"), card(7, "eth0"));
        let expected = [Change::Close(old.clone(), Loss::Gone), Change::Open(new.clone())];
        assert_eq!(between(&old, &new), expected);
        assert_eq!(changes(&[old], &[new], &["eth0".into()]), expected);
    }

    #[test]
    fn a_card_with_other_addresses_is_opened_anew_once_it_is_on() {
        let (was, other) = (card(2, "eth0"), Card { index: 2, ..card(9, "eth0") });
        let renewed = |why| [Change::Reopen(other.clone(), why)];
        assert_eq!(between(&was, &other), renewed(Renewal::Changed));
        let (was_off, other_off) = (off(was.clone()), off(other.clone()));
        assert_eq!(between(&was, &other_off), [Change::Down(other_off.clone())]);
        assert_eq!(between(&was_off, &other_off), []);
        assert_eq!(between(&was_off, &other), renewed(Renewal::Up));
    }

    #[test]
    fn a_card_without_an_address_or_that_nobody_wants_is_closed() {
        let open = [card(2, "eth0"), card(3, "eth1")];
        let now = [bare(open[0].clone()), open[1].clone()];
        let names = |names: &[&str]| names.iter().map(ToString::to_string).collect::<Vec<_>>();
        let lost = |at: usize, why| Change::Close(open[at].clone(), why);
        assert_eq!(changes(&open, &now, &[]), [lost(0, Loss::NoIpv4)]);
        let expected = [lost(0, Loss::NoIpv4), lost(1, Loss::NotWanted)];
        assert_eq!(changes(&open, &now, &names(&["eth0"])), expected);
        assert_eq!(changes(&open, &now, &names(&["192.0.2.2", "eth1"])), [lost(0, Loss::NoIpv4)]);
    }

    #[test]
    fn a_tunnel_is_told_where_it_would_do_and_nobody_named_cards() {
        let tunnel = Card { kind: CardKind::Tunnel, ..card(4, "wg0") };
        let now = [card(2, "eth0"), tunnel.clone(), off(Card { index: 5, ..tunnel.clone() })];
        assert_eq!(left_out_tunnels(&now, &[]).collect::<Vec<_>>(), [&tunnel]);
        assert_eq!(left_out_tunnels(&now, &["eth0".into()]).count(), 0);
    }

    #[test]
    fn a_name_is_missing_until_its_card_can_be_used() {
        let wanted = ["eth0", "eth1", "192.0.2.9"].map(String::from);
        let now = [card(2, "eth0"), bare(card(3, "eth1"))];
        assert_eq!(missing(&now, &wanted).collect::<Vec<_>>(), ["eth1", "192.0.2.9"]);
    }
}
