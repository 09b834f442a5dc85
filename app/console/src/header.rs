//! Owns the top of the screen: the state of the world as a sentence, then what changes it.

use crate::cards;
use crate::keys;
use crate::mode;
use crate::palette::Palette;
use crate::printable::printable;
use crate::url_field::UrlField;
use crate::wish::Wish;
use crate::words;
use egui::accesskit::{Live, Role};
use egui::{Button, KeyboardShortcut, Label, RichText, Ui, UiBuilder};
use fingerpost_engine::{Severity, View};

/// Narrower, the URL stands under the switch.
const SIDE_BY_SIDE: f32 = 640.0;

/// Sentence, switch, URL and cards.
pub(crate) fn show(
    ui: &mut Ui,
    view: &View,
    url: &mut UrlField,
    notice: Option<&str>,
    wishes: &mut Vec<Wish>,
) {
    let hears = view.cards.iter().any(|card| words::is_heard(card.state));
    sentence(ui, &view.state, !hears);
    let is_wide = ui.available_width() >= SIDE_BY_SIDE;
    ui.horizontal(|ui| {
        switch(ui, mode::is_answering(view), wishes);
        if is_wide {
            ui.add_space(8.0);
            url.show(ui, wishes);
        }
    });
    if !is_wide {
        ui.horizontal(|ui| url.show(ui, wishes));
    }
    url.show_mistake(ui);
    if let Some(notice) = notice {
        ui.label(RichText::new(notice).color(Palette::in_use(ui).error));
    }
    health(ui, view);
    cards::show(ui, view, wishes);
}

/// The doctor's sentence. The colour says nothing that the words do not.
fn health(ui: &mut Ui, view: &View) {
    let palette = Palette::in_use(ui);
    let colour = match view.troubles.first().map(|worst| worst.severity) {
        None => palette.muted,
        Some(Severity::Error) => palette.error,
        Some(_) => palette.warn,
    };
    let words = printable(&view.health, false);
    let label = ui.add(Label::new(RichText::new(&words).color(colour)).wrap());
    ui.ctx().accesskit_node_builder(label.id, |node| {
        node.set_role(Role::Status);
        node.set_label(format!("Health: {words}"));
        node.set_live(Live::Polite);
    });
}

/// The sentence; screen readers say it when it changes.
pub(crate) fn sentence(ui: &mut Ui, words: &str, is_wrong: bool) {
    let palette = Palette::in_use(ui);
    let colour = if is_wrong { palette.error } else { palette.text };
    let label = ui.label(RichText::new(words).heading().color(colour));
    ui.ctx().accesskit_node_builder(label.id, |node| {
        node.set_role(Role::Status);
        node.set_label(words);
        node.set_live(Live::Polite);
    });
}

fn switch(ui: &mut Ui, is_answering: bool, wishes: &mut Vec<Wish>) {
    let group = UiBuilder::new().accessibility_role(Role::Group).accessibility_label("Mode");
    ui.scope_builder(group, |ui| {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 4.0;
            let observe = "Look who asks; answer nobody";
            if position(ui, "Observe", observe, keys::OBSERVE, !is_answering) {
                wishes.push(Wish::Answer(false));
            }
            let answer = "Send phones their URL";
            if position(ui, "Answer", answer, keys::ANSWER, is_answering) {
                wishes.push(Wish::Answer(true));
            }
        });
    });
}

/// One position of the switch; whether it was chosen anew.
fn position(ui: &mut Ui, name: &str, what: &str, keys: KeyboardShortcut, is_on: bool) -> bool {
    let hint = format!("{what} ({})", ui.ctx().format_shortcut(&keys));
    let mut text = RichText::new(name);
    if is_on {
        // Not by colour alone.
        text = text.strong().underline();
    }
    let button = ui.add(Button::selectable(is_on, text).frame_when_inactive(true));
    button.on_hover_text(hint).clicked() && !is_on
}
