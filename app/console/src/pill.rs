//! Owns the state of a phone as a word on a ground of its judgement.

use crate::palette::Palette;
use crate::words;
use egui::{Align2, Pos2, TextStyle, Ui};
use fingerpost_engine::PhoneState;

const PADDING: f32 = 8.0;

/// Paints it with its left edge's middle at `at`.
pub(crate) fn paint(ui: &Ui, at: Pos2, state: PhoneState) {
    let (text, ground) = words::state_colours(state, Palette::in_use(ui));
    let font = TextStyle::Small.resolve(ui.style());
    let painter = ui.painter();
    let galley = painter.layout_no_wrap(words::state(state).to_owned(), font, text);
    let size = galley.size() + egui::vec2(2.0 * PADDING, 6.0);
    let place = Align2::LEFT_CENTER.anchor_size(at, size);
    painter.rect_filled(place, 6.0, ground);
    painter.galley(place.min + egui::vec2(PADDING, 3.0), galley, text);
}

/// The same as a widget.
pub(crate) fn show(ui: &mut Ui, state: PhoneState) {
    let (text, ground) = words::state_colours(state, Palette::in_use(ui));
    let frame = egui::Frame::new()
        .fill(ground)
        .corner_radius(6)
        .inner_margin(egui::Margin::symmetric(8, 3));
    // In a narrow place it goes to the next line as a whole.
    frame.show(ui, |ui| {
        let words = egui::RichText::new(words::state(state)).small().color(text);
        ui.add(egui::Label::new(words).extend());
    });
}
