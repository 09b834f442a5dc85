//! Owns what stands where no phone is listed: what to do now.

use crate::palette::Palette;
use egui::{RichText, Ui};

/// Nobody has asked yet.
pub(crate) fn nobody(ui: &mut Ui, hears: bool, try_this: &str) {
    inset(ui, |ui| {
        ui.label(RichText::new("No phone has asked yet.").size(15.0));
        if !hears {
            ui.label("None can be heard before a card is listened on: see above.");
            return;
        }
        ui.label("Plug one in, or restart one: a phone in factory state asks when it starts.");
        ui.horizontal_wrapped(|ui| {
            ui.label("Or simulate one, in a terminal:");
            ui.label(RichText::new(try_this).monospace());
            if ui.button("Copy").on_hover_text("Copy the command").clicked() {
                ui.ctx().copy_text(try_this.to_owned());
            }
        });
    });
}

/// The filter hides all of them.
pub(crate) fn none_left(ui: &mut Ui, filter: &str, phones: usize) {
    inset(ui, |ui| {
        ui.label(RichText::new(format!("No phone matches “{filter}”.")).size(15.0));
        let of = if phones == 1 { "the one that is".to_owned() } else { format!("all {phones}") };
        ui.label(RichText::new(format!("Esc shows {of} there.")).color(Palette::in_use(ui).muted));
    });
}

fn inset(ui: &mut Ui, contents: impl FnOnce(&mut Ui)) {
    egui::Frame::new().inner_margin(24).show(ui, contents);
}
