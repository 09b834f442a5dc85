//! Owns what Linux's `/proc/net` says about groups (`igmp`), cards (`dev`) and neighbours (`arp`). Reads only; rows that
//! make no sense are skipped.

use crate::members::{Membership, Traffic};
use std::fs;
use std::net::Ipv4Addr;

/// A table of this thread's network namespace: a thread may have entered another one than its process.
pub(crate) fn read_table(name: &str) -> Option<String> {
    fs::read_to_string(format!("/proc/thread-self/net/{name}"))
        .or_else(|_| fs::read_to_string(format!("/proc/net/{name}")))
        .ok()
}

pub(crate) fn group_members(group: Ipv4Addr) -> Option<Vec<Membership>> {
    read_table("igmp").map(|table| members_in(&table, group))
}

pub(crate) fn traffic(card: &str) -> Option<Traffic> {
    traffic_in(&read_table("dev")?, card)
}

pub(crate) fn hardware_address(address: Ipv4Addr) -> Option<[u8; 6]> {
    let known = neighbours().into_iter().find(|((known, _), _)| *known == address);
    known.map(|(_, mac)| mac)
}

/// Every neighbour that answered, by address and card.
pub(crate) fn neighbours() -> Vec<((Ipv4Addr, String), [u8; 6])> {
    read_table("arp").map(|table| neighbours_in(&table)).unwrap_or_default()
}

/// A card's row begins with its number; the rows of its groups follow, each begins with blanks.
fn members_in(table: &str, group: Ipv4Addr) -> Vec<Membership> {
    let mut card = None;
    let mut members = Vec::new();
    for row in table.lines().skip(1) {
        if !row.starts_with(char::is_whitespace) {
            card = row.split_ascii_whitespace().next().and_then(|index| index.parse().ok());
            continue;
        }
        let found = card.zip(group_row(row)).filter(|(_, (joined, _))| *joined == group);
        members.extend(found.map(|(card_index, (_, sockets))| Membership { card_index, sockets }));
    }
    members
}

/// `010000E0     1 0:00000000 …`: the group as a number in the machine's byte order, and its sockets.
fn group_row(row: &str) -> Option<(Ipv4Addr, u32)> {
    let mut columns = row.split_ascii_whitespace();
    let group = u32::from_str_radix(columns.next()?, 16).ok()?;
    Some((Ipv4Addr::from(group.to_ne_bytes()), columns.next()?.parse().ok()?))
}

/// `eth0: bytes packets errs drop fifo frame compressed multicast …`
fn traffic_in(table: &str, card: &str) -> Option<Traffic> {
    let row = table.lines().find_map(|row| row.trim_start().strip_prefix(card)?.strip_prefix(':'));
    let columns: Vec<u64> =
        row?.split_ascii_whitespace().map_while(|column| column.parse().ok()).collect();
    Some(Traffic { packets: *columns.get(1)?, multicast: *columns.get(7)? })
}

/// Of `Flags`: the address was answered for.
const COMPLETE: u32 = 0x2;

/// `192.0.2.1 0x1 0x2 02:00:5e:00:53:01 * eth0`
fn neighbours_in(table: &str) -> Vec<((Ipv4Addr, String), [u8; 6])> {
    table.lines().skip(1).filter_map(neighbour).collect()
}

fn neighbour(row: &str) -> Option<((Ipv4Addr, String), [u8; 6])> {
    let mut columns = row.split_ascii_whitespace();
    let (address, flags, mac) = (columns.next()?, columns.nth(1)?, columns.next()?);
    let card = columns.nth(1)?;
    let flags = u32::from_str_radix(flags.strip_prefix("0x")?, 16).ok()?;
    let mac = octets(mac).filter(|mac| flags & COMPLETE != 0 && *mac != [0; 6])?;
    Some(((address.parse().ok()?, card.to_owned()), mac))
}

fn octets(text: &str) -> Option<[u8; 6]> {
    let octets = text.split(':').map(|octet| u8::from_str_radix(octet, 16).ok());
    octets.collect::<Option<Vec<u8>>>()?.try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn in_hex(group: [u8; 4]) -> String {
        format!("{:08X}", u32::from_ne_bytes(group))
    }

    #[test]
    fn reads_who_joined_on_which_card() {
        let (ours, other) = (in_hex([224, 0, 1, 75]), in_hex([224, 0, 0, 1]));
        let table = format!(
            "Idx\tDevice    : Count Querier\tGroup    Users Timer\tReporter\n\
             1\tlo        :     1      V3\n\t\t\t\t{other}     1 0:00000000\t\t0\n\
             14\teth0      :     2      V3\n\t\t\t\t{ours}     3 0:00000000\t\t0\n\t\t\t\t{other}     1 0:00000000\t\t0\n\
             15\teth1      :     1      V3\n\t\t\t\tnonsense\n"
        );
        let members = members_in(&table, [224, 0, 1, 75].into());
        assert_eq!(members, [Membership { card_index: 14, sockets: 3 }]);
        assert_eq!(members_in("", [224, 0, 1, 75].into()), []);
    }

    #[test]
    fn reads_what_came_in_on_a_card_and_not_on_one_with_a_longer_name() {
        let table = "Inter-|   Receive |  Transmit\n face |bytes packets errs drop fifo frame compressed multicast|bytes\n  eth01: 1 2 3 4 5 6 7 8 9\n   eth0:  900    12 0 0 0 0 0  5 77 1 0 0 0 0 0 0\n";
        assert_eq!(traffic_in(table, "eth0"), Some(Traffic { packets: 12, multicast: 5 }));
        assert_eq!(traffic_in(table, "eth"), None);
    }

    #[test]
    fn knows_a_neighbour_only_once_it_answered_and_on_its_card_only() {
        let table = "IP address HW type Flags HW address Mask Device\n\
             192.0.2.1 0x1 0x2 00:00:5e:00:53:0a * eth0\n192.0.2.1 0x1 0x2 00:00:5e:00:53:0b * eth1\n\
             192.0.2.2 0x1 0x0 00:00:00:00:00:00 * eth0\nnonsense\n";
        let first = Ipv4Addr::new(192, 0, 2, 1);
        assert_eq!(
            neighbours_in(table),
            [
                ((first, "eth0".into()), [0, 0, 0x5e, 0, 0x53, 0x0a]),
                ((first, "eth1".into()), [0, 0, 0x5e, 0, 0x53, 0x0b]),
            ]
        );
    }
}
