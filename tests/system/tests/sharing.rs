//! Where it listens: cards with several addresses, and a telephone system on the same machine that has the port.

#![cfg(target_os = "linux")]

use anyhow::{Context, Result};
use fingerpost_system_tests::fixture::manual_subscribe;
use fingerpost_system_tests::office::{Office, PHONE, SERVER};
use fingerpost_system_tests::phone::Phone;
use fingerpost_system_tests::serve::{SOON, named};
use fingerpost_system_tests::sip::{Sip, uri};
use std::time::Duration;

const URL: [&str; 2] = ["--url", "tftp://%{server}"];
const CALL: &[u8] = b"INVITE sip:12@10.13.4.121 SIP/2.0\r\n\r\n";

#[test]
#[ignore = "needs root and network namespaces; cargo xtask test runs it"]
fn a_card_with_several_addresses_answers_each_phone_from_the_one_on_its_subnet() -> Result<()> {
    let office = Office::open()?;
    office.server.add_address("eth0", "10.77.0.1/24")?;
    office.server.add_address("eth0", "192.168.9.1/24")?;
    let mut serve = office.serve(&URL)?;
    let places = [(PHONE, SERVER), ("10.77.0.9", "10.77.0.1"), ("192.168.9.77", "192.168.9.1")];
    for (address, server) in places {
        if address != PHONE {
            office.desk.add_address("eth0", &format!("{address}/24"))?;
        }
        let phone = Phone::at(&office.desk, &format!("{address}:5060"))?;
        phone.ask(&manual_subscribe(address)?)?;
        let answers = phone.answers()?;
        assert_eq!(answers.ok.from.to_string(), format!("{server}:5060"));
        assert_eq!(answers.notify.from.to_string(), format!("{server}:5060"));
        let url = format!("\r\n\r\ntftp://{server}");
        assert!(answers.notify.text().ends_with(&url), "{}", answers.notify.text());
        phone.reply(&answers.notify, "200 OK")?;
        serve.wait_for("acknowledged", |event| event["phone"]["address"] == address, SOON)?;
    }
    serve.stop()?;
    Ok(())
}

/// A telephone system at `address`, which may share its port; a phone is answered, and calls still reach the system.
fn assert_both_live(address: &str, shares: bool) -> Result<()> {
    let office = Office::open()?;
    let system = if shares {
        Phone::sharing(&office.server, address)?
    } else {
        Phone::at(&office.server, address)?
    };
    let mut serve = office.serve(&[&URL[..], &["--config"], &[&rfc(&office)?]].concat())?;
    let listening = serve.wait_for("interface_changed", |_| true, SOON)?;
    assert_eq!(listening["state"], "other_port", "{listening}");
    let reason = listening["reason"].as_str().context("no reason")?;
    assert!(reason.contains("5060"), "{reason}");

    let phone = office.phone()?;
    phone.ask(&manual_subscribe(PHONE)?)?;
    let answers = phone.answers()?;
    let from = answers.notify.from;
    assert!(from.ip().to_string() == SERVER && from.port() != 5060, "{from}");
    assert_eq!(answers.ok.from, from);
    // What the phone is told is where we are: Via and Contact name the port that answers leave from.
    let notify = Sip::read(&answers.notify.bytes)?;
    assert_eq!(uri(notify.only("Contact")?), format!("sip:{from}"));
    assert!(notify.only("Via")?.contains(&from.to_string()), "{notify:?}");
    phone.reply(&answers.notify, "200 OK")?;
    serve.wait_for("acknowledged", |_| true, SOON)?;

    phone.send(CALL, format!("{SERVER}:5060").parse()?)?;
    let heard = std::iter::from_fn(|| system.hear(Duration::from_secs(2)).ok().flatten());
    let calls = heard.take(4).filter(|datagram| datagram.bytes == CALL).count();
    assert_eq!(calls, 1, "a call must reach the telephone system, once");
    let events = serve.stop()?;
    assert!(named(&events, "rejected").is_empty(), "its calls are not ours: {events:#?}");
    Ok(())
}

fn rfc(office: &Office) -> Result<String> {
    let path = office.lab.folder().join("rfc.toml");
    let rule = "[[rule]]\nanswer = { url = \"tftp://%{server}\", dialect = \"rfc\" }\n";
    std::fs::write(&path, format!("version = 1\n{rule}"))?;
    Ok(path.to_str().context("the folder's name is no text")?.to_owned())
}

#[test]
#[ignore = "needs root and network namespaces; cargo xtask test runs it"]
fn beside_a_telephone_system_on_the_cards_own_address_both_live() -> Result<()> {
    assert_both_live(&format!("{SERVER}:5060"), false)
}

#[test]
#[ignore = "needs root and network namespaces; cargo xtask test runs it"]
fn beside_a_telephone_system_that_shares_the_port_of_all_addresses_both_live() -> Result<()> {
    assert_both_live("0.0.0.0:5060", true)
}

#[test]
#[ignore = "needs root and network namespaces; cargo xtask test runs it"]
fn a_vlan_and_the_card_under_it_are_two_cards_with_rules_of_their_own() -> Result<()> {
    let mut office = Office::open()?;
    let members = [(&office.server, "10.20.0.1/24"), (&office.desk, "10.20.0.9/24")];
    office.lab.vlan(20, "eth0", &members)?;
    let path = office.lab.folder().join("vlans.toml");
    let rules = "[[rule]]\nmatch = { interface = \"eth0.20\" }\nanswer = { url = \"tftp://voice\" }\n[[rule]]\nignore = true\n";
    std::fs::write(&path, format!("version = 1\n{rules}"))?;
    let config = path.to_str().context("the folder's name is no text")?;
    let mut serve = fingerpost_system_tests::serve::Serve::start(
        &office.server,
        office.lab.folder(),
        2,
        &["--config", config],
    )?;
    let voice = Phone::at(&office.desk, "10.20.0.9:5060")?;
    voice.ask(&manual_subscribe("10.20.0.9")?)?;
    assert!(voice.answers()?.notify.text().ends_with("\r\n\r\ntftp://voice"));
    let data = office.phone()?;
    data.ask(&manual_subscribe(PHONE)?)?;
    serve.wait_for("ignored", |event| event["reason"] == "rule 2 says ignore", SOON)?;
    data.stay_unheard(Duration::from_millis(300))?;
    serve.stop()?;
    Ok(())
}
