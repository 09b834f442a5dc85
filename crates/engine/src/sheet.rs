//! Owns phones as a table for spreadsheets: CSV as RFC 4180 has it, UTF-8 with its mark, which spreadsheets ask for.
//! What a phone says about itself is never a formula there.

use crate::view::PhoneRow;
use serde::Serialize;
use serde_json::Value;

const HEAD: [&str; 22] = [
    "id",
    "mac",
    "vendor",
    "model",
    "version",
    "address",
    "interface",
    "first_asked",
    "last_asked",
    "asked",
    "notified",
    "state",
    "rule",
    "url",
    "dialect",
    "reason",
    "name",
    "tags",
    "adoption",
    "is_remembered",
    "is_simulated",
    "also_at",
];

/// The phones, one a line behind a line of names. Times are UTC, RFC 3339; tags are parted by a comma and a blank, and so
/// are the places from which else a phone's hardware address asked (`also_at`: `10.1.0.7 on eth1`).
#[must_use]
pub fn phones_csv(phones: &[PhoneRow]) -> String {
    let mut text = String::from('\u{FEFF}');
    line(&mut text, HEAD.map(String::from));
    for row in phones {
        line(&mut text, cells(row));
    }
    text
}

fn cells(row: &PhoneRow) -> [String; HEAD.len()] {
    let said = |text: &Option<String>| text.clone().unwrap_or_default();
    let phone = &row.phone;
    [
        id(row),
        mac(row).unwrap_or_default(),
        said(&phone.vendor),
        said(&phone.model),
        said(&phone.version),
        said(&phone.address),
        row.interface.clone(),
        row.first_asked.to_string(),
        row.last_asked.to_string(),
        row.asked.to_string(),
        row.notified.to_string(),
        word(&row.state),
        said(&row.rule),
        said(&row.url),
        row.dialect.map(|dialect| word(&dialect)).unwrap_or_default(),
        said(&row.reason),
        said(&row.name),
        row.tags.join(", "),
        word(&row.adoption),
        row.is_remembered.to_string(),
        row.is_simulated.to_string(),
        elsewhere(row),
    ]
}

/// Where a clone is, or the phone was.
fn elsewhere(row: &PhoneRow) -> String {
    let places =
        row.also_at.iter().map(|place| format!("{} on {}", place.address, place.interface));
    places.collect::<Vec<_>>().join(", ")
}

/// With colons: twelve digits alone are a number to a spreadsheet, and lose what they begin with.
fn mac(row: &PhoneRow) -> Option<String> {
    let pairs = row.phone.mac?.bytes().map(|byte| format!("{byte:02x}"));
    Some(pairs.join(":"))
}

/// Every command takes an address with colons as well.
fn id(row: &PhoneRow) -> String {
    mac(row).unwrap_or_else(|| row.phone.id.clone())
}

fn word(value: &impl Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(Value::String(word)) => word,
        _ => String::new(),
    }
}

fn line<const N: usize>(text: &mut String, cells: [String; N]) {
    text.push_str(&cells.map(|cell| quoted(&cell)).join(","));
    text.push_str("\r\n");
}

/// RFC 4180, section 2. A cell that begins as a formula does is text, by the mark that spreadsheets know for it.
fn quoted(cell: &str) -> String {
    let is_formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']);
    let cell = if is_formula { format!("'{cell}") } else { cell.to_owned() };
    if cell.contains([',', '"', '\r', '\n']) {
        return format!("\"{}\"", cell.replace('"', "\"\""));
    }
    cell
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_text_whatever_is_in_it() {
        for (cell, written) in [
            ("plain ü", "plain ü"),
            ("a,b", "\"a,b\""),
            ("a\"b", "\"a\"\"b\""),
            ("a\r\nb", "\"a\r\nb\""),
            ("=cmd|'/c calc'!A0", "'=cmd|'/c calc'!A0"),
            ("@SUM(1)", "'@SUM(1)"),
            ("-1+2", "'-1+2"),
            ("+49 30 1", "'+49 30 1"),
            ("\t=1", "'\t=1"),
            ("=HYPERLINK(\"x\",\"y\")", "\"'=HYPERLINK(\"\"x\"\",\"\"y\"\")\""),
            ("", ""),
        ] {
            assert_eq!(quoted(cell), written, "{cell:?}");
        }
    }
}
