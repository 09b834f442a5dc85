//! What the desktop app does as a program of the desktop: one window, files, tray, notifications, its place, its end.

#![cfg(target_os = "linux")]

use anyhow::{Context, Result, ensure};
use fingerpost_e2e::driver::on;
use fingerpost_e2e::inspector;
use fingerpost_e2e::person::{PATIENCE, Person};
use fingerpost_e2e::phones::{SENTENCE, URL, row};
use fingerpost_e2e::session::Bus;
use fingerpost_e2e::window::Desk;
use fingerpost_system_tests::fixture::corpus;
use fingerpost_system_tests::office::Office;
use serde_json::json;
use std::time::{Duration, Instant};

const CTRL_1: &str = "\u{e009}1";
const CTRL_5: &str = "\u{e009}5";
const CTRL_K: &str = "\u{e009}k";
const ENTER: char = '\u{e007}';
const CTRL_Q: &str = "\u{e009}q";
const QUESTION: &str = "Leave Fingerpost";
const ANSWERING: &str = "Answering on 1 card with tftp://%{server}.";
const OBSERVING: &str = "Observing on 1 card: nothing is answered.";

/// Waits until it is so.
async fn until(what: &str, is_so: impl Fn() -> Result<bool>) -> Result<()> {
    let deadline = Instant::now() + PATIENCE;
    while !is_so()? {
        ensure!(Instant::now() < deadline, "{what}: not so after {PATIENCE:?}");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    Ok(())
}

async fn answer(person: &Person) -> Result<()> {
    person.enter(URL, "tftp://%{server}").await?;
    person.press("Answer").await?;
    person.until_says(SENTENCE, ANSWERING).await
}

#[test]
#[ignore = "needs root, network namespaces and a display; cargo xtask test runs it"]
fn a_file_named_at_the_start_is_open_in_the_inspector_and_keys_lead_to_the_pages() -> Result<()> {
    let office = Office::open()?;
    let desk = Desk::set_up(&office)?;
    let file = office.lab.folder().join("a phone.sip");
    std::fs::write(&file, corpus("phones/snom.sip")?)?;
    let file = file.to_str().context("the path is no text")?;
    on(&office.server, || async {
        let person = desk.open_with(&[file]).await?;
        inspector::tabs_hold(&person, &["SUBSCRIBE"]).await?;
        person.keys(CTRL_1).await?;
        person.until_says(SENTENCE, OBSERVING).await?;
        person.keys(CTRL_5).await?;
        inspector::tabs_hold(&person, &["SUBSCRIBE"]).await?;
        person.leave().await
    })
}

#[test]
#[ignore = "needs root, network namespaces and a display; cargo xtask test runs it"]
fn a_file_that_is_dropped_on_the_phones_page_is_open_in_the_inspector() -> Result<()> {
    let office = Office::open()?;
    let desk = Desk::set_up(&office)?;
    let text = String::from_utf8(corpus("phones/snom.sip")?)?;
    on(&office.server, || async {
        let person = desk.open("light").await?;
        person.until_says(SENTENCE, OBSERVING).await?;
        let script = "
            const dataTransfer = new DataTransfer();
            dataTransfer.items.add(new File([arguments[0]], 'phone.sip'));
            const drop = new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true });
            return document.querySelector('main').dispatchEvent(drop);";
        let is_left = person.run(script, &[json!(text)]).await?;
        ensure!(is_left == json!(false), "nobody takes the drop");
        inspector::tabs_hold(&person, &["SUBSCRIBE"]).await?;
        person.leave().await
    })
}

#[test]
#[ignore = "needs root, network namespaces and a display; cargo xtask test runs it"]
fn a_second_start_hands_its_file_to_the_open_window_and_ends() -> Result<()> {
    let office = Office::open()?;
    let desk = Desk::set_up(&office)?;
    let file = office.lab.folder().join("manual.sip");
    std::fs::write(&file, corpus("manual/subscribe.sip")?)?;
    let file = file.to_str().context("the path is no text")?;
    on(&office.server, || async {
        let person = desk.open("light").await?;
        person.until_says(SENTENCE, OBSERVING).await?;
        desk.start_again(&office, &[file])?.expect_code(0)?;
        inspector::tabs_hold(&person, &["SUBSCRIBE"]).await?;
        person.find("//*[@role='treeitem'][contains(., 'request line')]").await?;
        let missing = desk.start_again(&office, &["/nowhere.pcap"])?.expect_code(2)?;
        ensure!(missing.stderr.contains("/nowhere.pcap"), "{}", missing.stderr);
        person.leave().await
    })
}

#[test]
#[ignore = "needs root, network namespaces and a display; cargo xtask test runs it"]
fn the_window_comes_back_where_it_was_and_as_large() -> Result<()> {
    let office = Office::open()?;
    let desk = Desk::set_up(&office)?;
    let kept = office.lab.folder().join("data/window.json");
    let geometry = || -> Result<String> {
        let window = desk.display().window("Phones .* Fingerpost")?;
        let geometry = desk.display().hands(&["getwindowgeometry", "--shell", &window])?;
        let wanted = |line: &&str| !line.starts_with("WINDOW") && !line.starts_with("SCREEN");
        Ok(geometry.lines().filter(wanted).collect::<Vec<_>>().join(" "))
    };
    on(&office.server, || async {
        let person = desk.open("light").await?;
        person.until_says(SENTENCE, OBSERVING).await?;
        let window = desk.display().window("Phones .* Fingerpost")?;
        desk.display().hands(&["windowsize", &window, "900", "610"])?;
        desk.display().hands(&["windowmove", &window, "70", "40"])?;
        until("its place is written", || {
            let text = std::fs::read_to_string(&kept).unwrap_or_default();
            Ok(text.contains("\"x\": 70") && text.contains("\"height\": 610.0"))
        })
        .await?;
        person.leave().await?;

        let person = desk.open("light").await?;
        person.until_says(SENTENCE, OBSERVING).await?;
        until("it is where it was", || Ok(geometry()? == "X=70 Y=40 WIDTH=900 HEIGHT=610")).await?;
        person.leave().await
    })
}

#[test]
#[ignore = "needs root, network namespaces and a display; cargo xtask test runs it"]
fn the_palette_switches_the_start_with_the_session_on_and_off() -> Result<()> {
    let office = Office::open()?;
    let desk = Desk::set_up(&office)?;
    let entry = office.lab.folder().join(".config/autostart/fingerpost.desktop");
    on(&office.server, || async {
        let person = desk.open("light").await?;
        person.until_says(SENTENCE, OBSERVING).await?;
        for (title, said, is_on) in [
            ("Open Fingerpost when I log in", "Fingerpost opens when you log in.", true),
            ("Do not open Fingerpost when I log in", "Fingerpost does not open", false),
        ] {
            person.keys(CTRL_K).await?;
            person.find(&format!("//*[@role='option'][contains(., '{title}')]")).await?;
            person.keys(&format!("{title}{ENTER}")).await?;
            person.until_holds("//footer//*[@role='status']", said).await?;
            ensure!(entry.exists() == is_on, "{} after {title:?}", entry.display());
            if is_on {
                let text = std::fs::read_to_string(&entry)?;
                ensure!(text.contains("fingerpost-desktop\" --data \""), "{text}");
            }
        }
        person.leave().await
    })
}

#[test]
#[ignore = "needs root, network namespaces and a display; cargo xtask test runs it"]
fn leaving_while_phones_are_answered_asks_and_a_closed_question_is_no_yes() -> Result<()> {
    let office = Office::open()?;
    let desk = Desk::set_up(&office)?;
    on(&office.server, || async {
        let person = desk.open("light").await?;
        answer(&person).await?;
        person.keys(CTRL_Q).await?;
        let question = desk.display().window(QUESTION)?;
        desk.display().hands(&["windowfocus", "--sync", &question])?;
        desk.display().hands(&["key", "Escape"])?;
        until("the question is closed", || Ok(desk.display().count(QUESTION)? == 0)).await?;
        person.until_says(SENTENCE, ANSWERING).await?;

        person.press("Observe").await?;
        person.until_says(SENTENCE, OBSERVING).await?;
        // The page goes with its window: nobody may be there to say that the keys were pressed.
        let _ = person.keys(CTRL_Q).await;
        until("the window is gone", || Ok(!desk.is_open()?)).await
    })
}

#[test]
#[ignore = "needs root, network namespaces and a display; cargo xtask test runs it"]
fn the_tray_says_how_things_stand_turns_the_switch_and_keeps_the_window() -> Result<()> {
    let office = Office::open()?;
    let bus = Bus::start(office.lab.folder())?;
    let desk = Desk::on_bus(&office, bus.address())?;
    on(&office.server, || async {
        let desktop = bus.desktop().await?;
        let person = desk.open("light").await?;
        desktop.line(|line| line.label == OBSERVING).await?;
        person.enter(URL, "tftp://%{server}").await?;
        desktop.click("Answer phones").await?;
        person.until_says(SENTENCE, ANSWERING).await?;
        desktop.line(|line| line.label == ANSWERING).await?;
        desktop.line(|line| line.label == "Answer phones" && line.is_checked).await?;

        desktop.click("Quit").await?;
        let question = desk.display().window(QUESTION)?;
        desk.display().hands(&["windowfocus", "--sync", &question])?;
        desk.display().hands(&["key", "Tab", "Return"])?;
        until("the window is hidden", || Ok(desk.display().count("Fingerpost")? == 0)).await?;
        office.phone()?.ask(&corpus("phones/snom.sip")?)?;
        desktop.notice("New phone").await?;
        desktop.click("Open Fingerpost").await?;
        until("the window is back", || Ok(desk.display().count("Fingerpost")? > 0)).await?;
        person.find(&row("snom")).await?;

        desktop.click("Answer phones").await?;
        desktop.line(|line| line.label == "Answer phones" && !line.is_checked).await?;
        let _ = desktop.click("Quit").await;
        until("the program has ended", || Ok(!desk.is_open()?)).await
    })
}

#[test]
#[ignore = "needs root, network namespaces and a display; cargo xtask test runs it"]
fn new_phones_are_announced_together_while_the_window_is_not_in_front_until_that_is_off()
-> Result<()> {
    let office = Office::open()?;
    let bus = Bus::start(office.lab.folder())?;
    let desk = Desk::on_bus(&office, bus.address())?;
    on(&office.server, || async {
        let desktop = bus.desktop().await?;
        let person = desk.open("light").await?;
        person.until_says(SENTENCE, OBSERVING).await?;
        let phone = office.phone()?;
        // This one is seen: the window has the keyboard.
        phone.ask(&corpus("manual/subscribe.sip")?)?;
        person.find(&row("audiocodes")).await?;
        let window = desk.display().window("Phones .* Fingerpost")?;
        desk.display().hands(&["windowunmap", "--sync", &window])?;
        for vendor in ["snom", "yealink", "grandstream", "fanvil"] {
            phone.ask(&corpus(&format!("phones/{vendor}.sip"))?)?;
        }
        let body = desktop.notice("4 new phones").await?;
        ensure!(body.contains("snom") && body.ends_with("and 1 more"), "{body}");
        desktop.click("Tell me of new phones").await?;
        desktop.line(|line| line.label == "Tell me of new phones" && !line.is_checked).await?;
        let kept = std::fs::read_to_string(office.lab.folder().join("data/window.json"))?;
        ensure!(kept.contains("\"notifies\": false"), "{kept}");
        phone.ask(&corpus("phones/gigaset.sip")?)?;
        // Longer than phones are gathered and notices kept apart.
        tokio::time::sleep(Duration::from_secs(23)).await;
        ensure!(desktop.notices().len() == 1, "{:#?}", desktop.notices());
        person.leave().await
    })
}
