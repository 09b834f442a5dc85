//! Owns messages as a table (RFC 4180), one row a message.

use super::summary::{end, header, time};
use crate::{Found, Reading, Transport};
use fingerpost_core::message::StartLine;
use fingerpost_core::{HeaderName, Message};

const COLUMNS: [&str; 19] = [
    "number",
    "time",
    "from_address",
    "to_address",
    "transport",
    "interface",
    "frame",
    "method",
    "status",
    "reason",
    "request_uri",
    "call_id",
    "cseq",
    "from",
    "to",
    "contact",
    "user_agent",
    "bytes",
    "read_as",
];

/// The messages as a table with a head; lines end with CRLF.
#[must_use]
pub fn csv(messages: &[Found]) -> String {
    let head = COLUMNS.join(",");
    let rows = (1..).zip(messages).map(|(number, found)| {
        let cells = row(number, found);
        cells.iter().map(|cell| quoted(cell)).collect::<Vec<_>>().join(",")
    });
    std::iter::once(head).chain(rows).map(|row| row + "\r\n").collect()
}

fn row(number: usize, found: &Found) -> [String; COLUMNS.len()] {
    let message = found.message();
    let message = message.as_ref();
    let origin = &found.origin;
    let (status, reason, uri) = match message.map(Message::start_line) {
        Some(StartLine::Request(line)) => (String::new(), String::new(), line.uri.to_string()),
        Some(StartLine::Status(line)) => {
            (line.code.to_string(), line.reason.to_string(), String::new())
        }
        None => Default::default(),
    };
    let method = message.and_then(Message::method).map(|method| method.to_string());
    let agent = header(message, HeaderName::UserAgent);
    [
        number.to_string(),
        time(found),
        end(origin.from),
        end(origin.to),
        origin.transport.map_or("", Transport::name).to_owned(),
        origin.interface.as_deref().unwrap_or_default().to_owned(),
        origin.frame.map(|frame| frame.to_string()).unwrap_or_default(),
        method.unwrap_or_default(),
        status,
        reason,
        uri,
        header(message, HeaderName::CallId),
        header(message, HeaderName::CSeq),
        header(message, HeaderName::From),
        header(message, HeaderName::To),
        header(message, HeaderName::Contact),
        if agent.is_empty() { header(message, HeaderName::Server) } else { agent },
        found.bytes.len().to_string(),
        found.reading.map_or("", Reading::name).to_owned(),
    ]
}

/// A cell; one that a spreadsheet would take for a formula is marked as text.
fn quoted(cell: &str) -> String {
    let is_formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let cell = if is_formula { format!("'{cell}") } else { cell.to_owned() };
    if cell.contains(['"', ',', '\r', '\n']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_quoted_where_they_must_be_and_no_formula_comes_through() {
        assert_eq!(quoted("a b"), "a b");
        assert_eq!(quoted("\"A\" <sip:a>, b"), "\"\"\"A\"\" <sip:a>, b\"");
        assert_eq!(quoted("=HYPERLINK(1)"), "'=HYPERLINK(1)");
    }
}
