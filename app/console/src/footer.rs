//! Owns the last line: what is not in the list, and the keys.

use crate::keys;
use crate::palette::Palette;
use crate::words;
use egui::{RichText, Ui};
use fingerpost_engine::View;

/// Less, and the keys are told on demand.
const ROOM: f32 = 640.0;

pub(crate) fn show(ui: &mut Ui, view: &View) {
    ui.spacing_mut().interact_size.y = 16.0;
    ui.horizontal_wrapped(|ui| {
        let palette = Palette::in_use(ui);
        let phones = u64::try_from(view.phones.len()).unwrap_or(u64::MAX);
        small(ui, &words::counted(phones, "phone"), palette.text);
        let ignored = format!("{} ignored", words::counted(view.ignored, "datagram"));
        small(ui, &ignored, palette.text);
        let colour = if view.dropped > 0 { palette.warn } else { palette.text };
        small(ui, &dropped(view.dropped), colour);
        ui.add_space(8.0);
        if ui.max_rect().width() >= ROOM {
            small(ui, keys::HELP, palette.muted);
        } else {
            ui.menu_button("Keys", |ui| small(ui, keys::HELP, palette.text));
        }
    });
}

fn dropped(count: u64) -> String {
    if count == 0 {
        return "none lost".into();
    }
    format!("{count} lost: they came faster than they were read")
}

fn small(ui: &mut Ui, text: &str, colour: egui::Color32) {
    ui.label(RichText::new(text).small().color(colour));
}
