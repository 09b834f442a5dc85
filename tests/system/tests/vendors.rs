//! What phones of several vendors send, and that each is known and answered.

#![cfg(target_os = "linux")]

use anyhow::Result;
use fingerpost_system_tests::fixture::corpus;
use fingerpost_system_tests::office::{Office, SERVER};
use fingerpost_system_tests::phone::Phone;
use fingerpost_system_tests::serve::{SOON, Serve, is_address};
use fingerpost_system_tests::sip::Sip;

/// File, source, what is known of the phone (MAC, vendor, model, version), and the form of its first NOTIFY.
type Case = (&'static str, &'static str, [&'static str; 4], &'static str);

/// The hardware address of the card that all of them are on: a phone that does not name its own is known by it.
const CARD: &str = "00908f0a0b0c";

const PHONES: [Case; 17] = [
    ("audiocodes", "10.13.2.60:5060", [CARD, "audiocodes", "420HD", "2.2.8"], "manual"),
    ("snom", "10.13.2.51:5060", ["000413a1b2c3", "snom", "snomD385", "10.1.73.16"], "rfc"),
    ("snom-oem", "10.13.2.61:5060", ["00041322b7d1", "snom", "", "7.1.19"], "rfc"),
    ("snom-dect", "10.13.2.62:5060", ["000413d4e5f6", "snom", "snomM700", "03.24.0010"], "rfc"),
    ("yealink", "10.13.2.52:5059", ["001565c4d5e6", "yealink", "T41S", "66.84.0.15"], "rfc"),
    ("yealink-new", "10.13.2.63:5060", ["805ec0b1c2d3", "yealink", "T54W", "96.86.0.100"], "rfc"),
    (
        "grandstream",
        "10.13.2.53:5080",
        ["c074ade1f2a3", "grandstream", "GRP2614", "1.0.5.67"],
        "rfc",
    ),
    (
        "grandstream-gateway",
        "10.13.2.64:5060",
        ["000b82c3d4e5", "grandstream", "HT802", "1.0.41.5"],
        "rfc",
    ),
    ("fanvil", "10.13.2.54:5060", ["0c383e4a5b6c", "fanvil", "X5U", "2.4.2"], "rfc"),
    ("planet", "10.13.2.55:5060", ["00304f0a1b2c", "planet", "VIP-1140PT", "2.0.3.3010"], "rfc"),
    ("panasonic", "10.13.2.56:5060", ["0080f0c1d2e3", "panasonic", "KX-HDV230", "07.103"], "rfc"),
    ("gigaset", "10.13.2.57:5060", ["7c2f80a4b5c6", "gigaset", "Maxwell3", "2.22.5"], "rfc"),
    ("htek", "10.13.2.65:5060", ["001fc1d0e1f2", "htek", "UC926", "2.0.4.8.42"], "rfc"),
    ("atcom", "10.13.2.66:5060", ["808287a1b2c3", "atcom", "ATCOM", "2.7.3"], "rfc"),
    ("vtech", "10.13.2.67:5060", ["00122ab3c4d5", "vtech", "", "8.7.5"], "rfc"),
    ("urn-uuid", "10.13.2.58:5060", ["00ff8d0a0b0c", "vendor.example.net", "Z200", "3.2.1"], "rfc"),
    ("unknown", "10.13.2.68:5060", [CARD, "audiocodes", "", ""], "manual"),
];

#[test]
#[ignore = "needs root and network namespaces; cargo xtask test runs it"]
fn every_vendors_phone_is_known_and_answered_in_its_form() -> Result<()> {
    let office = Office::open()?;
    office.desk.set_hardware_address("eth0", "00:90:8f:0a:0b:0c")?;
    let mut serve = office.serve(&["--url", "tftp://%{server}/%{mac}.cfg"])?;
    for (file, source, says, form) in PHONES {
        let address = source.split(':').next().unwrap_or_default();
        office.desk.add_address("eth0", &format!("{address}/16"))?;
        let phone = Phone::at(&office.desk, source)?;
        phone.ask(&corpus(&format!("phones/{file}.sip"))?)?;
        assert_known(&mut serve, file, address, says)?;
        assert_served(&mut serve, file, &phone, says[0])?;
        let at = |event: &serde_json::Value| event["phone"]["address"] == address;
        assert_eq!(serve.wait_for("notified", at, SOON)?["dialect"], form, "{file}");
    }
    serve.stop()?;
    Ok(())
}

#[test]
#[ignore = "needs root and network namespaces; cargo xtask test runs it"]
fn a_grandstream_desk_phone_is_sent_the_folder_that_it_needs() -> Result<()> {
    let office = Office::open()?;
    let serve = office.serve(&["--url", "http://%{server}/gs"])?;
    office.desk.add_address("eth0", "10.13.2.53/16")?;
    let phone = Phone::at(&office.desk, "10.13.2.53:5080")?;
    phone.ask(&corpus("phones/grandstream.sip")?)?;
    let notify = phone.answers()?.notify.text();
    assert!(notify.ends_with(&format!("\r\n\r\nhttp://{SERVER}/gs/")), "{notify}");
    serve.stop()?;
    Ok(())
}

#[test]
#[ignore = "needs root and network namespaces; cargo xtask test runs it"]
fn the_switches_of_a_rule_are_on_the_wire() -> Result<()> {
    let office = Office::open()?;
    let path = office.lab.folder().join("switches.toml");
    let rule = "[[rule]]\nmatch.vendor = \"snom\"\nanswer = { url = \"x\", dialect = \"rfc\", status = 202, subscription_state = false, effective_by = 0 }\n\
        [[rule]]\nanswer = { url = \"x\", response = false }\n";
    std::fs::write(&path, format!("version = 1\n{rule}"))?;
    let serve = office.serve(&["--config", path.to_str().unwrap_or_default()])?;
    for address in ["10.13.2.51/16", "10.13.2.52/16"] {
        office.desk.add_address("eth0", address)?;
    }
    let snom = Phone::at(&office.desk, "10.13.2.51:5060")?;
    snom.ask(&corpus("phones/snom.sip")?)?;
    let answers = snom.answers()?;
    assert!(answers.ok.text().starts_with("SIP/2.0 202 Accepted\r\n"), "{}", answers.ok.text());
    let notify = Sip::read(&answers.notify.bytes)?;
    assert_eq!(notify.only("Event")?, "ua-profile;effective-by=0");
    assert!(notify.all("Subscription-State").is_empty());
    snom.reply(&answers.notify, "200 OK")?;
    let yealink = Phone::at(&office.desk, "10.13.2.52:5059")?;
    yealink.ask(&corpus("phones/yealink.sip")?)?;
    let alone = yealink.hear(SOON)?.map(|datagram| datagram.is_notify());
    assert_eq!(alone, Some(true), "the NOTIFY comes without a response");
    serve.stop()?;
    Ok(())
}

fn assert_known(serve: &mut Serve, file: &str, address: &str, says: [&str; 4]) -> Result<()> {
    let from = |event: &serde_json::Value| is_address(&event["source"], address);
    let phone = &serve.wait_for("phone_asked", from, SOON)?["phone"];
    let known = ["mac", "vendor", "model", "version"].map(|key| phone[key].as_str().unwrap_or(""));
    assert_eq!(known, says, "{file}");
    Ok(())
}

fn assert_served(serve: &mut Serve, file: &str, phone: &Phone, mac: &str) -> Result<()> {
    let answers = phone.answers()?;
    assert!(answers.ok.text().starts_with("SIP/2.0 200 "), "{file}: {}", answers.ok.text());
    let url = format!("\r\n\r\ntftp://{SERVER}/{mac}.cfg");
    assert!(answers.notify.text().ends_with(&url), "{file}: {}", answers.notify.text());
    phone.reply(&answers.notify, "200 OK")?;
    let acknowledged =
        serve.wait_for("acknowledged", |event| event["phone"]["mac"] == mac, SOON)?;
    assert_eq!(acknowledged["status"], 200, "{file}");
    Ok(())
}
