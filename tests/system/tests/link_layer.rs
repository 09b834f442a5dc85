//! Phones that do not name their hardware address, and phones that are asked to fetch anew: who stands behind an address
//! is the link layer's to say.

#![cfg(target_os = "linux")]

use anyhow::{Context, Result};
use fingerpost_system_tests::capture::{Capture, Frame};
use fingerpost_system_tests::fixture::{corpus, manual_subscribe};
use fingerpost_system_tests::office::{Office, PHONE, SERVER};
use fingerpost_system_tests::phone::{PATIENCE, Phone};
use fingerpost_system_tests::program::{Finished, Program, left};
use fingerpost_system_tests::serve::{SOON, Serve, command, is_address};
use serde_json::json;
use std::net::SocketAddrV4;
use std::time::{Duration, Instant};

const MAC: &str = "00908f0a1b2c";

/// An office whose phone's card has an AudioCodes address.
fn office() -> Result<Office> {
    let office = Office::open()?;
    office.desk.set_hardware_address("eth0", "00:90:8f:0a:1b:2c")?;
    Ok(office)
}

fn is_to(to: SocketAddrV4, address: &str) -> bool {
    to.ip().to_string() == address
}

fn serve_by(office: &Office, rules: &str) -> Result<Serve> {
    let path = office.lab.folder().join("rules.toml");
    std::fs::write(&path, format!("version = 1\n{rules}"))?;
    office.serve(&["--config", path.to_str().context("the folder's name is no text")?])
}

#[test]
#[ignore = "needs root and network namespaces; cargo xtask test runs it"]
fn a_rule_on_a_mac_that_the_message_does_not_name_is_met_by_the_link_layer() -> Result<()> {
    let office = office()?;
    let rules = "[[rule]]\nmatch = { mac = \"00908f\" }\nanswer = { url = \"tftp://%{server}/%{mac}.cfg\" }";
    let mut serve = serve_by(&office, rules)?;
    let wire = Capture::start(&office.desk)?;
    let phone = office.phone()?;
    phone.ask(&manual_subscribe(PHONE)?)?;
    let answers = phone.answers()?;
    let url = format!("\r\n\r\ntftp://{SERVER}/{MAC}.cfg");
    assert!(answers.notify.text().ends_with(&url), "{}", answers.notify.text());
    let asked = serve.wait_for("phone_asked", |_| true, SOON)?;
    assert_eq!((&asked["phone"]["mac"], &asked["phone"]["id"]), (&json!(MAC), &json!(MAC)));
    let evidence = &asked["phone"]["evidence"][0];
    assert_eq!(evidence["from"], "link layer (ARP)");
    let frames = wire.finish()?;
    for udp in frames.iter().filter_map(Frame::udp).filter(|udp| is_to(udp.from, SERVER)) {
        assert!(is_to(udp.to, PHONE), "nobody else hears anything: {udp:?}");
    }
    serve.stop()?;
    Ok(())
}

#[test]
#[ignore = "needs root and network namespaces; cargo xtask test runs it"]
fn a_phone_that_no_rule_on_a_mac_waits_for_is_known_by_the_link_layer_once_it_was_answered()
-> Result<()> {
    let office = office()?;
    let mut serve = serve_by(&office, "[[rule]]\nanswer = { url = \"tftp://%{server}\" }")?;
    let phone = office.phone()?;
    phone.ask(&manual_subscribe(PHONE)?)?;
    phone.answers()?;
    let identified = serve.wait_for("identified", |_| true, SOON)?;
    assert_eq!(identified["phone"]["mac"], MAC);
    assert_eq!(identified["phone"]["model"], "440HD");
    assert!(identified["formerly"].as_str().is_some_and(|id| id.starts_with('x')));
    serve.stop()?;
    Ok(())
}

#[test]
#[ignore = "needs root and network namespaces; cargo xtask test runs it"]
fn behind_a_mac_that_matches_no_rule_nobody_is_answered() -> Result<()> {
    let office = office()?;
    let mut serve = serve_by(
        &office,
        "[[rule]]\nmatch = { mac = \"000413\" }\nanswer = { url = \"tftp://x\" }",
    )?;
    let phone = office.phone()?;
    phone.ask(&manual_subscribe(PHONE)?)?;
    let asked = serve.wait_for("phone_asked", |_| true, SOON)?;
    assert_eq!(asked["phone"]["mac"], MAC);
    serve.wait_for("ignored", |event| is_address(&event["source"], PHONE), SOON)?;
    phone.stay_unheard(Duration::from_millis(300))?;
    serve.stop()?;
    Ok(())
}

/// A snom phone whose card has the address that it names, answered by a server with pages; and how to reach those.
fn asked(office: &Office) -> Result<(Serve, Phone, String)> {
    office.desk.set_hardware_address("eth0", "00:04:13:a1:b2:c3")?;
    let mut serve = office.serve(&["--url", "tftp://%{server}", "--http", "127.0.0.1:0"])?;
    let said = serve.wait_until_said("Open http", SOON)?;
    let door = said.split_once("Open ").context("no address")?.1.to_owned();
    office.desk.add_address("eth0", "10.13.2.51/16")?;
    let phone = Phone::at(&office.desk, "10.13.2.51:5060")?;
    phone.ask(&corpus("phones/snom.sip")?)?;
    let answers = phone.answers()?;
    phone.reply(&answers.notify, "200 OK")?;
    serve.wait_for("acknowledged", |_| true, SOON)?;
    Ok((serve, phone, door))
}

/// `fingerpost check-sync` at the server, and what the phone does meanwhile.
fn check_sync(
    office: &Office,
    door: &str,
    options: &[&str],
    meanwhile: impl FnOnce() -> Result<()>,
) -> Result<Finished> {
    let mut command = command(&office.server, office.lab.folder())?;
    command.args(["check-sync", "00:04:13:a1:b2:c3", "--json", "--serve", door]).args(options);
    let mut program = Program::start(&mut command)?;
    meanwhile()?;
    let status = program.wait(Duration::from_secs(15))?;
    let deadline = Instant::now() + SOON;
    let rest = |lines: &std::sync::mpsc::Receiver<String>| {
        std::iter::from_fn(|| lines.recv_timeout(left(deadline)).ok())
            .collect::<Vec<_>>()
            .join("\n")
    };
    let (stdout, stderr) = (rest(&program.stdout), rest(&program.stderr));
    Ok(Finished { code: status.code(), stdout, stderr })
}

#[test]
#[ignore = "needs root and network namespaces; cargo xtask test runs it"]
fn a_phone_that_asked_is_asked_to_fetch_anew_and_its_answer_is_told() -> Result<()> {
    let office = Office::open()?;
    let (mut serve, phone, door) = asked(&office)?;
    let finished = check_sync(&office, &door, &["--reboot"], || {
        let notify = phone.hear_one(true, PATIENCE)?;
        assert!(
            notify.text().contains("\r\nEvent: check-sync;reboot=true\r\n"),
            "{}",
            notify.text()
        );
        phone.reply(&notify, "200 OK")?;
        Ok(())
    })?;
    let finished = finished.expect_code(0)?;
    assert!(finished.stdout.contains("check_sync_answered"), "{finished:?}");
    let answered = serve.wait_for("check_sync_answered", |_| true, SOON)?;
    assert_eq!(
        (&answered["status"], &answered["phone"]["mac"]),
        (&json!(200), &json!("000413a1b2c3"))
    );
    serve.stop()?;
    Ok(())
}

#[test]
#[ignore = "needs root and network namespaces; cargo xtask test runs it"]
fn a_phone_that_does_not_answer_a_check_sync_is_told_so() -> Result<()> {
    let office = Office::open()?;
    let (mut serve, _phone, door) = asked(&office)?;
    let finished = check_sync(&office, &door, &[], || Ok(()))?.expect_code(3)?;
    assert_eq!(finished.stdout.matches("check_sync_sent").count(), 4, "{finished:?}");
    serve.wait_for("check_sync_unanswered", |_| true, SOON)?;
    serve.stop()?;
    Ok(())
}

#[test]
#[ignore = "needs root and network namespaces; cargo xtask test runs it"]
fn another_device_at_the_phones_address_is_sent_nothing() -> Result<()> {
    let mut office = Office::open()?;
    let (serve, _phone, door) = asked(&office)?;
    // The phone is unplugged, and something else has its address; it is heard when it sends its first packet.
    office.desk.take_address("eth0", "10.13.2.51/16")?;
    let locktime = "/proc/sys/net/ipv4/neigh/eth0/locktime";
    office.server.enter(|| Ok(std::fs::write(locktime, "0")?))?;
    let visitor = office.lab.host("visitor")?;
    office.lab.plug(&visitor, "eth0", &office.lan, "10.13.2.51/16")?;
    let phone = Phone::at(&visitor, "10.13.2.51:5060")?;
    phone.send(b"hello", format!("{SERVER}:5060").parse()?)?;
    let finished =
        check_sync(&office, &door, &[], || phone.stay_unheard(Duration::from_millis(700)))?;
    let finished = finished.expect_code(2)?;
    assert!(finished.stderr.contains("another device answers at 10.13.2.51 now"), "{finished:?}");
    serve.stop()?;
    Ok(())
}
