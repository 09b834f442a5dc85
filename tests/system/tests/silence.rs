//! When nothing may be sent: bad input, strangers, and a server that only observes.

#![cfg(target_os = "linux")]

use anyhow::{Context, Result};
use fingerpost_system_tests::capture::Capture;
use fingerpost_system_tests::fixture::{manual_subscribe, replaced, without};
use fingerpost_system_tests::office::{Office, PHONE, SERVER};
use fingerpost_system_tests::phone::Phone;
use fingerpost_system_tests::serve::{SOON, is_address, named};
use std::time::Duration;

const QUIET: Duration = Duration::from_millis(700);

/// Far outside the server's network, but with a way back.
const STRANGER: &str = "172.31.9.9";

/// Every bad message, with the address of its own that it is sent from.
fn bad_input() -> Result<Vec<(String, Vec<u8>, &'static str)>> {
    let mut input = Vec::new();
    for (name, spoil) in SPOILS {
        let address = format!("10.13.3.{}", input.len() + 1);
        let message = spoil(&manual_subscribe(&address)?).with_context(|| name.to_owned())?;
        input.push((address, message, *name));
    }
    input.push((STRANGER.to_owned(), manual_subscribe(STRANGER)?, "a stranger"));
    Ok(input)
}

type Spoil = fn(&[u8]) -> Result<Vec<u8>>;

const SPOILS: &[(&str, Spoil)] = &[
    ("noise", |_| Ok((0..=255).cycle().take(700).collect())),
    ("a truncated message", |message| Ok(message[..100].to_vec())),
    ("64 KiB", |_| Ok(b"SUBSCRIBE sip:".iter().copied().chain([b'a'; 65_493]).collect())),
    ("OPTIONS", |message| replaced(message, "SUBSCRIBE", "OPTIONS")),
    ("INVITE", |message| replaced(message, "SUBSCRIBE", "INVITE")),
    ("another event", |message| replaced(message, "ua-profile", "message-summary")),
    ("no Event", |message| without(message, "Event")),
    ("no Call-ID", |message| without(message, "Call-ID")),
    ("no CSeq", |message| without(message, "CSeq")),
    ("no From", |message| without(message, "From")),
    ("no To", |message| without(message, "To")),
    ("no Via", |message| without(message, "Via")),
    ("a document for programs", |message| {
        replaced(message, "Accept: application/url", "Accept: application/xcap-diff+xml")
    }),
];

#[test]
#[ignore = "needs root and network namespaces; cargo xtask test runs it"]
fn bad_input_is_ignored_and_said_once() -> Result<()> {
    let office = Office::open()?;
    office.server.add_route("172.31.9.0/24", "eth0")?;
    let mut serve = office.serve(&["--url", "tftp://%{server}"])?;
    let wire = Capture::start(&office.desk)?;
    let input = bad_input()?;
    for (address, message, name) in &input {
        let prefix = if address == STRANGER { 32 } else { 16 };
        office.desk.add_address("eth0", &format!("{address}/{prefix}"))?;
        Phone::at(&office.desk, &format!("{address}:5060"))?.ask(message)?;
        let from = |event: &serde_json::Value| is_address(&event["source"], address);
        let ignored = serve.wait_for("ignored", from, SOON).with_context(|| (*name).to_owned())?;
        let reason = ignored["reason"].as_str().unwrap_or_default();
        assert!(!reason.is_empty(), "{name}: {ignored}");
        eprintln!("{name}: {reason}");
    }
    let phone = office.phone()?;
    phone.ask(&manual_subscribe(PHONE)?)?;
    let answers = phone.answers()?;
    phone.reply(&answers.notify, "200 OK")?;
    serve.wait_for("acknowledged", |_| true, SOON)?;
    phone.stay_unheard(QUIET)?;
    assert_only_heard_by_the_phone(wire)?;
    let events = serve.stop()?;
    for (address, _, name) in &input {
        let ignored = named(&events, "ignored");
        let times = ignored.iter().filter(|event| is_address(&event["source"], address)).count();
        assert_eq!(times, 1, "{name}: {ignored:#?}");
    }
    assert_eq!(named(&events, "phone_asked").len(), 1, "{events:#?}");
    Ok(())
}

fn assert_only_heard_by_the_phone(wire: Capture) -> Result<()> {
    for frame in wire.finish()? {
        let Some(udp) = frame.udp() else { continue };
        if udp.from.ip().to_string() == SERVER {
            assert_eq!(udp.to.ip().to_string(), PHONE, "{}", String::from_utf8_lossy(udp.payload));
        }
    }
    Ok(())
}

#[test]
#[ignore = "needs root and network namespaces; cargo xtask test runs it"]
fn observing_answers_nobody() -> Result<()> {
    let office = Office::open()?;
    let mut serve = office.serve(&[])?;
    serve.wait_until_said("observ", SOON)?;
    let phone = office.phone()?;
    phone.ask(&manual_subscribe(PHONE)?)?;
    let asked = serve.wait_for("phone_asked", |_| true, SOON)?;
    assert_eq!(
        (&asked["phone"]["vendor"], &asked["phone"]["model"]),
        (&"audiocodes".into(), &"440HD".into())
    );
    phone.stay_unheard(QUIET)?;
    let events = serve.stop()?;
    assert!(named(&events, "answered").is_empty() && named(&events, "notified").is_empty());
    Ok(())
}
