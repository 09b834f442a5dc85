//! What the API of a running server tells of its health and of its neighbours, on machines that are well and are not.

#![cfg(target_os = "linux")]

use anyhow::{Context, Result, anyhow};
use fingerpost_system_tests::lab::Host;
use fingerpost_system_tests::office::{Office, SERVER};
use fingerpost_system_tests::program::succeed;
use fingerpost_system_tests::serve::{SOON, Serve};
use serde_json::Value;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::thread;
use std::time::Duration;

/// Far more than anything here takes.
const LIMIT: Duration = Duration::from_secs(20);

/// The API of a server, from its own machine.
struct Api {
    authority: String,
    token: String,
}

impl Api {
    fn of(serve: &mut Serve) -> Result<Self> {
        let line = serve.wait_until_said("open http://", SOON)?;
        let url = line.split_once("http://").context("no address")?.1;
        let (authority, token) = url.trim_end().split_once("/#token=").context("no token")?;
        Ok(Self { authority: authority.into(), token: token.into() })
    }

    /// Sends a request; its answer comes when it is read.
    fn ask(&self, host: &Host, line: &str) -> Result<TcpStream> {
        let (authority, token) = (&self.authority, &self.token);
        let mut stream = host.enter(|| Ok(TcpStream::connect(authority)?))?;
        stream.set_read_timeout(Some(LIMIT))?;
        let body = if line.starts_with("POST") { "{}" } else { "" };
        write!(
            stream,
            "{line} HTTP/1.1\r\nHost: {authority}\r\nOrigin: http://{authority}\r\nConnection: close\r\n\
             Authorization: Bearer {token}\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        )?;
        Ok(stream)
    }
}

fn answer(mut stream: TcpStream) -> Result<Value> {
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    let (head, body) = answer.split_once("\r\n\r\n").context("no answer")?;
    anyhow::ensure!(head.starts_with("HTTP/1.1 200 "), "{answer}");
    serde_json::from_str(body).with_context(|| answer.clone())
}

/// Nothing that comes in on the card is let through: as a firewall would, without a module of one.
fn deafen(host: &Host) -> Result<()> {
    succeed(host.command("tc").args(["qdisc", "add", "dev", "eth0", "ingress"]), LIMIT)?;
    let filter = ["filter", "add", "dev", "eth0", "parent", "ffff:", "protocol", "ip"];
    let drop_all = ["bpf", "da", "bytecode", "1,6 0 0 2,"];
    succeed(host.command("tc").args([&filter[..], &drop_all].concat()), LIMIT)?;
    Ok(())
}

/// How many packets were kept out.
fn dropped(host: &Host) -> Result<u64> {
    let mut command = host.command("tc");
    let said =
        succeed(command.args(["-s", "-j", "qdisc", "show", "dev", "eth0", "ingress"]), LIMIT)?;
    let told: Value = serde_json::from_str(&said.stdout).context(said.stdout)?;
    told[0]["drops"].as_u64().with_context(|| told.to_string())
}

#[test]
#[ignore = "needs root and network namespaces; cargo xtask test runs it"]
fn examinations_that_are_asked_for_at_once_are_one() -> Result<()> {
    let office = Office::open()?;
    let mut serve = office.serve(&["--http", "127.0.0.1:0"])?;
    let api = Api::of(&mut serve)?;
    // A self-test that is not heard is waited for: long enough that all of these are asked meanwhile.
    deafen(&office.server)?;
    let first = api.ask(&office.server, "POST /api/health")?;
    let lines = ["POST /api/health", "GET /api/health", "POST /api/health", "GET /api/health"];
    let rest = lines.map(|line| api.ask(&office.server, line));
    let mut answers = vec![thread::spawn(|| answer(first))];
    for stream in rest {
        let stream = stream?;
        answers.push(thread::spawn(|| answer(stream)));
    }
    for told in answers {
        let told = told.join().map_err(|_| anyhow!("a reader panicked"))??;
        assert_eq!(told["cards"][0]["self_test"]["heard"], false, "{told:#}");
        assert_eq!(told["problems"][0]["kind"], "self_test_not_heard", "{told:#}");
        let remedy = told["problems"][0]["remedy"].as_str().context("no remedy")?;
        assert!(remedy.contains("let UDP to the group's port in"), "{remedy}");
    }
    assert_eq!(dropped(&office.server)?, 1, "self-tests were sent and dropped");
    serve.stop()?;
    Ok(())
}

#[test]
#[ignore = "needs root and network namespaces; cargo xtask test runs it"]
fn who_else_answers_is_listed_with_vendor_or_program() -> Result<()> {
    let mut office = Office::open()?;
    let rival = office.lab.host("rival")?;
    office.lab.plug(&rival, "eth0", &office.lan, "10.13.4.122/16")?;
    rival.set_hardware_address("eth0", "00:0b:82:00:00:01")?;
    let mut ours = office.serve(&["--url", "tftp://%{server}/ours", "--http", "127.0.0.1:0"])?;
    let api = Api::of(&mut ours)?;
    let beside = office.serve(&["--url", "tftp://%{server}/beside"])?;
    let theirs = Serve::start(&rival, office.lab.folder(), 1, &["--url", "http://%{server}/gs/"])?;
    let found = answer(api.ask(&office.server, "POST /api/search")?)?;
    let rows = found[0]["responders"].as_array().context("nobody was found")?;
    let of = |url: &str| {
        let is_its = |row: &&Value| row["url"] == url;
        rows.iter().find(is_its).with_context(|| format!("{url} is not in {found:#}"))
    };
    assert_eq!(rows.len(), 3, "{found:#}");
    let ours_row = of(&format!("tftp://{SERVER}/ours"))?;
    assert_eq!((&ours_row["is_us"], &ours_row["port"]), (&true.into(), &5060.into()));
    assert!(ours_row["words"].as_str().is_some_and(|words| words.ends_with("this Fingerpost")));
    let beside_row = of(&format!("tftp://{SERVER}/beside"))?;
    assert_eq!(
        (&beside_row["is_us"], &beside_row["is_this_machine"]),
        (&false.into(), &true.into())
    );
    let program = beside_row["program"].as_str().context("no program")?;
    assert!(program.starts_with("fingerpost (process "), "{program}");
    let far = of("http://10.13.4.122/gs/")?;
    assert_eq!((&far["vendor"], &far["is_this_machine"]), (&"grandstream".into(), &false.into()));
    assert_eq!(far["words"], "10.13.4.122:5060, 00:0b:82:00:00:01, grandstream");
    for serve in [ours, beside, theirs] {
        serve.stop()?;
    }
    Ok(())
}
