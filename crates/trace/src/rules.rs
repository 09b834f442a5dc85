//! Owns the rules on how a message was found. Their ids are stable: programs may compare them.

use fingerpost_core::check::{Layer, Rule, Severity};

const fn note(id: &'static str, title: &'static str) -> Rule {
    Rule {
        id,
        severity: Severity::Note,
        robust: Severity::Note,
        layer: Layer::Source,
        reference: None,
        status: None,
        title,
    }
}

/// Line ends were given CRLF.
pub static LINE_ENDS: Rule =
    note("trace.line-ends", "lines that do not end with CRLF in a text are given it");

/// Wrapped lines were joined.
pub static JOINED_LINE: Rule =
    note("trace.joined-line", "a line that was wrapped in a text is joined again");

/// The empty line behind the headers was put in.
pub static NO_EMPTY_LINE: Rule = note(
    "trace.no-empty-line",
    "where a text lost the empty line behind the headers, it is put in",
);

/// An indentation or a quotation mark was left out.
pub static MARGIN: Rule =
    note("trace.margin", "what stands before every line of a quoted message is left out");

/// The text goes on with something else.
pub static CUT_OFF: Rule =
    note("trace.cut-off", "a message that breaks off is shown as far as it goes");

/// Core does not read the message.
pub static UNREADABLE: Rule = Rule {
    severity: Severity::Error,
    robust: Severity::Error,
    ..note("trace.unreadable", "a message keeps the limits of a reader")
};
