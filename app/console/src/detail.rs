//! Owns the chosen phone: who it is, and beside each other (or below, where there is no room) what happened, who said what
//! to whom, and in which words.

use crate::ladder;
use crate::marks::{self, NameField};
use crate::messages;
use crate::pill;
use crate::timeline;
use crate::wish::Wish;
use crate::words;
use egui::{RichText, ScrollArea, Ui, Vec2, vec2};
use fingerpost_engine::{PhoneDetail, PhoneRow};
use std::net::SocketAddr;

/// Narrower, the parts stand one above the other.
const TWO_HALVES: f32 = 720.0;
/// Lower, too.
const LOW: f32 = 220.0;
/// Height of a part there.
const PART: f32 = 240.0;
/// Narrower, the ladder stands above the messages.
const THREE_PARTS: f32 = 1000.0;

pub(crate) fn show(
    ui: &mut Ui,
    row: &PhoneRow,
    detail: Option<&PhoneDetail>,
    group: SocketAddr,
    name: &mut NameField,
    wishes: &mut Vec<Wish>,
) {
    let (timeline, messages) = match detail {
        Some(detail) => (detail.timeline.as_slice(), detail.messages.as_slice()),
        None => (&[][..], &[][..]),
    };
    let room = ui.available_size();
    if room.x < TWO_HALVES || room.y < LOW {
        return scrolled(ui, |ui, width| {
            head(ui, row, name, wishes);
            half(ui, vec2(width, PART), |ui| timeline::show(ui, row, timeline));
            half(ui, vec2(width, PART), |ui| ladder::show(ui, PART, row, group, messages));
            half(ui, vec2(width, PART), |ui| messages::show(ui, &row.phone.id, messages));
        });
    }
    head(ui, row, name, wishes);
    let room = ui.available_size().max(Vec2::ZERO);
    ui.horizontal_top(|ui| {
        let left = (room.x * if room.x < THREE_PARTS { 0.42 } else { 0.3 }).floor();
        half(ui, vec2(left, room.y), |ui| timeline::show(ui, row, timeline));
        if room.x >= THREE_PARTS {
            let size = vec2((room.x * 0.34).floor(), room.y);
            half(ui, size, |ui| ladder::show(ui, room.y, row, group, messages));
        }
        half(ui, vec2(ui.available_width(), room.y), |ui| {
            if room.x < THREE_PARTS {
                ladder::show(ui, (room.y * 0.5).max(120.0), row, group, messages);
            }
            messages::show(ui, &row.phone.id, messages);
        });
    });
}

/// Each part as high as it takes to be read; the whole is scrolled.
fn scrolled(ui: &mut Ui, contents: impl FnOnce(&mut Ui, f32)) {
    ScrollArea::vertical().id_salt("parts").auto_shrink(false).show(ui, |ui| {
        let width = ui.available_width();
        ui.set_max_width(width);
        contents(ui, width);
    });
}

fn head(ui: &mut Ui, row: &PhoneRow, name: &mut NameField, wishes: &mut Vec<Wish>) {
    title(ui, row, wishes);
    marks::show(ui, row, name, wishes);
}

fn title(ui: &mut Ui, row: &PhoneRow, wishes: &mut Vec<Wish>) {
    ui.horizontal_wrapped(|ui| {
        let name = format!("{} {}", words::called(row), words::version(&row.phone));
        ui.label(RichText::new(name.trim_end()).size(15.0).strong());
        let mac = words::mac(&row.phone).unwrap_or_else(|| "MAC unknown".into());
        ui.label(RichText::new(mac).monospace());
        pill::show(ui, row.state);
        if ui.button("Close").on_hover_text("Esc").clicked() {
            wishes.push(Wish::Close);
        }
    });
}

fn half(ui: &mut Ui, size: Vec2, contents: impl FnOnce(&mut Ui)) {
    ui.allocate_ui_with_layout(size, egui::Layout::top_down(egui::Align::Min), |ui| {
        ui.set_min_size(size);
        contents(ui);
    });
}
