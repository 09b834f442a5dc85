//! Owns the screen: its parts, which phone is chosen, and what a wish does. What things mean is the engine's word.

use crate::backend::{Backend, Outcome, State};
use crate::listing::Listing;
use crate::marks::{self, NameField};
use crate::url_field::{self, UrlField};
use crate::wish::Wish;
use crate::{detail, empty, footer, header, keys, list, mode, region, style, times, words};
use egui::{CentralPanel, Id, Panel, TextEdit, Ui};
use fingerpost_engine::{Adoption, Command, PhoneDetail, PhoneRow, View};
use std::sync::Arc;

/// Frames in which a row that was just chosen is brought into sight.
const FOLLOWS: u8 = 2;

/// The console: draws what its backend knows, tells it what people want.
#[derive(Debug)]
pub struct Console {
    backend: Box<dyn Backend>,
    try_this: String,
    url: UrlField,
    name: NameField,
    filter: String,
    listing: Listing,
    chosen: Option<String>,
    /// Frames in which the chosen row is brought into sight; the second is for when the first made room for its detail.
    follows: u8,
    notice: Option<String>,
    has_begun: bool,
}

impl Console {
    /// A console over `backend`.
    #[must_use]
    pub fn new(backend: Box<dyn Backend>) -> Self {
        Self {
            backend,
            try_this: "fingerpost phone".into(),
            url: UrlField::default(),
            name: NameField::default(),
            filter: String::new(),
            listing: Listing::default(),
            chosen: None,
            follows: 0,
            notice: None,
            has_begun: false,
        }
    }

    /// The same with another command for simulating a phone.
    #[must_use]
    pub fn suggesting(mut self, command: String) -> Self {
        self.try_this = command;
        self
    }

    /// Draws the screen and does what is wanted on it.
    pub fn ui(&mut self, ui: &mut Ui) {
        while let Some(outcome) = self.backend.outcome() {
            self.hear(&outcome);
        }
        match self.backend.state() {
            State::Running(view) => self.running(ui, &view),
            State::Starting => standstill(ui, "Starting: the cards are being opened.", false),
            State::Ended(why) => standstill(ui, &why, true),
        }
    }

    fn running(&mut self, ui: &mut Ui, view: &Arc<View>) {
        self.url.hear(view.url.as_deref());
        self.listing.refresh(view, &self.filter);
        let wishes = keys::wishes(ui.ctx());
        self.grant_all(ui, wishes);
        let mut wishes = Vec::new();
        self.draw(ui, view, &mut wishes);
        if !wishes.is_empty() {
            self.grant_all(ui, wishes);
            // What was wanted shows at once.
            ui.ctx().request_repaint();
        }
        self.keep_times_true(ui, view);
    }

    fn draw(&mut self, ui: &mut Ui, view: &View, wishes: &mut Vec<Wish>) {
        let ground = style::ground(ui);
        Panel::top("header").frame(ground).show(ui, |ui| {
            header::show(ui, view, &mut self.url, self.notice.as_deref(), wishes);
        });
        Panel::bottom("footer").frame(ground).show(ui, |ui| footer::show(ui, view));
        self.draw_middle(ui, view, wishes);
        if !std::mem::replace(&mut self.has_begun, true) {
            focus(ui, region::phones());
        }
    }

    /// The list, and below it the chosen phone: in this order, for the Tab key goes the same way.
    fn draw_middle(&mut self, ui: &mut Ui, view: &View, wishes: &mut Vec<Wish>) {
        let (ground, height) = (style::ground(ui), ui.available_height());
        let detail = self.backend.detail().filter(|known| self.is_chosen(&known.row));
        let Some(row) = self.chosen_row(detail.as_deref()) else {
            CentralPanel::default().frame(ground).show(ui, |ui| self.draw_phones(ui, view, wishes));
            return;
        };
        let list = Panel::top("list").resizable(true).default_size(height * 0.45).min_size(120.0);
        list.frame(ground).show(ui, |ui| self.draw_phones(ui, view, wishes));
        CentralPanel::default().frame(ground).show(ui, |ui| {
            detail::show(ui, &row, detail.as_deref(), view.group.into(), &mut self.name, wishes);
        });
    }

    fn is_chosen(&self, row: &PhoneRow) -> bool {
        self.chosen.as_ref() == Some(&row.phone.id)
    }

    /// As the list has it, else (the filter may hide it) as it was told apart.
    fn chosen_row(&self, detail: Option<&PhoneDetail>) -> Option<PhoneRow> {
        let at = self.listing.place(self.chosen.as_deref()?);
        let listed = at.and_then(|at| self.listing.row(at));
        listed.or(detail.map(|detail| &detail.row)).cloned()
    }

    fn draw_phones(&mut self, ui: &mut Ui, view: &View, wishes: &mut Vec<Wish>) {
        if view.phones.is_empty() {
            let hears = view.cards.iter().any(|card| words::is_heard(card.state));
            return empty::nobody(ui, hears, &self.try_this);
        }
        ui.horizontal_wrapped(|ui| {
            let label = ui.label("Filter");
            let hint = "MAC, vendor, model, address, card, rule";
            let edit = TextEdit::singleline(&mut self.filter).id(filter_id()).hint_text(hint);
            let width = ui.available_width().min(320.0);
            let edit = edit.desired_width(width).margin(egui::vec2(8.0, 6.0));
            if ui.add(edit).labelled_by(label.id).changed() {
                ui.ctx().request_repaint();
            }
            if !self.filter.is_empty() {
                ui.label(format!("{} of {} phones", self.listing.len(), view.phones.len()));
            }
        });
        if self.listing.len() == 0 {
            return empty::none_left(ui, &self.filter, view.phones.len());
        }
        let follows = self.follows > 0;
        if follows {
            self.follows -= 1;
            ui.ctx().request_repaint();
        }
        let shown = list::Shown {
            listing: &self.listing,
            chosen: self.chosen.as_deref(),
            follows,
            now: self.backend.now(),
        };
        list::show(ui, &shown, wishes);
    }

    fn grant_all(&mut self, ui: &Ui, wishes: Vec<Wish>) {
        for wish in wishes {
            self.grant(ui, wish);
        }
    }

    fn grant(&mut self, ui: &Ui, wish: Wish) {
        match wish {
            Wish::Answer(answer) => self.tell(mode::switch(answer)),
            Wish::SetUrl(url) => self.tell(Command::SetUrl { url }),
            Wish::ListenAgain => self.tell(Command::OpenCards),
            Wish::Choose(id) => {
                self.choose(Some(id));
                focus(ui, region::phones());
            }
            Wish::Step(rows) => self.step(rows),
            Wish::Close => {
                self.choose(None);
                focus(ui, region::phones());
            }
            Wish::Mark(adoption) => self.mark(adoption),
            Wish::Name(name) => {
                if let Some(phone) = self.chosen.clone() {
                    self.tell(Command::Name { phone, name });
                }
                focus(ui, region::phones());
            }
            Wish::Undo => self.tell(Command::Undo),
            Wish::GoToUrl => focus(ui, url_field::id()),
            Wish::GoToFilter => focus(ui, filter_id()),
            Wish::GoToDetail | Wish::GoToName if self.chosen.is_none() => self.step(1),
            Wish::GoToDetail => focus(ui, region::timeline()),
            Wish::GoToName => focus(ui, marks::name_id()),
            Wish::Back => self.back(ui),
        }
    }

    fn mark(&mut self, adoption: Adoption) {
        let Some(chosen) = self.chosen.clone() else {
            self.notice = Some("Not done: no phone is chosen. Up and Down choose one.".into());
            return;
        };
        let phones = vec![chosen];
        self.tell(match adoption {
            Adoption::Adopted => Command::Adopt { phones },
            Adoption::Ignored => Command::Ignore { phones },
            _ => Command::Release { phones },
        });
    }

    fn tell(&mut self, command: Command) {
        self.notice = None;
        self.backend.tell(command);
    }

    fn hear(&mut self, outcome: &Outcome) {
        match (&outcome.command, &outcome.result) {
            (Command::SetUrl { .. }, result) => self.url.applied(result),
            // The state sentence and the cards say it already.
            (Command::OpenCards, _) | (_, Ok(())) => {}
            (_, Err(error)) => self.notice = Some(format!("Not done: {error}.")),
        }
    }

    /// Looks at this phone from now on, and brings its row into sight.
    fn choose(&mut self, id: Option<String>) {
        self.backend.look_at(id.as_deref());
        self.chosen = id;
        self.follows = FOLLOWS;
    }

    /// Chooses the phone so many rows on; the first one where none was chosen.
    fn step(&mut self, rows: isize) {
        let Some(last) = self.listing.len().checked_sub(1) else { return };
        let now = self.chosen.as_deref().and_then(|id| self.listing.place(id));
        let next = match now {
            Some(at) => at.saturating_add_signed(rows).min(last),
            None if rows == isize::MAX => last,
            None => 0,
        };
        let id = self.listing.row(next).map(|row| row.phone.id.clone());
        self.choose(id);
    }

    fn back(&mut self, ui: &Ui) {
        if ui.memory(|memory| memory.had_focus_last_frame(url_field::id())) {
            self.url.give_up();
        } else if ui.memory(|memory| memory.had_focus_last_frame(marks::name_id())) {
            self.name.give_up();
        } else if !self.filter.is_empty() {
            self.filter.clear();
            ui.ctx().request_repaint();
        } else if !ui.memory(|memory| memory.had_focus_last_frame(filter_id())) {
            self.choose(None);
        }
        focus(ui, region::phones());
    }

    /// Times are said in words that change with time: looks again when those of the phone that asked last do.
    fn keep_times_true(&self, ui: &Ui, view: &View) {
        if let Some(latest) = view.phones.first() {
            let after = times::next_change(self.backend.now(), latest.last_asked);
            ui.ctx().request_repaint_after(after);
        }
    }
}

fn filter_id() -> Id {
    Id::unique("filter")
}

fn focus(ui: &Ui, id: Id) {
    ui.memory_mut(|memory| memory.request_focus(id));
}

fn standstill(ui: &mut Ui, words: &str, is_wrong: bool) {
    CentralPanel::default()
        .frame(style::ground(ui))
        .show(ui, |ui| header::sentence(ui, words, is_wrong));
}
