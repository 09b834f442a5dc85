//! Owns the lanes: one a party, in the order in which each first took part.

use crate::ends::Ends;
use crate::reading::Reading;
use crate::small::Small;
use crate::words::{Named, Place, Word, Words};
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

/// The lane of each place, and of what has none.
#[derive(Debug, Default)]
pub(crate) struct Ways {
    lanes: Vec<Small>,
    unknown: Small,
}

impl Ways {
    pub(crate) fn lane(&self, end: Option<Place>) -> usize {
        let lane = end.map_or(self.unknown, |place| self.lanes[place.index()]);
        lane.get().unwrap_or_default()
    }
}

struct Lanes<'a> {
    words: &'a Words,
    /// Hosts on which several parties speak with each other: there the port tells them apart.
    shared: HashSet<Word>,
    /// By host, and by port where the host is shared.
    places: HashMap<(Word, Option<u16>), usize>,
    ways: Ways,
    found: Vec<Lane>,
}

pub(crate) fn arrange(readings: &[Reading], ends: &[Ends], words: &Words) -> (Vec<Lane>, Ways) {
    let mut lanes = Lanes {
        words,
        shared: shared(ends, words),
        places: HashMap::new(),
        ways: Ways { lanes: vec![Small::NONE; words.places().len()], unknown: Small::NONE },
        found: Vec::new(),
    };
    for ends in ends {
        lanes.meet(ends.from);
        lanes.meet(ends.to);
    }
    for (reading, ends) in readings.iter().zip(ends) {
        lanes.learn(reading, *ends);
    }
    (lanes.found, lanes.ways)
}

fn shared(ends: &[Ends], words: &Words) -> HashSet<Word> {
    let both =
        ends.iter().filter_map(|ends| Some((words.named(ends.from?), words.named(ends.to?))));
    both.filter(|(from, to)| from.host == to.host && from.port != to.port)
        .map(|(from, _)| from.host)
        .collect()
}

impl Lanes<'_> {
    /// Gives it a lane, where it has none yet.
    fn meet(&mut self, end: Option<Place>) {
        match end {
            None if !self.ways.unknown.is_some() => self.ways.unknown = Small::of(self.lane(None)),
            Some(place) if !self.ways.lanes[place.index()].is_some() => {
                self.ways.lanes[place.index()] = Small::of(self.lane(Some(place)));
            }
            _ => {}
        }
    }

    fn lane(&mut self, end: Option<Place>) -> usize {
        let Some(place) = end else { return self.open(UNKNOWN.to_owned(), Role::Other) };
        let Named { host, port } = self.words.named(place);
        let port = self.shared.contains(&host).then_some(port);
        if let Some(lane) = self.places.get(&(host, port)) {
            return *lane;
        }
        let host_name = self.words.get(host);
        let name = port.map_or_else(|| host_name.to_owned(), |port| format!("{host_name}:{port}"));
        let role = if self.words.is_group(place) { Role::Group } else { Role::Other };
        let lane = self.open(name, role);
        self.places.insert((host, port), lane);
        lane
    }

    fn open(&mut self, name: String, role: Role) -> usize {
        self.found.push(Lane { name, role, title: None });
        self.found.len() - 1
    }

    fn learn(&mut self, reading: &Reading, ends: Ends) {
        let from = self.ways.lane(ends.from);
        if reading.is_profile_request() {
            self.give(from, Role::Phone);
            let title = &mut self.found[from].title;
            if title.is_none() && reading.phone != Word::EMPTY {
                *title = Some(self.words.get(reading.phone).to_owned());
            }
        } else if reading.tells_url() {
            self.give(from, Role::Server);
        }
    }

    fn give(&mut self, lane: usize, role: Role) {
        let lane = &mut self.found[lane];
        if lane.role == Role::Other && lane.name != UNKNOWN {
            lane.role = role;
        }
    }
}

const UNKNOWN: &str = "unknown";
