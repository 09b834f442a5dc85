//! A million datagrams of noise and forgeries beside a hundred phones: the phones are served, nobody else hears of it,
//! and nothing grows without bound.

#![cfg(target_os = "linux")]

use anyhow::{Result, ensure};
use fingerpost_system_tests::fixture::{manual_subscribe, replaced};
use fingerpost_system_tests::office::{Office, SERVER};
use fingerpost_system_tests::phone::{GROUP, Phone};
use fingerpost_system_tests::serve::named;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

const FLOOD: u32 = 1_000_000;
/// The flood comes in bursts of so many, as fast as it can be sent, over this time in all.
const BURST: u32 = 1_000;
const TIME: Duration = Duration::from_secs(40);
const PHONES: &str = "100";

/// What floods: noise, half a message, a request of another kind, and questions that claim to come from elsewhere.
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

fn attack(attackers: &[Phone], ammunition: &[Vec<u8>], server: SocketAddr) -> Result<()> {
    let begun = Instant::now();
    for burst in 0..FLOOD / BURST {
        for number in 0..BURST {
            let attacker = &attackers[number as usize % attackers.len()];
            let bytes = &ammunition[(number / 3) as usize % ammunition.len()];
            let to = if number % 2 == 0 { GROUP.into() } else { server };
            // What this machine's own queue cannot take was no datagram.
            let _ = attacker.send(bytes, to);
        }
        let due = begun + TIME * burst / (FLOOD / BURST);
        thread::sleep(due.saturating_duration_since(Instant::now()));
    }
    Ok(())
}

/// Drinks up what comes back, so that no queue of the attackers' fills.
fn drain(attackers: &[Phone], until: &AtomicBool) -> Result<usize> {
    let mut heard = 0;
    while !until.load(Ordering::Relaxed) {
        for attacker in attackers {
            heard += usize::from(attacker.hear(Duration::from_millis(1))?.is_some());
        }
    }
    Ok(heard)
}

#[test]
#[ignore = "needs root and network namespaces; cargo xtask test runs it"]
fn a_million_datagrams_of_garbage_keep_no_phone_from_its_url() -> Result<()> {
    let mut office = Office::open()?;
    let serve = office.serve(&["--url", "tftp://%{server}"])?;
    let villain = office.lab.host("villain")?;
    office.lab.plug(&villain, "eth0", &office.lan, "10.13.66.1/16")?;
    let attackers = (0..20)
        .map(|number| Phone::at(&villain, &format!("10.13.66.1:{}", 7000 + number)))
        .collect::<Result<Vec<_>>>()?;
    let (ammunition, is_over) = (ammunition()?, AtomicBool::new(false));
    let server = format!("{SERVER}:5060").parse()?;
    let heard = thread::scope(|scope| {
        let ears = scope.spawn(|| drain(&attackers, &is_over));
        let attack = scope.spawn(|| attack(&attackers, &ammunition, server));
        let phones = ["phone", "--count", PHONES, "--over", "33s", "--wait", "5s", "--json"];
        let finished = office.run_at_desk(&phones, Duration::from_secs(60));
        let attacked = attack.join();
        is_over.store(true, Ordering::Relaxed);
        let heard = ears.join();
        let finished = finished?;
        let summary = finished.stdout.lines().last().unwrap_or_default();
        ensure!(finished.code == Some(0), "not every phone was served: {summary}");
        attacked.map_err(|_| anyhow::anyhow!("the attack broke off"))??;
        heard.map_err(|_| anyhow::anyhow!("nobody listened"))?
    })?;
    // Forty seconds and some, 256 refusals a second in all, 8 of them for one address.
    assert!(heard <= 8 * 60, "{heard} refusals");
    let memory = serve.peak_memory()?;
    assert!(memory < 100 << 20, "{memory} bytes at the most");
    let events = serve.stop()?;
    let said = named(&events, "ignored").len() + named(&events, "rejected").len();
    assert!(said < 20 * 8 * 60, "{said} lines about the flood");
    eprintln!("{heard} refusals heard, {} MB, {said} lines about the flood", memory >> 20);
    Ok(())
}
