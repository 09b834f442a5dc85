//! Owns what the examination means: problems in words, each with what to do, and the verdict. Pure: knows no socket.

use super::card::{AnswerPort, CardDiagnosis, OpenRefusal};
use super::diagnosis::{
    Diagnosis, Problem, ProblemKind as Kind, SelfTest, Severity::Error, Severity::Note,
    Severity::Warning, Verdict,
};

/// Fills in the problems, the worst first, and the verdict.
pub(super) fn judge(diagnosis: &mut Diagnosis) {
    let mut problems: Vec<Problem> = Vec::new();
    if diagnosis.cards.is_empty() {
        problems.push(no_card(diagnosis));
    }
    let has_link = diagnosis.cards.iter().any(|card| card.link && can_be_opened(card));
    for card in &diagnosis.cards {
        problems.extend(of_card(card, has_link));
    }
    problems.extend(of_machine(diagnosis));
    problems.sort_by_key(|problem| problem.severity);
    diagnosis.verdict = verdict(&problems);
    diagnosis.summary = diagnosis.verdict.in_words().into();
    diagnosis.problems = problems;
}

fn verdict(problems: &[Problem]) -> Verdict {
    if problems.iter().any(|problem| problem.kind == Kind::NotPermitted) {
        Verdict::Refused
    } else if problems.iter().any(|problem| problem.severity == Error) {
        Verdict::Broken
    } else {
        Verdict::Fine
    }
}

fn can_be_opened(card: &CardDiagnosis) -> bool {
    card.up && !card.addresses.is_empty() && card.refusal.is_none()
}

fn of_card(card: &CardDiagnosis, others_have_link: bool) -> Vec<Problem> {
    let mut found = Vec::new();
    if let Some(shut) = shut(card) {
        return vec![shut.on(&card.interface)];
    }
    if !card.link {
        let severity = if others_have_link { Warning } else { Error };
        found.push(Problem::new(
            severity,
            Kind::NoLink,
            "no cable, or nothing at its other end",
            "plug it in",
        ));
    }
    if !card.multicast && card.kind != "loopback" {
        found.push(Problem::new(Warning, Kind::NoMulticast, NO_MULTICAST, LET_IT_MULTICAST));
    }
    if card.joined == Some(false) {
        found.push(Problem::new(
            Error,
            Kind::NotJoined,
            NOT_JOINED,
            "switch the card off and on again",
        ));
    }
    found.extend(card.answers.iter().filter_map(other_port));
    found.extend(card.self_test.as_ref().and_then(failed));
    found.into_iter().map(|problem| problem.on(&card.interface)).collect()
}

const NO_MULTICAST: &str = "it says that it cannot multicast; phones are hardly heard there";
const LET_IT_MULTICAST: &str = "let it (on Linux: ip link set dev CARD multicast on)";
const NOT_JOINED: &str = "the kernel does not list the group as joined, though it did not refuse";

/// Why nothing could be tried on a card.
fn shut(card: &CardDiagnosis) -> Option<Problem> {
    if !card.up {
        return Some(Problem::new(Error, Kind::CardDown, "it is switched off", "switch it on"));
    }
    if card.addresses.is_empty() {
        return Some(Problem::new(Error, Kind::NoAddress, "it has no IPv4 address", "give it one"));
    }
    let kind = match card.refusal? {
        OpenRefusal::PortHeld => Kind::PortHeld,
        OpenRefusal::NotPermitted => Kind::NotPermitted,
        OpenRefusal::Other => Kind::CannotListen,
    };
    let error = card.open_error.as_deref().unwrap_or_default();
    // Such errors say what to do behind their last semicolon.
    let (what, remedy) = error.rsplit_once("; ").unwrap_or((error, ""));
    Some(Problem::new(Error, kind, what, remedy))
}

/// A port that a running Fingerpost holds is as it should be.
fn other_port(answer: &AnswerPort) -> Option<Problem> {
    let is_ours = answer.holder.as_ref().is_some_and(super::PortHolder::is_fingerpost)
        || answer.leaves_from == Some(answer.port);
    if answer.free || is_ours {
        return None;
    }
    let holder = answer.holder.as_ref().map_or("another program", |holder| &holder.words);
    let what = format!(
        "port {} of {} is held by {holder}; phones are heard, but answers leave from another port, which some phones may refuse",
        answer.port, answer.address
    );
    Some(Problem::new(
        Warning,
        Kind::OtherAnswerPort,
        &what,
        "end that program or give it another port",
    ))
}

fn failed(test: &SelfTest) -> Option<Problem> {
    let cause = test.error.as_deref().map(|error| format!(" ({error})")).unwrap_or_default();
    if !test.sent {
        let what = format!("the self-test could not be sent{cause}");
        let remedy = "does a firewall on this machine keep programs from sending to groups?";
        Some(Problem::new(Error, Kind::SelfTestNotSent, &what, remedy))
    } else if !test.heard {
        let what = format!(
            "the self-test was sent and did not come back{cause}; a firewall on this machine drops what phones ask"
        );
        let remedy = "let UDP to the group's port in, and run the self-test again";
        Some(Problem::new(Error, Kind::SelfTestNotHeard, &what, remedy))
    } else {
        None
    }
}

fn no_card(diagnosis: &Diagnosis) -> Problem {
    let left_out: Vec<String> = diagnosis
        .left_out
        .iter()
        .map(|card| format!("{}: {}", card.interface, card.words))
        .collect();
    let what = format!("no card suits ({})", left_out.join("; "));
    let remedy =
        "plug one in, switch it on or give it an address, or name one to use it all the same";
    Problem::new(Error, Kind::NoCard, &what, remedy)
}

/// Who listens for phones here, and who does not.
fn of_machine(diagnosis: &Diagnosis) -> Option<Problem> {
    if let Some(running) = diagnosis.holders.iter().find(|holder| holder.is_fingerpost()) {
        let what = format!("already listening: {}", running.words);
        return Some(Problem::new(Note, Kind::AlreadyRunning, &what, ""));
    }
    let is_known = diagnosis.cards.iter().any(|card| card.members.is_some());
    let nobody = diagnosis.cards.iter().all(|card| card.members.is_none_or(|members| members == 0));
    let what = "no program of this machine listens for phones now";
    (is_known && nobody)
        .then(|| Problem::new(Note, Kind::NobodyListens, what, "start one: fingerpost serve"))
}

#[cfg(test)]
mod tests {
    use super::super::card::tests::card;
    use super::super::{LeftOutCard, PortHolder, Severity};
    use super::*;

    fn answer(holder: Option<&str>) -> AnswerPort {
        let holder = holder.map(holder_called);
        let free = holder.is_none();
        AnswerPort { free, holder, ..card().answers.remove(0) }
    }

    fn holder_called(program: &str) -> PortHolder {
        PortHolder {
            address: "192.0.2.7:5060".parse().unwrap(),
            program: Some(program.into()),
            pid: Some(7),
            user: Some(0),
            words: format!("{program} (process 7) on 192.0.2.7:5060"),
        }
    }

    fn judged(cards: Vec<CardDiagnosis>) -> (Verdict, Vec<(Severity, Kind)>) {
        let diagnosis = judged_whole(cards, Vec::new());
        let problems = diagnosis.problems.iter().map(|found| (found.severity, found.kind));
        (diagnosis.verdict, problems.collect())
    }

    fn judged_whole(cards: Vec<CardDiagnosis>, holders: Vec<PortHolder>) -> Diagnosis {
        let mut diagnosis = Diagnosis {
            verdict: Verdict::Fine,
            summary: String::new(),
            group: "224.0.1.75:5060".parse().unwrap(),
            cards,
            left_out: vec![LeftOutCard {
                interface: "lo".into(),
                addresses: Vec::new(),
                reason: "loopback".into(),
                words: "it is the loopback".into(),
            }],
            holders,
            problems: Vec::new(),
            cannot_see: String::new(),
        };
        judge(&mut diagnosis);
        diagnosis
    }

    fn with(change: impl FnOnce(&mut CardDiagnosis)) -> Vec<CardDiagnosis> {
        let mut card = card();
        change(&mut card);
        vec![card]
    }

    #[test]
    fn a_healthy_card_is_fine() {
        assert_eq!(judged(vec![card()]), (Verdict::Fine, vec![]));
    }

    #[test]
    fn whatever_keeps_phones_unheard_is_broken() {
        type Break = fn(&mut CardDiagnosis);
        let broken: [(Break, Kind); 7] = [
            (|card| card.up = false, Kind::CardDown),
            (|card| card.addresses.clear(), Kind::NoAddress),
            (|card| card.link = false, Kind::NoLink),
            (|card| card.joined = Some(false), Kind::NotJoined),
            (|card| card.refusal = Some(OpenRefusal::PortHeld), Kind::PortHeld),
            (|card| card.self_test.as_mut().unwrap().heard = false, Kind::SelfTestNotHeard),
            (|card| card.self_test.as_mut().unwrap().sent = false, Kind::SelfTestNotSent),
        ];
        for (change, kind) in broken {
            assert_eq!(judged(with(change)), (Verdict::Broken, vec![(Error, kind)]));
        }
    }

    #[test]
    fn no_card_at_all_is_broken_and_says_what_was_left_out() {
        let diagnosis = judged_whole(Vec::new(), Vec::new());
        assert_eq!(diagnosis.verdict, Verdict::Broken);
        assert!(diagnosis.problems[0].words.contains("lo: it is the loopback"));
    }

    #[test]
    fn an_unplugged_card_beside_a_plugged_one_is_a_warning() {
        let mut cards = with(|card| card.link = false);
        cards.push(card());
        assert_eq!(judged(cards), (Verdict::Fine, vec![(Warning, Kind::NoLink)]));
    }

    #[test]
    fn a_missing_right_to_the_port_is_a_refusal() {
        let (verdict, _) = judged(with(|card| card.refusal = Some(OpenRefusal::NotPermitted)));
        assert_eq!(verdict, Verdict::Refused);
    }

    #[test]
    fn a_held_answer_port_is_a_warning_unless_we_hold_it() {
        let held = |program| judged(with(|card| card.answers = vec![answer(Some(program))]));
        assert_eq!(held("asterisk"), (Verdict::Fine, vec![(Warning, Kind::OtherAnswerPort)]));
        assert_eq!(held("fingerpost"), (Verdict::Fine, vec![]));
    }

    #[test]
    fn says_who_listens_or_that_nobody_does() {
        let nobody = judged(with(|card| card.members = Some(0)));
        assert_eq!(nobody, (Verdict::Fine, vec![(Note, Kind::NobodyListens)]));
        let running = judged_whole(vec![card()], vec![holder_called("fingerpost")]);
        assert_eq!(running.problems[0].kind, Kind::AlreadyRunning);
        assert!(running.problems[0].words.contains("process 7"));
    }
}
