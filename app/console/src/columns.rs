//! Owns the columns of the list: their order, titles, widths, and what stands in them.

use crate::palette::Palette;
use crate::times;
use crate::words;
use egui::text::LayoutJob;
use egui::{FontId, TextFormat, TextStyle, Ui};
use fingerpost_engine::{PhoneRow, Timestamp};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Column {
    State,
    Phone,
    Mac,
    Address,
    Card,
    LastAsked,
    Rule,
    Url,
}

/// In their order.
pub(crate) const ALL: [Column; 8] = [
    Column::State,
    Column::Phone,
    Column::Mac,
    Column::Address,
    Column::Card,
    Column::LastAsked,
    Column::Rule,
    Column::Url,
];
/// Between two columns.
pub(crate) const GAP: f32 = 12.0;

impl Column {
    pub(crate) const fn title(self) -> &'static str {
        match self {
            Self::State => "State",
            Self::Phone => "Phone",
            Self::Mac => "MAC",
            Self::Address => "Address",
            Self::Card => "Card",
            Self::LastAsked => "Last asked",
            Self::Rule => "Rule",
            Self::Url => "URL",
        }
    }

    const fn least_width(self) -> f32 {
        match self {
            Self::State => 160.0,
            Self::Phone => 220.0,
            Self::Mac => 132.0,
            Self::Address => 112.0,
            Self::Card => 64.0,
            Self::LastAsked => 84.0,
            Self::Rule => 104.0,
            Self::Url => 200.0,
        }
    }

    /// Part of the room that is left over.
    const fn share(self) -> f32 {
        match self {
            Self::Url => 0.7,
            Self::Phone => 0.2,
            Self::Rule => 0.1,
            _ => 0.0,
        }
    }

    /// What stands in it (the state is drawn as a pill).
    pub(crate) fn text(self, ui: &Ui, row: &PhoneRow, now: Timestamp) -> LayoutJob {
        let palette = Palette::in_use(ui);
        let (body, mono) = (TextStyle::Body.resolve(ui.style()), mono(ui));
        match self {
            Self::State => job(words::state(row.state), &body, palette.text),
            Self::Phone => {
                let mut text = job(&words::called(row), &body, palette.text);
                let version = words::version(&row.phone);
                text.append(&version, 8.0, TextFormat::simple(body, palette.muted));
                text
            }
            Self::Mac => {
                let mac = words::mac(&row.phone);
                job(mac.as_deref().unwrap_or("unknown"), &mono, palette.text)
            }
            Self::Address => job(&row.source.ip().to_string(), &mono, palette.text),
            Self::Card => job(&row.interface, &body, palette.text),
            Self::LastAsked => job(&times::ago(now, row.last_asked), &body, palette.text),
            Self::Rule if row.rule.is_none() => job(&words::rule(row), &body, palette.muted),
            Self::Rule => job(&words::rule(row), &body, palette.text),
            Self::Url if row.url.is_none() => job(&words::url(row), &body, palette.muted),
            Self::Url => job(&words::url(row), &mono, palette.text),
        }
    }
}

/// Each column with its place from the left and its width, for a list `available` wide.
pub(crate) fn places(available: f32) -> [(Column, f32, f32); 8] {
    let extra = (available - least_width()).max(0.0);
    let mut left = GAP;
    ALL.map(|column| {
        let width = column.least_width() + extra * column.share();
        let place = (column, left, width);
        left += width + GAP;
        place
    })
}

/// Narrower lists are moved sideways.
pub(crate) fn least_width() -> f32 {
    let widths: f32 = ALL.iter().map(|column| column.least_width() + GAP).sum();
    widths + GAP
}

fn mono(ui: &Ui) -> FontId {
    TextStyle::Monospace.resolve(ui.style())
}

fn job(text: &str, font: &FontId, colour: egui::Color32) -> LayoutJob {
    LayoutJob::simple_singleline(text.to_owned(), font.clone(), colour)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_stand_side_by_side_and_fill_the_list() {
        for available in [300.0, 1600.0] {
            let places = places(available);
            for (one, next) in places.iter().zip(&places[1..]) {
                assert!(one.1 + one.2 < next.1, "{one:?} {next:?}");
            }
            let (_, left, width) = places[7];
            assert!((left + width + GAP - available.max(least_width())).abs() < 0.5);
        }
    }
}
