//! Servers with several cards: each answer leaves once, on the card on which the phone asked.

#![cfg(target_os = "linux")]

use anyhow::Result;
use fingerpost_system_tests::capture::{Capture, Frame};
use fingerpost_system_tests::fixture::manual_subscribe;
use fingerpost_system_tests::lab::{Host, Lab};
use fingerpost_system_tests::office::{Office, PHONE};
use fingerpost_system_tests::phone::Phone;
use fingerpost_system_tests::serve::{SOON, Serve, named};
use std::time::Duration;

const QUIET: Duration = Duration::from_millis(700);

const URL: [&str; 2] = ["--url", "tftp://%{server}"];

#[test]
#[ignore = "needs root and network namespaces; cargo xtask test runs it"]
fn with_three_cards_the_answer_leaves_once_on_the_asking_card() -> Result<()> {
    let mut lab = Lab::open()?;
    let server = lab.host("server")?;
    let mut desks = Vec::new();
    for number in 0..3 {
        desks.push(network(&mut lab, &server, number)?);
    }
    let captures = desks.iter().map(Capture::start).collect::<Result<Vec<_>>>()?;
    let mut serve = Serve::start(&server, lab.folder(), 3, &URL)?;
    let phone = Phone::at(&desks[1], "10.14.2.37:5060")?;
    phone.ask(&manual_subscribe("10.14.2.37")?)?;
    assert_eq!(serve.wait_for("phone_asked", |_| true, SOON)?["interface"], "eth1");
    let answers = phone.answers()?;
    assert_eq!(answers.notify.from.to_string(), "10.14.4.121:5060");
    assert!(answers.notify.text().ends_with("\r\n\r\ntftp://10.14.4.121"));
    phone.reply(&answers.notify, "200 OK")?;
    serve.wait_for("acknowledged", |_| true, SOON)?;
    phone.stay_unheard(QUIET)?;
    let datagrams = captures.into_iter().map(sip_datagrams).collect::<Result<Vec<_>>>()?;
    assert_eq!(datagrams, [0, 4, 0], "SUBSCRIBE, 200, NOTIFY and 200, on the phone's card only");
    serve.stop()?;
    Ok(())
}

#[test]
#[ignore = "needs root and network namespaces; cargo xtask test runs it"]
fn a_duplicate_heard_on_two_cards_is_answered_once() -> Result<()> {
    let mut office = Office::open()?;
    office.lab.plug(&office.server, "eth1", &office.lan, "10.13.4.122/16")?;
    let mut serve = Serve::start(&office.server, office.lab.folder(), 2, &URL)?;
    let at_server = Capture::start(&office.server)?;
    let phone = office.phone()?;
    phone.ask(&manual_subscribe(PHONE)?)?;
    let answers = phone.answers()?;
    phone.reply(&answers.notify, "200 OK")?;
    serve.wait_for("acknowledged", |_| true, SOON)?;
    phone.stay_unheard(QUIET)?;
    let copies = at_server.finish()?.iter().filter(|frame| is_subscribe(frame)).count();
    assert_eq!(copies, 2, "the stage is wrong: the SUBSCRIBE must come in on both cards");
    let events = serve.stop()?;
    for name in ["phone_asked", "answered", "notified"] {
        assert_eq!(named(&events, name).len(), 1, "{name} in {events:#?}");
    }
    Ok(())
}

/// A network of its own for one more card of the server, and a machine on it.
fn network(lab: &mut Lab, server: &Host, number: u8) -> Result<Host> {
    let (lan, second) = (lab.lan()?, 13 + number);
    lab.plug(server, &format!("eth{number}"), &lan, &format!("10.{second}.4.121/16"))?;
    let desk = lab.host(&format!("desk{number}"))?;
    lab.plug(&desk, "eth0", &lan, &format!("10.{second}.2.37/16"))?;
    Ok(desk)
}

fn sip_datagrams(capture: Capture) -> Result<usize> {
    let frames = capture.finish()?;
    let is_sip = |frame: &&Frame| frame.udp().is_some_and(|udp| udp.to.port() == 5060);
    Ok(frames.iter().filter(is_sip).count())
}

fn is_subscribe(frame: &Frame) -> bool {
    frame.udp().is_some_and(|udp| udp.payload.starts_with(b"SUBSCRIBE "))
}
