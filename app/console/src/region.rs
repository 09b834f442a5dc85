//! Owns a part of the screen that takes the keyboard as a whole: one stop of the Tab key, with its name for screen
//! readers and an outline while it has the keyboard.

use crate::palette::Palette;
use egui::accesskit::Role;
use egui::{
    EventFilter, Frame, Id, Key, Modifiers, Rect, Sense, Stroke, StrokeKind, Ui, UiBuilder,
};

/// Where the keyboard can be put.
pub(crate) fn phones() -> Id {
    Id::unique("phones")
}

/// The chosen phone's messages.
pub(crate) fn messages() -> Id {
    Id::unique("messages")
}

/// The chosen phone's ladder.
pub(crate) fn ladder() -> Id {
    Id::unique("ladder")
}

/// The chosen phone's timeline.
pub(crate) fn timeline() -> Id {
    Id::unique("timeline")
}

/// Draws `contents` as the region `id`.
pub(crate) fn show<R>(
    ui: &mut Ui,
    id: Id,
    role: Role,
    name: &str,
    contents: impl FnOnce(&mut Ui) -> R,
) -> R {
    let place = ui.available_rect_before_wrap();
    let builder = UiBuilder::new()
        .scope_id(id)
        .max_rect(place)
        .sense(Sense::FOCUSABLE)
        .accessibility_role(role)
        .accessibility_label(name);
    let shown =
        ui.scope_builder(builder, |ui| Frame::new().inner_margin(4).show(ui, contents).inner);
    if ui.memory(|memory| memory.has_focus(id)) {
        keep_the_arrows(ui, id);
        outline(ui, shown.response.rect);
    }
    shown.inner
}

fn keep_the_arrows(ui: &Ui, id: Id) {
    let filter = EventFilter { vertical_arrows: true, ..EventFilter::default() };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
}

fn outline(ui: &Ui, rect: Rect) {
    let stroke = Stroke::new(2.0, Palette::in_use(ui).accent);
    ui.painter().rect_stroke(rect, 6.0, stroke, StrokeKind::Inside);
}

/// Lets the keys scroll the region `id` while it has the keyboard; to be called inside its scroll area.
pub(crate) fn scroll_by_keys(ui: &Ui, id: Id) {
    if !ui.memory(|memory| memory.has_focus(id)) {
        return;
    }
    let page = ui.clip_rect().height() * 0.9;
    let ways = [
        (Key::ArrowDown, -40.0),
        (Key::ArrowUp, 40.0),
        (Key::PageDown, -page),
        (Key::PageUp, page),
        (Key::Home, f32::MAX / 4.0),
        (Key::End, f32::MIN / 4.0),
    ];
    for (key, delta) in ways {
        if ui.input_mut(|input| input.consume_key(Modifiers::NONE, key)) {
            ui.scroll_with_delta(egui::vec2(0.0, delta));
        }
    }
}
