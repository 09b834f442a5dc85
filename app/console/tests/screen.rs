//! The screen over a view made by hand, looked at the way a screen reader does: by role and name.

#![allow(clippy::unwrap_used, reason = "a test stops at the first thing that is not as expected")]

mod support;

use egui::accesskit::Role;
use egui::{Key, Modifiers, ViewportId};
use egui_kittest::kittest::{NodeT, Queryable};
use fingerpost_console::State;
use fingerpost_engine::{Adoption, CardState, Command, CommandError};
use std::sync::Arc;
use std::time::Duration;
use support::{MAC_SHOWN, Stage, one_phone, quiet, three_phones};

const CTRL_SHIFT: Modifiers = Modifiers::COMMAND.plus(Modifiers::SHIFT);

#[test]
fn shows_the_state_sentence() {
    let view = one_phone();
    let sentence = view.state.clone();
    assert!(sentence.starts_with("Answering on 1 card with tftp://"), "{sentence}");
    let mut stage = Stage::with(view);
    stage.screen.get_by_role_and_label(Role::Status, &sentence);
    stage.screen.get_by_label_contains("lo 127.0.0.1: listening");
    let health = "Health: Joined on 1 card; nothing is wrong that can be seen from this machine.";
    stage.screen.get_by_role_and_label(Role::Status, health);

    let mut held = one_phone();
    held.state = "Not listening: port 5060 is held by baresip.".into();
    held.cards[0].state = CardState::Failed;
    stage.show(held);
    stage
        .screen
        .get_by_role_and_label(Role::Status, "Not listening: port 5060 is held by baresip.");
    stage.screen.get_by_role_and_label(Role::Button, "Listen again").click();
    stage.screen.run();
    assert_eq!(stage.scene.borrow().told, [Command::OpenCards]);
}

#[test]
fn a_simulated_phone_is_marked_in_words_and_found_by_them() {
    let mut view = three_phones();
    view.phones[1].is_simulated = true;
    let mut stage = Stage::with(view);
    let marked: Vec<String> = stage
        .screen
        .get_all_by_role(Role::ListBoxOption)
        .filter_map(|row| row.accesskit_node().label())
        .filter(|name| name.contains("(simulated)"))
        .collect();
    assert!(matches!(&marked[..], [name] if name.contains("snom T53W (simulated)")), "{marked:?}");
    stage.screen.event(egui::Event::Text("/".into()));
    stage.screen.run();
    let filter = stage.screen.get_by_role_and_label(Role::TextInput, "Filter");
    filter.type_text("simulated");
    stage.screen.run();
    stage.screen.get_by_role(Role::ListBoxOption);
}

#[test]
fn an_empty_list_says_what_to_do() {
    let stage = Stage::with(quiet());
    stage.screen.get_by_label("No phone has asked yet.");
    stage.screen.get_by_label("fingerpost phone");
    assert!(stage.screen.query_by_label_contains("Filter").is_none());
}

#[test]
fn a_phone_that_asks_is_a_row_found_by_its_mac() {
    let mut stage = Stage::with(quiet());
    assert!(stage.screen.query_by_role(Role::ListBoxOption).is_none());
    stage.show(one_phone());
    let row = stage.screen.get_by_role(Role::ListBoxOption);
    let name = row.accesskit_node().label().unwrap();
    for part in [MAC_SHOWN, "yealink T53W", "Acknowledged", "127.0.0.1 on lo", "just now"] {
        assert!(name.contains(part), "{part} is not in {name}");
    }
    stage.screen.get_by_label_contains(MAC_SHOWN);
}

#[test]
fn a_click_on_a_row_shows_what_happened_and_what_was_said() {
    let mut stage = Stage::with(three_phones());
    assert!(stage.screen.query_by_role_and_label(Role::Region, "Messages").is_none());
    stage.screen.get_by_label_contains(MAC_SHOWN).click();
    stage.screen.run();
    let happened = stage.screen.get_by_role_and_label(Role::Region, "What happened");
    for what in ["Asked on lo", "Answered 200", "Notified in the", "Acknowledged 200"] {
        happened.get_by_label_contains(what);
    }
    let messages = stage.screen.get_by_role_and_label(Role::Region, "Messages");
    messages.get_by_label_contains("SUBSCRIBE sip:");
    messages.get_by_label_contains("NOTIFY sip:");
    messages.get_by_label("Copy message 1");
    stage.screen.get_by_role_and_label(Role::Button, "Close").click();
    stage.screen.run();
    assert_eq!(stage.scene.borrow().looked_at, None);
    assert!(stage.screen.query_by_role_and_label(Role::Region, "Messages").is_none());
}

#[test]
fn the_switch_tells_the_engine() {
    let mut stage = Stage::with(one_phone());
    stage.screen.get_by_role_and_label(Role::Button, "Answer").click();
    stage.screen.run();
    assert_eq!(stage.told(), [""; 0], "it answers already");
    stage.screen.get_by_role_and_label(Role::Button, "Observe").click();
    stage.screen.run();
    assert_eq!(stage.told(), ["SetMode { mode: Observe }"]);
    stage.answer(Err(CommandError::Settings("the folder is read-only".into())));
    stage.screen.get_by_label("Not done: the folder is read-only.");
    stage.screen.key_press_modifiers(CTRL_SHIFT, Key::A);
    stage.screen.run();
    assert_eq!(stage.told().last().unwrap(), "SetMode { mode: Answer }");
    assert!(stage.screen.query_by_label_contains("read-only").is_none());
}

#[test]
fn a_mistake_in_the_url_stands_at_the_field_and_keeps_what_was_typed() {
    let mut stage = Stage::with(quiet());
    stage.screen.key_press_modifiers(Modifiers::COMMAND, Key::L);
    stage.screen.key_press_modifiers(Modifiers::COMMAND, Key::A);
    stage.screen.run();
    let field = stage.screen.get_by_role_and_label(Role::TextInput, "URL for every phone");
    field.type_text("tftp://%{servr}");
    stage.screen.key_press(Key::Enter);
    stage.screen.run();
    let wanted = Command::SetUrl { url: Some("tftp://%{servr}".into()) };
    assert_eq!(stage.scene.borrow().told, [wanted]);

    let message = "unknown placeholder %{servr} (did you mean %{server}?)".to_owned();
    stage.answer(Err(CommandError::Url { message, span: (7, 15) }));
    stage.screen.get_by_label_contains("did you mean %{server}?");
    let field = stage.screen.get_by_role_and_label(Role::TextInput, "URL for every phone");
    assert_eq!(field.value().as_deref(), Some("tftp://%{servr}"));
    assert!(field.is_focused(), "one goes on typing where the mistake is");

    stage.screen.key_press(Key::Enter);
    stage.screen.run();
    stage.answer(Ok(()));
    assert!(stage.screen.query_by_label_contains("did you mean").is_none());
}

#[test]
fn everything_is_reached_by_keyboard() {
    let mut stage = Stage::with(three_phones());
    let looked_at = |stage: &Stage| stage.scene.borrow().looked_at.clone();
    for key in [Key::ArrowDown, Key::ArrowDown, Key::ArrowDown, Key::ArrowDown] {
        stage.screen.key_press(key);
    }
    stage.screen.run();
    assert_eq!(looked_at(&stage).as_deref(), Some("00908f4a1102"));
    stage.screen.key_press(Key::Home);
    stage.screen.run();
    assert_eq!(looked_at(&stage).as_deref(), Some(support::MAC));
    assert!(is_at_the_list(&stage));

    stage.screen.key_press(Key::Enter);
    stage.screen.run();
    assert!(stage.screen.get_by_role_and_label(Role::Region, "What happened").is_focused());
    for name in ["Ladder", "Messages"] {
        stage.screen.key_press(Key::Tab);
        stage.screen.run();
        assert!(stage.screen.get_by_role_and_label(Role::Region, name).is_focused(), "{name}");
    }
    stage.screen.key_press(Key::Escape);
    stage.screen.run();
    assert!(is_at_the_list(&stage));
    assert_eq!(looked_at(&stage), None);

    stage.screen.key_press_modifiers(CTRL_SHIFT, Key::O);
    stage.screen.key_press(Key::F5);
    stage.screen.run();
    assert_eq!(stage.told(), ["SetMode { mode: Observe }", "OpenCards"]);
}

/// The list has the keyboard; where a row is chosen, screen readers are led to that.
fn is_at_the_list(stage: &Stage) -> bool {
    let rows = stage.screen.query_all_by_role(Role::ListBoxOption);
    rows.chain(stage.screen.query_by_role(Role::ListBox)).any(|node| node.is_focused())
}

#[test]
fn tab_leads_from_the_list_to_the_chosen_phone() {
    let mut stage = Stage::with(three_phones());
    stage.screen.key_press(Key::ArrowDown);
    stage.screen.run();
    let mut names = Vec::new();
    for _ in 0..9 {
        stage.screen.key_press(Key::Tab);
        stage.screen.run();
        let mut nodes = stage.screen.root().children_recursive();
        let focused = nodes.find(egui_kittest::Node::is_focused).unwrap();
        names.push(focused.accesskit_node().label().unwrap_or_default());
    }
    // Release is not to be pressed: nobody has said anything of this phone.
    let buttons = ["Resize panel", "Close", "Name", "Adopt", "Ignore", "Undo"];
    assert_eq!(names, [&buttons[..], &["What happened", "Ladder", "Messages"]].concat());
}

#[test]
fn a_filter_leaves_the_phones_that_match() {
    let mut stage = Stage::with(three_phones());
    stage.screen.event(egui::Event::Text("/".into()));
    stage.screen.run();
    let filter = stage.screen.get_by_role_and_label(Role::TextInput, "Filter");
    assert!(filter.is_focused());
    assert_eq!(filter.value().as_deref().unwrap_or_default(), "", "the slash is no text");
    filter.type_text("SNOM 0004130a");
    stage.screen.run();
    stage.screen.get_by_role(Role::ListBoxOption);
    stage.screen.get_by_label("1 of 3 phones");
    let filter = stage.screen.get_by_role_and_label(Role::TextInput, "Filter");
    filter.type_text(" nobody");
    stage.screen.run();
    stage.screen.get_by_label_contains("No phone matches");
    stage.screen.key_press(Key::Escape);
    stage.screen.run();
    assert_eq!(stage.screen.get_all_by_role(Role::ListBoxOption).count(), 3);
}

#[test]
fn the_chosen_phone_stays_chosen_when_others_ask() {
    let mut stage = Stage::with(one_phone());
    stage.screen.key_press(Key::ArrowDown);
    stage.screen.run();
    let mut view = three_phones();
    view.phones.rotate_left(1);
    stage.show(view);
    let chosen: Vec<String> = stage
        .screen
        .get_all_by_role(Role::ListBoxOption)
        .filter(|row| row.accesskit_node().is_selected() == Some(true))
        .filter_map(|row| row.accesskit_node().label())
        .collect();
    assert!(matches!(&chosen[..], [name] if name.contains(MAC_SHOWN)), "{chosen:?}");
}

#[test]
fn nothing_is_painted_while_nothing_happens() {
    let delay =
        |stage: &Stage| stage.screen.output().viewport_output[&ViewportId::ROOT].repaint_delay;
    let mut stage = Stage::with(quiet());
    stage.screen.run();
    assert!(delay(&stage) > Duration::from_hours(1), "{:?}", delay(&stage));
    stage.screen.key_press_modifiers(Modifiers::COMMAND, Key::L);
    stage.screen.run();
    assert!(delay(&stage) > Duration::from_hours(1), "a cursor that blinks is painted");
    stage.show(one_phone());
    // Only the words for how long ago a phone asked change by themselves.
    let until = delay(&stage);
    assert!((Duration::from_secs(1)..=Duration::from_secs(10)).contains(&until), "{until:?}");
}

#[test]
fn ten_thousand_phones_are_a_list_like_any_other() {
    let mut view = one_phone();
    let row = view.phones[0].clone();
    view.phones = (0..10_000)
        .map(|number| {
            let mut row = row.clone();
            Arc::make_mut(&mut row.phone).id = format!("{number:012x}");
            row
        })
        .collect();
    let mut stage = Stage::with(view);
    assert!(stage.screen.get_all_by_role(Role::ListBoxOption).count() < 40);
    stage.screen.key_press(Key::End);
    stage.screen.run();
    let selected = |row: &egui_kittest::Node<'_>| row.accesskit_node().is_selected() == Some(true);
    assert!(stage.screen.get_all_by_role(Role::ListBoxOption).any(|row| selected(&row)));
}

#[test]
fn an_engine_that_ended_is_not_shown_as_answering() {
    let mut stage = Stage::with(one_phone());
    stage.scene.borrow_mut().state = State::Ended("The engine has ended.".into());
    stage.screen.run();
    stage.screen.get_by_role_and_label(Role::Status, "The engine has ended.");
    assert!(stage.screen.query_by_label_contains("Answering").is_none());
}

#[test]
fn a_narrow_window_still_holds_everything() {
    let mut stage = Stage::with(three_phones());
    stage.screen.set_size(egui::vec2(320.0, 640.0));
    stage.screen.key_press(Key::ArrowDown);
    stage.screen.run();
    for part in ["What happened", "Ladder", "Messages"] {
        stage.screen.get_by_role_and_label(Role::Region, part);
    }
    stage.screen.get_by_label("Keys");
    for (role, name) in [
        (Role::TextInput, "URL for every phone"),
        (Role::TextInput, "Filter"),
        (Role::Button, "Answer"),
        (Role::Button, "Apply"),
        (Role::Button, "Close"),
    ] {
        let place = stage.screen.get_by_role_and_label(role, name).rect();
        assert!(place.left() >= 0.0 && place.right() <= 320.0, "{name}: {place:?}");
    }
}

#[test]
fn the_chosen_phones_ladder_says_who_said_what_to_whom() {
    let mut stage = Stage::with(three_phones());
    stage.screen.get_by_label_contains(MAC_SHOWN).click();
    stage.screen.run();
    let ladder = stage.screen.get_by_role_and_label(Role::Region, "Ladder");
    // Phone and server share this machine's address: the port tells them apart.
    let asked = ladder.get_by_label_contains("SUBSCRIBE from 127.0.0.1:").value();
    let asked = asked.unwrap();
    assert!(asked.contains(" to 239.255.79."), "{asked}");
    let told = ladder.get_by_label_contains("NOTIFY from 127.0.0.1:37").value();
    let told = told.unwrap();
    assert!(told.contains(" to 127.0.0.1:") && told.contains("tftp://"), "{told}");
    assert!(ladder.get_all_by_label_contains("200 OK from 127.0.0.1:").count() >= 2);
}

#[test]
fn a_phone_is_adopted_ignored_named_and_that_is_undone_by_keyboard() {
    let mut stage = Stage::with(three_phones());
    stage.screen.key_press_modifiers(CTRL_SHIFT, Key::D);
    stage.screen.run();
    stage.screen.get_by_label_contains("no phone is chosen");
    assert_eq!(stage.told(), [""; 0]);

    stage.screen.key_press(Key::ArrowDown);
    stage.screen.run();
    stage.screen.key_press_modifiers(CTRL_SHIFT, Key::D);
    stage.screen.key_press_modifiers(CTRL_SHIFT, Key::I);
    stage.screen.key_press_modifiers(CTRL_SHIFT, Key::U);
    stage.screen.key_press(Key::F2);
    stage.screen.run();
    let name = stage.screen.get_by_role_and_label(Role::TextInput, "Name");
    assert!(name.is_focused());
    name.type_text("Lobby");
    stage.screen.key_press(Key::Enter);
    stage.screen.run();
    let phones = || vec![support::MAC.to_owned()];
    let named = Command::Name { phone: support::MAC.into(), name: Some("Lobby".into()) };
    let wanted = [
        Command::Adopt { phones: phones() },
        Command::Ignore { phones: phones() },
        Command::Undo,
        named,
    ];
    assert_eq!(stage.scene.borrow().told, wanted);

    let mut view = three_phones();
    view.phones[0].name = Some("Lobby".into());
    view.phones[0].adoption = Adoption::Adopted;
    stage.show(view);
    let rows = stage.screen.get_all_by_role(Role::ListBoxOption);
    let told: Vec<String> = rows.filter_map(|row| row.accesskit_node().label()).collect();
    assert!(told.iter().any(|row| row.contains("Lobby, yealink")), "{told:?}");
    stage.screen.get_by_label("Adopted");
    stage.screen.get_by_role_and_label(Role::Button, "Release").click();
    stage.screen.run();
    let released = Command::Release { phones: phones() };
    assert_eq!(stage.scene.borrow().told.last(), Some(&released));
}

#[test]
fn no_size_of_the_window_ends_the_console() {
    let mut stage = Stage::with(three_phones());
    stage.screen.key_press(Key::ArrowDown);
    for (width, height) in
        [(1240.0, 760.0), (390.0, 760.0), (320.0, 320.0), (1240.0, 320.0), (730.0, 500.0)]
    {
        stage.screen.set_size(egui::vec2(width, height));
        stage.screen.run();
        stage.screen.get_by_role_and_label(Role::Button, "Close");
    }
}
