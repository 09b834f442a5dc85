//! A million datagrams of noise and forgeries beside a hundred phones, each of which asks while its share of the flood
//! comes in.

use crate::fixture::{manual_subscribe, replaced};
use crate::lab::Host;
use crate::office::{Office, PHONE, SERVER};
use crate::phone::{GROUP, Phone};
use anyhow::{Result, anyhow, bail};
use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

/// Datagrams.
pub const FLOOD: usize = 1_000_000;
/// Phones that want their URL meanwhile.
pub const PHONES: usize = 100;
/// When a phone asks again, and when its patience ends.
const PAUSES: [Duration; 4] = [
    Duration::from_millis(500),
    Duration::from_secs(1),
    Duration::from_secs(2),
    Duration::from_millis(1_500),
];

/// What floods: noise, half a message, a request of another kind, and questions of somebody else.
fn ammunition() -> Result<Vec<Vec<u8>>> {
    let asked = manual_subscribe("10.13.66.1")?;
    Ok(vec![
        vec![0xFF; 300],
        asked[..200].to_vec(),
        replaced(&asked, "SUBSCRIBE", "OPTIONS")?,
        replaced(&asked, "ua-profile", "presence")?,
        b"SIP/2.0 200 OK\r\n\r\n".to_vec(),
    ])
}

/// One phone's share of the flood, as fast as it can be sent, half of it to the group.
fn attack(attackers: &[Phone], ammunition: &[Vec<u8>], server: SocketAddr) {
    for number in 0..FLOOD / PHONES {
        let bytes = &ammunition[number / 3 % ammunition.len()];
        let to = if number % 2 == 0 { GROUP.into() } else { server };
        // What this machine's own queue cannot take was no datagram.
        let _ = attackers[number % attackers.len()].send(bytes, to);
    }
}

/// Drinks up what comes back.
fn drain(attackers: &[Phone], until: &AtomicBool) -> Result<usize> {
    let mut heard = 0;
    while !until.load(Ordering::Relaxed) {
        for attacker in attackers {
            heard += usize::from(attacker.hear(Duration::from_millis(1))?.is_some());
        }
    }
    Ok(heard)
}

/// A phone asks, as often as phones do, and takes its URL.
fn be_served(desk: &Host, number: usize) -> Result<()> {
    let (port, own) = (20_000 + number, format!("{PHONE}:{}", 20_000 + number));
    let phone = Phone::at(desk, &own)?;
    let asked = replaced(&manual_subscribe(PHONE)?, &format!("{PHONE}:5060"), &own)?;
    let asked = replaced(&asked, "Call-ID: 8884c8", &format!("Call-ID: {port}x"))?;
    let asked = replaced(&asked, "branch=z9hG4bK", &format!("branch=z9hG4bK{port}x"))?;
    for pause in PAUSES {
        phone.ask(&asked)?;
        if let Ok(notify) = phone.hear_one(true, pause) {
            phone.reply(&notify, "200 OK")?;
            return Ok(());
        }
    }
    bail!("phone {number} has no URL after five seconds")
}

/// What came of it.
#[derive(Debug)]
pub struct Outcome {
    /// The phones without a URL, and why.
    pub unserved: Vec<anyhow::Error>,
    /// Datagrams that came back to those who flooded.
    pub heard: usize,
    /// How long it took.
    pub took: Duration,
}

/// Lets it come over a server that runs on the office's LAN.
pub fn pour(office: &mut Office) -> Result<Outcome> {
    let villain = office.lab.host("villain")?;
    office.lab.plug(&villain, "eth0", &office.lan, "10.13.66.1/16")?;
    let attackers = (0..20)
        .map(|number| Phone::at(&villain, &format!("10.13.66.1:{}", 7000 + number)))
        .collect::<Result<Vec<_>>>()?;
    let (ammunition, is_over) = (ammunition()?, AtomicBool::new(false));
    let server = format!("{SERVER}:5060").parse()?;
    let began = Instant::now();
    let (outcomes, heard) = thread::scope(|scope| {
        let ears = scope.spawn(|| drain(&attackers, &is_over));
        let phone = |number| {
            let attack = scope.spawn(|| attack(&attackers, &ammunition, server));
            let outcome = be_served(&office.desk, number);
            let attacked = attack.join().map_err(|_| anyhow!("the attack broke off"));
            outcome.and(attacked)
        };
        let outcomes: Vec<Result<()>> = (0..PHONES).map(phone).collect();
        is_over.store(true, Ordering::Relaxed);
        (outcomes, ears.join())
    });
    let unserved = outcomes.into_iter().filter_map(Result::err).collect();
    let heard = heard.map_err(|_| anyhow!("nobody listened"))??;
    Ok(Outcome { unserved, heard, took: began.elapsed() })
}
