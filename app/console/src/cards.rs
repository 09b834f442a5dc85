//! Owns the cards: each with its addresses and how it stands.

use crate::palette::Palette;
use crate::printable::printable;
use crate::wish::Wish;
use crate::words;
use egui::{RichText, Ui};
use fingerpost_engine::{CardState, CardView, View};

pub(crate) fn show(ui: &mut Ui, view: &View, wishes: &mut Vec<Wish>) {
    ui.horizontal_wrapped(|ui| {
        for card in &view.cards {
            one(ui, card);
            ui.add_space(8.0);
        }
        if could_be_better(view) && ui.button("Listen again").on_hover_text("F5").clicked() {
            wishes.push(Wish::ListenAgain);
        }
    });
}

fn one(ui: &mut Ui, card: &CardView) {
    let palette = Palette::in_use(ui);
    let colour = match card.state {
        CardState::Listening => palette.muted,
        CardState::OtherPort | CardState::Down => palette.warn,
        _ => palette.error,
    };
    ui.label(RichText::new(said(card)).color(colour));
}

/// `eth0 10.0.0.5: listening`
fn said(card: &CardView) -> String {
    let addresses: Vec<String> = card.addresses.iter().map(ToString::to_string).collect();
    let state = words::card(card.state);
    let place = format!("{} {}", printable(&card.name, false), addresses.join(", "));
    // Why it is so, and what to do, stands in the sentence above.
    format!("{}: {state}", place.trim_end())
}

/// Something is not open that might be by now.
fn could_be_better(view: &View) -> bool {
    view.cards.is_empty()
        || view.cards.iter().any(|card| !matches!(card.state, CardState::Listening))
}
