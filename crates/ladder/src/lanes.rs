//! Owns the lanes: one a party, in the order in which each first took part.

use crate::ends::{End, Ends, is_group};
use crate::reading::Reading;
use std::collections::{HashMap, HashSet};

/// One party of a ladder.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "camelCase"))]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export_to = "types.ts"))]
#[non_exhaustive]
pub struct Lane {
    /// Its address, or the name that messages give it; with a port where one address has several parties.
    /// `unknown` where nothing tells.
    pub name: String,
    /// What it is, as far as its messages tell.
    pub role: Role,
    /// Who a phone says it is: `audiocodes 440HD`.
    pub title: Option<String>,
}

/// What a party is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "camelCase"))]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export_to = "types.ts"))]
#[non_exhaustive]
pub enum Role {
    /// It asked for its configuration.
    Phone,
    /// It answered a phone that did.
    Server,
    /// A multicast group: everybody in it hears.
    Group,
    /// Any other.
    Other,
}

impl Lane {
    /// What stands above the lane: its name, and under it who or what it is (perhaps nothing).
    #[must_use]
    pub fn subtitle(&self) -> &str {
        match (&self.title, self.role) {
            (Some(title), _) => title,
            (None, Role::Phone) => "phone",
            (None, Role::Server) => "provisioning server",
            (None, Role::Group) => "multicast group",
            (None, Role::Other) => "",
        }
    }
}

/// From which lane to which a message goes.
#[derive(Debug, Clone)]
pub(crate) struct Way {
    pub from: usize,
    pub to: usize,
    pub from_port: Option<u16>,
    pub to_port: Option<u16>,
    pub is_deduced: bool,
}

#[derive(Default)]
struct Lanes<'a> {
    /// Hosts on which several parties speak with each other: there the port tells them apart.
    shared: HashSet<&'a str>,
    places: HashMap<String, usize>,
    found: Vec<Lane>,
}

pub(crate) fn arrange(readings: &[Reading], ends: &[Ends]) -> (Vec<Lane>, Vec<Way>) {
    let mut lanes = Lanes { shared: shared(ends), ..Lanes::default() };
    let ways: Vec<Way> = ends.iter().map(|ends| lanes.way(ends)).collect();
    for (reading, way) in readings.iter().zip(&ways) {
        lanes.learn(reading, way);
    }
    (lanes.found, ways)
}

fn shared(ends: &[Ends]) -> HashSet<&str> {
    let both = ends.iter().filter_map(|ends| Some((ends.from.as_ref()?, ends.to.as_ref()?)));
    both.filter(|(from, to)| from.host == to.host && from.port != to.port)
        .map(|(from, _)| &*from.host)
        .collect()
}

impl Lanes<'_> {
    fn way(&mut self, ends: &Ends) -> Way {
        Way {
            from: self.lane(ends.from.as_ref()),
            to: self.lane(ends.to.as_ref()),
            from_port: ends.from.as_ref().map(|end| end.port),
            to_port: ends.to.as_ref().map(|end| end.port),
            is_deduced: ends.is_deduced,
        }
    }

    fn lane(&mut self, end: Option<&End>) -> usize {
        let name = match end {
            None => "unknown".to_owned(),
            Some(end) if self.shared.contains(&*end.host) => {
                format!("{}:{}", end.host, end.port)
            }
            Some(end) => end.host.to_string(),
        };
        if let Some(&place) = self.places.get(&name) {
            return place;
        }
        let role = if end.is_some_and(is_group) { Role::Group } else { Role::Other };
        self.places.insert(name.clone(), self.found.len());
        self.found.push(Lane { name, role, title: None });
        self.found.len() - 1
    }

    fn learn(&mut self, reading: &Reading, way: &Way) {
        if reading.is_profile_request {
            self.give(way.from, Role::Phone);
            let title = &mut self.found[way.from].title;
            *title = title.take().or_else(|| reading.phone.as_deref().map(str::to_owned));
        } else if reading.url.is_some() {
            self.give(way.from, Role::Server);
        }
    }

    fn give(&mut self, lane: usize, role: Role) {
        let lane = &mut self.found[lane];
        if lane.role == Role::Other && lane.name != "unknown" {
            lane.role = role;
        }
    }
}
