//! Owns how a running Fingerpost and the machine around it are, seen together: nothing is said twice.

use super::diagnosis::Diagnosis;
use crate::trouble::Trouble;
use crate::view::View;
use serde::Serialize;

/// What is wrong with a running Fingerpost, and what the doctor sees from beside it.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[non_exhaustive]
pub struct Health {
    /// What the doctor sees.
    #[serde(flatten)]
    pub diagnosis: Diagnosis,
    /// What is wrong with the running Fingerpost itself, the worst first.
    pub troubles: Vec<Trouble>,
    /// Everything as one text, for a ticket.
    pub text: String,
}

impl Health {
    /// What was seen from beside the engine of `view`.
    pub(crate) fn of(view: &View, mut diagnosis: Diagnosis) -> Self {
        let troubles = view.troubles.clone();
        diagnosis.problems.retain(|problem| !troubles.iter().any(|trouble| trouble.says(problem)));
        let text = diagnosis.text(&view.state, &troubles);
        Self { diagnosis, troubles, text }
    }
}
