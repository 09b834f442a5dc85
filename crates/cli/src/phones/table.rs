//! Owns the remembered phones as a table for people.

use crate::printable::printable;
use fingerpost_engine::{Adoption, PhoneRow, PhoneState};

const HEAD: [&str; 7] = ["ID", "PHONE", "NAME", "TAGS", "ADDRESS", "LAST ASKED", "STATE"];

/// One phone a line; in place of an empty list, what that means.
pub(crate) fn of(phones: &[PhoneRow]) -> String {
    if phones.is_empty() {
        return "No phone has asked yet.\n".into();
    }
    let rows: Vec<[String; HEAD.len()]> =
        std::iter::once(HEAD.map(String::from)).chain(phones.iter().map(cells)).collect();
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max();
    let widths: Vec<usize> = (0..HEAD.len()).map(|column| width(column).unwrap_or(0)).collect();
    rows.iter().map(|row| line(row, &widths)).collect()
}

fn line(row: &[String], widths: &[usize]) -> String {
    let cell = |(cell, width): (&String, &usize)| format!("{cell:<width$}  ");
    let line: String = row.iter().zip(widths).map(cell).collect();
    format!("{}\n", line.trim_end())
}

fn cells(row: &PhoneRow) -> [String; HEAD.len()] {
    let phone = &row.phone;
    let product = [&phone.vendor, &phone.model, &phone.version];
    let product: Vec<&str> = product.into_iter().filter_map(|part| part.as_deref()).collect();
    let last = row.last_asked.to_string();
    [
        phone.id.clone(),
        product.join(" "),
        row.name.clone().unwrap_or_default(),
        row.tags.join(", "),
        phone.address.clone().unwrap_or_default(),
        last.get(..16).unwrap_or(&last).replace('T', " "),
        format!("{}, {}", adoption(row.adoption), state(row.state)),
    ]
    .map(|cell| printable(&cell).into_owned())
}

fn adoption(adoption: Adoption) -> &'static str {
    match adoption {
        Adoption::Adopted => "adopted",
        Adoption::Ignored => "ignored",
        _ => "new",
    }
}

fn state(state: PhoneState) -> &'static str {
    match state {
        PhoneState::Asked => "asked",
        PhoneState::Answered => "answered",
        PhoneState::Notified => "notified",
        PhoneState::Acknowledged => "took its URL",
        PhoneState::Unconfirmed => "notified, unconfirmed",
        PhoneState::Refused => "refused its URL",
        PhoneState::Ignored => "got no answer",
        _ => "unknown",
    }
}
