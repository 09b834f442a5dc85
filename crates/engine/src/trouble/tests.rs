use super::*;
use crate::clock::Timestamp;
use crate::view::MemoryView;
use fingerpost_rules::Mode;

fn card(name: &str, state: CardState, reason: Option<&str>) -> CardView {
    CardView { name: name.into(), addresses: Vec::new(), state, reason: reason.map(Into::into) }
}

fn view(cards: Vec<CardView>) -> View {
    View {
        time: Timestamp::from_millis(0),
        mode: Mode::Observe,
        state: String::new(),
        health: String::new(),
        troubles: Vec::new(),
        url: None,
        rules: 0,
        group: "224.0.1.75:5060".parse().unwrap(),
        cards,
        phones: Vec::new(),
        undo: None,
        ignored: 0,
        dropped: 1234,
        policy_problem: None,
        memory: None,
    }
}

const NOTHING: Besides<'_> = Besides { no_card: None, waits_for_policy: false, is_losing: false };

#[test]
fn a_healthy_fingerpost_says_only_where_it_joined() {
    let cards = vec![
        card("eth0", CardState::Listening, None),
        card("eth1", CardState::Listening, None),
        card("eth2", CardState::LeftOut, Some("it is not wanted")),
    ];
    let view = view(cards);
    assert_eq!(troubles(&view, NOTHING), []);
    assert_eq!(
        sentence(&view.cards, &[]),
        "Joined on 2 cards; nothing is wrong that can be seen from this machine."
    );
}

#[test]
fn each_trouble_says_what_happened_and_what_to_do() {
    let held = "port 5060 of 192.0.2.7 is held by baresip; stop that program";
    let mut view = view(vec![card("eth0", CardState::Failed, Some(held))]);
    view.policy_problem = Some("p.toml: 2:1: unknown key".into());
    let mut memory = MemoryView::new("/d/f.db".into());
    memory.problem = Some("database or disk is full".into());
    view.memory = Some(memory);
    let found = troubles(&view, Besides { is_losing: true, ..NOTHING });
    let said: Vec<_> = found.iter().map(|one| (one.kind, &*one.what, &*one.remedy)).collect();
    let parts = [
        (TroubleKind::Card, "card eth0: port 5060 of 192.0.2.7 is held by baresip", "stop that"),
        (TroubleKind::Policy, "the policy before it holds: p.toml: 2:1: unknown key", "mend"),
        (TroubleKind::Memory, "/d/f.db: database or disk is full", "make room"),
        (TroubleKind::Losses, "(1,234 since the start)", "wait"),
    ];
    assert_eq!(said.len(), parts.len(), "{said:#?}");
    for ((kind, what, remedy), part) in said.iter().zip(parts) {
        assert_eq!(*kind, part.0);
        assert!(what.contains(part.1) && remedy.contains(part.2), "{what:?}: {remedy:?}");
    }
    let sentence = sentence(&view.cards, &found[..1]);
    assert_eq!(
        sentence,
        "Joined on no card; card eth0: port 5060 of 192.0.2.7 is held by baresip: stop that program."
    );
}

#[test]
fn a_lost_card_beside_one_that_is_heard_is_a_warning() {
    let gone =
        card("eth1", CardState::Gone, Some("it is gone; it is joined again when it is back"));
    let both = view(vec![card("eth0", CardState::Listening, None), gone.clone()]);
    assert_eq!(troubles(&both, NOTHING)[0].severity, Severity::Warning);
    assert_eq!(troubles(&view(vec![gone]), NOTHING)[0].severity, Severity::Error);
}

#[test]
fn where_there_is_no_card_at_all_that_is_said() {
    let besides = Besides { no_card: Some("no card suits (lo: it is the loopback)"), ..NOTHING };
    let found = troubles(&view(Vec::new()), besides);
    assert_eq!((found.len(), found[0].kind), (1, TroubleKind::NoCard));
    assert!(found[0].what.contains("no card suits") && found[0].remedy.contains("plug"));
}

#[test]
fn with_a_policy_that_was_never_good_nobody_is_answered() {
    let mut view = view(vec![card("eth0", CardState::Listening, None)]);
    view.policy_problem = Some("2:1".into());
    let found = troubles(&view, Besides { waits_for_policy: true, ..NOTHING });
    assert!(found[0].what.contains("nobody is answered"), "{found:?}");
}
