//! Owns the look at which cards there are: a card that is pulled out gives no error on Linux, its socket just stays
//! silent, and one that comes says nothing at all. Knows no sockets and compares nothing.

use crate::list::list_cards;
use crate::receive::Item;
use std::time::Duration;
use tokio::sync::mpsc;
use tokio::time::{MissedTickBehavior, interval};

/// A phone goes on asking for longer than this.
const EVERY: Duration = Duration::from_secs(2);

/// Hands the present cards to the queue every two seconds, until nobody reads it.
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
