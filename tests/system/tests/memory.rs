//! What a server remembers of phones in another namespace, after its end and a new start.

#![cfg(target_os = "linux")]

use anyhow::{Context, Result};
use fingerpost_system_tests::fixture::{corpus, manual_subscribe, refreshed, replaced};
use fingerpost_system_tests::office::{Office, PHONE, SERVER};
use fingerpost_system_tests::phone::Phone;
use fingerpost_system_tests::program::run;
use fingerpost_system_tests::serve::{self, SOON, Serve};
use serde_json::{Value, json};
use std::net::SocketAddr;
use std::process::Command;

const MAC: &str = "000413a1b2c3";

const POLICY: &str = r#"version = 1
[[rule]]
name = "lobby"
match.tag = "lobby"
answer.url = "tftp://%{server}/lobby.cfg"
[[rule]]
name = "rest"
answer.url = "tftp://%{server}/%{mac}.cfg"
"#;

/// `fingerpost phones` on the server's machine.
fn phones(office: &Office, arguments: &[&str]) -> Result<String> {
    let mut command = serve::command(&office.server, office.lab.folder())?;
    command.arg("phones").args(arguments).args(["--data", "memory"]);
    Ok(run(&mut command, SOON)?.expect_code(0)?.stdout)
}

/// `fingerpost …` on the server's machine.
fn at_server(office: &Office, arguments: &[&str]) -> Result<String> {
    let mut command = serve::command(&office.server, office.lab.folder())?;
    Ok(run(command.args(arguments), SOON)?.expect_code(0)?.stdout)
}

/// The snom phone asks and takes what it is told.
fn ask(phone: &Phone, serve: &mut Serve) -> Result<String> {
    phone.ask(&corpus("phones/snom.sip")?)?;
    let answers = phone.answers()?;
    phone.reply(&answers.notify, "200 OK")?;
    serve.wait_for("acknowledged", |event| event["phone"]["mac"] == MAC, SOON)?;
    let text = answers.notify.text();
    Ok(text.split("\r\n\r\n").nth(1).context("a NOTIFY without a body")?.to_owned())
}

#[test]
#[ignore = "needs root and network namespaces; cargo xtask test runs it"]
fn a_server_that_was_started_again_still_knows_its_phones() -> Result<()> {
    let office = Office::open()?;
    std::fs::write(office.lab.folder().join("policy.toml"), POLICY)?;
    let options = ["--config", "policy.toml", "--data", "memory"];
    office.desk.add_address("eth0", "10.13.2.51/16")?;
    let phone = Phone::at(&office.desk, "10.13.2.51:5060")?;

    let mut serve = office.serve(&options)?;
    assert_eq!(ask(&phone, &mut serve)?, format!("tftp://{SERVER}/{MAC}.cfg"));
    serve.stop()?;
    let listed: Value = serde_json::from_str(&phones(&office, &["--format", "json"])?)?;
    let row = &listed[0];
    let known =
        json!([row["phone"]["mac"], row["phone"]["address"], row["interface"], row["asked"]]);
    assert_eq!(known, json!([MAC, "10.13.2.51", "eth0", 1]), "{listed}");
    assert_eq!(row["state"], "acknowledged");
    phones(&office, &["tag", "lobby", "00:04:13:A1:B2:C3"])?;

    let mut serve = office.serve(&options)?;
    assert_eq!(ask(&phone, &mut serve)?, format!("tftp://{SERVER}/lobby.cfg"));
    serve.stop()?;
    let listed: Value = serde_json::from_str(&phones(&office, &["--format", "json"])?)?;
    assert_eq!((&listed[0]["asked"], &listed[0]["tags"]), (&json!(2), &json!(["lobby"])));
    assert_eq!((&listed[0]["rule"], listed.as_array().map(Vec::len)), (&json!("lobby"), Some(1)));
    Ok(())
}

#[test]
#[ignore = "needs root and network namespaces; cargo xtask test runs it"]
fn an_exported_exchange_is_sip_to_tshark_and_replays_identically() -> Result<()> {
    let office = Office::open()?;
    office.desk.add_address("eth0", "10.13.2.51/16")?;
    let phone = Phone::at(&office.desk, "10.13.2.51:5060")?;
    let mut serve = office.serve(&["--url", "tftp://%{server}/%{mac}.cfg", "--data", "memory"])?;
    ask(&phone, &mut serve)?;
    serve.stop()?;
    let fingerpost = |arguments: &[&str]| at_server(&office, arguments);
    fingerpost(&["export", "--data", "memory", "--phone", MAC, "-o", "phone.pcapng"])?;
    let fields = ["ip.src", "ip.dst", "udp.dstport", "sip.Method", "sip.Status-Code"];
    let mut command = Command::new("tshark");
    command.current_dir(office.lab.folder()).env("HOME", office.lab.folder());
    command.args(["-n", "-r", "phone.pcapng", "-Y", "sip", "-T", "fields", "-E", "separator=|"]);
    command.args(fields.iter().flat_map(|field| ["-e", *field]));
    let dissected = run(&mut command, SOON)?.expect_code(0)?.stdout;
    let lines: Vec<&str> = dissected.lines().collect();
    assert_eq!(
        lines,
        [
            "10.13.2.51|224.0.1.75|5060|SUBSCRIBE|",
            "10.13.4.121|10.13.2.51|5060||200",
            "10.13.4.121|10.13.2.51|5060|NOTIFY|",
            "10.13.2.51|10.13.4.121|5060||200",
        ]
    );
    let played = fingerpost(&["replay", "phone.pcapng"])?;
    assert!(played.contains("replays identically: 2 datagrams"), "{played}");
    Ok(())
}

#[test]
#[ignore = "needs root and network namespaces; cargo xtask test runs it"]
fn a_refresh_that_was_recorded_replays_with_the_exchange_that_it_carries_on() -> Result<()> {
    let office = Office::open()?;
    let policy =
        "version = 1\n[[rule]]\nanswer = { url = \"tftp://x\", dialect = \"rfc\", status = 202 }\n";
    std::fs::write(office.lab.folder().join("policy.toml"), policy)?;
    let mut serve = office.serve(&["--config", "policy.toml", "--data", "memory"])?;
    let phone = office.phone()?;
    let asked = replaced(&manual_subscribe(PHONE)?, "Expires: 0", "Expires: 2")?;
    phone.ask(&asked)?;
    let first = phone.answers()?;
    phone.reply(&first.notify, "200 OK")?;
    phone.send(
        &refreshed(&asked, &first.ok.bytes, 2, 600)?,
        SocketAddr::new(SERVER.parse()?, 5060),
    )?;
    let second = phone.answers()?;
    phone.reply(&second.notify, "200 OK")?;
    let acknowledged = |_: &Value| true;
    serve.wait_for("acknowledged", acknowledged, SOON)?;
    serve.wait_for("acknowledged", acknowledged, SOON)?;
    serve.stop()?;
    let listed: Value = serde_json::from_str(&phones(&office, &["--format", "json"])?)?;
    let id = listed[0]["phone"]["id"].as_str().context("no phone is remembered")?;
    let export = ["export", "--data", "memory", "--phone", id];
    at_server(&office, &[&export[..], &["-o", "refresh.pcapng"]].concat())?;
    let played = at_server(&office, &["replay", "refresh.pcapng"])?;
    assert!(played.contains("replays identically: 4 datagrams"), "{played}");
    Ok(())
}
