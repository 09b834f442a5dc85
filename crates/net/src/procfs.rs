//! Owns what Linux's `/proc` says about bound UDP sockets: a table of sockets with their inodes, and each process's open
//! files, which name the same inodes. Reads only; what it may not read it leaves out.

use crate::holder::Holder;
use crate::procfs_net::read_table;
use std::fs;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::path::Path;

/// One row of `/proc/net/udp` or `udp6`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct BoundSocket {
    address: SocketAddr,
    user: u32,
    inode: u64,
}

/// Every program with a UDP socket on `port`. The kernel gives the table in pieces, each found by its row number: while
/// other sockets come and go, a row can slip through.
pub(crate) fn port_holders(port: u16) -> Vec<Holder> {
    let sockets = ["udp", "udp6"]
        .into_iter()
        .flat_map(|table| parse_table(&read_table(table).unwrap_or_default()));
    sockets.filter(|socket| socket.address.port() == port).map(holder_of).collect()
}

fn parse_table(text: &str) -> Vec<BoundSocket> {
    text.lines().skip(1).filter_map(parse_row).collect()
}

/// `sl local_address rem_address st tx:rx tr:tm retrnsmt uid timeout inode …`, separated by blanks.
fn parse_row(row: &str) -> Option<BoundSocket> {
    let mut columns = row.split_ascii_whitespace();
    let address = parse_address(columns.nth(1)?)?;
    let user = columns.nth(5)?.parse().ok()?;
    let inode = columns.nth(1)?.parse().ok()?;
    Some(BoundSocket { address, user, inode })
}

/// `0100007F:13C4`: the address as one (IPv4) or four (IPv6) numbers in the machine's byte order, the port in hex.
fn parse_address(text: &str) -> Option<SocketAddr> {
    let (address, port) = text.split_once(':')?;
    let words: Vec<_> = address.as_bytes().chunks(8).map(parse_word).collect::<Option<_>>()?;
    let octets = words.concat();
    let ip = if let Ok(four) = <[u8; 4]>::try_from(octets.as_slice()) {
        IpAddr::V4(Ipv4Addr::from(four))
    } else {
        Ipv6Addr::from(<[u8; 16]>::try_from(octets.as_slice()).ok()?).to_canonical()
    };
    Some(SocketAddr::new(ip, u16::from_str_radix(port, 16).ok()?))
}

fn parse_word(digits: &[u8]) -> Option<[u8; 4]> {
    let digits = str::from_utf8(digits).ok().filter(|digits| digits.len() == 8)?;
    u32::from_str_radix(digits, 16).ok().map(u32::to_ne_bytes)
}

fn holder_of(socket: BoundSocket) -> Holder {
    let pid = process_with(socket.inode);
    Holder {
        address: socket.address,
        user: Some(socket.user),
        pid,
        program: pid.and_then(program_name),
    }
}

fn process_with(inode: u64) -> Option<u32> {
    let wanted = format!("socket:[{inode}]");
    fs::read_dir("/proc")
        .ok()?
        .flatten()
        .filter_map(|entry| entry.file_name().to_str()?.parse::<u32>().ok())
        .find(|pid| has_open(*pid, &wanted))
}

fn has_open(pid: u32, wanted: &str) -> bool {
    fs::read_dir(format!("/proc/{pid}/fd")).is_ok_and(|files| {
        files
            .flatten()
            .any(|file| fs::read_link(file.path()).is_ok_and(|target| target == Path::new(wanted)))
    })
}

fn program_name(pid: u32) -> Option<String> {
    let name = fs::read_to_string(format!("/proc/{pid}/comm")).ok()?;
    Some(name.trim_end().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref pointer drops\n";

    fn hex(octets: [u8; 4]) -> String {
        format!("{:08X}", u32::from_ne_bytes(octets))
    }

    fn row(address: &str) -> String {
        format!(
            "  401: {address}:13C4 00000000:0000 07 00000000:00000000 00:00000000 00000000  1000        0 27182 2 0000000000000000 0\n"
        )
    }

    #[test]
    fn reads_addresses_ports_users_and_inodes() {
        let table = format!("{HEAD}{}{}", row(&hex([192, 0, 2, 7])), row(&hex([0; 4])));
        let sockets = parse_table(&table);
        let addresses: Vec<_> = sockets.iter().map(|row| row.address.to_string()).collect();
        assert_eq!(addresses, ["192.0.2.7:5060", "0.0.0.0:5060"]);
        assert!(sockets.iter().all(|row| row.user == 1000 && row.inode == 27182));
    }

    #[test]
    fn reads_ipv6_rows_and_the_ipv4_addresses_inside_them() {
        let mapped = [[0; 4], [0; 4], [0, 0, 255, 255], [192, 0, 2, 7]].map(hex).concat();
        let table = format!("{HEAD}{}{}", row(&"0".repeat(32)), row(&mapped));
        let addresses: Vec<_> =
            parse_table(&table).iter().map(|row| row.address.to_string()).collect();
        assert_eq!(addresses, ["[::]:5060", "192.0.2.7:5060"]);
    }

    #[test]
    fn skips_rows_that_make_no_sense() {
        let broken = ["", "x", "1: zz:13C4 a b c d e 1 2 3", &row("0100007"), &row("é000000")];
        let table = format!("{HEAD}{}", broken.join("\n"));
        assert_eq!(parse_table(&table), []);
        assert_eq!(parse_table(""), []);
    }
}
