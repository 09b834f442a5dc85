//! Owns the right half of a chosen phone: the messages that came and went, as they were on the wire.

use crate::palette::Palette;
use crate::printable::printable;
use crate::region;
use crate::times;
use egui::accesskit::Role;
use egui::{Frame, Label, RichText, ScrollArea, Ui};
use fingerpost_engine::{Direction, Recorded};

pub(crate) fn show(ui: &mut Ui, phone: &str, messages: &[Recorded]) {
    region::show(ui, region::messages(), Role::Region, "Messages", |ui| {
        let area = ScrollArea::vertical().id_salt(("messages", phone)).auto_shrink(false);
        // The latest are those one came for.
        area.stick_to_bottom(true).show(ui, |ui| {
            region::scroll_by_keys(ui, region::messages());
            for (at, message) in messages.iter().enumerate() {
                one(ui, at + 1, message);
            }
        });
    });
}

fn one(ui: &mut Ui, number: usize, message: &Recorded) {
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().interact_size.y = 24.0;
        ui.spacing_mut().button_padding.y = 2.0;
        let palette = Palette::in_use(ui);
        ui.label(RichText::new(way(message)).strong());
        ui.label(RichText::new(times::exact(message.time)).monospace().color(palette.muted));
        let copy = ui.button("Copy").on_hover_text("Copy this message as it was on the wire");
        ui.ctx().accesskit_node_builder(copy.id, |node| {
            node.set_label(format!("Copy message {number}"));
        });
        if copy.clicked() {
            ui.ctx().copy_text(message.text.clone());
        }
    });
    Frame::new().fill(Palette::in_use(ui).sunken).corner_radius(6).inner_margin(8).show(ui, |ui| {
        ui.set_min_width(ui.available_width());
        let text = printable(message.text.trim_end(), true);
        ui.add(Label::new(RichText::new(text).monospace()).wrap());
    });
    ui.add_space(8.0);
}

/// `Received from 10.0.0.7:5060 to the group on eth0`
fn way(message: &Recorded) -> String {
    let verb = match message.direction {
        Direction::In => "Received from",
        Direction::Out => "Sent to",
    };
    let group = if message.is_multicast { ", to the group" } else { "" };
    format!("{verb} {}{group} on {}", message.peer, message.interface)
}
