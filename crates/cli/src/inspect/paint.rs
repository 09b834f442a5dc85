//! Owns the few colours of the text for people. Where none are wanted, the words stand alone.

use fingerpost_core::check::Severity;

/// Paints, or does not.
#[derive(Debug, Clone, Copy)]
pub(super) struct Paint {
    is_on: bool,
}

impl Paint {
    pub(super) const fn new(is_on: bool) -> Self {
        Self { is_on }
    }

    pub(super) fn strong(self, text: &str) -> String {
        self.with("1", text)
    }

    pub(super) fn faint(self, text: &str) -> String {
        self.with("2", text)
    }

    pub(super) fn weighed(self, severity: Severity, text: &str) -> String {
        match severity {
            Severity::Error => self.with("1;31", text),
            Severity::Warning => self.with("33", text),
            Severity::Note => self.with("36", text),
        }
    }

    fn with(self, code: &str, text: &str) -> String {
        if self.is_on { format!("\u{1b}[{code}m{text}\u{1b}[0m") } else { text.into() }
    }
}
