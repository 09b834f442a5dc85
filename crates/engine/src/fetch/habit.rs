//! Owns what each vendor's phones make of a URL: the placeholders that they fill in, the names that they add to a folder.
//! Data only. Where no document says more, a case of letters is inferred; `url` tells what was made of it.

/// A value of the phone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fill {
    MacLower,
    MacUpper,
    Model,
    Version,
}

/// How one vendor's phones read a URL.
#[derive(Debug)]
pub(super) struct Habit {
    vendors: &'static [&'static str],
    /// Longer ones before those that they begin with.
    pub(super) placeholders: &'static [(&'static str, Fill)],
    /// What is added to a URL that names a folder: before the value, the value, behind it.
    pub(super) in_folder: Option<(&'static str, Fill, &'static str)>,
}

use Fill::{MacLower, MacUpper, Model, Version};

const HABITS: &[Habit] = &[
    Habit {
        vendors: &["audiocodes"],
        placeholders: &[("<MODEL>", Model), ("<MAC>", MacLower)],
        // Two files, by a rule of their own: see `audiocodes`.
        in_folder: None,
    },
    Habit { vendors: &["snom", "vtech"], placeholders: &[("{mac}", MacUpper)], in_folder: None },
    Habit { vendors: &["gigaset"], placeholders: &[("{mac}", MacLower)], in_folder: None },
    Habit {
        vendors: &["panasonic"],
        placeholders: &[
            ("{mac}", MacLower),
            ("{MAC}", MacUpper),
            ("{MODEL}", Model),
            ("{fwver}", Version),
        ],
        in_folder: Some(("", Model, ".cfg")),
    },
    Habit { vendors: &["fanvil", "planet"], placeholders: &[("$mac", MacLower)], in_folder: None },
    Habit {
        vendors: &["yealink", "tiptel", "flyingvoice"],
        placeholders: &[("$MAC", MacLower), ("$PN", Model)],
        in_folder: Some(("", MacLower, ".cfg")),
    },
    Habit {
        vendors: &["grandstream"],
        placeholders: &[],
        in_folder: Some(("cfg", MacLower, ".xml")),
    },
    Habit { vendors: &["htek"], placeholders: &[], in_folder: Some(("cfg", MacUpper, ".xml")) },
    Habit {
        vendors: &["cisco"],
        placeholders: &[("$MAU", MacUpper), ("$MA", MacLower), ("$PN", Model)],
        in_folder: None,
    },
];

const UNKNOWN: &Habit = &Habit { vendors: &[], placeholders: &[], in_folder: None };

/// The habit of `vendor` (its canonical name); an unknown one fills in and adds nothing.
pub(super) fn of(vendor: &str) -> &'static Habit {
    HABITS.iter().find(|habit| habit.vendors.contains(&vendor)).unwrap_or(UNKNOWN)
}
