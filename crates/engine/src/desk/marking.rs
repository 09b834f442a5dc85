//! Owns changing what people say of phones, and taking it back. What is planned is carried out once it is remembered.

use crate::command::CommandError;
use crate::event::{Event, TimedEvent};
use crate::marks::{Marking, Marks};
use crate::memory::Wish;
use crate::view::{PhoneRow, Undoable};
use fingerpost_core::Instant;

/// Changes that can be taken back.
const MOST: usize = 100;

/// What is wanted.
#[derive(Debug)]
pub(crate) enum Wanted {
    Mark(Marking, Vec<String>),
    Undo,
    Forget(Vec<String>),
    /// Phones of a backup: known ones get what it says of them.
    Know(Vec<PhoneRow>),
    /// What was noted until now is to be written.
    Settle,
}

/// What is to be done, checked against the phones that there are.
#[derive(Debug)]
pub(crate) struct Plan {
    pub(crate) wish: Wish,
    is_undo: bool,
    /// In words.
    what: String,
}

/// What was said of phones before the last changes, the latest last.
#[derive(Debug, Default)]
pub(super) struct Undo(Vec<Change>);

/// A change that was made, and what was said of its phones before.
#[derive(Debug)]
struct Change {
    what: String,
    before: Vec<(String, Marks)>,
}

impl Undo {
    fn push(&mut self, change: Change) {
        self.0.push(change);
        if self.0.len() > MOST {
            self.0.remove(0);
        }
    }
}

impl super::Desk {
    /// What is to be done. Nothing has changed yet.
    pub(crate) fn plan(&self, wanted: &Wanted) -> Result<Plan, CommandError> {
        let (wish, what) = match wanted {
            Wanted::Mark(marking, phones) => {
                (Wish::Mark(self.marked(marking, phones)?), marking.words())
            }
            Wanted::Undo => self.before()?,
            Wanted::Know(rows) => {
                (Wish::Know(self.with_what_is_known(rows)), "a backup was taken over".into())
            }
            Wanted::Settle => (Wish::Forget(Vec::new()), String::new()),
            Wanted::Forget(phones) => {
                phones.iter().try_for_each(|id| self.marks_of(id).map(|_| ()))?;
                (Wish::Forget(phones.clone()), String::new())
            }
        };
        Ok(Plan { wish, is_undo: matches!(wanted, Wanted::Undo), what })
    }

    /// The change that would be taken back.
    pub(crate) fn undoable(&self) -> Option<Undoable> {
        let last = self.undo.0.last()?;
        Some(Undoable::new(last.what.clone(), last.before.len()))
    }

    /// Does it, and says so.
    pub(crate) fn carry_out(&mut self, now: Instant, plan: Plan) {
        match plan.wish {
            Wish::Mark(phones) => self.mark(now, phones, plan.is_undo, plan.what),
            Wish::Know(rows) => self.know(now, rows, plan.what),
            Wish::Forget(phones) if phones.is_empty() => {}
            Wish::Forget(phones) => {
                for id in &phones {
                    self.phones.remove(id);
                }
                self.say(now, Event::PhonesForgotten { phones });
            }
        }
    }

    fn marked(
        &self,
        marking: &Marking,
        phones: &[String],
    ) -> Result<Vec<(String, Marks)>, CommandError> {
        marking.check().map_err(CommandError::Marking)?;
        let marked = |id: &String| {
            let after = marking.applied(&self.marks_of(id)?).map_err(CommandError::Marking)?;
            Ok((id.clone(), after))
        };
        phones.iter().map(marked).collect()
    }

    /// What was said before the last change, and that it is taken back.
    fn before(&self) -> Result<(Wish, String), CommandError> {
        let nothing = || CommandError::Marking("there is nothing to take back".into());
        let last = self.undo.0.last().ok_or_else(nothing)?;
        let is_known = |(id, _): &&(String, Marks)| self.phones.marks(id).is_some();
        let before = last.before.iter().filter(is_known).cloned().collect();
        Ok((Wish::Mark(before), format!("no longer {}", last.what)))
    }

    fn mark(&mut self, now: Instant, marked: Vec<(String, Marks)>, is_undo: bool, what: String) {
        let time = self.clock.wall(now);
        let mut before = Vec::new();
        let mut phones = Vec::new();
        for (id, marks) in marked {
            before.extend(self.phones.set_marks(&id, &marks).map(|before| (id.clone(), before)));
            let event = Event::PhonesMarked { phones: vec![id.clone()], what: what.clone() };
            self.phones.said_of(&id, TimedEvent { time, event });
            phones.push(id);
        }
        if is_undo {
            self.undo.0.pop();
        } else {
            self.undo.push(Change { what: what.clone(), before });
        }
        // A phone that was met with silence and asks again is judged anew.
        self.responder.reconsider();
        self.say(now, Event::PhonesMarked { phones, what });
    }

    /// Of phones that are known more is known than a backup says: it is only asked what people say of them.
    fn with_what_is_known(&self, rows: &[PhoneRow]) -> Vec<PhoneRow> {
        let known = |row: &PhoneRow| {
            let mut known =
                self.phones.known(&row.phone.id).map_or(row.clone(), |(known, _)| known);
            known.set_marks(row.marks());
            known
        };
        rows.iter().map(known).collect()
    }

    fn know(&mut self, now: Instant, rows: Vec<PhoneRow>, what: String) {
        let phones = rows.iter().map(|row| row.phone.id.clone()).collect();
        let mut before = Vec::new();
        for row in rows {
            let id = row.phone.id.clone();
            match self.phones.set_marks(&id, &row.marks()) {
                Some(marks) => before.push((id, marks)),
                None => self.phones.remember_row(row),
            }
        }
        self.undo.push(Change { what: what.clone(), before });
        self.responder.reconsider();
        self.say(now, Event::PhonesMarked { phones, what });
    }

    fn marks_of(&self, id: &str) -> Result<Marks, CommandError> {
        self.phones.marks(id).ok_or_else(|| CommandError::Unknown(id.into()))
    }
}
