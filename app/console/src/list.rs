//! Owns the list of phones: one row each, drawn only where it is seen, so that ten thousand cost no more than ten.

use crate::columns::{self, Column};
use crate::listing::Listing;
use crate::palette::Palette;
use crate::pill;
use crate::region;
use crate::style::ROW;
use crate::times;
use crate::wish::Wish;
use crate::words;
use egui::accesskit::Role;
use egui::{
    Align2, Id, Rect, Response, ScrollArea, Sense, TextStyle, TextWrapMode, Ui, WidgetInfo,
    WidgetText, vec2,
};
use fingerpost_engine::{PhoneRow, Timestamp};

/// What the list shows besides its rows.
#[derive(Debug)]
pub(crate) struct Shown<'a> {
    pub(crate) listing: &'a Listing,
    pub(crate) chosen: Option<&'a str>,
    /// The chosen one is to be brought into sight.
    pub(crate) follows: bool,
    pub(crate) now: Timestamp,
}

pub(crate) fn show(ui: &mut Ui, shown: &Shown<'_>, wishes: &mut Vec<Wish>) {
    region::show(ui, region::phones(), Role::ListBox, "Phones", |ui| {
        let width = ui.available_width().max(columns::least_width());
        ScrollArea::horizontal().auto_shrink(false).show(ui, |ui| {
            ui.set_min_width(width);
            ui.spacing_mut().item_spacing = vec2(0.0, 0.0);
            titles(ui, width);
            rows(ui, width, shown, wishes);
        });
    });
}

fn titles(ui: &mut Ui, width: f32) {
    let (rect, _) = ui.allocate_exact_size(vec2(width, ROW - 4.0), Sense::hover());
    let palette = Palette::in_use(ui);
    let font = TextStyle::Small.resolve(ui.style());
    for (column, left, _) in columns::places(width) {
        let at = rect.left_center() + vec2(left, 0.0);
        ui.painter().text(at, Align2::LEFT_CENTER, column.title(), font.clone(), palette.muted);
    }
    ui.painter().hline(rect.x_range(), rect.bottom(), (1.0, palette.line));
}

fn rows(ui: &mut Ui, width: f32, shown: &Shown<'_>, wishes: &mut Vec<Wish>) {
    let mut area = ScrollArea::vertical().auto_shrink(false);
    if let Some(offset) = offset_to_see(ui, shown) {
        area = area.vertical_scroll_offset(offset);
    }
    let output = area.show_rows(ui, ROW, shown.listing.len(), |ui, seen| {
        for row in seen.filter_map(|at| shown.listing.row(at)) {
            one(ui, width, row, shown, wishes);
        }
    });
    ui.data_mut(|data| {
        data.insert_temp(sight(), (output.state.clamped_offset().y, output.inner_rect.height()));
    });
}

fn sight() -> Id {
    Id::unique("rows in sight")
}

/// Where to scroll to, if the chosen row is to be seen and is not.
fn offset_to_see(ui: &Ui, shown: &Shown<'_>) -> Option<f32> {
    let place = shown.chosen.filter(|_| shown.follows).and_then(|id| shown.listing.place(id))?;
    let (offset, height) = ui.data(|data| data.get_temp::<(f32, f32)>(sight()))?;
    #[allow(clippy::cast_precision_loss, reason = "there are ten thousand rows at most")]
    let top = place as f32 * ROW;
    if top < offset {
        Some(top)
    } else if top + ROW > offset + height {
        Some(top + ROW - height)
    } else {
        None
    }
}

fn one(ui: &mut Ui, width: f32, row: &PhoneRow, shown: &Shown<'_>, wishes: &mut Vec<Wish>) {
    let (_, rect) = ui.allocate_space(vec2(width, ROW));
    let response = ui.interact(rect, Id::unique(("phone", &row.phone.id)), Sense::CLICK);
    let is_chosen = shown.chosen == Some(row.phone.id.as_str());
    ground(ui, rect, is_chosen, response.hovered());
    for (column, left, width) in columns::places(width) {
        let place = Rect::from_min_size(rect.min + vec2(left, 0.0), vec2(width, ROW));
        cell(ui, place, column, row, shown.now);
        if column == Column::LastAsked && ui.rect_contains_pointer(place) {
            let exact = times::exact_with_day(row.last_asked);
            response.clone().on_hover_text_at_pointer(exact);
        }
    }
    if response.clicked() {
        wishes.push(Wish::Choose(row.phone.id.clone()));
    }
    name(ui, &response, row, is_chosen, shown.now);
}

fn ground(ui: &Ui, rect: Rect, is_chosen: bool, is_hovered: bool) {
    let palette = Palette::in_use(ui);
    let painter = ui.painter();
    if is_chosen {
        painter.rect_filled(rect, 0.0, palette.accent_weak);
        let bar = Rect::from_min_size(rect.min, vec2(4.0, rect.height()));
        painter.rect_filled(bar, 0.0, palette.accent);
    } else if is_hovered {
        painter.rect_filled(rect, 0.0, palette.sunken);
    }
    painter.hline(rect.x_range(), rect.bottom(), (1.0, palette.line));
}

fn cell(ui: &Ui, place: Rect, column: Column, row: &PhoneRow, now: Timestamp) {
    if column == Column::State {
        return pill::paint(ui, place.left_center(), row.state);
    }
    let text = WidgetText::from(column.text(ui, row, now));
    let galley = text.into_galley(ui, Some(TextWrapMode::Truncate), place.width(), TextStyle::Body);
    let at = Align2::LEFT_CENTER.anchor_size(place.left_center(), galley.size()).min;
    ui.painter().galley(at, galley, Palette::in_use(ui).text);
}

/// What a screen reader says of a row.
fn name(ui: &Ui, response: &Response, row: &PhoneRow, is_chosen: bool, now: Timestamp) {
    response.widget_info(|| WidgetInfo::labeled(Role::ListBoxOption, true, words::row(row, now)));
    ui.ctx().accesskit_node_builder(response.id, |node| node.set_selected(is_chosen));
    if is_chosen {
        let id = response.id.accesskit_id();
        ui.ctx().accesskit_node_builder(region::phones(), |list| list.set_active_descendant(id));
    }
}
