//! The screen over a real engine on this machine's loopback, with a simulated phone: no root, no network.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test stops at the first thing that is not as expected"
)]

mod support;

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT, Queryable};
use fingerpost_console::{Console, Live};
use fingerpost_engine::{AskPlan, PhoneReport, ask};
use std::net::SocketAddrV4;
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};
use support::{MAC_SHOWN, folder, group, on_loopback, on_screen, phone};

type Screen = Harness<'static, Console>;

/// A console with an engine in it, and a bell that rings when there is something new to draw.
fn start(folder: &std::path::Path, group: SocketAddrV4) -> (Screen, Receiver<()>) {
    let (bell, rings) = channel();
    let wake = move || {
        // Nobody listens any more once the test has ended.
        let _ = bell.send(());
    };
    let live = Live::start(on_loopback(folder, group), wake).unwrap();
    (on_screen(Console::new(Box::new(live))), rings)
}

/// Draws whenever the bell rings, until `is_there` or half a minute is over.
fn wait_for(screen: &mut Screen, rings: &Receiver<()>, is_there: impl Fn(&Screen) -> bool) {
    let limit = Instant::now() + Duration::from_secs(30);
    loop {
        screen.run();
        if is_there(screen) {
            return;
        }
        let left = limit.saturating_duration_since(Instant::now());
        rings.recv_timeout(left).expect("nothing more came, and it is not there");
    }
}

fn says(words: &str) -> impl Fn(&Screen) -> bool {
    move |screen| screen.query_all_by_label_contains(words).next().is_some()
}

fn simulate(group: SocketAddrV4) -> PhoneReport {
    run_phone(&phone(group))
}

fn run_phone(plan: &AskPlan) -> PhoneReport {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async { ask(plan).unwrap().recv().await.unwrap() })
}

/// The row of the phone with this hardware address.
fn row_of<'s>(screen: &'s Screen, mac: &str) -> egui_kittest::Node<'s> {
    let is_its = |row: &egui_kittest::Node<'_>| {
        row.accesskit_node().label().is_some_and(|label| label.contains(mac))
    };
    screen.get_all_by_role(Role::ListBoxOption).find(is_its).expect("no such row")
}

#[test]
fn observes_at_first_answers_when_switched_and_keeps_it() {
    let (folder, group) = (folder("live"), group(1));
    let (mut screen, rings) = start(&folder.0, group);
    wait_for(&mut screen, &rings, says("Observing on 1 card: nothing is answered."));

    screen.key_press_modifiers(Modifiers::COMMAND, Key::L);
    screen.run();
    screen
        .get_by_role_and_label(Role::TextInput, "URL for every phone")
        .type_text("http://%{servr}");
    screen.key_press(Key::Enter);
    wait_for(&mut screen, &rings, says("did you mean %{server}"));
    screen.key_press_modifiers(Modifiers::COMMAND, Key::A);
    screen.run();
    screen
        .get_by_role_and_label(Role::TextInput, "URL for every phone")
        .type_text("http://%{server}/");
    screen.key_press(Key::Enter);
    screen.run();
    screen.get_by_role_and_label(Role::Button, "Answer").click();
    wait_for(&mut screen, &rings, says("Answering on 1 card with http://%{server}/."));

    let asking = std::thread::spawn(move || simulate(group));
    wait_for(&mut screen, &rings, says(MAC_SHOWN));
    wait_for(&mut screen, &rings, says("Acknowledged: yealink T53W"));
    screen.get_by_role(Role::ListBoxOption).click();
    wait_for(&mut screen, &rings, says("Acknowledged 200"));
    screen.get_by_role_and_label(Role::Region, "Messages").get_by_label_contains("NOTIFY sip:");
    assert_eq!(asking.join().unwrap().url.as_deref(), Some("http://127.0.0.1/"));

    drop(screen);
    let (mut again, rings) = start(&folder.0, group);
    wait_for(&mut again, &rings, says("Answering on 1 card with http://%{server}/."));
}

#[test]
fn a_held_port_is_said_and_listened_on_again_once_it_is_free() {
    let (folder, group) = (folder("held"), group(2));
    let holder = std::net::UdpSocket::bind(("0.0.0.0", group.port())).unwrap();
    let (mut screen, rings) = start(&folder.0, group);
    wait_for(&mut screen, &rings, says("Not listening:"));
    screen.get_by_label("None can be heard before a card is listened on: see above.");
    let health = health(&screen);
    let (port, process) = (group.port(), std::process::id());
    let what = format!("Health: Joined on no card; card lo: port {port} of ");
    assert!(health.starts_with(&what), "{health}");
    assert!(
        health.contains(&format!("(process {process}) on 0.0.0.0:{port}: stop that program")),
        "{health}"
    );
    drop(holder);
    screen.get_by_role_and_label(Role::Button, "Listen again").click();
    wait_for(&mut screen, &rings, says("Observing on 1 card"));
    wait_for(&mut screen, &rings, says("Health: Joined on 1 card; nothing is wrong"));
}

#[test]
fn a_policy_file_that_is_broken_is_said_with_what_to_do_until_it_is_mended() {
    let (folder, group) = (folder("policy"), group(3));
    let file = folder.0.join("policy.toml");
    let good = "version = 1\n[[rule]]\nname = \"all\"\nanswer.url = \"tftp://%{server}\"\n";
    std::fs::create_dir_all(&folder.0).unwrap();
    std::fs::write(&file, good).unwrap();
    let (mut screen, rings) = start(&folder.0, group);
    wait_for(&mut screen, &rings, says("Health: Joined on 1 card; nothing is wrong"));
    std::fs::write(&file, "version = 1\nmodus = 1\n").unwrap();
    wait_for(&mut screen, &rings, says("the policy before it holds"));
    let health = health(&screen);
    assert!(health.contains("modus") && health.contains(": mend the file"), "{health}");
    std::fs::write(&file, good).unwrap();
    wait_for(&mut screen, &rings, says("Health: Joined on 1 card; nothing is wrong"));
}

#[test]
fn phones_behind_one_address_show_their_own_messages() {
    let (folder, group) = (folder("shared"), group(4));
    let (mut screen, rings) = start(&folder.0, group);
    wait_for(&mut screen, &rings, says("Observing on 1 card"));
    let macs = ["805e0c000001", "805e0c000002"];
    let asking = macs.map(|mac| {
        std::thread::spawn(move || {
            let mut plan = phone(group);
            (plan.mac, plan.wait) = (Some(mac.parse().unwrap()), Duration::from_secs(1));
            run_phone(&plan)
        })
    });
    for asking in asking {
        asking.join().unwrap();
    }
    for (mac, other) in [(macs[0], macs[1]), (macs[1], macs[0])] {
        let shown = mac.as_bytes().chunks(2).map(|two| str::from_utf8(two).unwrap());
        let shown = shown.collect::<Vec<_>>().join(":");
        wait_for(&mut screen, &rings, says(&shown));
        row_of(&screen, &shown).click();
        let of_this = format!("SUBSCRIBE sip:MAC%3a{mac}");
        wait_for(&mut screen, &rings, says(&of_this));
        let messages = screen.get_by_role_and_label(Role::Region, "Messages");
        let of_other = format!("MAC%3a{other}");
        assert!(messages.query_all_by_label_contains(&of_other).next().is_none());
    }
}

/// The sentence of the doctor.
fn health(screen: &Screen) -> String {
    let labels = screen.get_all_by_role(Role::Status);
    let mut labels = labels.filter_map(|node| node.accesskit_node().label());
    labels.find(|label| label.starts_with("Health: ")).expect("no sentence about health")
}
