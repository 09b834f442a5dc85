//! Owns the look at whether open cards are still there: a card that is pulled out gives no error on Linux, its socket
//! just stays silent. Knows no sockets.

use crate::card::Card;
use crate::list::list_cards;
use crate::receive::{FaultError, Item};
use std::time::Duration;
use tokio::sync::mpsc;
use tokio::time::{MissedTickBehavior, interval};

const EVERY: Duration = Duration::from_secs(5);

/// Hands the present cards to the queue from time to time, until nobody reads it.
pub(crate) async fn watch(queue: mpsc::Sender<Item>) {
    let mut clock = interval(EVERY);
    clock.set_missed_tick_behavior(MissedTickBehavior::Delay);
    clock.tick().await;
    loop {
        clock.tick().await;
        // A list that fails now is asked for again at the next tick.
        let Ok(Ok(cards)) = tokio::task::spawn_blocking(list_cards).await else { continue };
        if queue.send(Item::Cards(cards)).await.is_err() {
            return;
        }
    }
}

/// What is wrong with `card` among the cards that there are now.
pub(crate) fn ailment(card: &Card, now: &[Card]) -> Option<FaultError> {
    let Some(present) = now.iter().find(|present| present.index == card.index) else {
        return Some(FaultError::Gone);
    };
    if !present.is_up {
        return Some(FaultError::Down);
    }
    card.addresses()
        .find(|address| !present.has_address(*address))
        .map(|address| FaultError::AddressGone { address })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::card::CardKind;
    use crate::network::Ipv4Network;

    fn card() -> Card {
        Card {
            name: "eth0".into(),
            index: 2,
            mac: None,
            networks: vec![Ipv4Network::new([192, 0, 2, 1].into(), 24)],
            kind: CardKind::Lan,
            is_up: true,
            is_multicast: true,
            has_link: true,
        }
    }

    #[test]
    fn notices_a_card_that_is_gone_down_or_without_its_address() {
        assert_eq!(ailment(&card(), &[card()]), None);
        assert_eq!(ailment(&card(), &[]), Some(FaultError::Gone));
        let down = Card { is_up: false, ..card() };
        assert_eq!(ailment(&card(), &[down]), Some(FaultError::Down));
        let bare = Card { networks: vec![], ..card() };
        let address = [192, 0, 2, 1].into();
        assert_eq!(ailment(&card(), &[bare]), Some(FaultError::AddressGone { address }));
    }
}
