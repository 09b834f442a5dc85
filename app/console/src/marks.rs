//! Owns what people say of a phone: its name, whether it is theirs or ignored. What comes of it is the engine's word.

use crate::keys;
use crate::wish::Wish;
use egui::{Button, Id, Key, TextEdit, Ui};
use fingerpost_engine::{Adoption, PhoneRow};

/// The name that is being typed, and of which phone.
#[derive(Debug, Default)]
pub(crate) struct NameField {
    draft: String,
    of: Option<(String, Option<String>)>,
}

pub(crate) fn name_id() -> Id {
    Id::unique("name of the phone")
}

/// How a phone stands with people; nothing where nobody said anything.
pub(crate) const fn said(adoption: Adoption) -> &'static str {
    match adoption {
        Adoption::Adopted => "Adopted",
        Adoption::Ignored => "Ignored on request",
        _ => "",
    }
}

pub(crate) fn show(ui: &mut Ui, row: &PhoneRow, field: &mut NameField, wishes: &mut Vec<Wish>) {
    field.hear(row);
    ui.horizontal_wrapped(|ui| {
        let label = ui.label("Name");
        let edit = TextEdit::singleline(&mut field.draft).id(name_id()).desired_width(160.0);
        let edit = ui.add(edit.margin(egui::vec2(8.0, 6.0)).hint_text("F2")).labelled_by(label.id);
        if edit.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter)) {
            wishes.push(Wish::Name(field.wanted()));
        }
        let (adopt, ignore, release) = (Adoption::Adopted, Adoption::Ignored, Adoption::New);
        for (words, wanted, shortcut) in [
            ("Adopt", adopt, Some(keys::ADOPT)),
            ("Ignore", ignore, Some(keys::IGNORE)),
            ("Release", release, None),
        ] {
            let button = ui.add_enabled(row.adoption != wanted, Button::new(words));
            let hint = shortcut.map(|keys| ui.ctx().format_shortcut(&keys)).unwrap_or_default();
            if button.on_hover_text(hint).clicked() {
                wishes.push(Wish::Mark(wanted));
            }
        }
        let hint = ui.ctx().format_shortcut(&keys::UNDO);
        if ui.button("Undo").on_hover_text(hint).clicked() {
            wishes.push(Wish::Undo);
        }
        ui.label(said(row.adoption));
    });
}

impl NameField {
    /// The engine's name, unless another is being typed for this phone.
    fn hear(&mut self, row: &PhoneRow) {
        let now = (row.phone.id.clone(), row.name.clone());
        if self.of.as_ref() != Some(&now) {
            self.draft = row.name.clone().unwrap_or_default();
            self.of = Some(now);
        }
    }

    /// Gives up what was typed.
    pub(crate) fn give_up(&mut self) {
        self.of = None;
    }

    fn wanted(&self) -> Option<String> {
        let wanted = self.draft.trim();
        (!wanted.is_empty()).then(|| wanted.to_owned())
    }
}
