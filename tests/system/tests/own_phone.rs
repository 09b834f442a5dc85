//! `fingerpost phone` as the phone.

#![cfg(target_os = "linux")]

use anyhow::{Context, Result, anyhow};
use fingerpost_system_tests::capture::{Capture, Frame};
use fingerpost_system_tests::office::{Office, SERVER};
use fingerpost_system_tests::program::succeed;
use fingerpost_system_tests::serve::Serve;
use serde_json::Value;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::thread;
use std::time::Duration;

const LIMIT: Duration = Duration::from_secs(20);

#[test]
#[ignore = "needs root and network namespaces; cargo xtask test runs it"]
fn our_own_phone_gets_its_url() -> Result<()> {
    let office = Office::open()?;
    let serve = office.serve(&["--url", "tftp://%{server}"])?;
    let phone = office.run_at_desk(&["phone", "--vendor", "audiocodes", "--json"], LIMIT)?;
    let said = phone.expect_code(0)?.stdout;
    let done = event(&said, "done")?;
    assert_eq!(done["url"], format!("tftp://{SERVER}"), "{said}");
    assert_eq!(done["phone"]["vendor"], "audiocodes", "{said}");
    let summary = event(&said, "summary")?;
    assert_eq!((&summary["phones"], &summary["with_url"]), (&1.into(), &1.into()), "{said}");
    serve.stop()?;
    Ok(())
}

#[test]
#[ignore = "needs root and network namespaces; cargo xtask test runs it"]
fn our_own_phone_says_when_nobody_answers() -> Result<()> {
    let office = Office::open()?;
    let arguments = ["phone", "--vendor", "audiocodes", "--wait", "1s", "--json"];
    let said = office.run_at_desk(&arguments, LIMIT)?.expect_code(3)?.stdout;
    assert_eq!(event(&said, "done")?["url"], Value::Null, "{said}");
    Ok(())
}

#[test]
#[ignore = "needs root and network namespaces; cargo xtask test runs it"]
fn our_own_phone_lists_everybody_who_answers() -> Result<()> {
    let mut office = Office::open()?;
    let rival = office.lab.host("rival")?;
    office.lab.plug(&rival, "eth0", &office.lan, "10.13.4.122/16")?;
    let card = ["link", "set", "dev", "eth0", "address", "00:0b:82:00:00:01"];
    succeed(rival.command("ip").args(card), LIMIT)?;
    let first = office.serve(&["--url", "tftp://%{server}"])?;
    let other = Serve::start(&rival, office.lab.folder(), 1, &["--url", "http://%{server}/gs/"])?;
    let said = office.run_at_desk(&["phone", "--all", "--wait", "2s", "--json"], LIMIT)?;
    let done = event(&said.expect_code(0)?.stdout, "done")?;
    let mut rows = done["responders"].as_array().context("no list")?.clone();
    rows.sort_by_key(|row| row["address"].to_string());
    let addresses: Vec<_> = rows.iter().map(|row| &row["address"]).collect();
    assert_eq!(addresses, [SERVER, "10.13.4.122"], "{done:#}");
    assert_eq!(rows[0]["url"], format!("tftp://{SERVER}"), "{done:#}");
    assert_eq!(rows[0]["mac"].as_str().map(str::len), Some(12), "{done:#}");
    assert_eq!(rows[1]["url"], "http://10.13.4.122/gs/", "{done:#}");
    assert_eq!(
        (&rows[1]["mac"], &rows[1]["vendor"]),
        (&"000b82000001".into(), &"grandstream".into())
    );
    first.stop()?;
    other.stop()?;
    Ok(())
}

#[test]
#[ignore = "needs root and network namespaces; cargo xtask test runs it"]
fn our_own_phone_fetches_what_it_was_told() -> Result<()> {
    let office = Office::open()?;
    let (name, content) = ("cfg000b82000001.xml", "<gs_provision/>");
    let door = office.server.enter(|| Ok(TcpListener::bind((SERVER, 80))?))?;
    let server = thread::spawn(move || answer_once(&door, content));
    let serve = office.serve(&["--url", "http://%{server}/"])?;
    let phone = ["phone", "--vendor", "grandstream", "--mac", "000b82000001", "--fetch", "--json"];
    let done = event(&office.run_at_desk(&phone, LIMIT)?.expect_code(0)?.stdout, "done")?;
    let file = &done["fetched"][0];
    assert_eq!(file["url"], format!("http://{SERVER}/{name}"), "{done:#}");
    assert_eq!((&file["status"], &file["beginning"]), (&"200 OK".into(), &content.into()));
    let asked = server.join().map_err(|_| anyhow!("the server of files panicked"))??;
    assert_eq!(asked.trim_end(), format!("GET /{name} HTTP/1.1"));
    serve.stop()?;
    Ok(())
}

#[test]
#[ignore = "needs root and network namespaces; cargo xtask test runs it"]
fn a_server_never_asks_by_itself() -> Result<()> {
    let office = Office::open()?;
    let at_desk = Capture::start(&office.desk)?;
    let serve = office.serve(&["--url", "tftp://%{server}"])?;
    // It answers a phone; by then it has had every reason to speak that it ever has.
    office.run_at_desk(&["phone", "--json"], LIMIT)?.expect_code(0)?;
    serve.stop()?;
    let from_server = |frame: &Frame| {
        frame
            .udp()
            .filter(|udp| udp.from.ip().to_string() == SERVER)
            .map(|udp| udp.payload.to_vec())
    };
    let said: Vec<_> = at_desk.finish()?.iter().filter_map(from_server).collect();
    assert!(said.iter().any(|it| it.starts_with(b"SIP/2.0 ")), "the stage is wrong: {said:?}");
    assert!(!said.iter().any(|it| it.starts_with(b"SUBSCRIBE ")), "{said:?}");
    Ok(())
}

/// Serves one file to whoever asks first; the first line of the request.
fn answer_once(door: &TcpListener, content: &str) -> Result<String> {
    let mut lines = BufReader::new(door.accept()?.0);
    let mut asked = String::new();
    lines.read_line(&mut asked)?;
    let mut line = String::new();
    while lines.read_line(&mut line)? > "\r\n".len() {
        line.clear();
    }
    let head = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n", content.len());
    lines.get_mut().write_all(format!("{head}{content}").as_bytes())?;
    Ok(asked)
}

fn event(lines: &str, name: &str) -> Result<Value> {
    let events = lines.lines().map(serde_json::from_str).collect::<Result<Vec<Value>, _>>()?;
    let found = events.into_iter().find(|event| event["event"] == name);
    found.with_context(|| format!("no {name:?} in\n{lines}"))
}
