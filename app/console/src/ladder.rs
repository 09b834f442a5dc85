//! Owns the ladder of the chosen phone: who said what to whom, drawn from the rows of the ladder crate. Each row has its
//! words for screen readers.

use crate::palette::Palette;
use crate::printable::printable;
use crate::region;
use crate::times;
use egui::accesskit::Role;
use egui::{
    Align2, Color32, FontId, Pos2, Rect, RichText, ScrollArea, Sense, TextStyle, TextWrapMode, Ui,
    WidgetInfo, WidgetText, pos2, vec2,
};
use fingerpost_engine::{Direction, PhoneRow, Recorded};
use fingerpost_ladder::{Heard, Ladder, Missing, Row, RowKind};
use std::net::SocketAddr;

const HEIGHT: f32 = 28.0;

/// Draws it at most `height` high.
pub(crate) fn show(
    ui: &mut Ui,
    height: f32,
    row: &PhoneRow,
    group: SocketAddr,
    messages: &[Recorded],
) {
    let ladder = ladder(row, group, messages);
    if ladder.rows.is_empty() {
        return;
    }
    let size = vec2(ui.available_width(), height);
    ui.allocate_ui_with_layout(size, egui::Layout::top_down(egui::Align::Min), |ui| {
        region::show(ui, region::ladder(), Role::Region, "Ladder", |ui| {
            ui.label(RichText::new("Who said what to whom").strong());
            lanes(ui, &ladder);
            let area = ScrollArea::vertical().id_salt(("ladder", &row.phone.id));
            area.max_height(height - 76.0).stick_to_bottom(true).show(ui, |ui| {
                region::scroll_by_keys(ui, region::ladder());
                ui.spacing_mut().item_spacing.y = 0.0;
                for (at, step) in ladder.rows.iter().enumerate() {
                    one(ui, &ladder, step);
                    for gap in ladder.missing.iter().filter(|gap| gap.after == at) {
                        missing(ui, gap);
                    }
                }
            });
        });
    });
}

fn ladder(row: &PhoneRow, group: SocketAddr, messages: &[Recorded]) -> Ladder {
    let heard: Vec<Heard<'_>> = messages.iter().map(|message| heard(row, group, message)).collect();
    Ladder::of(&heard)
}

fn heard<'m>(row: &PhoneRow, group: SocketAddr, message: &'m Recorded) -> Heard<'m> {
    let heard = Heard::text(message.text.as_bytes());
    let heard = heard.at(u64::try_from(message.time.as_millis()).unwrap_or(0).saturating_mul(1000));
    let ours = row.server.map(|server| SocketAddr::new(server, group.port()));
    let (Some(ours), peer) = (ours, message.peer) else { return heard };
    match message.direction {
        Direction::In if message.is_multicast => heard.between(peer, group),
        Direction::In => heard.between(peer, ours),
        Direction::Out => heard.between(ours, peer),
    }
}

/// Where a lane stands.
fn lane(place: Rect, at: usize, count: usize) -> f32 {
    #[allow(clippy::cast_precision_loss, reason = "a phone speaks with a handful of others")]
    let part = (at as f32 + 0.5) / count.max(1) as f32;
    place.left() + place.width() * part
}

/// Who stands above each lane, and below that what it is.
fn lanes(ui: &mut Ui, ladder: &Ladder) {
    let (_, place) = ui.allocate_space(vec2(ui.available_width(), 32.0));
    let count = ladder.lanes.len();
    for (at, who) in ladder.lanes.iter().enumerate() {
        let x = lane(place, at, count);
        let width = (lane(place, 1, count) - lane(place, 0, count) - 8.0).max(48.0);
        for (line, words) in [(0.0, who.name.as_str()), (16.0, who.subtitle())] {
            heading(ui, pos2(x, place.top() + line), width, &printable(words, false));
        }
    }
}

fn heading(ui: &Ui, top: Pos2, width: f32, words: &str) {
    let text = WidgetText::from(RichText::new(words).small());
    let galley = text.into_galley(ui, Some(TextWrapMode::Truncate), width, TextStyle::Small);
    let at = Align2::CENTER_TOP.anchor_size(top, galley.size()).min;
    ui.painter().galley(at, galley, Palette::in_use(ui).muted);
}

fn one(ui: &mut Ui, ladder: &Ladder, row: &Row) {
    let (_, place) = ui.allocate_space(vec2(ui.available_width(), HEIGHT));
    let response = ui.interact(place, ui.next_auto_id(), Sense::hover());
    let palette = Palette::in_use(ui);
    let count = ladder.lanes.len();
    for at in 0..count {
        ui.painter().vline(lane(place, at, count), place.y_range(), (1.0, palette.line));
    }
    let colour = match row.kind {
        RowKind::Failure | RowKind::Unreadable => palette.error,
        RowKind::Success => palette.accent,
        _ => palette.text,
    };
    let (from, to) = (lane(place, row.from, count), lane(place, row.to, count));
    let y = place.bottom() - 8.0;
    arrow(ui, from, to, y, colour);
    let font = FontId::monospace(12.0);
    let middle = pos2(f32::midpoint(from, to), y - 2.0);
    ui.painter().text(middle, Align2::CENTER_BOTTOM, label(row), font, colour);
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, spoken(ladder, row)));
    response.on_hover_text(spoken(ladder, row));
}

fn arrow(ui: &Ui, from: f32, to: f32, y: f32, colour: Color32) {
    let tip = pos2(to, y);
    let back = if to < from { 6.0 } else { -6.0 };
    ui.painter().line_segment([pos2(from, y), tip], (1.5, colour));
    for up in [-4.0, 4.0] {
        ui.painter().line_segment([tip + vec2(back, up), tip], (1.5, colour));
    }
}

fn label(row: &Row) -> String {
    let again = if row.repeats.is_some() { " again" } else { "" };
    format!("{}{again}", printable(&row.label, false))
}

/// `NOTIFY from 10.0.0.1 to 10.0.0.7, http://10.0.0.1/a.cfg, +12 ms`
fn spoken(ladder: &Ladder, row: &Row) -> String {
    let name = |at: usize| ladder.lanes.get(at).map_or("unknown", |lane| lane.name.as_str());
    let detail = printable(&row.detail, false);
    let detail = if detail.is_empty() { detail } else { format!(", {detail}") };
    let millis = row.time.map(|time| format!(", {}", times::after(time / 1000)));
    format!(
        "{} from {} to {}{detail}{}",
        label(row),
        printable(name(row.from), false),
        printable(name(row.to), false),
        millis.unwrap_or_default()
    )
}

fn missing(ui: &mut Ui, gap: &Missing) {
    let words = format!("Missing: {}. {} ({})", gap.what, gap.why, gap.reference);
    ui.label(RichText::new(words).color(Palette::in_use(ui).warn));
}
