//! Owns looking at a data folder's memory, and changing it, without a running engine.

use super::database::{Database, refused};
use super::error::MemoryError;
use super::inbox::{Batch, Wish};
use super::{Retention, timeline};
use crate::marks::Marking;
use crate::recording::{MOST_BEFORE, Recording};
use crate::view::{PhoneDetail, PhoneRow};
use std::path::Path;

/// Events and messages told of one phone.
const MOST_EXCHANGES: u32 = 20;

/// The memory of a data folder.
#[derive(Debug)]
pub struct Archive {
    database: Database,
}

/// A change was not made; nothing has changed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ChangeError {
    /// No such phone is remembered.
    #[error("{0:?}: no such phone is remembered; `fingerpost phones` lists them")]
    Unknown(String),
    /// It cannot be said of a phone.
    #[error("{0}")]
    Refused(String),
    /// The memory cannot be used.
    #[error(transparent)]
    Memory(#[from] MemoryError),
}

impl Archive {
    /// Opens the memory in `folder` to look at it; an engine may run with it meanwhile.
    ///
    /// # Errors
    /// [`MemoryError`].
    pub fn open(folder: &Path) -> Result<Self, MemoryError> {
        Database::open_to_read(folder).map(|database| Self { database })
    }

    /// Opens the memory in `folder` to change it; nobody else changes it until this is dropped.
    ///
    /// # Errors
    /// [`MemoryError`]; [`MemoryError::InUse`] where an engine runs with it.
    pub fn open_to_change(folder: &Path) -> Result<Self, MemoryError> {
        Database::open_to_change(folder).map(|database| Self { database })
    }

    /// Every phone: first those of which people said something, then the one that asked last.
    ///
    /// # Errors
    /// [`MemoryError`].
    pub fn phones(&self) -> Result<Vec<PhoneRow>, MemoryError> {
        self.database.phones().map_err(|error| refused(&self.database.path, &error))
    }

    /// Everything about one phone; `None` where it is not remembered.
    ///
    /// # Errors
    /// [`MemoryError`].
    pub fn phone(&self, id: &str) -> Result<Option<PhoneDetail>, MemoryError> {
        let Some(row) = self.phones()?.into_iter().find(|row| row.phone.id == id) else {
            return Ok(None);
        };
        let told = self.told(row);
        told.map(Some).map_err(|error| refused(&self.database.path, &error))
    }

    fn told(&self, row: PhoneRow) -> rusqlite::Result<PhoneDetail> {
        let mut exchanges = self.database.exchanges(&row.phone.id, MOST_EXCHANGES)?;
        exchanges.reverse();
        let mut detail = PhoneDetail { row, timeline: Vec::new(), messages: Vec::new() };
        for exchange in &exchanges {
            detail.timeline.extend(timeline::timeline(exchange, &detail.row.phone));
            let messages = self.database.messages(exchange.id)?;
            let told = messages.iter().map(|one| timeline::recorded(one, &exchange.interface));
            detail.messages.extend(told);
        }
        Ok(detail)
    }

    /// A phone's exchange, 1 for the latest, 2 for the one before; `None` where there is none, or where an earlier
    /// version wrote down too little of it.
    ///
    /// # Errors
    /// [`MemoryError`].
    pub fn recording(&self, id: &str, number: u32) -> Result<Option<Recording>, MemoryError> {
        let Some(row) = self.phones()?.into_iter().find(|row| row.phone.id == id) else {
            return Ok(None);
        };
        let recorded = self.recorded(&row, number);
        recorded.map_err(|error| refused(&self.database.path, &error))
    }

    fn recorded(&self, row: &PhoneRow, number: u32) -> rusqlite::Result<Option<Recording>> {
        let most = number.saturating_add(MOST_BEFORE);
        let exchanges = self.database.exchanges(&row.phone.id, most)?;
        let wanted = usize::try_from(number).unwrap_or(usize::MAX).wrapping_sub(1);
        let mut recordings = exchanges.into_iter().skip(wanted).map(|exchange| {
            let messages = self.database.messages(exchange.id)?;
            Ok(Recording::new(&row.phone, exchange, messages))
        });
        let Some(recording) = recordings.next().transpose()?.flatten() else { return Ok(None) };
        recording.carrying_on(recordings.filter_map(Result::transpose)).map(Some)
    }

    /// Changes what is said of the phones with these ids: of all or of none.
    ///
    /// # Errors
    /// [`ChangeError`].
    pub fn mark(&mut self, ids: &[String], marking: &Marking) -> Result<(), ChangeError> {
        marking.check().map_err(ChangeError::Refused)?;
        let phones = self.phones()?;
        let marks = |id: &String| {
            let row = phones.iter().find(|row| row.phone.id == *id);
            let row = row.ok_or_else(|| ChangeError::Unknown(id.clone()))?;
            let after = marking.applied(&row.marks()).map_err(ChangeError::Refused)?;
            Ok((id.clone(), after))
        };
        let marks = ids.iter().map(marks).collect::<Result<_, ChangeError>>()?;
        self.write(Wish::Mark(marks))
    }

    /// Forgets the phones with these ids and everything that they said: all or none.
    ///
    /// # Errors
    /// [`ChangeError`].
    pub fn forget(&mut self, ids: &[String]) -> Result<(), ChangeError> {
        let phones = self.phones()?;
        let is_known = |id: &&String| phones.iter().any(|row| row.phone.id == **id);
        match ids.iter().find(|id| !is_known(id)) {
            Some(unknown) => Err(ChangeError::Unknown(unknown.clone())),
            None => self.write(Wish::Forget(ids.to_vec())),
        }
    }

    fn write(&mut self, wish: Wish) -> Result<(), ChangeError> {
        let mut batch = Batch::default();
        batch.wishes.push((0, wish));
        // Changing what is said of phones makes no room for datagrams.
        let retention = Retention { bytes: u64::MAX, ..Retention::default() };
        let written = self.database.write(&batch, &retention, &mut 0);
        written.map_err(|error| refused(&self.database.path, &error))?;
        Ok(())
    }
}
