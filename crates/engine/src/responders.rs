//! Owns the list of those who answered a phone: one row for each machine, with its hardware address where this machine
//! learnt it. Asks nobody.

use crate::asking::Heard;
use fingerpost_core::pnp::{Mac, vendor};
use fingerpost_net::{hardware_address, list_cards};
use serde::Serialize;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};

/// A machine that answered.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[non_exhaustive]
pub struct Responder {
    /// Its address.
    pub address: IpAddr,
    /// Its port: that of the NOTIFY, else of the response.
    pub port: u16,
    /// Its hardware address; `None` beyond a router, or where the system does not tell.
    #[cfg_attr(test, ts(as = "Option<String>"))]
    pub mac: Option<Mac>,
    /// Who made it, where the hardware address is of a known vendor of desk phones.
    pub vendor: Option<String>,
    /// The status of its first response.
    pub status: Option<String>,
    /// The first URL that it told.
    pub url: Option<String>,
    /// Milliseconds until its first answer.
    pub ms: f64,
}

/// Everybody in `answers`, in the order of their first word. Best asked at the end: who was answered is a neighbour then.
pub(crate) fn responders(answers: &[Heard]) -> Vec<Responder> {
    rows(answers, |address| own_mac(address).or_else(|| hardware_address(address)))
}

/// This machine is not its own neighbour.
fn own_mac(address: Ipv4Addr) -> Option<[u8; 6]> {
    list_cards().ok()?.iter().find(|card| card.has_address(address))?.mac
}

fn rows(answers: &[Heard], mac_of: impl Fn(Ipv4Addr) -> Option<[u8; 6]>) -> Vec<Responder> {
    let mut rows: Vec<Responder> = Vec::new();
    for heard in answers {
        let at = rows.iter().position(|row| row.address == heard.from.ip());
        let at = at.unwrap_or_else(|| {
            rows.push(row(heard.from, heard.ms, &mac_of));
            rows.len() - 1
        });
        add(&mut rows[at], heard);
    }
    rows
}

fn row(from: SocketAddr, ms: f64, mac_of: impl Fn(Ipv4Addr) -> Option<[u8; 6]>) -> Responder {
    let mac = match from.ip() {
        IpAddr::V4(address) => mac_of(address).map(Mac::new),
        IpAddr::V6(_) => None,
    };
    let vendor = mac.and_then(|mac| vendor::by_oui(mac.oui())).map(String::from);
    Responder { address: from.ip(), port: from.port(), mac, vendor, status: None, url: None, ms }
}

fn add(row: &mut Responder, heard: &Heard) {
    match &heard.url {
        Some(url) if row.url.is_none() => {
            (row.port, row.url) = (heard.from.port(), Some(url.clone()));
        }
        None if row.status.is_none() => row.status = Some(heard.kind.clone()),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heard(from: &str, kind: &str, url: Option<&str>, ms: f64) -> Heard {
        let url = url.map(String::from);
        Heard { kind: kind.into(), from: from.parse().unwrap(), ms, url }
    }

    #[test]
    fn each_machine_is_one_row_with_what_it_said_first() {
        let answers = [
            heard("192.0.2.1:6060", "202", None, 1.0),
            heard("192.0.2.2:5060", "200", None, 2.0),
            heard("192.0.2.1:6061", "notify", Some("http://a/"), 3.0),
            heard("192.0.2.1:6060", "notify", Some("http://again/"), 4.0),
            heard("192.0.2.2:5060", "200", None, 5.0),
        ];
        let mac = |address: Ipv4Addr| {
            (address.octets()[3] == 1).then_some([0x00, 0x0B, 0x82, 0x00, 0x00, 0x01])
        };
        let rows = rows(&answers, mac);
        let told: Vec<_> =
            rows.iter().map(|row| (row.port, row.vendor.as_deref(), row.url.as_deref())).collect();
        assert_eq!(told, [(6061, Some("grandstream"), Some("http://a/")), (5060, None, None)]);
        assert_eq!((rows[0].status.as_deref(), rows[0].ms), (Some("202"), 1.0));
        assert_eq!((rows[1].mac, rows[1].ms), (None, 2.0));
    }
}
