//! Capture files that are written: byte for byte where it matters, and as tshark reads them.

#![allow(clippy::unwrap_used, reason = "test code outside #[test] functions")]

use fingerpost_trace::pcapng::{
    Datagram, Direction, Interface, ReadError, WriteError, Writer, read,
};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

const ASK: &[u8] = include_bytes!("../../../tests/corpus/phones/yealink.sip");
const ANSWER: &[u8] = include_bytes!("../../../tests/corpus/manual/200-ok.sip");

fn at(address: &str) -> SocketAddr {
    address.parse().unwrap()
}

fn exchange() -> Vec<u8> {
    let mut writer =
        Writer::new(&[Interface::named("eth0").described("the office"), Interface::named("wlan0")]);
    let time = Duration::new(1_700_000_000, 123_456_789);
    let (phone, group) = (at("192.0.2.7:5060"), at("224.0.1.75:5060"));
    let ask = Datagram::new(time, phone, group, ASK).inbound().with_comment("the phone asks");
    writer.add(&ask).unwrap();
    let mut file = writer.take();
    let (ours, theirs) = (at("[2001:db8::1]:5062"), at("[2001:db8::7]:40123"));
    let later = time + Duration::from_millis(5);
    let answer = Datagram::new(later, ours, theirs, ANSWER).outbound().on(1);
    writer.add(&answer).unwrap();
    file.extend(writer.take());
    file
}

#[test]
fn blocks_tile_the_file_and_have_the_same_length_at_both_ends() {
    let file = exchange();
    let word = |at: usize| u32::from_le_bytes(file[at..at + 4].try_into().unwrap());
    let (mut offset, mut kinds) = (0, Vec::new());
    while offset < file.len() {
        let length = word(offset + 4) as usize;
        assert_eq!(word(offset + length - 4) as usize, length, "at {offset}");
        assert_eq!(length % 4, 0);
        kinds.push(word(offset));
        offset += length;
    }
    assert_eq!(kinds, [0x0a0d_0d0a, 1, 1, 6, 6]);
    assert_eq!(offset, file.len());
}

#[test]
fn what_cannot_be_a_datagram_is_refused_and_leaves_nothing_behind() {
    let mut writer = Writer::new(&[]);
    let before = writer.take();
    assert!(!before.is_empty());
    let (v4, v6) = (at("192.0.2.7:5060"), at("[2001:db8::7]:5060"));
    let long = vec![b'x'; 65_508];
    let write = |writer: &mut Writer, from, to, payload, interface| {
        writer.add(&Datagram::new(Duration::ZERO, from, to, payload).on(interface))
    };
    assert_eq!(
        write(&mut writer, v4, v4, &long, 0),
        Err(WriteError::TooLong { bytes: 65_508, limit: 65_507 })
    );
    assert_eq!(write(&mut writer, v4, v6, b"", 0), Err(WriteError::Families { from: v4, to: v6 }));
    assert_eq!(
        write(&mut writer, v4, v4, b"", 1),
        Err(WriteError::NoSuchInterface { interface: 1, count: 1 })
    );
    let said = "x".repeat(65_536);
    let commented = Datagram::new(Duration::ZERO, v4, v4, b"");
    assert_eq!(
        writer.add(&commented.with_comment(&said)),
        Err(WriteError::CommentTooLong { bytes: 65_536, limit: 65_535 })
    );
    assert!(writer.take().is_empty());
    assert_eq!(writer.add(&commented.with_comment(&said[1..])), Ok(()));
    assert_eq!(write(&mut writer, v4, v4, &long[1..], 0), Ok(()));
}

#[test]
fn what_was_written_is_read_back_with_times_addresses_directions_and_comments() {
    let read = read(&exchange()).unwrap();
    let time = Duration::new(1_700_000_000, 123_456_789);
    assert_eq!((read[0].time, read[1].time), (time, time + Duration::from_millis(5)));
    assert_eq!((read[0].from, read[0].to), (at("192.0.2.7:5060"), at("224.0.1.75:5060")));
    assert_eq!((read[1].from, read[1].to), (at("[2001:db8::1]:5062"), at("[2001:db8::7]:40123")));
    assert_eq!((&*read[0].payload, &*read[1].payload), (ASK, ANSWER));
    let directions = [read[0].direction, read[1].direction];
    assert_eq!(directions, [Some(Direction::Inbound), Some(Direction::Outbound)]);
    assert_eq!((&*read[0].comment, &*read[1].comment, read.len()), ("the phone asks", "", 2));
}

#[test]
fn what_is_no_recording_or_a_damaged_one_is_refused() {
    let file = exchange();
    assert_eq!(read(b""), Err(ReadError::NotPcapng));
    assert_eq!(read(b"SUBSCRIBE sip:a SIP/2.0"), Err(ReadError::NotPcapng));
    for length in 12..file.len() {
        // A file that ends behind a block is whole, and lacks what came later.
        let read = read(&file[..length]);
        assert!(read.is_err() || read.unwrap().len() < 2, "cut at {length}");
    }
    for place in 0..file.len() {
        let mut damaged = file.clone();
        damaged[place] ^= 0x55;
        // Whatever it says, it ends.
        drop(read(&damaged));
    }
}

#[test]
#[ignore = "needs tshark; cargo xtask test runs it"]
fn tshark_reads_the_messages_with_times_addresses_interfaces_and_comments() {
    let file = written("exchange.pcapng", &exchange());
    let fields = [
        "frame.time_epoch",
        "frame.interface_name",
        "ip.src",
        "ipv6.src",
        "udp.srcport",
        "udp.dstport",
        "sip.CSeq.method",
        "sip.Status-Code",
        "frame.comment",
        "frame.packet_flags_direction",
        "ip.checksum.status",
        "udp.checksum.status",
    ];
    let mut words = vec!["-o", "ip.check_checksum:TRUE", "-o", "udp.check_checksum:TRUE"];
    words.extend(["-Y", "sip", "-T", "fields", "-E", "separator=|"]);
    words.extend(fields.iter().flat_map(|field| ["-e", *field]));
    let lines = tshark(&file, &words);
    let lines: Vec<&str> = lines.lines().collect();
    assert_eq!(
        lines,
        [
            "1700000000.123456789|eth0|192.0.2.7||5060|5060|SUBSCRIBE||the phone asks|0x00000001|1|1",
            "1700000000.128456789|wlan0||2001:db8::1|5062|40123|SUBSCRIBE|200||0x00000002||1",
        ]
    );
    assert_eq!(tshark(&file, &["-Y", "_ws.malformed || _ws.expert.severity >= 8388608"]), "");
}

fn written(name: &str, bytes: &[u8]) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::write(&path, bytes).unwrap();
    path
}

fn tshark(file: &Path, words: &[&str]) -> String {
    let mut command = Command::new("tshark");
    command.arg("-n").arg("-r").arg(file).args(words).env("HOME", "/nonexistent");
    let output = command.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}
