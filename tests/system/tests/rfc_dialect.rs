//! Dialect `rfc` against the RFCs' own rules. The marks S1, N3, … name the rule that a check stands for:
//! S for the response to a SUBSCRIBE, N for the NOTIFY, each with its section.

#![cfg(target_os = "linux")]

use anyhow::{Context, Result};
use fingerpost_system_tests::capture::{Capture, Frame, write_pcap};
use fingerpost_system_tests::fixture::{manual_subscribe, replaced, with_header};
use fingerpost_system_tests::office::{Office, PHONE, SERVER};
use fingerpost_system_tests::phone::GROUP;
use fingerpost_system_tests::program::succeed;
use fingerpost_system_tests::serve::SOON;
use fingerpost_system_tests::sip::{Sip, parameter, uri};
use std::path::Path;
use std::process::Command;
use std::time::Duration;

/// The three messages of one exchange, and what crossed the phone's card meanwhile.
struct Exchange {
    asked: Sip,
    ok: Sip,
    notify: Sip,
    frames: Vec<Frame>,
    office: Office,
}

impl Exchange {
    fn with(question: &[u8]) -> Result<Self> {
        let office = Office::open()?;
        let mut serve = office.serve_in_dialect("rfc")?;
        let mut wire = Capture::start(&office.desk)?;
        let phone = office.phone()?;
        phone.ask(question)?;
        let answers = phone.answers()?;
        phone.reply(&answers.notify, "200 OK")?;
        serve.wait_for("acknowledged", |event| event["status"] == 200, SOON)?;
        wire.wait_for(
            |udp| udp.payload.starts_with(b"SIP/2.0 200 ") && is_to(udp.to, SERVER),
            SOON,
        )?;
        serve.stop()?;
        let (ok, notify) = (Sip::read(&answers.ok.bytes)?, Sip::read(&answers.notify.bytes)?);
        Ok(Self { asked: Sip::read(question)?, ok, notify, frames: wire.finish()?, office })
    }
}

fn is_to(to: std::net::SocketAddrV4, address: &str) -> bool {
    to.ip().to_string() == address
}

#[test]
#[ignore = "needs root and network namespaces; cargo xtask test runs it"]
fn in_dialect_rfc_the_exchange_satisfies_the_wire_rules() -> Result<()> {
    let exchange = Exchange::with(&manual_subscribe(PHONE)?)?;
    assert_response(&exchange.asked, &exchange.ok)?;
    assert_dialog(&exchange.asked, &exchange.ok, &exchange.notify)?;
    assert_notify(&exchange.asked, &exchange.notify)?;
    assert_sent_to_the_phone_only(&exchange.frames);
    assert_tshark_is_content(&exchange.frames, exchange.office.lab.folder())
}

fn assert_response(asked: &Sip, ok: &Sip) -> Result<()> {
    // S4 (RFC 6665 8.3.1): 200, not 202.
    assert!(ok.start.starts_with("SIP/2.0 200 "), "{}", ok.start);
    // S1 (RFC 3261 8.2.6.2): these are the request's own.
    for name in ["From", "Call-ID", "CSeq"] {
        assert_eq!(ok.only(name)?, asked.only(name)?, "{name}");
    }
    assert_eq!(ok.only("To")?.split(";tag=").next(), Some(asked.only("To")?));
    let tag = parameter(ok.only("To")?, "tag").context("the To of the 200 has no tag")?;
    assert!(!tag.is_empty());
    // R5, R6 (RFC 3261 18.2.1, RFC 3581 4): an empty rport is filled, and `received` added.
    let via = ok.only("Via")?;
    assert_eq!(parameter(via, "rport"), Some("5060"), "{via}");
    assert_eq!(parameter(via, "received"), Some(PHONE), "{via}");
    assert_eq!(parameter(via, "branch"), parameter(asked.only("Via")?, "branch"));
    assert_eq!(via.split(';').next(), asked.only("Via")?.split(';').next());
    // S2 (RFC 3261 12.1.1): Contact is our own unicast URI.
    assert_eq!(uri(ok.only("Contact")?), format!("sip:{SERVER}:5060"));
    // S3 (RFC 6665 3.1.1): Expires stands in the 200; none was asked, none is given.
    assert_eq!(ok.only("Expires")?, "0");
    // S9 (RFC 3261 20.14): the reader has found the empty line and compared the length.
    assert_eq!(ok.only("Content-Length")?, "0");
    Ok(())
}

fn assert_dialog(asked: &Sip, ok: &Sip, notify: &Sip) -> Result<()> {
    // N2 (RFC 3261 12.2.1.1): the phone's Contact, complete.
    let contact = uri(asked.only("Contact")?);
    assert_eq!(notify.start, format!("NOTIFY {contact} SIP/2.0"));
    // N3, N8 (RFC 3261 12.2.1.1, RFC 6665 4.4.1): seen from our end of the dialog.
    assert_eq!(notify.only("To")?, asked.only("From")?);
    assert_eq!(notify.only("From")?, ok.only("To")?);
    assert_eq!(notify.only("Call-ID")?, asked.only("Call-ID")?);
    let number = notify.only("CSeq")?.strip_suffix(" NOTIFY").context("CSeq names no NOTIFY")?;
    assert!(number.parse::<u32>()? < 1 << 31, "{number}");
    Ok(())
}

fn assert_notify(asked: &Sip, notify: &Sip) -> Result<()> {
    // N4 (RFC 3261 8.1.1): our own Via with a fresh branch, Max-Forwards, Contact.
    let via = notify.only("Via")?;
    assert_eq!(via.split(';').next(), Some(format!("SIP/2.0/UDP {SERVER}:5060").as_str()));
    let branch = parameter(via, "branch").context("the NOTIFY's Via has no branch")?;
    assert!(branch.len() > "z9hG4bK".len() && branch.starts_with("z9hG4bK"), "{branch}");
    assert_ne!(Some(branch), parameter(asked.only("Via")?, "branch"));
    assert_eq!(notify.only("Max-Forwards")?, "70");
    assert_eq!(uri(notify.only("Contact")?), format!("sip:{SERVER}:5060"));
    // N5 (RFC 6080 6.2): the event, and none of the phone's parameters.
    let event = notify.only("Event")?;
    let effective = event.strip_prefix("ua-profile;effective-by=");
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    assert!(event == "ua-profile" || effective.is_some_and(is_number), "{event}");
    // N6 (RFC 6665 4.1.3, 4.2.2): over at once, without `expires`.
    assert_eq!(notify.only("Subscription-State")?, "terminated;reason=timeout");
    // N7 (RFC 6080 6.5): a type that the phone accepts.
    assert_eq!(notify.only("Content-Type")?, asked.only("Accept")?);
    assert_eq!(notify.body, format!("tftp://{SERVER}").into_bytes());
    Ok(())
}

/// S5, S6 (RFC 3261 18.2.2): from our unicast address to the phone's, and never to the group.
fn assert_sent_to_the_phone_only(frames: &[Frame]) {
    let datagrams: Vec<_> = frames.iter().filter_map(Frame::udp).collect();
    let ours = datagrams.iter().filter(|udp| is_to(udp.from, SERVER));
    let to: Vec<_> = ours.map(|udp| (udp.from.port(), udp.to.to_string())).collect();
    let phone = (5060, format!("{PHONE}:5060"));
    assert_eq!(to, [phone.clone(), phone], "the 200 and the NOTIFY, once each");
    assert_eq!(datagrams.iter().filter(|udp| udp.to == GROUP).count(), 1, "the question only");
}

fn assert_tshark_is_content(frames: &[Frame], folder: &Path) -> Result<()> {
    let file = folder.join("exchange.pcap");
    write_pcap(frames, &file)?;
    let methods = tshark(&file, &["-Y", "sip", "-T", "fields", "-e", "sip.CSeq.method"])?;
    let expected = ["SUBSCRIBE", "SUBSCRIBE", "NOTIFY", "NOTIFY"];
    let mut methods: Vec<&str> = methods.lines().collect();
    methods.sort_by_key(|method| *method == "NOTIFY");
    assert_eq!(methods, expected, "each request and its response");
    assert_eq!(tshark(&file, &["-Y", "_ws.malformed"])?, "");
    Ok(())
}

fn tshark(file: &Path, arguments: &[&str]) -> Result<String> {
    let mut command = Command::new("tshark");
    command.arg("-n").arg("-r").arg(file).args(arguments).env("HOME", "/nonexistent");
    Ok(succeed(&mut command, Duration::from_secs(30))?.stdout)
}

#[test]
#[ignore = "needs root and network namespaces; cargo xtask test runs it"]
fn in_dialect_rfc_a_lasting_subscription_is_never_longer_than_asked() -> Result<()> {
    let question = replaced(&manual_subscribe(PHONE)?, "Expires: 0", "Expires: 3600")?;
    let exchange = Exchange::with(&question)?;
    let granted: u32 = exchange.ok.only("Expires")?.parse()?;
    assert!(granted <= 3600, "S3: {granted}");
    let state = exchange.notify.only("Subscription-State")?;
    if let Some(left) = state.strip_prefix("active;expires=") {
        assert!(left.parse::<u32>()? <= granted, "N6: {state}, granted {granted}");
    } else {
        assert!(state.starts_with("terminated"), "N6: {state}");
        assert_eq!(parameter(state, "expires"), None, "N6: {state}");
    }
    Ok(())
}

#[test]
#[ignore = "needs root and network namespaces; cargo xtask test runs it"]
fn in_dialect_rfc_the_events_id_comes_back() -> Result<()> {
    let question = replaced(&manual_subscribe(PHONE)?, "ua-profile;", "ua-profile;id=77;")?;
    let exchange = Exchange::with(&question)?;
    // N8 (RFC 6665 4.5.2)
    assert_eq!(parameter(exchange.notify.only("Event")?, "id"), Some("77"));
    Ok(())
}

#[test]
#[ignore = "needs root and network namespaces; cargo xtask test runs it"]
fn in_dialect_rfc_a_recorded_route_is_taken_back() -> Result<()> {
    let route = format!("<sip:{PHONE}:5060;lr>");
    let header = format!("Record-Route: {route}");
    let exchange = Exchange::with(&with_header(&manual_subscribe(PHONE)?, &header)?)?;
    // S2 (RFC 3261 12.1.1) and N2 (12.2.1.1)
    assert_eq!(exchange.ok.only("Record-Route")?, route);
    assert_eq!(exchange.notify.only("Route")?, route);
    Ok(())
}
