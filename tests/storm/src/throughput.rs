//! Owns the comparison on loopback: exchanges a second without loss, of Fingerpost, Kamailio and the bare floor.

use crate::folder::Folder;
use crate::search::highest;
use crate::server::{Ended, Kind, Server};
use crate::sipp::{self, Run};
use crate::table::Row;
use crate::{cores, floor};
use anyhow::Result;
use std::path::Path;

/// A neighbour on this machine may spoil one of them.
const TRIES: u32 = 2;

/// The highest rate that a server carried, and how.
struct Carried {
    rate: u32,
    run: Run,
    ended: Ended,
}

/// All lines; a reason for each program that is not here.
pub(crate) fn rows(no_kamailio: Option<String>, no_sipp: Option<String>) -> Vec<Row> {
    let mut rows = vec![
        Row::new("priority over neighbours", priority(), ""),
        Row::new(
            "SIPp's clock",
            "counts in steps of the kernel's tick, 1 to 10 ms: so does p99",
            "",
        ),
    ];
    let floor = floor::exchanges_per_second();
    let floor = floor.inspect(|rate| rows.push(Row::new("bare echo", per_second(*rate), ""))).ok();
    if let Some(why) = no_sipp {
        rows.push(Row::skipped("exchanges/s", &why));
        return rows;
    }
    let peer = match no_kamailio {
        Some(why) => {
            rows.push(Row::skipped("Kamailio", &why));
            None
        }
        None => line(
            "Kamailio, 1 worker",
            Kind::Kamailio,
            Beside { floor, ..Beside::default() },
            &mut rows,
        ),
    };
    let wanted = "at least 2 x Kamailio";
    let beside = Beside { floor, peer, wanted };
    line("fingerpost serve", Kind::Forgetting, beside, &mut rows);
    let wanted = "at least 1 x Kamailio, nothing unrecorded";
    line("fingerpost serve --data", Kind::Recording, Beside { wanted, ..beside }, &mut rows);
    rows
}

/// What a rate is compared with.
#[derive(Clone, Copy, Default)]
struct Beside {
    floor: Option<f64>,
    peer: Option<u32>,
    wanted: &'static str,
}

fn line(what: &str, kind: Kind, beside: Beside, rows: &mut Vec<Row>) -> Option<u32> {
    let outcome = measure(kind);
    let rate = outcome.as_ref().ok().and_then(Option::as_ref).map(|carried| carried.rate);
    let row =
        outcome.map(|carried| vec![Row::new(what, words(kind, carried, beside), beside.wanted)]);
    rows.extend(Row::of(what, row));
    rate
}

fn measure(kind: Kind) -> Result<Option<Carried>> {
    let folder = Folder::new()?;
    let found = highest(|rate| carries(kind, rate, folder.path()))?;
    Ok(found.map(|(rate, (run, ended))| Carried { rate, run, ended }))
}

/// A server is started anew for each try: none inherits what another was too slow for.
fn carries(kind: Kind, rate: u32, folder: &Path) -> Result<Option<(Run, Ended)>> {
    for number in 0..TRIES {
        let folder = folder.join(format!("{rate}x{number}"));
        let server = Server::start(kind, &folder)?;
        let run = sipp::ask(server.address, kind.phones_port(), rate, &folder)?;
        let ended = server.end()?;
        println!("  {kind:?} at {rate}/s: {}", run.words());
        std::fs::remove_dir_all(&folder)?;
        if run.is_without_loss() && ended.sum("memory_behind", "lost") == 0 {
            return Ok(Some((run, ended)));
        }
    }
    Ok(None)
}

fn words(kind: Kind, carried: Option<Carried>, beside: Beside) -> String {
    let Some(Carried { rate, run, ended }) = carried else {
        return "loses some at every rate that was tried".into();
    };
    let mut words = vec![format!("{rate}/s"), format!("p99 {} ms", run.p99())];
    words.extend(
        beside.peer.map(|peer| format!("{:.2} x Kamailio", f64::from(rate) / f64::from(peer))),
    );
    words.extend(
        beside.floor.map(|floor| format!("{:.2} x the bare echo", f64::from(rate) / floor)),
    );
    if kind == Kind::Recording {
        words.push(format!("written {:.1} s after the end", ended.took.as_secs_f64()));
        let [exchanges, phones] = ["exchanges", "phones"].map(|what| ended.sum("forgotten", what));
        words.push(format!("evicted and said so: {exchanges} exchanges, {phones} phones"));
    }
    words.join(", ")
}

fn per_second(rate: f64) -> String {
    format!("{rate:.0}/s: one datagram in, two out, one core, no SIP")
}

fn priority() -> &'static str {
    if cores::has_priority() {
        "yes (chrt -r 1), for server and load"
    } else {
        "no (chrt is not permitted): what else runs here lowers the figures"
    }
}
