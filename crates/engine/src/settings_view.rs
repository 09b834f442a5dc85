//! Owns what a page shows of the settings: what is kept, what holds, and why the two differ. Changes nothing.

use crate::settings::Settings;
use fingerpost_core::pnp::ResponderConfig;
use fingerpost_net::{Card, suitability};
use serde::Serialize;
use std::net::Ipv4Addr;

/// The settings, and what there is to choose from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[non_exhaustive]
pub struct SettingsView {
    /// Where they are kept; `None`: a change holds until the end of this run.
    pub folder: Option<String>,
    /// What the next start finds.
    pub kept: Settings,
    /// What holds now.
    pub in_force: Settings,
    /// Why the cards in force are not the kept ones, in words.
    pub cards_overruled: Option<String>,
    /// Why group or port in force are not the kept ones, in words.
    pub group_overruled: Option<String>,
    /// The policy file that is followed.
    pub policy_file: Option<String>,
    /// The cards that there are.
    pub cards: Vec<CardChoice>,
    /// What cannot be chosen.
    pub limits: Limits,
}

/// A card that can be listened on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[non_exhaustive]
pub struct CardChoice {
    /// Its name.
    pub name: String,
    /// Our addresses on it.
    pub addresses: Vec<Ipv4Addr>,
    /// Why it is left out where no card is chosen, in words.
    pub left_out: Option<String>,
}

/// Bounds that keep a flood from using up the machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[non_exhaustive]
pub struct Limits {
    /// Bytes of the latest messages held for looking at them.
    pub message_bytes: usize,
    /// Phones held of which nobody said anything.
    pub phones: usize,
    /// Exchanges that may still have something to say.
    pub exchanges: usize,
}

impl Limits {
    pub(crate) fn of_this_build() -> Self {
        Self {
            message_bytes: crate::recorder::BUDGET,
            phones: crate::memory::MOST_PHONES as usize,
            exchanges: ResponderConfig::default().max_exchanges,
        }
    }
}

impl CardChoice {
    pub(crate) fn of(card: &Card) -> Self {
        Self {
            name: card.name.clone(),
            addresses: card.addresses().collect(),
            left_out: suitability(card).err().map(|why| why.to_string()),
        }
    }
}
