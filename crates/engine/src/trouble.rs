//! Owns what is wrong with the running Fingerpost itself: what happened and what to do, in words that every shell shows.
//! What is wrong with the machine around it is the doctor's. Pure: looks at a view, and nowhere else.

use crate::doctor::{Problem, ProblemKind, Severity};
use crate::event::CardState;
use crate::view::{CardView, View};
use serde::Serialize;

/// Something that is wrong now. It goes once it is mended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[non_exhaustive]
pub struct Trouble {
    /// How bad.
    pub severity: Severity,
    /// With what.
    pub kind: TroubleKind,
    /// The card, of those that belong to one.
    pub interface: Option<String>,
    /// What happened and where: a sentence without its capital letter and stop.
    pub what: String,
    /// What to do, likewise.
    pub remedy: String,
}

/// With what something is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum TroubleKind {
    /// A card is not listened on as wished.
    Card,
    /// There is no card to listen on.
    NoCard,
    /// The policy file is not followed.
    Policy,
    /// Nothing can be remembered.
    Memory,
    /// Datagrams are lost.
    Losses,
}

/// What a view does not show by itself.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Besides<'x> {
    /// Why no card is open, where none is.
    pub(crate) no_card: Option<&'x str>,
    /// Nobody is answered before the policy file is mended.
    pub(crate) waits_for_policy: bool,
    /// Datagrams were lost a moment ago.
    pub(crate) is_losing: bool,
}

/// Everything that is wrong, the worst first.
pub(crate) fn troubles(view: &View, besides: Besides<'_>) -> Vec<Trouble> {
    let hears = view.cards.iter().any(|card| is_heard(card.state));
    let mut found: Vec<Trouble> =
        view.cards.iter().filter_map(|card| of_card(card, hears)).collect();
    if let Some(why) = besides.no_card.filter(|_| found.is_empty()) {
        let (what, remedy) = split(why, "plug a card in, switch it on or give it an address");
        let what = format!("no card is listened on: {what}");
        found.push(Trouble::new(Severity::Error, TroubleKind::NoCard, what, remedy));
    }
    found.extend(view.policy_problem.as_deref().map(|why| of_policy(why, besides)));
    found.extend(of_memory(view));
    if besides.is_losing {
        found.push(lost(view.dropped));
    }
    found.sort_by_key(|trouble| trouble.severity);
    found
}

/// The whole in one sentence: on how many cards phones are heard, and what is broken and what to do.
pub(crate) fn sentence(cards: &[CardView], troubles: &[Trouble]) -> String {
    let joined = cards.iter().filter(|card| is_heard(card.state)).count();
    let joined = match joined {
        0 => "Joined on no card".to_owned(),
        1 => "Joined on 1 card".to_owned(),
        more => format!("Joined on {more} cards"),
    };
    if troubles.is_empty() {
        return format!("{joined}; nothing is wrong that can be seen from this machine.");
    }
    let said = troubles.iter().map(|one| format!("; {}: {}", one.what, one.remedy));
    format!("{joined}{}.", said.collect::<String>())
}

impl Trouble {
    const fn new(severity: Severity, kind: TroubleKind, what: String, remedy: String) -> Self {
        Self { severity, kind, interface: None, what, remedy }
    }

    /// Whether a problem that the doctor found from beside is this one in other words.
    pub(crate) fn says(&self, problem: &Problem) -> bool {
        let is_cards = matches!(
            problem.kind,
            ProblemKind::PortHeld
                | ProblemKind::NotPermitted
                | ProblemKind::CannotListen
                | ProblemKind::CardDown
                | ProblemKind::NoAddress
                | ProblemKind::OtherAnswerPort
        );
        match self.kind {
            TroubleKind::Card => is_cards && self.interface == problem.interface,
            TroubleKind::NoCard => problem.kind == ProblemKind::NoCard,
            _ => false,
        }
    }
}

fn is_heard(state: CardState) -> bool {
    matches!(state, CardState::Listening | CardState::OtherPort)
}

fn of_card(card: &CardView, others_are_heard: bool) -> Option<Trouble> {
    if matches!(card.state, CardState::Listening | CardState::LeftOut) {
        return None;
    }
    let reason = card.reason.as_deref()?;
    let is_worst = card.state == CardState::Failed || !others_are_heard;
    let severity = if is_worst { Severity::Error } else { Severity::Warning };
    let (what, remedy) = match card.state {
        // What comes of it stands there, not what to do.
        CardState::OtherPort => (reason.to_owned(), FREE_THE_PORT.to_owned()),
        _ => split(reason, TRIED_AGAIN),
    };
    let what = format!("card {}: {what}", card.name);
    let interface = Some(card.name.clone());
    Some(Trouble { interface, ..Trouble::new(severity, TroubleKind::Card, what, remedy) })
}

const FREE_THE_PORT: &str = "end that program or give it another port; it is looked for every fifteen seconds, and at once when you listen again";
const TRIED_AGAIN: &str =
    "it is tried again every fifteen seconds, and at once when you listen again";

/// Reasons say what to do behind their last semicolon, where they do.
fn split(reason: &str, otherwise: &str) -> (String, String) {
    let (what, remedy) = reason.rsplit_once("; ").unwrap_or((reason, otherwise));
    (what.to_owned(), remedy.to_owned())
}

fn of_policy(why: &str, besides: Besides<'_>) -> Trouble {
    let holds =
        if besides.waits_for_policy { "nobody is answered" } else { "the policy before it holds" };
    let what = format!("the policy file is not followed, {holds}: {why}");
    let remedy = "mend the file; it is followed again as soon as it has no mistake".to_owned();
    Trouble::new(Severity::Error, TroubleKind::Policy, what, remedy)
}

fn of_memory(view: &View) -> Option<Trouble> {
    let memory = view.memory.as_ref()?;
    let why = memory.problem.as_deref()?;
    let what = format!(
        "nothing can be remembered, though phones are answered all the same: {}: {why}",
        memory.file
    );
    let remedy = "make room on the disk, or let this user write there; it is tried again by itself"
        .to_owned();
    Some(Trouble::new(Severity::Error, TroubleKind::Memory, what, remedy))
}

fn lost(count: u64) -> Trouble {
    let what = format!(
        "datagrams come too fast to be read ({} since the start)",
        crate::spelling::grouped(count)
    );
    let remedy = "wait, for phones ask again; where it goes on, this machine is too slow or something floods it"
        .to_owned();
    Trouble::new(Severity::Warning, TroubleKind::Losses, what, remedy)
}

#[cfg(test)]
mod tests;
