//! Messages that somebody wrote, sent to a phone of another machine through the pages' door.

#![cfg(target_os = "linux")]

use anyhow::{Context, Result, ensure};
use fingerpost_system_tests::capture::{Capture, Frame};
use fingerpost_system_tests::fixture::corpus;
use fingerpost_system_tests::office::{Office, SERVER};
use fingerpost_system_tests::phone::{PATIENCE, Phone};
use fingerpost_system_tests::serve::{SOON, Serve};
use serde_json::{Value, json};
use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

const MAC: &str = "000413a1b2c3";
const ADDRESS: &str = "10.13.2.51";
/// With mistakes that nobody is to mend: a bare line feed, a wrong Content-Length, bytes that are no text.
const WRITTEN: &[u8] = b"NOTIFY sip:10.13.2.51 SIP/2.0\nVia: SIP/2.0/UDP 10.13.4.121;branch=z9hG4bKwritten\r\n\
    From: <sip:a@10.13.4.121>;tag=1\r\nTo: <sip:10.13.2.51>\r\nCall-ID: written@here\r\nCSeq: 1 NOTIFY\r\n\
    Content-Length: 99\r\n\r\n\xff\x00";

/// A snom phone whose card has the address that it names, answered by a server with pages; and the door to those.
fn asked(office: &Office) -> Result<(Serve, Phone, String)> {
    office.desk.set_hardware_address("eth0", "00:04:13:a1:b2:c3")?;
    let mut serve = office.serve(&["--url", "tftp://%{server}", "--http", "127.0.0.1:0"])?;
    let said = serve.wait_until_said("Open http://", SOON)?;
    let door = said.split_once("Open http://").context("no address")?.1.to_owned();
    office.desk.add_address("eth0", &format!("{ADDRESS}/16"))?;
    let phone = Phone::at(&office.desk, &format!("{ADDRESS}:5060"))?;
    phone.ask(&corpus("phones/snom.sip")?)?;
    let answers = phone.answers()?;
    phone.reply(&answers.notify, "200 OK")?;
    serve.wait_for("acknowledged", |_| true, SOON)?;
    Ok((serve, phone, door))
}

fn order() -> Value {
    let hex = WRITTEN.iter().fold(String::new(), |hex, byte| format!("{hex}{byte:02x}"));
    json!({"command": "send", "phone": MAC, "seen_at": format!("{ADDRESS}:5060"), "bytes": {"hex": hex}})
}

/// A command as a page gives it, from the server's machine; status and answer.
fn command(office: &Office, door: &str, command: &Value) -> Result<String> {
    let (authority, token) = door.split_once("/#token=").context("no token")?;
    let body = command.to_string();
    let request = format!(
        "POST /api/command HTTP/1.1\r\nHost: {authority}\r\nAuthorization: Bearer {token}\r\nConnection: close\r\n\
         Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    );
    let mut stream = office.server.enter(|| Ok(TcpStream::connect(authority)?))?;
    stream.set_read_timeout(Some(SOON))?;
    stream.write_all(request.as_bytes())?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    Ok(answer)
}

/// The datagrams from the server to port 5060 of anybody.
fn sent(frames: &[Frame]) -> Vec<(String, Vec<u8>)> {
    let udp = frames.iter().filter_map(Frame::udp);
    let ours = udp.filter(|udp| udp.from.ip().to_string() == SERVER && udp.to.port() == 5060);
    ours.map(|udp| (udp.to.to_string(), udp.payload.to_vec())).collect()
}

#[test]
#[ignore = "needs root and network namespaces; cargo xtask test runs it"]
fn a_phone_that_asked_gets_exactly_the_bytes_and_nobody_else_gets_anything() -> Result<()> {
    let office = Office::open()?;
    let (mut serve, phone, door) = asked(&office)?;
    let wire = Capture::start(&office.desk)?;
    let answer = command(&office, &door, &order())?;
    ensure!(answer.starts_with("HTTP/1.1 204 "), "{answer}");
    let heard = phone.hear(PATIENCE)?.context("the phone heard nothing")?;
    assert_eq!(heard.bytes, WRITTEN);
    assert_eq!(heard.from.to_string(), format!("{SERVER}:5060"));
    let ok = b"SIP/2.0 200 OK\r\nVia: SIP/2.0/UDP 10.13.4.121;branch=z9hG4bKwritten\r\n\
        Call-ID: written@here\r\nCSeq: 1 NOTIFY\r\n\r\n";
    phone.send(ok, heard.from)?;
    let sent_event = serve.wait_for("message_sent", |_| true, SOON)?;
    assert_eq!(
        (&sent_event["what"], &sent_event["bytes"]),
        (&json!("NOTIFY"), &json!(WRITTEN.len()))
    );
    let answered = serve.wait_for("message_answered", |_| true, SOON)?;
    assert_eq!((&answered["status"], &answered["reason"]), (&json!(200), &json!("OK")));
    assert_eq!(answered["phone"]["mac"], MAC);
    phone.stay_unheard(Duration::from_millis(700))?;
    let frames = wire.finish()?;
    assert_eq!(sent(&frames), [(format!("{ADDRESS}:5060"), WRITTEN.to_vec())]);
    serve.stop()?;
    Ok(())
}

#[test]
#[ignore = "needs root and network namespaces; cargo xtask test runs it"]
fn a_phone_that_says_nothing_to_it_is_told_so_after_one_datagram() -> Result<()> {
    let office = Office::open()?;
    let (mut serve, phone, door) = asked(&office)?;
    let answer = command(&office, &door, &order())?;
    ensure!(answer.starts_with("HTTP/1.1 204 "), "{answer}");
    phone.hear(PATIENCE)?.context("the phone heard nothing")?;
    serve.wait_for("message_unanswered", |_| true, Duration::from_secs(8))?;
    phone.stay_unheard(Duration::from_millis(200))?;
    serve.stop()?;
    Ok(())
}

#[test]
#[ignore = "needs root and network namespaces; cargo xtask test runs it"]
fn another_device_at_the_phones_address_is_sent_no_message() -> Result<()> {
    let mut office = Office::open()?;
    let (serve, _phone, door) = asked(&office)?;
    // The phone is unplugged, and something else has its address; it is heard when it sends its first packet.
    office.desk.take_address("eth0", &format!("{ADDRESS}/16"))?;
    let locktime = "/proc/sys/net/ipv4/neigh/eth0/locktime";
    office.server.enter(|| Ok(std::fs::write(locktime, "0")?))?;
    let visitor = office.lab.host("visitor")?;
    office.lab.plug(&visitor, "eth0", &office.lan, &format!("{ADDRESS}/16"))?;
    let other = Phone::at(&visitor, &format!("{ADDRESS}:5060"))?;
    other.send(b"hello", format!("{SERVER}:5060").parse()?)?;
    let wire = Capture::start(&visitor)?;
    let answer = command(&office, &door, &order())?;
    ensure!(answer.starts_with("HTTP/1.1 422 "), "{answer}");
    ensure!(answer.contains(&format!("another device answers at {ADDRESS} now")), "{answer}");
    other.stay_unheard(Duration::from_millis(700))?;
    assert_eq!(sent(&wire.finish()?), []);
    serve.stop()?;
    Ok(())
}
