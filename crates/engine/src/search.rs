//! Owns the search for everybody who answers phones: a question like a phone's on each card that is heard. Never begun by
//! the engine itself.

use crate::asking::{AskPlan, ask};
use crate::event::CardState;
use crate::responders::Responder;
use crate::view::View;
use fingerpost_core::pnp::Mac;
use serde::Serialize;
use std::time::Duration;
use tokio::task::JoinSet;

/// Servers answer within milliseconds.
const WAIT: Duration = Duration::from_secs(4);
/// The range for documentation (RFC 9542 §2.1.2): no phone has it.
const MAC: [u8; 6] = [0x00, 0x00, 0x5E, 0x00, 0x53, 0x02];

/// Who answered on one card.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[non_exhaustive]
pub struct Search {
    /// The card.
    pub interface: String,
    /// Everybody who answered, in the order of their first word.
    pub responders: Vec<Responder>,
    /// Why nobody could be asked, in words.
    pub problem: Option<String>,
}

/// Asks on each card of `view` that is heard, all at once, as a phone of `vendor`; without one as a phone of nobody's make.
pub(crate) async fn search(view: &View, vendor: Option<String>) -> Vec<Search> {
    let mut asked = JoinSet::new();
    for (at, card) in view.cards.iter().enumerate() {
        if !matches!(card.state, CardState::Listening | CardState::OtherPort) {
            continue;
        }
        let plan = AskPlan {
            vendor: Some(vendor.clone().unwrap_or_else(|| "fingerpost".into())),
            model: vendor.is_none().then(|| "search".into()),
            version: vendor.is_none().then(|| "1".into()),
            mac: Some(Mac::new(MAC)),
            interface: Some(card.name.clone()),
            group: view.group,
            wait: WAIT,
            hears_all: true,
            ..AskPlan::default()
        };
        let interface = card.name.clone();
        asked.spawn(async move { (at, on_card(interface, &plan).await) });
    }
    let mut found: Vec<_> = asked.join_all().await;
    found.sort_by_key(|(at, _)| *at);
    found.into_iter().map(|(_, search)| search).collect()
}

async fn on_card(interface: String, plan: &AskPlan) -> Search {
    let silent = |problem| Search { interface: interface.clone(), responders: Vec::new(), problem };
    match ask(plan) {
        Err(error) => silent(Some(error.to_string())),
        Ok(mut reports) => match reports.recv().await {
            Some(report) => {
                Search { responders: report.responders.unwrap_or_default(), ..silent(None) }
            }
            None => silent(Some("the search broke off".into())),
        },
    }
}
