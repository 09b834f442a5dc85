//! Cards that come, go and change while the server runs: joined again by itself, and said so.

#![cfg(target_os = "linux")]

use anyhow::Result;
use fingerpost_system_tests::fixture::{manual_subscribe, replaced};
use fingerpost_system_tests::office::{Office, PHONE, SERVER};
use fingerpost_system_tests::phone::Phone;
use fingerpost_system_tests::serve::{Serve, named};
use serde_json::Value;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

const URL: [&str; 2] = ["--url", "tftp://%{server}"];

/// The server looks at its cards every two seconds.
const NOTICED: Duration = Duration::from_secs(15);

/// The desk's address on a second network, 10.14.0.0/16, and the server's.
const OTHER_PHONE: &str = "10.14.2.37";
const OTHER_SERVER: &str = "10.14.4.121";

fn is_of<'a>(card: &'a str, state: &'a str) -> impl Fn(&Value) -> bool + 'a {
    move |event| event["interface"] == card && event["state"] == state
}

/// The phone asks (anew, not again) and is sent the URL with `server`, from there.
fn assert_answered(phone: &Phone, address: &str, server: &str) -> Result<()> {
    static ASKED: AtomicU32 = AtomicU32::new(0);
    let number = format!("z9hG4bK-n{}", ASKED.fetch_add(1, Ordering::Relaxed));
    phone.ask(&replaced(&manual_subscribe(address)?, "z9hG4bK", &number)?)?;
    let answers = phone.answers()?;
    assert_eq!(answers.notify.from.to_string(), format!("{server}:5060"));
    let text = answers.notify.text();
    assert!(text.ends_with(&format!("\r\n\r\ntftp://{server}")), "{text}");
    phone.reply(&answers.notify, "200 OK")?;
    Ok(())
}

/// Waits until the server said that it listens on the card with this address.
fn assert_listening(serve: &mut Serve, card: &str, address: &str) -> Result<()> {
    let is_it = |event: &Value| event["interface"] == card && event["address"] == address;
    serve.wait_for("listening", is_it, NOTICED)?;
    Ok(())
}

#[test]
#[ignore = "needs root and network namespaces; cargo xtask test runs it"]
fn a_card_that_comes_later_is_joined_and_its_phone_answered() -> Result<()> {
    let mut office = Office::open()?;
    let mut serve = office.serve(&URL)?;
    let lan = office.lab.lan()?;
    office.lab.plug(&office.desk, "eth1", &lan, &format!("{OTHER_PHONE}/16"))?;
    office.lab.plug(&office.server, "eth1", &lan, &format!("{OTHER_SERVER}/16"))?;
    serve.wait_for("interface_changed", is_of("eth1", "listening"), NOTICED)?;
    assert_listening(&mut serve, "eth1", OTHER_SERVER)?;
    let phone = Phone::at(&office.desk, &format!("{OTHER_PHONE}:5060"))?;
    assert_answered(&phone, OTHER_PHONE, OTHER_SERVER)?;
    assert_answered(&office.phone()?, PHONE, SERVER)?;
    serve.stop()?;
    Ok(())
}

#[test]
#[ignore = "needs root and network namespaces; cargo xtask test runs it"]
fn a_card_that_comes_again_under_its_name_is_joined_again() -> Result<()> {
    let mut office = Office::open()?;
    let mut serve = office.serve(&[&URL[..], &["--interface", "eth0"]].concat())?;
    office.server.pull_out("eth0")?;
    serve.wait_for("interface_changed", is_of("eth0", "gone"), NOTICED)?;
    office.lab.plug(&office.server, "eth0", &office.lan, &format!("{SERVER}/16"))?;
    serve.wait_for("interface_changed", is_of("eth0", "listening"), NOTICED)?;
    assert_listening(&mut serve, "eth0", SERVER)?;
    assert_answered(&office.phone()?, PHONE, SERVER)?;
    let events = serve.stop()?;
    assert_eq!(named(&events, "interface_changed").len(), 2, "{events:#?}");
    Ok(())
}

#[test]
#[ignore = "needs root and network namespaces; cargo xtask test runs it"]
fn a_card_with_another_address_answers_from_it() -> Result<()> {
    const NEW: &str = "10.13.4.200";
    let office = Office::open()?;
    let mut serve = office.serve(&URL)?;
    assert_answered(&office.phone()?, PHONE, SERVER)?;
    office.server.take_address("eth0", &format!("{SERVER}/16"))?;
    serve.wait_for("interface_changed", is_of("eth0", "failed"), NOTICED)?;
    office.server.add_address("eth0", &format!("{NEW}/16"))?;
    assert_listening(&mut serve, "eth0", NEW)?;
    assert_answered(&office.phone()?, PHONE, NEW)?;
    // One more beside it, in the phone's second network.
    office.server.add_address("eth0", &format!("{OTHER_SERVER}/16"))?;
    serve.wait_for("interface_changed", is_of("eth0", "listening"), NOTICED)?;
    assert_listening(&mut serve, "eth0", NEW)?;
    office.desk.add_address("eth0", &format!("{OTHER_PHONE}/16"))?;
    let phone = Phone::at(&office.desk, &format!("{OTHER_PHONE}:5060"))?;
    assert_answered(&phone, OTHER_PHONE, OTHER_SERVER)?;
    assert_answered(&office.phone()?, PHONE, NEW)?;
    serve.stop()?;
    Ok(())
}

#[test]
#[ignore = "needs root and network namespaces; cargo xtask test runs it"]
fn a_card_that_was_switched_off_is_heard_again() -> Result<()> {
    let office = Office::open()?;
    let mut serve = office.serve(&URL)?;
    office.server.switch_off("eth0")?;
    serve.wait_for("interface_changed", is_of("eth0", "down"), NOTICED)?;
    office.server.switch_on("eth0")?;
    serve.wait_for("interface_changed", is_of("eth0", "listening"), NOTICED)?;
    assert_listening(&mut serve, "eth0", SERVER)?;
    assert_answered(&office.phone()?, PHONE, SERVER)?;
    serve.stop()?;
    Ok(())
}

#[test]
#[ignore = "needs root and network namespaces; cargo xtask test runs it"]
fn a_phone_in_a_vlan_is_answered_from_the_vlans_address() -> Result<()> {
    let mut office = Office::open()?;
    let (server, phone) = (format!("{OTHER_SERVER}/16"), format!("{OTHER_PHONE}/16"));
    let members = [(&office.server, server.as_str()), (&office.desk, phone.as_str())];
    if !office.lab.vlan(20, "eth0", &members)? {
        eprintln!("this kernel knows no VLANs: a network of its own stands in for it");
    }
    let mut serve = Serve::start(&office.server, office.lab.folder(), 2, &URL)?;
    let phone = Phone::at(&office.desk, &format!("{OTHER_PHONE}:5060"))?;
    assert_answered(&phone, OTHER_PHONE, OTHER_SERVER)?;
    assert_answered(&office.phone()?, PHONE, SERVER)?;
    let on_vlan = |event: &Value| event["interface"] == "eth0.20";
    serve.wait_for("phone_asked", on_vlan, NOTICED)?;
    serve.stop()?;
    Ok(())
}

#[test]
#[ignore = "needs root and network namespaces; cargo xtask test runs it"]
fn a_tunnel_is_left_out_with_a_word_unless_it_is_named() -> Result<()> {
    let office = Office::open()?;
    office.server.add_tunnel("vpn0", "10.99.0.1/24")?;
    let mut serve = office.serve(&URL)?;
    let said = serve.wait_for("interface_changed", is_of("vpn0", "left_out"), NOTICED)?;
    assert!(said["reason"].as_str().unwrap_or_default().contains("tunnel"), "{said}");
    office.server.add_tunnel("vpn1", "10.98.0.1/24")?;
    serve.wait_for("interface_changed", is_of("vpn1", "left_out"), NOTICED)?;
    let events = serve.stop()?;
    assert_eq!(named(&events, "interface_changed").len(), 2, "each is said once: {events:#?}");
    assert_eq!(named(&events, "listening").len(), 1, "{events:#?}");
    let mut named_one = office.serve(&[&URL[..], &["--interface", "vpn0"]].concat())?;
    assert!(named_one.wait_for("interface_changed", |_| true, Duration::from_secs(1)).is_err());
    named_one.stop()?;
    Ok(())
}

#[test]
#[ignore = "needs root and network namespaces; cargo xtask test runs it"]
fn a_card_that_a_changed_policy_names_is_joined_and_waited_for_where_it_is_missing() -> Result<()> {
    let mut office = Office::open()?;
    let lan = office.lab.lan()?;
    office.lab.plug(&office.desk, "eth1", &lan, &format!("{OTHER_PHONE}/16"))?;
    let file = office.lab.folder().join("cards.toml");
    let policy = |cards: &str| {
        format!(
            "version = 1\ninterfaces = [{cards}]\n[[rule]]\nanswer.url = \"tftp://%{{server}}\""
        )
    };
    std::fs::write(&file, policy("\"eth0\""))?;
    let name = file.to_str().unwrap_or_default().to_owned();
    let mut serve = office.serve(&["--config", &name])?;
    std::fs::write(&file, policy("\"eth1\""))?;
    serve.wait_for("policy_changed", |_| true, NOTICED)?;
    serve.wait_for("interface_changed", is_of("eth0", "left_out"), NOTICED)?;
    serve.wait_for("interface_changed", is_of("eth1", "gone"), NOTICED)?;
    office.lab.plug(&office.server, "eth1", &lan, &format!("{OTHER_SERVER}/16"))?;
    assert_listening(&mut serve, "eth1", OTHER_SERVER)?;
    let phone = Phone::at(&office.desk, &format!("{OTHER_PHONE}:5060"))?;
    assert_answered(&phone, OTHER_PHONE, OTHER_SERVER)?;
    let unheard = office.phone()?;
    unheard.ask(&manual_subscribe(PHONE)?)?;
    unheard.stay_unheard(Duration::from_millis(700))?;
    serve.stop()?;
    Ok(())
}
