//! The engine over real sockets on this machine's loopback, with phones of our own: no root, no network.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test stops at the first thing that is not as expected"
)]

use fingerpost_engine::{
    AskPlan, CardState, Command, CommandError, Engine, Event, PhoneState, Setup, StartError, ask,
};
use fingerpost_rules::Policy;
use std::net::{Ipv4Addr, SocketAddrV4, UdpSocket};
use std::time::Duration;

/// A group of our own for each test, so that tests running side by side do not hear each other.
fn group(test: u8) -> SocketAddrV4 {
    SocketAddrV4::new(Ipv4Addr::new(239, 255, 77, test), 35_000 + u16::from(test))
}

fn setup(test: u8) -> Setup {
    let policy = Policy::catch_all("tftp://%{server}/%{vendor}".parse().unwrap());
    Setup::new(policy)
        .on_interfaces(vec!["lo".into()])
        .with_group(*group(test).ip(), group(test).port())
}

fn phone(test: u8, vendor: &str) -> AskPlan {
    let mut plan = AskPlan::default();
    plan.vendor = Some(vendor.into());
    plan.interface = Some("127.0.0.1".into());
    plan.group = group(test);
    plan.wait = Duration::from_secs(5);
    plan
}

async fn within<T>(future: impl Future<Output = T>) -> T {
    tokio::time::timeout(Duration::from_secs(20), future).await.unwrap()
}

#[tokio::test]
async fn a_phone_is_answered_and_everyone_hears_of_it() {
    let (engine, mut events) = Engine::start(setup(1)).unwrap();
    assert!(matches!(within(events.next()).await.unwrap().event, Event::Listening { .. }));
    let report = within(ask(&phone(1, "yealink")).unwrap().recv()).await.unwrap();
    assert_eq!(report.url.as_deref(), Some("tftp://127.0.0.1/yealink"));
    assert_eq!(
        report.answers.iter().map(|heard| heard.kind.as_str()).collect::<Vec<_>>(),
        ["200", "notify"]
    );
    let mut said = Vec::new();
    loop {
        let event = within(events.next()).await.unwrap().event;
        let is_last = matches!(event, Event::Acknowledged { .. });
        said.push(event);
        if is_last {
            break;
        }
    }
    assert!(matches!(
        said[..],
        [
            Event::PhoneAsked { .. },
            Event::Answered { .. },
            Event::Notified { .. },
            Event::Acknowledged { .. }
        ]
    ));
    let view = within(engine.view()).await.unwrap();
    assert_eq!(view.phones[0].state, PhoneState::Acknowledged);
    assert_eq!(view.cards[0].name, "lo");
    within(engine.stop()).await;
    assert!(matches!(within(events.next()).await.unwrap().event, Event::Stopped));
}

#[tokio::test]
async fn two_hundred_phones_at_once_are_all_answered() {
    let (engine, _events) = Engine::start(setup(2)).unwrap();
    let mut plan = phone(2, "snom");
    plan.count = 200;
    let mut reports = ask(&plan).unwrap();
    let (mut served, mut all) = (0, 0);
    while let Some(report) = within(reports.recv()).await {
        all += 1;
        served += usize::from(report.url.is_some());
    }
    assert_eq!((served, all), (200, 200));
    assert_eq!(within(engine.view()).await.unwrap().phones.len(), 200);
    within(engine.stop()).await;
}

#[tokio::test]
async fn after_a_switch_to_observing_phones_get_nothing() {
    let (engine, _events) = Engine::start(setup(3)).unwrap();
    let observe = serde_json::from_str(r#"{"command":"set_mode","mode":"observe"}"#).unwrap();
    within(engine.command(observe)).await.unwrap();
    let mut plan = phone(3, "snom");
    plan.wait = Duration::from_millis(700);
    let report = within(ask(&plan).unwrap().recv()).await.unwrap();
    assert_eq!((report.url, report.asked), (None, 2));
    assert_eq!(within(engine.view()).await.unwrap().phones[0].asked, 2);
    within(engine.stop()).await;
}

#[tokio::test]
async fn a_policy_with_errors_changes_nothing() {
    let (engine, _events) = Engine::start(setup(4)).unwrap();
    let broken = Command::SetPolicy { policy: "version = 1\nmodus = \"answer\"".into() };
    let Err(CommandError::Policy(errors)) = within(engine.command(broken)).await else { panic!() };
    assert!(errors.to_string().starts_with("2:1: "), "{errors}");
    let report = within(ask(&phone(4, "planet")).unwrap().recv()).await.unwrap();
    assert!(report.url.is_some());
    within(engine.stop()).await;
}

#[tokio::test]
async fn a_port_that_is_held_is_named_with_its_holder() {
    let holder = UdpSocket::bind((Ipv4Addr::UNSPECIFIED, group(5).port())).unwrap();
    let Err(StartError::Open { interface, cause }) = Engine::start(setup(5)) else { panic!() };
    assert_eq!(interface, "lo");
    let text = cause.to_string();
    assert!(text.contains(&format!("process {}", std::process::id())), "{text}");
    drop(holder);
    let (engine, _events) = Engine::start(setup(5)).unwrap();
    within(engine.stop()).await;
}

#[tokio::test]
async fn an_unknown_card_lists_those_that_exist() {
    let Err(StartError::Choose(error)) =
        Engine::start(setup(6).on_interfaces(vec!["eth77".into()]))
    else {
        panic!()
    };
    let text = error.to_string();
    assert!(text.contains("eth77") && text.contains("lo (127.0.0.1"), "{text}");
}

fn folder(test: u8) -> std::path::PathBuf {
    std::env::temp_dir().join(format!("fingerpost-engine-{}-{test}", std::process::id()))
}

fn from_folder(test: u8) -> Setup {
    let setup = Setup::from_folder(&folder(test)).unwrap();
    setup.on_interfaces(vec!["lo".into()]).with_group(*group(test).ip(), group(test).port())
}

#[tokio::test]
async fn what_was_set_is_found_again_after_a_restart() {
    let (engine, _events) = Engine::start(from_folder(7)).unwrap();
    let view = within(engine.view()).await.unwrap();
    assert_eq!(view.state, "Observing on 1 card: nothing is answered.");
    let url = Command::SetUrl { url: Some("tftp://%{server}/x".into()) };
    within(engine.command(url)).await.unwrap();
    within(engine.command(Command::SetMode { mode: fingerpost_rules::Mode::Answer }))
        .await
        .unwrap();
    let wrong = Command::SetUrl { url: Some("tftp://%{servr}".into()) };
    let Err(CommandError::Url { span, .. }) = within(engine.command(wrong)).await else { panic!() };
    assert_eq!(span, (7, 15));
    within(engine.stop()).await;

    let (engine, _events) = Engine::start(from_folder(7)).unwrap();
    let view = within(engine.view()).await.unwrap();
    assert_eq!(view.state, "Answering on 1 card with tftp://%{server}/x.");
    let report = within(ask(&phone(7, "snom")).unwrap().recv()).await.unwrap();
    assert_eq!(report.url.as_deref(), Some("tftp://127.0.0.1/x"));
    let detail = within(engine.phone(&report.phone.id)).await.unwrap().unwrap();
    assert!(detail.timeline.len() >= 3 && detail.messages.len() >= 3);
    within(engine.stop()).await;
    std::fs::remove_dir_all(folder(7)).unwrap();
}

#[tokio::test]
async fn a_window_stays_open_while_the_port_is_held_and_listens_once_it_is_free() {
    let holder = UdpSocket::bind((Ipv4Addr::UNSPECIFIED, group(8).port())).unwrap();
    let (engine, _events) = Engine::start(from_folder(8)).unwrap();
    let view = within(engine.view()).await.unwrap();
    assert!(
        view.state.starts_with("Not listening: lo: port 35008 of 239.255.77.8 is held by"),
        "{}",
        view.state
    );
    assert!(matches!(
        within(engine.command(Command::OpenCards)).await,
        Err(CommandError::Cards(_))
    ));
    drop(holder);
    within(engine.command(Command::OpenCards)).await.unwrap();
    let view = within(engine.view()).await.unwrap();
    assert_eq!(view.state, "Observing on 1 card: nothing is answered.");
    within(engine.stop()).await;
}

#[tokio::test]
async fn a_wanted_card_that_is_not_there_is_waited_for_while_the_others_listen() {
    let wanted = vec!["eth77".into(), "lo".into()];
    let mut setup = setup(9).on_interfaces(wanted);
    setup.keeps_going = true;
    let (engine, mut events) = Engine::start(setup).unwrap();
    let Event::InterfaceChanged { interface, state, reason } =
        within(events.next()).await.unwrap().event
    else {
        panic!()
    };
    assert_eq!((interface.as_str(), state), ("eth77", CardState::Gone));
    assert!(reason.contains("joined once it can be"), "{reason}");
    assert!(matches!(within(events.next()).await.unwrap().event, Event::Listening { .. }));
    let report = within(ask(&phone(9, "snom")).unwrap().recv()).await.unwrap();
    assert!(report.url.is_some());
    let view = within(engine.view()).await.unwrap();
    let cards: Vec<_> = view.cards.iter().map(|card| (card.name.as_str(), card.state)).collect();
    assert_eq!(cards, [("eth77", CardState::Gone), ("lo", CardState::Listening)]);
    within(engine.stop()).await;
}

#[tokio::test]
async fn a_made_up_phone_asks_and_goes_the_whole_way() {
    let (engine, mut events) = Engine::start(setup(40)).unwrap();
    let simulate = serde_json::from_str(r#"{"command":"simulate","vendor":"snom"}"#).unwrap();
    within(engine.command(simulate)).await.unwrap();
    loop {
        let event = within(events.next()).await.unwrap().event;
        if matches!(event, Event::Acknowledged { .. }) {
            break;
        }
    }
    let row = within(engine.view()).await.unwrap().phones.remove(0);
    assert!(row.is_simulated);
    assert!(row.phone.mac.unwrap().to_string().starts_with("00005e0053"));
    assert_eq!(row.url.as_deref(), Some("tftp://127.0.0.1/snom"));
    let detail = within(engine.phone(&row.phone.id)).await.unwrap().unwrap();
    assert_eq!(detail.messages.len(), 4, "asked, answered, notified, acknowledged");
    assert_eq!(
        detail.messages.iter().filter(|message| message.local.is_none()).count(),
        1,
        "only the question went to the group"
    );
    within(engine.stop()).await;
}

#[tokio::test]
async fn a_phone_is_made_up_only_where_somebody_listens() {
    let (engine, _events) = Engine::start(setup(41)).unwrap();
    let simulate = Command::Simulate { interface: Some("eth99".into()), vendor: None };
    let error = within(engine.command(simulate)).await.unwrap_err();
    assert_eq!(error.to_string(), "eth99 is not listened on now");
    within(engine.command(Command::Simulate { interface: Some("lo".into()), vendor: None }))
        .await
        .unwrap();
    within(engine.stop()).await;
}

fn scratch(name: &str) -> std::path::PathBuf {
    let folder = std::env::temp_dir().join(format!("fingerpost-{name}-{}", std::process::id()));
    let _ = std::fs::remove_dir_all(&folder);
    folder
}

#[tokio::test]
async fn another_group_is_heard_at_once_and_one_that_cannot_be_had_leaves_everything_as_it_was() {
    let (engine, _events) = Engine::start(setup(12)).unwrap();
    let held = UdpSocket::bind((Ipv4Addr::UNSPECIFIED, group(13).port())).unwrap();
    let to = |test: u8| Command::SetGroup { group: *group(test).ip(), port: group(test).port() };
    let refused = within(engine.command(to(13))).await.unwrap_err();
    assert!(matches!(refused, CommandError::Cards(_)), "{refused}");
    assert_eq!(within(engine.view()).await.unwrap().group, group(12));
    assert!(within(ask(&phone(12, "snom")).unwrap().recv()).await.unwrap().url.is_some());
    drop(held);
    within(engine.command(to(13))).await.unwrap();
    assert_eq!(within(engine.view()).await.unwrap().group, group(13));
    assert!(within(ask(&phone(13, "snom")).unwrap().recv()).await.unwrap().url.is_some());
    let nobody = Command::SetGroup { group: Ipv4Addr::new(10, 0, 0, 1), port: 5060 };
    assert!(matches!(within(engine.command(nobody)).await, Err(CommandError::Settings(_))));
    within(engine.stop()).await;
}

#[tokio::test]
async fn a_card_that_is_not_there_cannot_be_chosen_and_what_is_chosen_is_kept() {
    let folder = scratch("cards");
    let mut start = setup(14);
    start.data = Some(folder.clone());
    let (engine, _events) = Engine::start(start).unwrap();
    let choose = |name: &str| Command::SetInterfaces { interfaces: vec![name.into()] };
    let refused = within(engine.command(choose("nosuch0"))).await.unwrap_err();
    assert!(refused.to_string().contains("nosuch0"), "{refused}");
    within(engine.command(choose("127.0.0.1"))).await.unwrap();
    let settings = within(engine.settings()).await.unwrap();
    assert_eq!(settings.kept.interfaces, ["127.0.0.1"]);
    assert_eq!(settings.cards_overruled, None);
    assert!(settings.cards.iter().any(|card| card.name == "lo" && card.left_out.is_some()));
    within(engine.stop()).await;
    assert_eq!(fingerpost_engine::Settings::load(&folder).unwrap().interfaces, ["127.0.0.1"]);
    std::fs::remove_dir_all(&folder).unwrap();
}

#[tokio::test]
async fn what_was_said_on_the_lan_is_told_in_numbers_and_as_a_capture() {
    let (engine, _events) = Engine::start(setup(15)).unwrap();
    within(ask(&phone(15, "snom")).unwrap().recv()).await.unwrap();
    let traffic = loop {
        let traffic = within(engine.traffic(0)).await.unwrap();
        if traffic.messages.len() == 4 {
            break traffic;
        }
        tokio::task::yield_now().await;
    };
    let summaries: Vec<_> = traffic.messages.iter().map(|one| one.summary.as_deref()).collect();
    let said = ["SUBSCRIBE", "200 OK to SUBSCRIBE", "NOTIFY", "200 OK to NOTIFY"];
    assert_eq!(summaries, said.map(Some));
    assert_eq!(within(engine.traffic(3)).await.unwrap().messages.len(), 1);
    let file = within(engine.capture([1, 3].into())).await.unwrap();
    let packets = fingerpost_trace::pcapng::read(&file).unwrap();
    assert_eq!(packets.len(), 2);
    assert_eq!((packets[0].to, packets[1].from.port()), (group(15).into(), group(15).port()));
    within(engine.stop()).await;
}

#[tokio::test]
async fn a_backup_taken_over_elsewhere_brings_phones_and_settings_and_leaves_out_what_cannot_be() {
    let (engine, _events) = Engine::start(setup(16)).unwrap();
    within(ask(&phone(16, "snom")).unwrap().recv()).await.unwrap();
    let id = within(engine.view()).await.unwrap().phones[0].phone.id.clone();
    let name = Command::Name { phone: id.clone(), name: Some("Lobby".into()) };
    within(engine.command(name)).await.unwrap();
    let mut backup = within(engine.backup()).await.unwrap();
    within(engine.stop()).await;
    let policy = "version = 1\n\n# Ours.\n[[rule]]\nname = \"all\"\nanswer.url = \"tftp://x\"\n";
    backup.policy = Some(policy.into());
    backup.settings.interfaces = vec!["nosuch0".into()];
    backup.settings.group = None;
    backup.settings.port = None;
    let folder = scratch("restored");
    let mut start = setup(17);
    start.data = Some(folder.clone());
    let (engine, _events) = Engine::start(start).unwrap();
    let tried = within(engine.restore(&backup.to_text(), true)).await.unwrap();
    assert_eq!((tried.done, tried.new_phones), (false, 1));
    assert!(within(engine.view()).await.unwrap().phones.is_empty(), "it was only tried");
    let restored = within(engine.restore(&backup.to_text(), false)).await.unwrap();
    assert!(restored.left_out.iter().all(|words| words.contains("nosuch0")), "{restored:?}");
    assert_eq!(std::fs::read_to_string(restored.policy_file.unwrap()).unwrap(), policy);
    assert_eq!(within(engine.view()).await.unwrap().rules, 1);
    let row = within(engine.view()).await.unwrap().phones[0].clone();
    assert_eq!((row.name.as_deref(), row.is_remembered), (Some("Lobby"), true));
    within(engine.stop()).await;
    let archive = fingerpost_engine::Archive::open(&folder).unwrap();
    assert_eq!(archive.phone(&id).unwrap().unwrap().row.name.as_deref(), Some("Lobby"));
    std::fs::remove_dir_all(&folder).unwrap();
}

#[tokio::test]
async fn a_port_that_another_program_had_is_ours_once_it_is_free() {
    let own = SocketAddrV4::new(Ipv4Addr::LOCALHOST, group(18).port());
    let holder = UdpSocket::bind(own).unwrap();
    let (engine, _events) = Engine::start(setup(18)).unwrap();
    let card = within(engine.view()).await.unwrap().cards[0].clone();
    assert_eq!(card.state, CardState::OtherPort);
    assert!(card.reason.unwrap().contains(&own.to_string()));
    drop(holder);
    within(engine.command(Command::OpenCards)).await.unwrap();
    let card = within(engine.view()).await.unwrap().cards[0].clone();
    assert_eq!((card.state, card.reason), (CardState::Listening, None));
    assert!(within(ask(&phone(18, "snom")).unwrap().recv()).await.unwrap().url.is_some());
    within(engine.stop()).await;
}
