//! Owns the rows of a large trace in few bytes: a [`Row`] is made where somebody looks at it.

use crate::ends::{Ends, is_deduced};
use crate::groups::Groups;
use crate::lanes::Ways;
use crate::reading::Reading;
use crate::small::{Micros, Small};
use crate::words::{Place, Words};
use crate::{Row, RowKind};

/// The rows of a ladder, one a message, in the order in which they were heard.
///
/// ```
/// use fingerpost_ladder::{Heard, Listener};
/// let mut listener = Listener::expecting(1);
/// listener.hear(&Heard::text(b"OPTIONS sip:192.0.2.1 SIP/2.0\r\nCSeq: 1 OPTIONS\r\n\r\n"));
/// let rows = listener.scroll().rows;
/// assert_eq!((rows.len(), rows.get(0).unwrap().label), (1, "OPTIONS".to_owned()));
/// ```
#[derive(Debug, Default)]
pub struct Rows {
    pub(crate) readings: Vec<Reading>,
    pub(crate) words: Words,
    pub(crate) ends: Vec<Ends>,
    pub(crate) ways: Ways,
    pub(crate) repeats: Vec<Small>,
    pub(crate) answers: Vec<Small>,
    pub(crate) groups: Groups,
    /// When the first of them was heard.
    pub(crate) begin: Micros,
}

impl Rows {
    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.readings.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.readings.is_empty()
    }

    /// One of them; `None` where there is no such.
    #[must_use]
    pub fn get(&self, index: usize) -> Option<Row> {
        let reading = self.readings.get(index)?;
        let Ends { from, to } = self.ends[index];
        let port = |end: Option<Place>| end.map(|place| self.words.named(place).port);
        Some(Row {
            from: self.from(index),
            to: self.to(index),
            from_port: port(from),
            to_port: port(to),
            is_deduced: is_deduced(reading),
            kind: self.kind(index),
            label: self.words.get(reading.label).to_owned(),
            detail: self.words.get(reading.detail).to_owned(),
            time: self.time(index),
            took: self.took(index),
            call: call(reading),
            dialog: self.groups.dialog[index].get(),
            transaction: self.groups.transaction[index].get().unwrap_or_default(),
            repeats: self.repeats[index].get(),
            answers: self.answers[index].get(),
        })
    }

    /// All of them, one after the other.
    pub fn iter(&self) -> impl Iterator<Item = Row> + '_ {
        (0..self.len()).filter_map(|index| self.get(index))
    }

    /// The conversation of one of them; `None` where there is no such.
    #[must_use]
    pub fn call(&self, index: usize) -> Option<usize> {
        self.readings.get(index).map(call)
    }

    pub(crate) fn from(&self, index: usize) -> usize {
        self.ways.lane(self.ends[index].from)
    }

    pub(crate) fn to(&self, index: usize) -> usize {
        self.ways.lane(self.ends[index].to)
    }

    pub(crate) fn time(&self, index: usize) -> Option<u64> {
        self.readings[index].time.get()?.checked_sub(self.begin.get()?)
    }

    pub(crate) fn kind(&self, index: usize) -> RowKind {
        let reading = &self.readings[index];
        match reading.status() {
            _ if reading.is_request() => RowKind::Request,
            Some(..200) => RowKind::Provisional,
            Some(200..300) => RowKind::Success,
            Some(300..400) => RowKind::Redirection,
            Some(_) => RowKind::Failure,
            None => RowKind::Unreadable,
        }
    }

    fn took(&self, index: usize) -> Option<u64> {
        if self.readings[index].is_request() {
            return None;
        }
        let asked = self.answers[index].get()?;
        self.time(index)?.checked_sub(self.time(asked)?)
    }
}

fn call(reading: &Reading) -> usize {
    usize::try_from(reading.call).unwrap_or(usize::MAX)
}
