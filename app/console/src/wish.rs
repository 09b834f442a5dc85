//! Owns what a person can want of the console. Keys and widgets say it; the console does it.

use fingerpost_engine::Adoption;

/// Something a person wants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Wish {
    /// Answer phones, or only observe.
    Answer(bool),
    /// Send this URL to everyone whom no rule names; none: send none.
    SetUrl(Option<String>),
    /// Open the cards that are not open.
    ListenAgain,
    /// Look at the phone with this id.
    Choose(String),
    /// Look at the phone this many rows on.
    Step(isize),
    /// Look at none.
    Close,
    /// Say of the chosen phone that it is ours, to be ignored, or neither.
    Mark(Adoption),
    /// Call the chosen phone by this name; none: by none.
    Name(Option<String>),
    /// Take back the last thing that was said of phones.
    Undo,
    /// Put the keyboard to the chosen phone's name.
    GoToName,
    /// Put the keyboard to the URL.
    GoToUrl,
    /// Put the keyboard to the filter.
    GoToFilter,
    /// Put the keyboard to the chosen phone.
    GoToDetail,
    /// One step back: what was typed, the filter, the chosen phone.
    Back,
}
