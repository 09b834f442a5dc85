//! `fingerpost doctor` on machines that are well, and on machines that are not.

#![cfg(target_os = "linux")]

use anyhow::{Context, Result};
use fingerpost_system_tests::binary::fingerpost;
use fingerpost_system_tests::capture::Capture;
use fingerpost_system_tests::office::{Office, SERVER};
use fingerpost_system_tests::phone::Phone;
use fingerpost_system_tests::program::{Program, run, succeed};
use fingerpost_system_tests::serve::{self, named};
use serde_json::Value;
use std::time::{Duration, Instant};

const LIMIT: Duration = Duration::from_secs(20);

/// `fingerpost doctor --json …` on the server's machine; it must end with this code.
fn doctor(office: &Office, options: &[&str], code: i32) -> Result<Value> {
    let mut command = serve::command(&office.server, office.lab.folder())?;
    let said = run(command.args(["doctor", "--json"]).args(options), LIMIT)?.expect_code(code)?;
    serde_json::from_str(&said.stdout).context(said.stdout)
}

fn kinds(diagnosis: &Value) -> Vec<&str> {
    let problems = diagnosis["problems"].as_array().into_iter().flatten();
    problems.filter_map(|problem| problem["kind"].as_str()).collect()
}

fn at_server(office: &Office, program: &str, arguments: &[&str]) -> Result<()> {
    succeed(office.server.command(program).args(arguments), LIMIT).map(drop)
}

#[test]
#[ignore = "needs root and network namespaces; cargo xtask test runs it"]
fn a_healthy_host_is_fine_and_nothing_leaves_it() -> Result<()> {
    let office = Office::open()?;
    let at_desk = Capture::start(&office.desk)?;
    let diagnosis = doctor(&office, &[], 0)?;
    let card = &diagnosis["cards"][0];
    assert_eq!((&card["interface"], &card["joined"]), (&"eth0".into(), &true.into()), "{card:#}");
    assert_eq!(card["self_test"]["heard"], true, "{card:#}");
    assert_eq!(card["answers"][0]["free"], true, "{card:#}");
    assert_eq!(diagnosis["left_out"][0]["reason"], "loopback", "{diagnosis:#}");
    let datagrams = at_desk.finish()?.iter().filter(|frame| frame.udp().is_some()).count();
    assert_eq!(datagrams, 0, "the self-test left the machine");
    Ok(())
}

#[test]
#[ignore = "needs root and network namespaces; cargo xtask test runs it"]
fn beside_a_running_server_it_is_fine_and_is_answered_by_nobody() -> Result<()> {
    let office = Office::open()?;
    let serve = office.serve(&["--url", "tftp://%{server}"])?;
    let at_server = Capture::start(&office.server)?;
    let diagnosis = doctor(&office, &[], 0)?;
    assert_eq!(kinds(&diagnosis), ["already_running"], "{diagnosis:#}");
    assert_eq!(diagnosis["cards"][0]["members"], 1, "{diagnosis:#}");
    let said = at_server.finish()?;
    let is_sip = |payload: &[u8]| payload.starts_with(b"SIP/2.0") || payload.starts_with(b"NOTIFY");
    let answers = said.iter().filter(|frame| frame.udp().is_some_and(|udp| is_sip(udp.payload)));
    assert_eq!(answers.count(), 0, "the self-test was answered");
    let events = serve.stop()?;
    assert_eq!(named(&events, "phone_asked").len(), 0, "{events:#?}");
    Ok(())
}

#[test]
#[ignore = "needs root and network namespaces; cargo xtask test runs it"]
fn names_the_program_that_holds_the_port() -> Result<()> {
    let office = Office::open()?;
    let _holder = Phone::at(&office.server, "0.0.0.0:5060")?;
    let diagnosis = doctor(&office, &[], 1)?;
    assert_eq!(kinds(&diagnosis)[0], "port_held", "{diagnosis:#}");
    let words = diagnosis["problems"][0]["words"].as_str().context("no words")?;
    assert!(words.contains(&std::process::id().to_string()), "{words}");
    Ok(())
}

#[test]
#[ignore = "needs root and network namespaces; cargo xtask test runs it"]
fn a_card_that_is_switched_off_is_named() -> Result<()> {
    let office = Office::open()?;
    at_server(&office, "ip", &["link", "set", "eth0", "down"])?;
    let named = doctor(&office, &["--interface", "eth0"], 1)?;
    assert_eq!(kinds(&named)[0], "card_down", "{named:#}");
    let any = doctor(&office, &[], 1)?;
    assert_eq!(kinds(&any)[0], "no_card", "{any:#}");
    let left_out = any["left_out"].as_array().context("nothing was left out")?;
    let reasons: Vec<_> = left_out.iter().map(|card| &card["reason"]).collect();
    assert_eq!(reasons, ["loopback", "down"], "{any:#}");
    Ok(())
}

#[test]
#[ignore = "needs root and network namespaces; cargo xtask test runs it"]
fn a_tunnel_is_left_out_and_said_so() -> Result<()> {
    let office = Office::open()?;
    at_server(&office, "ip", &["tuntap", "add", "tun7", "mode", "tun"])?;
    let diagnosis = doctor(&office, &[], 0)?;
    let tunnels = diagnosis["left_out"].as_array().into_iter().flatten();
    assert_eq!(tunnels.filter(|card| card["reason"] == "tunnel").count(), 1, "{diagnosis:#}");
    Ok(())
}

#[test]
#[ignore = "needs root and network namespaces; cargo xtask test runs it"]
fn a_wrong_card_lists_what_exists() -> Result<()> {
    let office = Office::open()?;
    let mut command = serve::command(&office.server, office.lab.folder())?;
    let said = run(command.args(["doctor", "--interface", "eth9"]), LIMIT)?.expect_code(4)?.stderr;
    assert!(said.contains("eth9") && said.contains(&format!("eth0 ({SERVER}/16)")), "{said}");
    Ok(())
}

#[test]
#[ignore = "needs root and network namespaces; cargo xtask test runs it"]
fn a_firewall_that_drops_what_phones_ask_is_found() -> Result<()> {
    let office = Office::open()?;
    at_server(&office, "tc", &["qdisc", "add", "dev", "eth0", "ingress"])?;
    let filter = ["filter", "add", "dev", "eth0", "parent", "ffff:", "protocol", "ip"];
    // One instruction of classic BPF: "drop", for every packet. It stands for any firewall, and needs no module of one.
    at_server(&office, "tc", &[&filter[..], &["bpf", "da", "bytecode", "1,6 0 0 2,"]].concat())?;
    let diagnosis = doctor(&office, &[], 1)?;
    assert_eq!(kinds(&diagnosis)[0], "self_test_not_heard", "{diagnosis:#}");
    assert_eq!(diagnosis["cards"][0]["joined"], true, "{diagnosis:#}");
    Ok(())
}

#[test]
#[ignore = "needs root and network namespaces; cargo xtask test runs it"]
fn without_the_right_to_the_port_this_machine_refuses() -> Result<()> {
    let office = Office::open()?;
    let mut command = office.server.command("setpriv");
    command.args(["--inh-caps=-net_bind_service", "--bounding-set=-net_bind_service"]);
    command.arg(fingerpost()?).args(["doctor", "--json", "--port", "80"]);
    let said = run(&mut command, LIMIT)?.expect_code(4)?;
    let diagnosis: Value = serde_json::from_str(&said.stdout).context(said.stdout)?;
    assert_eq!(diagnosis["verdict"], "refused", "{diagnosis:#}");
    assert_eq!(kinds(&diagnosis)[0], "not_permitted", "{diagnosis:#}");
    let words = diagnosis["problems"][0]["words"].as_str().context("no words")?;
    assert!(words.contains("setcap") && words.contains("80"), "{words}");
    Ok(())
}

#[test]
#[ignore = "needs root and network namespaces; cargo xtask test runs it"]
fn counts_who_asks_while_it_listens() -> Result<()> {
    let office = Office::open()?;
    let phone = office.phone()?;
    let mut command = serve::command(&office.server, office.lab.folder())?;
    let mut listening = Program::start(command.args(["doctor", "--json", "--listen", "3s"]))?;
    let deadline = Instant::now() + LIMIT;
    let mut said = None;
    // Asks again and again, so that it does not matter when the listening begins.
    while said.is_none() && Instant::now() < deadline {
        phone.ask(b"hello?")?;
        said = listening.stdout.recv_timeout(Duration::from_millis(200)).ok();
    }
    let diagnosis: Value = serde_json::from_str(&said.context("it said nothing")?)?;
    assert!(diagnosis["cards"][0]["heard"].as_u64() > Some(0), "{diagnosis:#}");
    assert_eq!(listening.wait(LIMIT)?.code(), Some(0));
    Ok(())
}
