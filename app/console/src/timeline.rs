//! Owns the left half of a chosen phone: how far it came and why, who it says it is, and what happened.

use crate::palette::Palette;
use crate::printable::printable;
use crate::region;
use crate::times;
use crate::words;
use egui::accesskit::Role;
use egui::{RichText, ScrollArea, Ui};
use fingerpost_engine::{Event, PhoneRow, TimedEvent};

pub(crate) fn show(ui: &mut Ui, row: &PhoneRow, timeline: &[TimedEvent]) {
    region::show(ui, region::timeline(), Role::Region, "What happened", |ui| {
        ScrollArea::vertical().id_salt("timeline").auto_shrink(false).show(ui, |ui| {
            region::scroll_by_keys(ui, region::timeline());
            ui.spacing_mut().interact_size.y = 16.0;
            facts(ui, row);
            ui.add_space(8.0);
            ui.label(RichText::new("What happened").strong());
            happened(ui, timeline);
        });
    });
}

fn facts(ui: &mut Ui, row: &PhoneRow) {
    ui.label(words::state_explained(row));
    let asked = words::counted(row.asked, "time");
    let sent = words::counted(row.notified, "time");
    muted(
        ui,
        &format!("Asked {asked} since {}; a URL was sent {sent}.", times::exact(row.first_asked)),
    );
    muted(ui, &format!("Rule: {}. URL: {}.", words::rule(row), words::url(row)));
    let known: Vec<String> = row
        .phone
        .evidence
        .iter()
        .map(|known| format!("{} from {}", known.field, printable(&known.from, false)))
        .collect();
    if !known.is_empty() {
        muted(ui, &format!("Known: {}.", known.join(", ")));
    }
}

fn happened(ui: &mut Ui, timeline: &[TimedEvent]) {
    let mut begin = None;
    for timed in timeline {
        let is_asking = matches!(timed.event, Event::PhoneAsked { .. });
        if is_asking {
            begin = Some(timed.time);
        }
        let when = match begin {
            Some(begin) if !is_asking => times::later(begin, timed.time),
            _ => times::exact(timed.time),
        };
        one(ui, timed, &when);
    }
}

fn one(ui: &mut Ui, timed: &TimedEvent, when: &str) {
    let (what, more) = words::happened(&timed.event);
    ui.horizontal_wrapped(|ui| {
        let palette = Palette::in_use(ui);
        let when = RichText::new(format!("{when:>12}")).monospace().color(palette.muted);
        ui.label(when).on_hover_text(times::exact_with_day(timed.time));
        ui.label(RichText::new(what).strong());
        if !more.is_empty() {
            ui.label(RichText::new(more).color(palette.muted));
        }
    });
}

fn muted(ui: &mut Ui, words: &str) {
    ui.label(RichText::new(words).color(Palette::in_use(ui).muted));
}
