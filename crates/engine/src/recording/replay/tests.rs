use super::*;
use crate::clock::Clock;
use crate::desk::Desk;
use crate::memory::Remembered;
use crate::memory::record::Note;
use crate::phone::Phone;
use crate::recording::MOST_BEFORE;
use fingerpost_core::pnp::{Identity, Subscriber, profile};
use fingerpost_core::{Response, SeededEntropy};
use fingerpost_rules::Policy;
use fingerpost_trace::pcapng::WriteError;

const PHONE: &str = "192.0.2.7:5060";

/// A desk that a phone asks, on a made-up clock.
struct Office {
    desk: Desk,
    now: Instant,
    notes: Vec<Note>,
    sent: Vec<Transmit>,
}

fn policy(answer: &str) -> Policy {
    Policy::parse(&format!("version = 1\n[[rule]]\nname = \"all\"\n{answer}")).unwrap()
}

fn office(answer: &str) -> Office {
    let group = "224.0.1.75:5060".parse().unwrap();
    let (clock, entropy) = (Clock::start(), Box::new(SeededEntropy::new(7)));
    let remembered = Remembered::default();
    let mut desk = Desk::with_memory(policy(answer), clock, entropy, group, remembered);
    let address = CardAddress::new("192.0.2.1/24".parse().unwrap(), 5060);
    desk.set_cards(vec![Card::new(CardId(3), "eth0", vec![address])]);
    Office { desk, now: Instant::from_millis(40), notes: Vec::new(), sent: Vec::new() }
}

fn subscribe(seed: u64) -> Vec<u8> {
    let subscriber =
        Subscriber::new(PHONE.parse().unwrap()).with_mac("000413000007".parse().unwrap());
    let profile = profile::find("snom").unwrap();
    profile.subscribe(&subscriber, &mut SeededEntropy::new(seed)).unwrap()
}

impl Office {
    fn arrive(&mut self, bytes: &[u8]) {
        let source = PHONE.parse().unwrap();
        let is_multicast = bytes.starts_with(b"SUBSCRIBE");
        let arrival = Arrival { card: CardId(3), source, is_multicast, bytes };
        self.desk.handle_datagram(self.now, &arrival);
        self.flush();
    }

    /// The phone answers the last datagram.
    fn answer(&mut self, status: u16) {
        let last = self.sent.last().unwrap().bytes.clone();
        let message = Message::parse(&last).unwrap();
        let answer = Response::reply_to(&message, status, "x").headers().build().unwrap();
        self.pass(7);
        self.arrive(&answer);
    }

    /// Woken as a busy machine is: a little late.
    fn run_out(&mut self) {
        while let Some(due) = self.desk.poll_timeout() {
            self.now = due + Duration::from_millis(3);
            self.desk.handle_timeout(self.now);
            self.flush();
        }
    }

    fn pass(&mut self, millis: u64) {
        self.now = self.now + Duration::from_millis(millis);
    }

    /// Datagrams leave a little after they were made.
    fn flush(&mut self) {
        let later = self.now + Duration::from_micros(300);
        self.sent.extend(std::iter::from_fn(|| self.desk.poll_transmit(later)));
        self.notes.extend(self.desk.take_notes());
    }

    /// The exchange with this number in this run.
    fn recording(&self, number: u64) -> Recording {
        let mut exchange = None;
        let mut messages = Vec::new();
        for note in &self.notes {
            match note {
                Note::Exchange(one) if one.id == number => exchange = Some((**one).clone()),
                Note::Message(one) if one.exchange == number => messages.push(one.clone()),
                _ => {}
            }
        }
        let identity = Identity::claimed("000413000007".parse().ok(), Some("snom"), None, None);
        Recording::new(&Phone::new(&identity, None), exchange.unwrap(), messages).unwrap()
    }

    /// The same with what it carries on.
    fn whole_recording(&self, number: u64) -> Recording {
        let earlier = (1..number).rev().map(|number| Ok::<_, ()>(self.recording(number)));
        self.recording(number).carrying_on(earlier).unwrap()
    }
}

/// Plays as it was recorded, also by way of both kinds of files.
fn assert_identical(recording: &Recording) {
    let capture = Recording::read(&recording.to_pcapng().unwrap()).unwrap();
    assert_eq!(capture, *recording, "a capture keeps all");
    let json = Recording::read(&serde_json::to_vec(recording).unwrap()).unwrap();
    assert_eq!(json, *recording, "JSON keeps all");
    let replay = recording.replay().unwrap();
    assert_eq!(replay.difference, None, "{:#?}", replay.played);
    let ours = recording.in_order();
    let ours = ours.iter().filter(|one| one.direction == Direction::Out);
    assert_eq!(replay.recorded, ours.count());
}

const RFC: &str = "answer = { url = \"tftp://%{server}\", dialect = \"rfc\" }";
const MANUAL: &str = "answer = { url = \"tftp://%{server}\", dialect = \"manual\" }";
const AUTO: &str = "answer = { url = \"tftp://%{server}\", dialect = \"auto\" }";

#[test]
fn an_exchange_plays_as_it_was_recorded_in_every_dialect() {
    for (answer, words) in [(RFC, 2), (MANUAL, 2), (AUTO, 2)] {
        let mut office = office(answer);
        office.arrive(&subscribe(1));
        office.answer(200);
        office.run_out();
        let recording = office.recording(1);
        assert_eq!((recording.entropy.len(), recording.messages.len()), (words, 4), "{answer}");
        assert_eq!(recording.state, PhoneState::Acknowledged);
        assert_identical(&recording);
    }
}

#[test]
fn what_was_sent_late_again_and_in_vain_plays_so() {
    for (answer, sent) in [(RFC, 5), (AUTO, 4)] {
        let mut office = office(answer);
        office.arrive(&subscribe(1));
        office.run_out();
        let recording = office.recording(1);
        assert_eq!(recording.state, PhoneState::Unconfirmed);
        assert_eq!(recording.messages.len(), 1 + sent, "{answer}");
        assert_identical(&recording);
    }
}

#[test]
fn a_refusal_that_turns_to_the_other_shape_and_what_was_learned_play_so() {
    let mut office = office(AUTO);
    office.arrive(&subscribe(1));
    office.answer(481);
    office.answer(200);
    let recording = office.recording(1);
    assert_eq!((recording.entropy.len(), recording.learned), (3, None));
    assert_identical(&recording);
    office.pass(9_000);
    office.arrive(&subscribe(2));
    office.answer(200);
    let recording = office.recording(2);
    assert_eq!(recording.learned, Some(Dialect::Manual));
    assert_identical(&recording);
}

#[test]
fn a_phone_that_repeats_itself_and_one_that_asks_anew_play_so() {
    let mut office = office(AUTO);
    office.arrive(&subscribe(1));
    office.pass(200);
    office.arrive(&subscribe(1));
    office.pass(200);
    office.arrive(&subscribe(2));
    office.answer(200);
    office.run_out();
    let [first, second] = [1, 2].map(|number| office.recording(number));
    assert_eq!((first.state, first.messages.len()), (PhoneState::Notified, 5));
    assert_identical(&first);
    assert_identical(&second);
}

#[test]
fn what_is_denied_ignored_or_only_observed_plays_so() {
    for (answer, state) in [
        ("deny = { status = 403, reason = \"No\" }", PhoneState::Answered),
        ("ignore = true", PhoneState::Ignored),
        ("observe = true", PhoneState::Asked),
    ] {
        let mut office = office(answer);
        office.arrive(&subscribe(1));
        office.run_out();
        let recording = office.recording(1);
        assert_eq!(recording.state, state, "{answer}");
        assert_identical(&recording);
    }
}

#[test]
fn a_phone_that_is_answered_once_the_policy_has_changed_plays_so() {
    let mut office = office("observe = true");
    office.arrive(&subscribe(1));
    office.pass(500);
    office.desk.set_policy(office.now, policy(RFC));
    office.arrive(&subscribe(1));
    office.answer(200);
    let recording = office.recording(1);
    let words: Vec<_> = recording.decisions.iter().map(|one| one.decision.as_str()).collect();
    assert_eq!((words, recording.messages.len()), (vec!["observe", "answer"], 5));
    assert_identical(&recording);
}

/// As a phone that wants to be told of changes for two minutes.
fn lasting(bytes: &[u8]) -> Vec<u8> {
    String::from_utf8_lossy(bytes).replace("Expires: 0", "Expires: 120").into_bytes()
}

#[test]
fn a_subscription_plays_to_its_last_word() {
    let mut office = office(RFC);
    office.arrive(&lasting(&subscribe(1)));
    office.answer(200);
    assert_identical(&office.recording(1));
    let end = office.desk.poll_timeout().unwrap();
    office.now = end;
    office.desk.handle_timeout(end);
    office.flush();
    office.answer(200);
    office.run_out();
    let recording = office.recording(1);
    let last = String::from_utf8_lossy(&recording.messages[4].bytes).into_owned();
    assert!(last.contains("Subscription-State: terminated;reason=timeout"), "{last}");
    assert_eq!((recording.messages.len(), recording.entropy.len()), (6, 3));
    assert_identical(&recording);
}

#[test]
fn a_phone_that_ends_its_subscription_plays_so() {
    let mut office = office(RFC);
    let first = lasting(&subscribe(1));
    office.arrive(&first);
    let ok = String::from_utf8_lossy(&office.sent[0].bytes).into_owned();
    office.answer(200);
    office.pass(60_000);
    let over = carried_on(&first, &ok).replace("Expires: 120", "Expires: 0");
    office.arrive(over.as_bytes());
    office.answer(200);
    office.run_out();
    let recording = office.recording(1);
    assert_eq!((recording.messages.len(), recording.entropy.len()), (8, 3), "{recording:#?}");
    assert_identical(&recording);
}

/// The phone's next SUBSCRIBE in the dialog that `ok` made.
fn carried_on(first: &[u8], ok: &str) -> String {
    let first = String::from_utf8_lossy(first).into_owned();
    let to = |text: &str| text.lines().find(|line| line.starts_with("To: ")).unwrap().to_owned();
    first.replace(&to(&first), &to(ok)).replace("CSeq: 1 ", "CSeq: 2 ")
}

/// A subscription that is refreshed twice; between the refreshes the phone asks for another one.
fn refreshed_twice() -> Office {
    let mut office = office(RFC);
    let first = lasting(&subscribe(1));
    office.arrive(&first);
    let ok = String::from_utf8_lossy(&office.sent[0].bytes).into_owned();
    office.answer(200);
    let again = carried_on(&first, &ok);
    office.pass(60_000);
    office.arrive(again.as_bytes());
    office.answer(200);
    office.pass(10_000);
    office.arrive(&subscribe(9));
    office.answer(200);
    office.pass(40_000);
    office.arrive(
        again.replace("CSeq: 2 ", "CSeq: 3 ").replace("branch=", "branch=z9hG4bKx").as_bytes(),
    );
    office.answer(200);
    office
}

#[test]
fn an_exchange_that_carries_on_others_plays_with_them_and_not_without_their_beginning() {
    let office = refreshed_twice();
    let recording = office.whole_recording(4);
    assert!(recording.is_refresh && recording.messages.len() == 4, "{recording:#?}");
    let before: Vec<_> = recording.before.iter().map(|one| one.exchange).collect();
    assert_eq!(before, [1, 2], "the third one is another subscription's");
    assert_identical(&recording);
    assert_identical(&office.whole_recording(2));
    assert_identical(&office.recording(1));
    assert_eq!(office.recording(4).replay(), Err(ReplayError::Refresh));
    let mut changed = recording;
    changed.before[0].decisions[0].url = Some("tftp://192.0.2.99".into());
    let difference = changed.replay().unwrap().difference;
    assert!(matches!(difference, Some(Difference::Message { number: 2, .. })), "{difference:?}");
}

#[test]
fn as_many_refreshes_as_are_looked_through_have_room_in_a_capture() {
    let mut office = office(RFC);
    let first = lasting(&subscribe(1));
    office.arrive(&first);
    let ok = String::from_utf8_lossy(&office.sent[0].bytes).into_owned();
    office.answer(200);
    let again = carried_on(&first, &ok);
    for number in 2..=u64::from(MOST_BEFORE) + 1 {
        office.pass(40_000);
        let branch = format!("branch=z9hG4bKx{number}");
        let again = again.replace("CSeq: 2 ", &format!("CSeq: {number} "));
        office.arrive(again.replace("branch=", &branch).as_bytes());
        office.answer(200);
    }
    let recording = office.whole_recording(u64::from(MOST_BEFORE) + 1);
    assert_eq!(recording.before.len(), usize::try_from(MOST_BEFORE).unwrap());
    assert_identical(&recording);
    let mut large = recording;
    large.before[0].decisions[0].url = Some("x".repeat(65_536));
    let refused = large.to_pcapng().unwrap_err();
    assert!(matches!(refused, WriteError::CommentTooLong { .. }), "what is cut cannot be played");
}

#[test]
fn the_variations_of_an_answer_play_as_they_were_recorded() {
    for variation in
        ["status = 202", "response = false", "subscription_state = false", "effective_by = 0"]
    {
        let mut office = office(&RFC.replace(" }", &format!(", {variation} }}")));
        office.arrive(&subscribe(1));
        office.answer(200);
        let recording = office.recording(1);
        assert!(!recording.decisions[0].switches.is_usual(), "{variation}");
        assert_identical(&recording);
    }
}

#[test]
fn the_first_difference_is_told_with_its_place() {
    let mut office = office(RFC);
    office.arrive(&subscribe(1));
    office.answer(200);
    let recording = office.recording(1);
    let difference = |change: &dyn Fn(&mut Recording)| {
        let mut changed = recording.clone();
        change(&mut changed);
        changed.replay().unwrap().difference.unwrap()
    };
    let notify = recording.messages[2].bytes.clone();
    let byte = notify.windows(4).position(|four| four == b"tftp").unwrap();
    assert_eq!(
        difference(&|one| one.messages[2].bytes[byte] = b'h'),
        Difference::Message {
            number: 2,
            byte,
            recorded: "hftp://192.0.2.1".into(),
            now: "tftp://192.0.2.1".into()
        }
    );
    let other = difference(&|one| one.decisions[0].url = Some("tftp://x".into()));
    assert!(matches!(other, Difference::Message { number: 2, .. }), "{other:?}");
    let elsewhere = difference(&|one| one.messages[1].peer.set_port(9));
    assert!(matches!(elsewhere, Difference::Address { number: 1, .. }), "{elsewhere:?}");
    let notify = String::from("NOTIFY sip:192.0.2.7:5060 SIP/2.0");
    let surplus = difference(&|one| drop(one.messages.remove(2)));
    assert_eq!(surplus, Difference::Surplus { number: 2, now: notify.clone() });
    let missing = difference(&|one| one.messages.insert(3, one.messages[2].clone()));
    assert_eq!(missing, Difference::Missing { number: 3, recorded: notify });
    let state = difference(&|one| one.state = PhoneState::Refused);
    let (recorded, now) = (PhoneState::Refused, PhoneState::Acknowledged);
    assert_eq!(state, Difference::State { recorded, now });
}

#[test]
fn what_cannot_be_played_is_told() {
    let mut office = office(RFC);
    office.arrive(&subscribe(1));
    let recording = office.recording(1);
    let refused = |change: &dyn Fn(&mut Recording)| {
        let mut changed = recording.clone();
        change(&mut changed);
        changed.replay().unwrap_err()
    };
    assert_eq!(refused(&|one| one.lost = 2), ReplayError::Incomplete(2));
    assert_eq!(refused(&|one| one.messages.clear()), ReplayError::Empty);
    assert_eq!(refused(&|one| one.entropy[0] = "xy".into()), ReplayError::Entropy("xy".into()));
    let six = "[2001:db8::1]:5060";
    let refused = refused(&|one| one.server = six.parse().unwrap());
    assert!(refused.to_string().contains("2001:db8::1"), "{refused}");

    let newer = Recording { recording: 9, ..recording.clone() };
    let newer = Recording::read(&serde_json::to_vec(&newer).unwrap()).unwrap_err();
    assert!(newer.to_string().contains("format 9"), "{newer}");
    let foreign = Recording::read(b"SUBSCRIBE sip:a SIP/2.0\r\n").unwrap_err();
    assert!(foreign.to_string().contains("fingerpost export"), "{foreign}");
    let mut capture = recording.to_pcapng().unwrap();
    let mark = capture.windows(4).position(|four| four == b"Fing").unwrap();
    let comment = capture.windows(4).skip(mark + 4).position(|four| four == b"Fing").unwrap();
    capture[mark + 4 + comment] = b'X';
    let foreign = Recording::read(&capture).unwrap_err();
    assert!(foreign.to_string().contains("cannot be replayed"), "{foreign}");
}
