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
    let problem = |severity, kind, words| Problem {
        severity,
        kind,
        interface: Some(card.interface.clone()),
        words,
    };
    if let Some((kind, words)) = shut(card) {
        return vec![problem(Error, kind, words)];
    }
    let mut found = Vec::new();
    if !card.link {
        let severity = if others_have_link { Warning } else { Error };
        found.push(problem(severity, Kind::NoLink, NO_LINK.into()));
    }
    if !card.multicast && card.kind != "loopback" {
        found.push(problem(Warning, Kind::NoMulticast, NO_MULTICAST.into()));
    }
    if card.joined == Some(false) {
        found.push(problem(Error, Kind::NotJoined, NOT_JOINED.into()));
    }
    found.extend(
        card.answers
            .iter()
            .filter_map(other_port)
            .map(|w| problem(Warning, Kind::OtherAnswerPort, w)),
    );
    found.extend(card.self_test.as_ref().and_then(failed).map(|(kind, w)| problem(Error, kind, w)));
    found
}

const NO_LINK: &str = "no cable, or nothing at its other end; plug it in";
const NO_MULTICAST: &str = "it says that it cannot multicast; phones are hardly heard there (on Linux: ip link set dev CARD multicast on)";
const NOT_JOINED: &str = "the kernel does not list the group as joined, though it did not refuse";

/// Why nothing could be tried on a card.
fn shut(card: &CardDiagnosis) -> Option<(Kind, String)> {
    if !card.up {
        return Some((Kind::CardDown, "it is switched off; switch it on".into()));
    }
    if card.addresses.is_empty() {
        return Some((Kind::NoAddress, "it has no IPv4 address; give it one".into()));
    }
    let kind = match card.refusal? {
        OpenRefusal::PortHeld => Kind::PortHeld,
        OpenRefusal::NotPermitted => Kind::NotPermitted,
        OpenRefusal::Other => Kind::CannotListen,
    };
    Some((kind, card.open_error.clone().unwrap_or_default()))
}

/// A port that a running Fingerpost holds is as it should be.
fn other_port(answer: &AnswerPort) -> Option<String> {
    if answer.free || answer.holder.as_ref().is_some_and(super::PortHolder::is_fingerpost) {
        return None;
    }
    let holder = answer.holder.as_ref().map_or("another program", |holder| &holder.words);
    Some(format!(
        "port {} of {} is held by {holder}; phones are heard, but answers leave from another port, which some phones may refuse",
        answer.port, answer.address
    ))
}

fn failed(test: &SelfTest) -> Option<(Kind, String)> {
    let cause = test.error.as_deref().map(|error| format!(" ({error})")).unwrap_or_default();
    if !test.sent {
        let words = format!(
            "the self-test could not be sent{cause}; does a firewall on this machine keep programs from sending to groups?"
        );
        Some((Kind::SelfTestNotSent, words))
    } else if !test.heard {
        let words = format!(
            "the self-test was sent and did not come back{cause}; a firewall on this machine drops what phones ask: let UDP to the group's port in"
        );
        Some((Kind::SelfTestNotHeard, words))
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
    let words = format!(
        "no card suits ({}); plug one in, switch it on or give it an address, or name one to use it all the same",
        left_out.join("; ")
    );
    Problem { severity: Error, kind: Kind::NoCard, interface: None, words }
}

/// Who listens for phones here, and who does not.
fn of_machine(diagnosis: &Diagnosis) -> Option<Problem> {
    let note = |kind, words| Some(Problem { severity: Note, kind, interface: None, words });
    if let Some(running) = diagnosis.holders.iter().find(|holder| holder.is_fingerpost()) {
        return note(Kind::AlreadyRunning, format!("already listening: {}", running.words));
    }
    let is_known = diagnosis.cards.iter().any(|card| card.members.is_some());
    let nobody = diagnosis.cards.iter().all(|card| card.members.is_none_or(|members| members == 0));
    if is_known && nobody {
        return note(Kind::NobodyListens, NOBODY.into());
    }
    None
}

const NOBODY: &str =
    "no program of this machine listens for phones now; start one: fingerpost serve";

#[cfg(test)]
mod tests {
    use super::super::{LeftOutCard, PortHolder, Severity};
    use super::*;

    fn card() -> CardDiagnosis {
        CardDiagnosis {
            interface: "eth0".into(),
            kind: "lan".into(),
            mac: None,
            addresses: vec!["192.0.2.7/24".into()],
            up: true,
            link: true,
            multicast: true,
            joined: Some(true),
            members: Some(1),
            packets: None,
            answers: vec![answer(None)],
            open_error: None,
            self_test: Some(SelfTest { sent: true, heard: true, ms: Some(0.1), error: None }),
            heard: 0,
            refusal: None,
        }
    }

    fn answer(holder: Option<&str>) -> AnswerPort {
        let holder = holder.map(holder_called);
        AnswerPort { address: [192, 0, 2, 7].into(), port: 5060, free: holder.is_none(), holder }
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
