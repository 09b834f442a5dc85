//! Owns the table: what was measured, beside what is wanted.

/// One line.
#[derive(Debug)]
pub(crate) struct Row {
    what: String,
    measured: String,
    wanted: &'static str,
}

impl Row {
    pub(crate) fn new(
        what: impl Into<String>,
        measured: impl Into<String>,
        wanted: &'static str,
    ) -> Self {
        Self { what: what.into(), measured: measured.into(), wanted }
    }

    pub(crate) fn skipped(what: impl Into<String>, why: &str) -> Self {
        Self::new(what, format!("skipped: {why}"), "")
    }

    /// What came of a part of the run; what broke off is a line too, so that the others are still printed.
    #[cfg(target_os = "linux")]
    pub(crate) fn of(what: &str, outcome: anyhow::Result<Vec<Self>>) -> Vec<Self> {
        outcome.unwrap_or_else(|error| vec![Self::new(what, format!("broke off: {error:#}"), "")])
    }
}

pub(crate) fn print(rows: &[Row]) {
    let width = rows.iter().map(|row| row.what.chars().count()).max().unwrap_or_default();
    for Row { what, measured, wanted } in rows {
        let wanted =
            if wanted.is_empty() { String::new() } else { format!("   (wanted: {wanted})") };
        println!("{what:width$}  {measured}{wanted}");
    }
}
