//! Owns the URL field: what is typed, what is in force, and the mistake in what was typed last. What was typed is kept
//! until it holds or is given up.

use crate::palette::Palette;
use crate::wish::Wish;
use egui::{Id, Key, RichText, TextEdit, TextStyle, Ui};
use fingerpost_engine::CommandError;

#[derive(Debug, Default)]
pub(crate) struct UrlField {
    draft: String,
    in_force: String,
    mistake: Option<String>,
    wants_focus: bool,
}

pub(crate) fn id() -> Id {
    Id::unique("url")
}

impl UrlField {
    /// The engine's URL. What is being typed stays.
    pub(crate) fn hear(&mut self, url: Option<&str>) {
        let url = url.unwrap_or_default();
        if self.in_force != url {
            if self.draft == self.in_force {
                url.clone_into(&mut self.draft);
            }
            url.clone_into(&mut self.in_force);
        }
    }

    /// How applying it went.
    pub(crate) fn applied(&mut self, result: &Result<(), CommandError>) {
        self.mistake = match result {
            Ok(()) => None,
            Err(CommandError::Url { message, .. }) => Some(message.clone()),
            Err(other) => Some(other.to_string()),
        };
        self.wants_focus = self.mistake.is_some();
    }

    /// Gives up what was typed.
    pub(crate) fn give_up(&mut self) {
        self.draft.clone_from(&self.in_force);
        self.mistake = None;
    }

    pub(crate) fn show(&mut self, ui: &mut Ui, wishes: &mut Vec<Wish>) {
        let label = ui.label("URL for every phone");
        let room = (ui.available_width() - 96.0).max(96.0);
        let edit = TextEdit::singleline(&mut self.draft)
            .id(id())
            .font(TextStyle::Monospace)
            .hint_text("tftp://%{server}/%{mac}.cfg")
            .margin(egui::vec2(8.0, 6.0))
            .align(egui::Align2::LEFT_CENTER)
            .desired_width(room);
        let field = ui.add(edit).labelled_by(label.id);
        let entered = field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
        if std::mem::take(&mut self.wants_focus) {
            field.request_focus();
        }
        let apply = ui.add_enabled(self.is_changed(), egui::Button::new("Apply"));
        if entered || apply.clicked() {
            wishes.push(Wish::SetUrl(self.wanted()));
        }
    }

    /// The mistake, under the field.
    pub(crate) fn show_mistake(&self, ui: &mut Ui) {
        if let Some(mistake) = &self.mistake {
            let words = format!("Not applied: {mistake}. Phones get what they got before.");
            let colour = Palette::in_use(ui).error;
            ui.label(RichText::new(words).color(colour));
        }
    }

    fn is_changed(&self) -> bool {
        self.draft != self.in_force
    }

    fn wanted(&self) -> Option<String> {
        let wanted = self.draft.trim();
        (!wanted.is_empty()).then(|| wanted.to_owned())
    }
}
