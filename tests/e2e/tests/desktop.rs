//! The real desktop app in its window under Xvfb, with phones of another host that send raw bytes.

#![cfg(target_os = "linux")]

use anyhow::{Result, ensure};
use fingerpost_e2e::driver::on;
use fingerpost_e2e::inspector;
use fingerpost_e2e::phones::{
    SENTENCE, STORY, URL, a_message_is_sent, a_phone_checks_again, a_phone_is_answered,
    a_phone_is_simulated, messages_are_shown, phones_are_seen, row,
};
use fingerpost_e2e::window::Desk;
use fingerpost_system_tests::fixture::corpus;
use fingerpost_system_tests::office::Office;
use fingerpost_system_tests::program::run;
use fingerpost_system_tests::serve::command;
use std::net::UdpSocket;
use std::path::Path;
use std::time::Duration;

#[test]
#[ignore = "needs root, network namespaces and a display; cargo xtask test runs it"]
fn the_window_sees_phones_answers_them_and_finds_its_settings_again() -> Result<()> {
    let office = Office::open()?;
    let desk = Desk::set_up(&office)?;
    on(&office.server, || async {
        let person = desk.open("light").await?;
        phones_are_seen(&person, &office).await?;
        person.picture("desktop-observing-light").await?;
        a_phone_is_answered(&person, &office, 1).await?;
        person.picture("desktop-phone-light").await?;
        messages_are_shown(&person).await?;
        person.picture("desktop-messages-light").await?;
        person.leave().await?;

        let person = desk.open("dark").await?;
        person
            .until_holds(SENTENCE, "Answering on 1 card with tftp://%{server}/%{mac}.cfg.")
            .await?;
        a_phone_is_answered(&person, &office, 2).await?;
        person.picture("desktop-phone-dark").await?;
        person.leave().await
    })
}

#[test]
#[ignore = "needs root, network namespaces and a display; cargo xtask test runs it"]
fn the_window_simulates_a_phone_asks_a_real_one_to_check_again_and_sends_it_a_message() -> Result<()>
{
    let office = Office::open()?;
    office.desk.set_hardware_address("eth0", "00:04:13:a1:b2:c3")?;
    let desk = Desk::set_up(&office)?;
    on(&office.server, || async {
        let person = desk.open("light").await?;
        person.enter(URL, "tftp://%{server}/%{mac}.cfg").await?;
        person.press("Answer").await?;
        a_phone_is_simulated(&person, &office).await?;
        a_phone_is_answered(&person, &office, 1).await?;
        a_phone_checks_again(&person, &office).await?;
        person.picture("desktop-check-sync-light").await?;
        a_message_is_sent(&person, &office).await?;
        person.picture("desktop-sent-light").await?;
        person.leave().await
    })
}

/// The first bytes of what a page is given of phones as files. Where they are saved is asked by the system's dialog, which
/// no driver reaches.
const FILES: &str = "
    const begin = (bytes) => [...new Uint8Array(bytes)].slice(0, 4).join(' ');
    const ask = (name, given) => window.__TAURI_INTERNALS__.invoke(name, given).then(begin);
    const exchange = (format) => ask('exchange', { id: '000413a1b2c3', number: 1, format });
    return Promise.all([ask('phones_csv'), exchange('pcapng'), exchange('sip'), exchange('json')]);";

#[test]
#[ignore = "needs root, network namespaces and a display; cargo xtask test runs it"]
fn the_window_gives_phones_as_files_and_shows_a_phones_own_page_in_the_systems_browser()
-> Result<()> {
    let office = Office::open()?;
    let desk = Desk::set_up(&office)?;
    on(&office.server, || async {
        let person = desk.open("light").await?;
        a_phone_is_answered(&person, &office, 1).await?;
        let given = person.run(FILES, &[]).await?;
        // CSV with its mark, a section header block, a heading, an object.
        let begins = ["239 187 191 105", "10 13 13 10", "35 32 50 48", "123 34 114 101"];
        ensure!(given == serde_json::json!(begins), "{given}");
        person.press("Open its web page").await?;
        let shown = desk.shown_in_the_browser()?;
        ensure!(shown == "http://10.13.2.37/", "{shown} was opened");
        person.until_holds(STORY, "Acknowledged").await?;
        person.leave().await
    })
}

#[test]
#[ignore = "needs root, network namespaces and a display; cargo xtask test runs it"]
fn a_page_of_a_manual_is_taken_apart_in_the_window() -> Result<()> {
    let office = Office::open()?;
    let desk = Desk::set_up(&office)?;
    let page = page_of_a_manual()?;
    on(&office.server, || async {
        let person = desk.open("light").await?;
        inspector::paste(&person, &page).await?;
        inspector::tabs_hold(&person, &["NOTIFY", "SUBSCRIBE", "200 OK"]).await?;
        person.click("(//*[@role='tab'])[2]").await?;
        inspector::choose(&person, "model").await?;
        let marked = inspector::marked(&person).await?;
        ensure!(marked.starts_with("model="), "{marked:?} is marked");
        inspector::put_caret(&person, "tftp://").await?;
        person.until_holds("//*[@role='treeitem'][@aria-selected='true']", "body").await?;
        person.picture("desktop-inspector-light").await?;
        person.leave().await
    })
}

/// The field with this label.
fn field(label: &str) -> String {
    format!("//*[@id=//label[normalize-space()='{label}']/@for]")
}

#[test]
#[ignore = "needs root, network namespaces and a display; cargo xtask test runs it"]
fn a_rule_that_is_added_in_the_window_stands_in_the_file_and_is_followed() -> Result<()> {
    let office = Office::open()?;
    let desk = Desk::set_up(&office)?;
    let file = office.lab.folder().join("data/policy.toml");
    on(&office.server, || async {
        let person = desk.open("light").await?;
        person.until_holds(SENTENCE, "Observing on 1 card").await?;
        ensure!(!file.exists(), "there is a policy file already");
        person.press("Rules").await?;
        person.press("Add a rule").await?;
        for (label, words) in [("Name", "reception"), ("Vendor", "snom")] {
            person.click(&field(label)).await?;
            person.keys(words).await?;
        }
        // Enter takes the rule.
        person.enter(&field("URL"), "http://pbx.example/%{mac}.xml").await?;
        person.until_holds("//*[@aria-label='Rules']/li[1]", "reception").await?;
        ensure!(!file.exists(), "it was written before it was saved");
        person.picture("desktop-rules-light").await?;
        person.press("Save").await?;
        person
            .find("//p[contains(., 'The rules stand in') and contains(., 'policy.toml')]")
            .await?;
        let text = std::fs::read_to_string(&file)?;
        let rule = "[[rule]]\nname = \"reception\"\nmatch = { vendor = \"snom\" }\nanswer = { url = \"http://pbx.example/%{mac}.xml\" }\n";
        ensure!(text.contains(rule), "the file holds {text}");
        person.press("Phones").await?;
        office.phone()?.ask(&corpus("phones/snom.sip")?)?;
        person.until_holds(&row("snom"), "reception").await?;
        person.leave().await
    })
}

/// The real one, where `FINGERPOST_MANUAL` names its folder, else ours.
fn page_of_a_manual() -> Result<String> {
    Ok(String::from_utf8(match std::env::var_os("FINGERPOST_MANUAL") {
        Some(folder) => std::fs::read(Path::new(&folder).join("page-54.txt"))?,
        None => corpus("paste/page.txt")?,
    })?)
}

const FIELDS: [(&str, &str); 3] =
    [("Server address", "10.13.4.121"), ("URL template", "tftp://%{server}"), ("Seed", "7")];

#[test]
#[ignore = "needs root, network namespaces and a display; cargo xtask test runs it"]
fn the_composer_of_the_window_writes_what_the_command_writes() -> Result<()> {
    let office = Office::open()?;
    let desk = Desk::set_up(&office)?;
    let subscribe = corpus("manual/subscribe.sip")?;
    let file = office.lab.folder().join("ask.sip");
    std::fs::write(&file, &subscribe)?;
    let composed = |what: &str| -> Result<String> {
        let mut compose = command(&office.server, office.lab.folder())?;
        compose.args([
            "compose",
            what,
            "--dialect",
            "rfc",
            "--server",
            "10.13.4.121",
            "--seed",
            "7",
        ]);
        compose.args(["--url", "tftp://%{server}", "--reply-to"]).arg(&file);
        let text = run(&mut compose, Duration::from_secs(20))?.expect_code(0)?.stdout;
        // A last line without its end was given one by the reader of lines.
        Ok(if text.ends_with("\r\n") { text } else { text.trim_end_matches('\n').into() })
    };
    let (ok, notify) = (composed("ok")?, composed("notify")?);
    on(&office.server, || async {
        let person = desk.open("light").await?;
        person.press("Compose").await?;
        person.press("Reply").await?;
        let text = String::from_utf8(subscribe)?;
        person.paste("//*[@aria-label='The SUBSCRIBE to answer']", &text).await?;
        person.click("//label[normalize-space()='RFC']").await?;
        for (label, value) in FIELDS {
            person
                .enter(&format!("//*[@id=//label[normalize-space()='{label}']/@for]"), value)
                .await?;
        }
        person.picture("desktop-composer-light").await?;
        inspector::letter_is(&person, "200 OK", &ok).await?;
        inspector::letter_is(&person, "NOTIFY", &notify).await?;
        person.leave().await
    })
}

#[test]
#[ignore = "needs root, network namespaces and a display; cargo xtask test runs it"]
fn a_window_that_cannot_listen_says_why_and_listens_when_it_can() -> Result<()> {
    let office = Office::open()?;
    let desk = Desk::set_up(&office)?;
    let holder = office.server.enter(|| Ok(UdpSocket::bind("0.0.0.0:5060")?))?;
    on(&office.server, || async {
        let person = desk.open("light").await?;
        person.picture("desktop-port-held-light").await?;
        person.until_holds(SENTENCE, "Not listening").await?;
        person.enter(URL, "tftp://%{server}").await?;
        person.press("Answer").await?;
        let words = person.find(SENTENCE).await?.text().await?;
        ensure!(words.contains("5060") && !words.contains("Answering"), "{words}");
        person.picture("desktop-port-held-light").await?;
        drop(holder);
        person.press("Listen again").await?;
        person.until_says(SENTENCE, "Answering on 1 card with tftp://%{server}.").await?;
        office.phone()?.ask(&corpus("phones/snom.sip")?)?;
        person.find(&row("snom")).await?;
        person.leave().await
    })
}
