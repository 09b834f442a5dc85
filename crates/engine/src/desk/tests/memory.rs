//! What people say of phones, and what is to be remembered.

use super::*;
use crate::command::CommandError;
use crate::marks::{Adoption, Marking};
use fingerpost_core::pnp::Dialect;

const LOBBY: &str = "version = 1\n[[rule]]\nname = \"lobby\"\nmatch.tag = \"lobby\"\nanswer.url = \"tftp://lobby\"\n[[rule]]\nname = \"rest\"\nanswer = { url = \"tftp://rest\", dialect = \"auto\" }";

/// What the link layer says.
const LINK: &str = "00908f000001";

pub(super) const MAC: &str = "000413000007";

pub(super) fn do_it(desk: &mut Desk, wanted: &Wanted) -> Result<(), CommandError> {
    let plan = desk.plan(wanted)?;
    desk.carry_out(Instant::ZERO, plan);
    Ok(())
}

fn mark(desk: &mut Desk, marking: Marking) {
    do_it(desk, &Wanted::Mark(marking, vec![MAC.into()])).unwrap();
}

pub(super) fn sent(desk: &mut Desk) -> Vec<Transmit> {
    std::iter::from_fn(|| desk.poll_transmit(Instant::ZERO)).collect()
}

fn url(desk: &mut Desk, seed: u64) -> Option<String> {
    arrive(desk, Instant::ZERO, "192.0.2.7:5060", &subscribe("snom", seed));
    sent(desk);
    let said = events(desk);
    said.iter().find_map(|event| event["url"].as_str().map(String::from))
}

#[test]
fn rules_see_the_tags_that_people_gave() {
    let mut desk = desk(LOBBY);
    assert_eq!(url(&mut desk, 1).as_deref(), Some("tftp://rest"));
    mark(&mut desk, Marking::Tag("lobby".into()));
    assert_eq!(url(&mut desk, 2).as_deref(), Some("tftp://lobby"));
    let untagged =
        Policy::parse(&LOBBY.replace("\"lobby\"\nanswer", "\"cellar\"\nanswer")).unwrap();
    assert_eq!(desk.dry_run(&untagged).changes.len(), 1, "a dry run sees them too");
    mark(&mut desk, Marking::Untag("lobby".into()));
    assert_eq!(url(&mut desk, 3).as_deref(), Some("tftp://rest"));
}

#[test]
fn an_ignored_phone_hears_nothing_and_is_heard_of_nowhere() {
    let mut desk = desk(EVERYONE);
    assert!(url(&mut desk, 1).is_some());
    mark(&mut desk, Marking::Adoption(Adoption::Ignored));
    events(&mut desk);
    for seed in 2..5 {
        arrive(&mut desk, Instant::ZERO, "192.0.2.7:5060", &subscribe("snom", seed));
    }
    assert_eq!((sent(&mut desk), events(&mut desk)), (vec![], vec![]));
    assert_eq!(desk.ignored_total(), 0);
    let row = &desk.rows()[0];
    assert_eq!((row.state, row.adoption), (PhoneState::Ignored, Adoption::Ignored));
    let reason = row.reason.as_deref().unwrap();
    assert!(reason.contains("wants this phone ignored"), "{reason}");
    do_it(&mut desk, &Wanted::Undo).unwrap();
    assert!(url(&mut desk, 9).is_some(), "and is answered again once that is taken back");
}

#[test]
fn changes_are_taken_back_one_after_the_other() {
    let mut desk = desk(EVERYONE);
    url(&mut desk, 1);
    mark(&mut desk, Marking::Name(Some("Empfang".into())));
    mark(&mut desk, Marking::Adoption(Adoption::Adopted));
    mark(&mut desk, Marking::Name(Some("Lager".into())));
    let said = events(&mut desk);
    assert_eq!(said.last().unwrap()["event"], "phones_marked");
    assert_eq!(said.last().unwrap()["phones"][0], MAC);
    let undo = |desk: &mut Desk| {
        do_it(desk, &Wanted::Undo).unwrap();
        let row = &desk.rows()[0];
        (row.name.clone(), row.adoption)
    };
    assert_eq!(undo(&mut desk), (Some("Empfang".into()), Adoption::Adopted));
    assert_eq!(undo(&mut desk), (Some("Empfang".into()), Adoption::New));
    assert_eq!(undo(&mut desk), (None, Adoption::New));
    let nothing = do_it(&mut desk, &Wanted::Undo).unwrap_err().to_string();
    assert_eq!(nothing, "there is nothing to take back");
    let unknown = Wanted::Mark(Marking::Adoption(Adoption::Adopted), vec![MAC.into(), "x".into()]);
    assert_eq!(do_it(&mut desk, &unknown), Err(CommandError::Unknown("x".into())));
    assert_eq!(desk.rows()[0].adoption, Adoption::New, "all or none");
}

/// A desk that writes down what is to be remembered.
pub(super) fn remembering(policy: &str, remembered: Remembered) -> Desk {
    let (policy, clock) = (Policy::parse(policy).unwrap(), Clock::start());
    let group = "224.0.1.75:5060".parse().unwrap();
    let entropy = Box::new(SeededEntropy::new(1));
    let mut desk = Desk::with_memory(policy, clock, entropy, group, remembered);
    let address = CardAddress::new("192.0.2.1/24".parse().unwrap(), 5060);
    desk.set_cards(vec![Card::new(CardId(3), "eth0", vec![address])]);
    desk
}

pub(super) fn exchanges(notes: &[Note]) -> Vec<&crate::memory::record::ExchangeRecord> {
    let exchange = |note: &'_ Note| matches!(note, Note::Exchange(_));
    let notes = notes.iter().filter(|note| exchange(note));
    notes.map(|note| if let Note::Exchange(one) = note { &**one } else { panic!() }).collect()
}

#[test]
fn an_exchange_is_written_down_with_all_that_came_from_outside() {
    let mut desk = remembering(EVERYONE, Remembered { last_exchange: 70, ..Remembered::default() });
    let asked = subscribe("snom", 1);
    let now = Instant::from_millis(5);
    arrive(&mut desk, now, "192.0.2.7:5060", &asked);
    arrive(&mut desk, now, "192.0.2.8:5060", b"noise");
    let out = sent(&mut desk);
    let notes = desk.take_notes();
    let exchange = exchanges(&notes)[0];
    assert_eq!(
        (exchange.id, &*exchange.phone, exchange.asked_at),
        (71, MAC, desk.clock.wall_micros(now))
    );
    assert_eq!(exchange.server, Some("192.0.2.1:5060".parse().unwrap()));
    let decided = exchange.decisions.last().unwrap();
    assert_eq!((&*decided.decision, decided.rule.as_deref()), ("answer", Some("all")));
    let notify = String::from_utf8_lossy(&out[1].bytes).into_owned();
    let [tag, branch] = &exchange.entropy[..] else { panic!("{exchange:?}") };
    assert!(notify.contains(&format!("tag={tag}")), "{tag}: {notify}");
    assert!(notify.contains(&format!("z9hG4bK{branch}")), "{branch}: {notify}");
    let messages: Vec<_> = notes
        .iter()
        .filter_map(|note| if let Note::Message(message) = note { Some(message) } else { None })
        .collect();
    let bytes: Vec<_> = messages.iter().map(|message| &message.bytes).collect();
    assert_eq!(bytes, [&asked, &out[0].bytes, &out[1].bytes], "noise belongs to no exchange");
    assert_eq!(messages[0].local.to_string(), "224.0.1.75:5060");
    assert!(messages.iter().all(|message| message.exchange == 71));
    assert!(desk.take_notes().is_empty(), "once");
}

#[test]
fn a_phone_of_an_earlier_run_is_known_and_not_heard_yet() {
    let mut before = remembering(LOBBY, Remembered::default());
    url(&mut before, 1);
    mark(&mut before, Marking::Tag("lobby".into()));
    let rows = before.rows();
    let remembered = rows.into_iter().map(|row| PhoneRow { is_remembered: true, ..row }).collect();
    let remembered = Remembered { phones: remembered, ..Remembered::default() };
    let mut desk = remembering(LOBBY, remembered);
    let row = &desk.rows()[0];
    assert!(row.is_remembered && row.tags == ["lobby"] && row.asked == 1);
    let other =
        Policy::parse("version = 1\n[[rule]]\nmatch.tag = \"lobby\"\nignore = true").unwrap();
    assert_eq!(desk.dry_run(&other).changes.len(), 1, "a dry run knows it");
    assert_eq!(url(&mut desk, 2).as_deref(), Some("tftp://lobby"));
    let row = &desk.rows()[0];
    assert!(!row.is_remembered && row.asked == 2, "{row:?}");
}

#[test]
fn what_worked_with_a_product_is_remembered_and_comes_first_in_the_next_run() {
    let mut desk = remembering(LOBBY, Remembered::default());
    arrive(&mut desk, Instant::ZERO, "192.0.2.7:5060", &subscribe("snom", 1));
    let notify = sent(&mut desk).pop().unwrap();
    let answer = |notify: &Transmit, status| {
        let message = fingerpost_core::Message::parse(&notify.bytes).unwrap();
        fingerpost_core::Response::reply_to(&message, status, "x").headers().build().unwrap()
    };
    arrive(&mut desk, Instant::ZERO, "192.0.2.7:5060", &answer(&notify, 481));
    let manual = sent(&mut desk).pop().unwrap();
    arrive(&mut desk, Instant::ZERO, "192.0.2.7:5060", &answer(&manual, 200));
    let notes = desk.take_notes();
    let learned =
        |note: &Note| if let Note::Learned(one) = note { Some(one.clone()) } else { None };
    let learned: Vec<_> = notes.iter().filter_map(learned).collect();
    assert_eq!((learned.len(), learned[0].dialect), (1, Dialect::Manual));
    assert_eq!(exchanges(&notes).last().unwrap().entropy.len(), 3, "a tag, two branches");

    let mut next = remembering(LOBBY, Remembered { learned, ..Remembered::default() });
    arrive(&mut next, Instant::ZERO, "192.0.2.7:5060", &subscribe("snom", 2));
    assert_eq!(events(&mut next).last().unwrap()["dialect"], "manual");
}

#[test]
fn an_ignored_phone_that_names_no_mac_is_looked_for_before_it_is_answered() {
    let mut before = remembering(EVERYONE, Remembered::default());
    arrive(&mut before, Instant::ZERO, "192.0.2.7:5060", &subscribe("audiocodes", 1));
    run_to(&mut before, Instant::from_millis(20_000), Some(LINK));
    let id = before.rows()[0].phone.id.clone();
    assert_eq!(id, LINK, "it is known by the link layer");
    do_it(&mut before, &Wanted::Mark(Marking::Adoption(Adoption::Ignored), vec![id])).unwrap();
    let phones = before.rows();

    let mut desk = remembering(EVERYONE, Remembered { phones, ..Remembered::default() });
    arrive(&mut desk, Instant::ZERO, "192.0.2.7:5060", &subscribe("audiocodes", 2));
    assert_eq!(desk.poll_transmit(Instant::ZERO), None, "not before it is known who that is");
    assert!(desk.poll_probe().is_some());
    run_to(&mut desk, Instant::from_millis(100), Some(LINK));
    assert_eq!((sent(&mut desk), events(&mut desk)), (vec![], vec![]));
    assert!(desk.take_notes().iter().all(|note| matches!(note, Note::Phone(_))));
}

#[test]
fn what_has_nothing_more_to_say_is_not_held_for_ever() {
    let mut desk = remembering("version = 1\n[[rule]]\nignore = true", Remembered::default());
    for number in 0..5_000_u64 {
        let now = Instant::from_millis(number * 100);
        arrive(&mut desk, now, "192.0.2.7:5060", &subscribe("snom", number));
        desk.take_notes();
        while desk.poll_event().is_some() {}
    }
    assert_eq!(desk.journal.as_ref().unwrap().open(), 4_096);
}

#[test]
fn what_would_be_taken_back_is_said_and_each_phone_remembers_what_people_said_of_it() {
    let mut desk = desk(EVERYONE);
    assert!(url(&mut desk, 1).is_some());
    assert_eq!(desk.undoable(), None);
    mark(&mut desk, Marking::Adoption(Adoption::Adopted));
    mark(&mut desk, Marking::Tag("lobby".into()));
    assert_eq!(desk.undoable().unwrap().what, "tagged \"lobby\"");
    do_it(&mut desk, &Wanted::Undo).unwrap();
    assert_eq!(
        (desk.undoable().unwrap().what.as_str(), desk.undoable().unwrap().phones),
        ("adopted", 1)
    );
    let told: Vec<_> = desk.phone(MAC).unwrap().timeline;
    let said = told.iter().filter_map(|timed| match &timed.event {
        Event::PhonesMarked { what, .. } => Some(what.as_str()),
        _ => None,
    });
    assert_eq!(
        said.collect::<Vec<_>>(),
        ["adopted", "tagged \"lobby\"", "no longer tagged \"lobby\""]
    );
}
