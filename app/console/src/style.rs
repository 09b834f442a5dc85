//! Owns how the palette, the four text sizes, the 4 px grid and the one radius become an egui style. Nothing moves by
//! itself: no animation, no blinking, so that a screen nobody touches is not painted.

use crate::palette::Palette;
use egui::style::{ScrollAnimation, WidgetVisuals, Widgets};
use egui::{
    Color32, CornerRadius, FontFamily, FontId, Frame, Margin, Shadow, Stroke, Style, TextStyle,
    Theme,
};

/// Height of a row of the list.
pub(crate) const ROW: f32 = 32.0;
const RADIUS: u8 = 6;

/// Dresses both themes of a context; which of them is worn is the context's choice (the system's, unless told).
pub fn dress(ctx: &egui::Context) {
    for theme in [Theme::Light, Theme::Dark] {
        ctx.style_mut_of(theme, |style| dress_one(style, Palette::of(theme)));
    }
}

/// The ground of each part of the screen.
pub(crate) fn ground(ui: &egui::Ui) -> Frame {
    Frame::new().fill(ui.visuals().panel_fill).inner_margin(Margin::symmetric(16, 8))
}

fn dress_one(style: &mut Style, palette: &Palette) {
    style.text_styles = [
        (TextStyle::Small, FontId::new(12.0, FontFamily::Proportional)),
        (TextStyle::Body, FontId::new(13.0, FontFamily::Proportional)),
        (TextStyle::Button, FontId::new(13.0, FontFamily::Proportional)),
        (TextStyle::Monospace, FontId::new(12.0, FontFamily::Monospace)),
        (TextStyle::Heading, FontId::new(20.0, FontFamily::Proportional)),
    ]
    .into();
    style.spacing.item_spacing = egui::vec2(8.0, 4.0);
    style.spacing.button_padding = egui::vec2(12.0, 4.0);
    style.spacing.interact_size.y = 28.0;
    style.animation_time = 0.0;
    style.scroll_animation = ScrollAnimation::none();
    colour(&mut style.visuals, palette);
}

fn colour(visuals: &mut egui::Visuals, palette: &Palette) {
    visuals.widgets = widgets(palette);
    visuals.panel_fill = palette.bg;
    visuals.window_fill = palette.surface;
    visuals.window_stroke = Stroke::new(1.0, palette.line);
    visuals.window_shadow = Shadow::NONE;
    visuals.popup_shadow = Shadow::NONE;
    visuals.extreme_bg_color = palette.sunken;
    visuals.text_edit_bg_color = Some(palette.surface);
    visuals.faint_bg_color = palette.sunken;
    visuals.code_bg_color = palette.sunken;
    visuals.weak_text_color = Some(palette.muted);
    visuals.warn_fg_color = palette.warn;
    visuals.error_fg_color = palette.error;
    visuals.hyperlink_color = palette.accent;
    visuals.selection.bg_fill = palette.accent_weak;
    visuals.selection.stroke = Stroke::new(1.0, palette.accent);
    visuals.text_cursor.blink = false;
}

/// A focused widget wears `active`: two pixels of accent.
fn widgets(palette: &Palette) -> Widgets {
    Widgets {
        noninteractive: widget(palette.surface, palette.line, 1.0, palette.text),
        inactive: widget(palette.surface, palette.line, 1.0, palette.text),
        hovered: widget(palette.sunken, palette.muted, 1.0, palette.text),
        active: widget(palette.surface, palette.accent, 2.0, palette.text),
        open: widget(palette.sunken, palette.muted, 1.0, palette.text),
    }
}

fn widget(ground: Color32, edge: Color32, width: f32, text: Color32) -> WidgetVisuals {
    WidgetVisuals {
        bg_fill: ground,
        weak_bg_fill: ground,
        bg_stroke: Stroke::new(width, edge),
        corner_radius: CornerRadius::same(RADIUS),
        fg_stroke: Stroke::new(1.0, text),
        expansion: 0.0,
    }
}
