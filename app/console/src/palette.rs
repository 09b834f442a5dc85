//! Owns the colours: the design tokens of the pages, one accent and three judgements, light and dark.

use egui::{Color32, Theme};

/// The colours of one theme. The `*_weak` ones are grounds for text in the strong one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Palette {
    pub(crate) bg: Color32,
    pub(crate) surface: Color32,
    pub(crate) sunken: Color32,
    pub(crate) line: Color32,
    pub(crate) text: Color32,
    pub(crate) muted: Color32,
    pub(crate) accent: Color32,
    pub(crate) accent_weak: Color32,
    pub(crate) error: Color32,
    pub(crate) error_weak: Color32,
    pub(crate) warn: Color32,
    pub(crate) warn_weak: Color32,
    pub(crate) note: Color32,
    pub(crate) note_weak: Color32,
}

const LIGHT: Palette = Palette {
    bg: hex(0xf7_f6_f3),
    surface: hex(0xff_ff_ff),
    sunken: hex(0xef_ee_ea),
    line: hex(0xdd_db_d5),
    text: hex(0x1c_1b_19),
    muted: hex(0x61_5e_58),
    accent: hex(0x0a_6b_50),
    accent_weak: hex(0xdf_f0_e9),
    error: hex(0xa8_20_1a),
    error_weak: hex(0xfb_e6_e4),
    warn: hex(0x84_50_00),
    warn_weak: hex(0xfa_ef_d9),
    note: hex(0x2b_52_a3),
    note_weak: hex(0xe5_ec_fa),
};

const DARK: Palette = Palette {
    bg: hex(0x15_15_14),
    surface: hex(0x1d_1d_1b),
    sunken: hex(0x11_11_10),
    line: hex(0x35_34_30),
    text: hex(0xec_ea_e5),
    muted: hex(0xa6_a2_9a),
    accent: hex(0x56_c5_96),
    accent_weak: hex(0x14_35_2a),
    error: hex(0xff_8a_80),
    error_weak: hex(0x3d_1a_18),
    warn: hex(0xe6_ac_4d),
    warn_weak: hex(0x38_29_0f),
    note: hex(0x94_b6_ff),
    note_weak: hex(0x18_25_3f),
};

const fn hex(rgb: u32) -> Color32 {
    let [_, red, green, blue] = rgb.to_be_bytes();
    Color32::from_rgb(red, green, blue)
}

impl Palette {
    /// The colours of a theme.
    pub(crate) const fn of(theme: Theme) -> &'static Self {
        match theme {
            Theme::Dark => &DARK,
            Theme::Light => &LIGHT,
        }
    }

    /// The colours in which `ui` is drawn.
    pub(crate) fn in_use(ui: &egui::Ui) -> &'static Self {
        Self::of(if ui.visuals().dark_mode { Theme::Dark } else { Theme::Light })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(palette: &Palette) -> [(&'static str, Color32); 14] {
        let Palette { bg, surface, sunken, line, text, muted, .. } = *palette;
        let Palette { accent, accent_weak, error, error_weak, .. } = *palette;
        let Palette { warn, warn_weak, note, note_weak, .. } = *palette;
        [
            ("bg", bg),
            ("surface", surface),
            ("sunken", sunken),
            ("line", line),
            ("text", text),
            ("muted", muted),
            ("accent", accent),
            ("accent-weak", accent_weak),
            ("error", error),
            ("error-weak", error_weak),
            ("warn", warn),
            ("warn-weak", warn_weak),
            ("note", note),
            ("note-weak", note_weak),
        ]
    }

    #[test]
    fn the_colours_are_those_of_the_pages() {
        let tokens = concat!(env!("CARGO_MANIFEST_DIR"), "/../../web/src/styles/tokens.css");
        let css = std::fs::read_to_string(tokens).unwrap();
        let code =
            |colour: Color32| format!("#{:02x}{:02x}{:02x}", colour.r(), colour.g(), colour.b());
        for ((name, light), (_, dark)) in named(&LIGHT).into_iter().zip(named(&DARK)) {
            let line = format!("--{name}: light-dark({}, {});", code(light), code(dark));
            assert!(css.contains(&line), "{line} is not in tokens.css");
        }
    }

    fn luminance(colour: Color32) -> f32 {
        let linear = egui::Rgba::from(colour);
        0.2126 * linear.r() + 0.7152 * linear.g() + 0.0722 * linear.b()
    }

    fn contrast(one: Color32, other: Color32) -> f32 {
        let (one, other) = (luminance(one), luminance(other));
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }

    #[test]
    fn text_stands_out_from_its_ground() {
        for palette in [LIGHT, DARK] {
            let pairs = [
                (palette.text, palette.bg),
                (palette.text, palette.surface),
                (palette.text, palette.sunken),
                (palette.text, palette.accent_weak),
                (palette.muted, palette.bg),
                (palette.muted, palette.surface),
                (palette.muted, palette.accent_weak),
                (palette.accent, palette.accent_weak),
                (palette.error, palette.bg),
                (palette.error, palette.error_weak),
                (palette.warn, palette.bg),
                (palette.warn, palette.warn_weak),
                (palette.note, palette.note_weak),
            ];
            for (text, ground) in pairs {
                assert!(contrast(text, ground) >= 4.5, "{text:?} on {ground:?}");
            }
        }
    }
}
