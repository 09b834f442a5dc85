//! Owns the list of those who answered a phone: one row for each program, with the hardware address where this machine
//! learnt it, and with the program where it runs on this machine. Asks nobody.

use crate::asking::Heard;
use crate::spelling::colons;
use fingerpost_core::pnp::{Mac, vendor};
use fingerpost_net::{Holder, hardware_address, list_cards, port_holders};
use serde::Serialize;
use std::net::{IpAddr, SocketAddr};

/// A program that answered.
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
    /// Whether it runs on the machine that asked.
    pub is_this_machine: bool,
    /// Whether it is the very program that asked.
    pub is_us: bool,
    /// The program, where it runs on this machine and the system tells.
    pub program: Option<String>,
    /// Who it is, in words.
    pub words: String,
}

/// Everybody in `answers`, in the order of their first word. Best asked at the end: who was answered is a neighbour then.
pub(crate) fn responders(answers: &[Heard]) -> Vec<Responder> {
    let cards = list_cards().unwrap_or_default();
    let mut rows = rows(answers);
    for row in &mut rows {
        let IpAddr::V4(address) = row.address else { continue };
        // This machine is not its own neighbour.
        let own = cards.iter().find(|card| card.has_address(address));
        let mac = own.map_or_else(|| hardware_address(address), |card| card.mac);
        row.is_made_by(mac.map(Mac::new));
        row.is_this_machine = own.is_some() || address.is_loopback();
        if row.is_this_machine {
            row.is_run_by(holder(SocketAddr::new(row.address, row.port)).as_ref());
        }
        row.words = row.in_words();
    }
    rows
}

/// The program behind a socket of this machine.
fn holder(socket: SocketAddr) -> Option<Holder> {
    let holders = port_holders(socket.port());
    let on_all = |holder: &&Holder| holder.address.ip().is_unspecified();
    let exact = holders.iter().find(|holder| holder.address == socket);
    exact.or_else(|| holders.iter().find(on_all)).cloned()
}

/// One for each socket that spoke. A NOTIFY may come from another socket than the response before it.
fn rows(answers: &[Heard]) -> Vec<Responder> {
    let mut rows: Vec<(Responder, Option<f64>)> = Vec::new();
    for heard in answers {
        let is_its =
            |(row, _): &(Responder, _)| SocketAddr::new(row.address, row.port) == heard.from;
        let at = rows.iter().position(is_its).unwrap_or_else(|| {
            rows.push((row(heard.from, heard.ms), None));
            rows.len() - 1
        });
        let (row, told) = &mut rows[at];
        if heard.url.is_none() {
            row.status.get_or_insert_with(|| heard.kind.clone());
        } else if row.url.is_none() {
            (row.url, *told) = (heard.url.clone(), Some(heard.ms));
        }
    }
    whole(rows)
}

/// Who only notified belongs to who only responded, or did so first, at the same address.
fn whole(rows: Vec<(Responder, Option<f64>)>) -> Vec<Responder> {
    let (mut whole, halves): (Vec<_>, Vec<_>) =
        rows.into_iter().partition(|(row, _)| row.status.is_some());
    for (half, told) in halves {
        let same = whole.iter_mut().find(|(row, _)| row.address == half.address);
        match same {
            None => whole.push((half, told)),
            Some((row, before)) => {
                if before.is_none_or(|before| told.is_some_and(|told| told < before)) {
                    (row.port, row.url, *before) = (half.port, half.url, told);
                }
                row.ms = row.ms.min(half.ms);
            }
        }
    }
    let mut whole: Vec<Responder> = whole.into_iter().map(|(row, _)| row).collect();
    whole.sort_by(|one, other| one.ms.total_cmp(&other.ms));
    whole
}

fn row(from: SocketAddr, ms: f64) -> Responder {
    Responder {
        address: from.ip(),
        port: from.port(),
        mac: None,
        vendor: None,
        status: None,
        url: None,
        ms,
        is_this_machine: false,
        is_us: false,
        program: None,
        words: String::new(),
    }
}

impl Responder {
    fn is_made_by(&mut self, mac: Option<Mac>) {
        self.vendor = mac.and_then(|mac| vendor::by_oui(mac.oui())).map(String::from);
        self.mac = mac;
    }

    fn is_run_by(&mut self, holder: Option<&Holder>) {
        self.is_us = holder.is_some_and(|holder| holder.pid == Some(std::process::id()));
        self.program = holder.map(ToString::to_string);
    }

    /// `192.0.2.7:5060, 00:0b:82:00:00:01, grandstream`
    fn in_words(&self) -> String {
        let mut words = vec![SocketAddr::new(self.address, self.port).to_string()];
        words.extend(self.mac.map(colons));
        words.extend(self.vendor.clone());
        words.extend(match (self.is_us, self.is_this_machine, &self.program) {
            (true, ..) => Some("this Fingerpost".to_owned()),
            (_, true, Some(program)) => Some(format!("another program of this machine: {program}")),
            (_, true, None) => Some("a program of this machine".to_owned()),
            _ => None,
        });
        words.join(", ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heard(from: &str, kind: &str, url: Option<&str>, ms: f64) -> Heard {
        let url = url.map(String::from);
        Heard { kind: kind.into(), from: from.parse().unwrap(), ms, url }
    }

    fn told(answers: &[Heard]) -> Vec<(u16, Option<String>, Option<String>)> {
        let rows = rows(answers).into_iter();
        rows.map(|row| (row.port, row.status, row.url)).collect()
    }

    #[test]
    fn who_notifies_from_another_port_is_one_row_with_what_it_said_first() {
        let answers = [
            heard("192.0.2.1:6060", "202", None, 1.0),
            heard("192.0.2.2:5060", "200", None, 2.0),
            heard("192.0.2.1:6061", "notify", Some("http://a/"), 3.0),
            heard("192.0.2.1:6060", "notify", Some("http://again/"), 4.0),
            heard("192.0.2.2:5060", "200", None, 5.0),
        ];
        let said = |word: &str| Some(word.to_owned());
        assert_eq!(
            told(&answers),
            [(6061, said("202"), said("http://a/")), (5060, said("200"), None)]
        );
        assert!(rows(&answers)[0].ms < 1.5);
    }

    #[test]
    fn two_programs_at_one_address_are_two_rows() {
        let answers = [
            heard("192.0.2.1:5060", "200", None, 1.0),
            heard("192.0.2.1:40000", "200", None, 2.0),
            heard("192.0.2.1:5060", "notify", Some("http://a/"), 3.0),
            heard("192.0.2.1:40000", "notify", Some("http://b/"), 4.0),
        ];
        let said = |word: &str| Some(word.to_owned());
        let both =
            [(5060, said("200"), said("http://a/")), (40000, said("200"), said("http://b/"))];
        assert_eq!(told(&answers), both);
    }

    #[test]
    fn who_it_is_is_said_as_far_as_it_is_known() {
        let mut far = row("192.0.2.1:5060".parse().unwrap(), 1.0);
        far.is_made_by(Some(Mac::new([0x00, 0x0B, 0x82, 0, 0, 1])));
        assert_eq!(far.in_words(), "192.0.2.1:5060, 00:0b:82:00:00:01, grandstream");
        let mut near = row("192.0.2.7:5060".parse().unwrap(), 1.0);
        near.is_this_machine = true;
        assert_eq!(near.in_words(), "192.0.2.7:5060, a program of this machine");
        near.program = Some("kamailio (process 7) on 192.0.2.7:5060".into());
        assert!(near.in_words().contains("another program of this machine: kamailio (process 7)"));
        near.is_us = true;
        assert_eq!(near.in_words(), "192.0.2.7:5060, this Fingerpost");
    }
}
