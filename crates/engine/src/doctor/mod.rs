//! Owns the examination: why is it quiet? Looks at this machine's cards, joins, ports and firewalls, as far as they can
//! be seen from here, and sends nothing that leaves the machine. What it means is judged in `judge`.

mod card;
mod diagnosis;
mod facts;
mod health;
mod judge;
mod kept;
mod report;
mod self_test;

pub use card::{AnswerPort, CardDiagnosis, Packets};
pub use diagnosis::{
    Diagnosis, LeftOutCard, PortHolder, Problem, ProblemKind, SelfTest, Severity, Verdict,
};
pub use facts::Fact;
pub use health::Health;
pub use report::Section;

pub(crate) use kept::KeptTests;

use diagnosis::CANNOT_SEE;
use fingerpost_net::{
    Card, CardsError, ChooseError, Membership, OpenCard, choose_cards, group_members, list_cards,
    port_holders, suitability,
};
use judge::judge;
use std::net::{Ipv4Addr, SocketAddrV4};
use std::time::Duration;

/// What to examine.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct DoctorPlan {
    /// Cards by name or address; none: all that suit.
    pub interfaces: Vec<String>,
    /// The group that phones ask, and its port.
    pub group: SocketAddrV4,
    /// How long to listen for others on each card after its self-test. Default: not at all.
    pub listen: Duration,
    /// Whether each card is tried out: opened, joined, and the self-test sent. Else it is only looked at.
    pub tests: bool,
    /// Whether an engine of this process listens: then its own sockets are no news, and a wanted card that is not there
    /// is told in its view.
    pub is_beside_engine: bool,
    /// The cards of that engine.
    pub(crate) open: Vec<OpenCard>,
}

impl Default for DoctorPlan {
    fn default() -> Self {
        let group = SocketAddrV4::new(Ipv4Addr::new(224, 0, 1, 75), 5060);
        Self {
            interfaces: Vec::new(),
            group,
            listen: Duration::ZERO,
            tests: true,
            is_beside_engine: false,
            open: Vec::new(),
        }
    }
}

/// Nothing could be examined.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum DoctorError {
    /// The system did not tell its cards.
    #[error(transparent)]
    Cards(#[from] CardsError),
    /// A wanted card is not there; the text lists what is.
    #[error(transparent)]
    Choose(#[from] ChooseError),
}

/// Examines this machine. Works beside a running engine: the group is shared, and no port stays open.
///
/// # Errors
/// [`DoctorError`]. What is wrong with a card that exists is no error: it stands in the [`Diagnosis`].
///
/// # Panics
/// Outside a tokio runtime with its I/O and time drivers enabled.
pub async fn diagnose(plan: &DoctorPlan) -> Result<Diagnosis, DoctorError> {
    let mut diagnosis = examine(plan).await?;
    conclude(&mut diagnosis, plan);
    Ok(diagnosis)
}

/// What there is to see, before it is known what it means.
pub(crate) async fn examine(plan: &DoctorPlan) -> Result<Diagnosis, DoctorError> {
    let all = list_cards()?;
    let wanted = wanted(&all, &named(&all, plan))?;
    let mut holders = port_holders(plan.group.port());
    if plan.is_beside_engine {
        holders.retain(|holder| holder.pid != Some(std::process::id()));
    }
    let before = group_members(*plan.group.ip());
    let mut cards = Vec::new();
    for card in &wanted {
        cards.push(card::examine(card, plan, before.as_deref()).await);
    }
    let left_out = all.iter().filter(|card| !wanted.contains(card)).filter_map(left_out);
    Ok(Diagnosis {
        verdict: Verdict::Fine,
        summary: String::new(),
        group: plan.group,
        cards,
        left_out: left_out.collect(),
        holders: holders.iter().map(PortHolder::of).collect(),
        problems: Vec::new(),
        cannot_see: CANNOT_SEE.into(),
    })
}

/// What it means, in words.
pub(crate) fn conclude(diagnosis: &mut Diagnosis, plan: &DoctorPlan) {
    judge(diagnosis);
    if plan.is_beside_engine {
        diagnosis.problems.retain(|problem| problem.kind != ProblemKind::NobodyListens);
    }
    for card in &mut diagnosis.cards {
        card.facts = facts::facts(card, plan.tests);
    }
}

/// The cards that were asked for by name.
fn named(all: &[Card], plan: &DoctorPlan) -> Vec<String> {
    let is_there = |name: &&String| {
        let chosen = choose_cards(all, std::slice::from_ref(*name));
        !matches!(chosen, Err(ChooseError::Unknown { .. }))
    };
    if !plan.is_beside_engine {
        return plan.interfaces.clone();
    }
    plan.interfaces.iter().filter(is_there).cloned().collect()
}

/// The cards to examine: those that suit, else those that were named, whatever they lack.
fn wanted(all: &[Card], names: &[String]) -> Result<Vec<Card>, ChooseError> {
    if names.is_empty() {
        return Ok(all.iter().filter(|card| suitability(card).is_ok()).cloned().collect());
    }
    names.iter().try_fold(Vec::new(), |mut chosen, name| {
        let found = match choose_cards(all, std::slice::from_ref(name)) {
            Err(ChooseError::Unusable { left_out }) => vec![left_out.card],
            found => found?,
        };
        chosen.extend(found.into_iter().filter(|card| !chosen.contains(card)).collect::<Vec<_>>());
        Ok(chosen)
    })
}

fn left_out(card: &Card) -> Option<LeftOutCard> {
    suitability(card).err().map(|why| LeftOutCard::of(card, why))
}

/// How many sockets joined on a card; `None` where the system does not tell.
fn sockets_on(members: Option<&[Membership]>, card: &Card) -> Option<u32> {
    let on_card = |member: &&Membership| member.card_index == card.index;
    members.map(|members| members.iter().find(on_card).map_or(0, |member| member.sockets))
}
