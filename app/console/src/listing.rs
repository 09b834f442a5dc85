//! Owns which phones are listed: all, or those that hold every word of the filter. Worked out once for each view and
//! filter, not for each frame.

use crate::words;
use fingerpost_engine::{PhoneRow, View};
use std::sync::Arc;

#[derive(Debug, Default)]
pub(crate) struct Listing {
    view: Option<Arc<View>>,
    filter: String,
    rows: Vec<usize>,
}

impl Listing {
    /// Brings the list up to date.
    pub(crate) fn refresh(&mut self, view: &Arc<View>, filter: &str) {
        let is_current = self.view.as_ref().is_some_and(|known| Arc::ptr_eq(known, view));
        if is_current && self.filter == filter {
            return;
        }
        let wanted = filter.to_lowercase();
        let wanted: Vec<&str> = wanted.split_whitespace().collect();
        let rows = view.phones.iter().enumerate();
        self.rows = rows.filter(|(_, row)| holds(row, &wanted)).map(|(at, _)| at).collect();
        self.view = Some(Arc::clone(view));
        filter.clone_into(&mut self.filter);
    }

    /// How many are listed.
    pub(crate) fn len(&self) -> usize {
        self.rows.len()
    }

    /// The `at`th of them.
    pub(crate) fn row(&self, at: usize) -> Option<&PhoneRow> {
        self.view.as_ref()?.phones.get(*self.rows.get(at)?)
    }

    /// Where the phone with this id stands.
    pub(crate) fn place(&self, id: &str) -> Option<usize> {
        (0..self.len()).find(|at| self.row(*at).is_some_and(|row| row.phone.id == id))
    }
}

fn holds(row: &PhoneRow, wanted: &[&str]) -> bool {
    if wanted.is_empty() {
        return true;
    }
    let text = searched(row);
    wanted.iter().all(|word| text.contains(word))
}

/// Everything about a phone that a person may type to find it.
fn searched(row: &PhoneRow) -> String {
    let phone = &row.phone;
    let plain = phone.mac.map(|mac| mac.to_string()).unwrap_or_default();
    let parts = [
        words::state(row.state),
        &words::called(row),
        &words::version(phone),
        &plain,
        &words::mac(phone).unwrap_or_default(),
        &row.source.ip().to_string(),
        &row.interface,
        &words::rule(row),
        &words::url(row),
    ];
    parts.join(" ").to_lowercase()
}
