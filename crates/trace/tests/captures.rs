//! Capture files: every format and link, fragments and streams, what is damaged or cut off; and the way back to the
//! file.

#![allow(clippy::unwrap_used, clippy::panic, reason = "test code outside #[test] functions")]

mod support;

use fingerpost_core::Span;
use fingerpost_core::check::Policy;
use fingerpost_trace::pcapng::{Datagram, Interface, Writer};
use fingerpost_trace::{Found, Kind, Limits, Reader, Reason, Trace, Transport, open};
use std::io::Write;
use std::time::Duration;
use support::{
    ETHERNET, Pcap, RAW, address, ethernet, fragment, ip, kind, phone_says, request, tcp, udp,
};

#[track_caller]
fn read(file: &[u8]) -> Trace {
    let trace = open(file, Limits::default());
    assert_eq!(trace.kind, Kind::Capture);
    for message in &trace.messages {
        assert_leads_back(message, file);
    }
    trace
}

/// Every byte of the message stands in the file where the map says.
#[track_caller]
fn assert_leads_back(message: &Found, file: &[u8]) {
    let mut end = 0;
    for piece in message.map.pieces() {
        assert_eq!(piece.message.start, end);
        assert_eq!(piece.message.slice(&message.bytes), piece.source.slice(file));
        end = piece.message.end;
    }
    assert_eq!(end, message.bytes.len());
}

fn bytes(trace: &Trace) -> Vec<&[u8]> {
    trace.messages.iter().map(|message| message.bytes.as_slice()).collect()
}

fn reasons(trace: &Trace) -> Vec<Reason> {
    trace.notes.iter().map(|note| note.reason).collect()
}

#[test]
fn both_byte_orders_and_both_units_of_time_are_read() {
    let message = request("OPTIONS", 1, 0);
    for (is_big_endian, has_nanoseconds) in
        [(true, true), (true, false), (false, true), (false, false)]
    {
        let format = Pcap { is_big_endian, has_nanoseconds, ..ETHERNET };
        let trace = read(&format.file(&[ethernet(&[], &phone_says(&message))]));
        let origin = &trace.messages[0].origin;
        assert_eq!(bytes(&trace), [&message[..]]);
        assert_eq!(origin.time.unwrap().to_string(), "2023-11-14T22:13:20.500Z");
        assert_eq!(origin.from, Some(address("192.0.2.7:5060")));
        assert_eq!(origin.to, Some(address("192.0.2.1:5070")));
        assert_eq!((origin.transport, origin.frame), (Some(Transport::Udp), Some(1)));
        assert_eq!(trace.notes, []);
    }
}

#[test]
fn every_link_leads_to_the_message() {
    let message = request("OPTIONS", 1, 0);
    let four = phone_says(&message);
    let six = ip("2001:db8::7", "2001:db8::1", 17, &udp(5060, 5060, &message));
    for packet in [four, six] {
        let type_of = kind(&packet).to_be_bytes();
        let cooked = [&[0, 0, 0, 1, 0, 6, 2, 0, 0, 0, 0, 1, 0, 0][..], &type_of, &packet].concat();
        let mut cooked_2 = [&type_of[..], &[0; 18]].concat();
        cooked_2.extend(&packet);
        let family = if kind(&packet) == 0x0800 { 2_u32 } else { 30 };
        let ppp: &[u8] = if kind(&packet) == 0x0800 { &[0, 0x21] } else { &[0, 0x57] };
        let pppoe = [&[2; 12][..], &[0x88, 0x64, 0x11, 0, 0, 1, 0, 0], ppp, &packet].concat();
        let snap = [&[2; 12][..], &[1, 0, 0xaa, 0xaa, 3, 0, 0, 0], &type_of, &packet].concat();
        let mpls = [&[2; 12][..], &[0x88, 0x47, 0, 1, 0, 64, 0, 2, 1, 64], &packet].concat();
        let links = [
            (1, ethernet(&[], &packet)),
            (1, ethernet(&[0x8100], &packet)),
            (1, ethernet(&[0x88a8, 0x8100], &packet)),
            (1, pppoe),
            (1, snap),
            (1, mpls),
            (113, cooked),
            (276, cooked_2),
            (101, packet.clone()),
            (12, packet.clone()),
            (0, [&family.to_le_bytes()[..], &packet].concat()),
            (0, [&family.to_be_bytes()[..], &packet].concat()),
            (108, [&family.to_be_bytes()[..], &packet].concat()),
            (9, [&[0xff, 3], ppp, &packet].concat()),
        ];
        for (link, frame) in links {
            let trace = read(&Pcap { link, ..ETHERNET }.file(&[frame]));
            assert_eq!(bytes(&trace), [&message[..]], "link type {link}");
        }
    }
}

#[test]
fn an_unknown_link_is_told_and_not_guessed() {
    let packet = phone_says(&request("OPTIONS", 1, 0));
    let trace = read(&Pcap { link: 195, ..ETHERNET }.file(&[packet.clone(), packet]));
    assert_eq!(bytes(&trace), [&b""[..]; 0]);
    assert_eq!((trace.notes[0].reason, trace.notes[0].count), (Reason::LinkType(195), 2));
}

#[test]
fn what_the_writer_writes_is_read_with_times_interfaces_and_addresses() {
    let mut writer = Writer::new(&[Interface::named("eth0"), Interface::named("wlan0")]);
    let (one, two) = (request("OPTIONS", 1, 5), request("INVITE", 2, 0));
    let (phone, server) = (address("[2001:db8::7]:5060"), address("[2001:db8::1]:5061"));
    let time = Duration::new(1_700_000_000, 123_456_789);
    writer.add(&Datagram::new(time, phone, server, &one)).unwrap();
    writer.add(&Datagram::new(time, server, phone, &two).on(1).with_comment("odd")).unwrap();
    let trace = read(&writer.take());
    assert_eq!(bytes(&trace), [&one[..], &two[..]]);
    let origin = &trace.messages[1].origin;
    assert_eq!(origin.time.unwrap().to_string(), "2023-11-14T22:13:20.123456789Z");
    assert_eq!(origin.interface.as_deref(), Some("wlan0"));
    assert_eq!((origin.from, origin.frame), (Some(server), Some(2)));
}

/// A section in big-endian order with a slow clock, an offset, and packets in the old and the simple block.
#[test]
fn sections_interfaces_and_old_blocks_are_read_in_their_own_byte_order() {
    let message = request("OPTIONS", 1, 0);
    let packet = phone_says(&message);
    let block = |kind: u32, content: &[u8]| {
        let padded = content.len().next_multiple_of(4);
        let length = u32::try_from(padded + 12).unwrap().to_be_bytes();
        let mut bytes = [&kind.to_be_bytes()[..], &length, content].concat();
        bytes.resize(padded + 8, 0);
        [&bytes[..], &length].concat()
    };
    let length = u32::try_from(packet.len()).unwrap().to_be_bytes();
    let section = [&[0x1a, 0x2b, 0x3c, 0x4d, 0, 1, 0, 0][..], &[0xff; 8]].concat();
    // Units of 2^-8 s, 1,000 s later, the name "any".
    let described = [
        &[0, 101, 0, 0, 0, 0, 0, 0, 0, 2, 0, 3, b'a', b'n', b'y', 0, 0, 9, 0, 1, 0x88, 0, 0, 0][..],
        &[0, 14, 0, 8, 0, 0, 0, 0, 0, 0, 3, 0xe8, 0, 0, 0, 0],
    ]
    .concat();
    let old = [&[0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0x80][..], &length, &length, &packet].concat();
    let file = [
        block(0x0a0d_0d0a, &section),
        block(1, &described),
        block(0x0bad, b"a custom block"),
        block(2, &old),
        block(3, &[&length[..], &packet].concat()),
    ];
    let trace = read(&file.concat());
    assert_eq!(bytes(&trace), [&message[..], &message[..]]);
    assert_eq!(trace.messages[0].origin.time.unwrap().to_string(), "1970-01-01T00:16:41.500Z");
    assert_eq!(trace.messages[0].origin.interface.as_deref(), Some("any"));
    assert_eq!(trace.messages[1].origin.time, None);
}

#[test]
fn fragments_are_put_together_in_any_order() {
    let message = request("INVITE", 7, 3000);
    let whole = udp(5060, 5060, &message);
    let part = |from: usize, to: usize| {
        let has_more = to < whole.len();
        fragment("192.0.2.7", "192.0.2.1", 17, 9, from, has_more, &whole[from..to])
    };
    let other = phone_says(&request("OPTIONS", 1, 0));
    let parts = [part(0, 1480), part(1480, 2960), part(2960, whole.len())];
    for order in [[0, 1, 2], [2, 0, 1], [1, 2, 0]] {
        let mut packets: Vec<_> = order.iter().map(|index| parts[*index].clone()).collect();
        packets.insert(1, other.clone());
        packets.push(parts[0].clone());
        let trace = read(&RAW.file(&packets));
        assert_eq!(trace.messages.len(), 2, "{order:?}");
        assert_eq!(trace.messages[1].bytes, message, "{order:?}");
        assert_eq!(trace.messages[1].map.pieces().len(), 3);
    }
}

#[test]
fn fragments_of_ipv6_are_put_together() {
    let message = request("INVITE", 7, 2000);
    let whole = udp(5060, 5060, &message);
    let part = |from: usize, to: usize| {
        let more = u16::from(to < whole.len());
        let parts = (u16::try_from(from).unwrap() | more).to_be_bytes();
        let header = [&[17, 0][..], &parts, &[0, 0, 0, 5]].concat();
        // Behind a destination options header.
        let payload = [&[44, 0, 1, 4, 0, 0, 0, 0][..], &header, &whole[from..to]].concat();
        ip("2001:db8::7", "2001:db8::1", 60, &payload)
    };
    let trace = read(&RAW.file(&[part(1232, whole.len()), part(0, 1232)]));
    assert_eq!(bytes(&trace), [&message[..]]);
}

#[test]
fn of_a_datagram_whose_fragment_is_missing_the_start_is_shown_and_told() {
    let message = request("INVITE", 7, 3000);
    let whole = udp(5060, 5060, &message);
    let first = fragment("192.0.2.7", "192.0.2.1", 17, 9, 0, true, &whole[..1480]);
    let last = fragment("192.0.2.7", "192.0.2.1", 17, 9, 2960, false, &whole[2960..]);
    let trace = read(&RAW.file(&[first, last]));
    assert_eq!(bytes(&trace), [&message[..1472]]);
    assert_eq!(reasons(&trace), [Reason::FragmentMissing]);
}

const SYN: u8 = 2;
const FIN: u8 = 1;

fn segment(number: u32, flags: u8, payload: &[u8]) -> Vec<u8> {
    ip("192.0.2.7", "192.0.2.1", 6, &tcp(40_000, 5060, number, flags, payload))
}

/// Three messages in a stream, with keep-alives.
fn stream() -> (Vec<u8>, [Vec<u8>; 3]) {
    let messages = [request("REGISTER", 1, 0), request("INVITE", 2, 500), request("ACK", 3, 2)];
    let [one, two, three] = &messages;
    (["\r\n\r\n".as_bytes(), one, two, b"\r\n\r\n\r\n", three].concat(), messages)
}

#[test]
fn a_stream_is_put_in_order_whatever_came_twice_or_too_early() {
    let (stream, messages) = stream();
    // The numbers wrap inside the first message.
    let start = u32::MAX - 100;
    let piece = |from: usize, to: usize| {
        let number = start.wrapping_add(1).wrapping_add(u32::try_from(from).unwrap());
        segment(number, 0, &stream[from..to])
    };
    let end = stream.len();
    let segments = [
        segment(start, SYN, b""),
        piece(400, 700),
        piece(0, 2),
        piece(300, 500),
        piece(0, 150),
        piece(2, 300),
        piece(0, 150),
        piece(900, end),
        piece(690, 905),
    ];
    let trace = read(&RAW.file(&segments));
    assert_eq!(bytes(&trace), messages);
    assert_eq!(trace.notes, []);
    let origin = &trace.messages[0].origin;
    assert_eq!(
        (origin.transport, origin.from),
        (Some(Transport::Tcp), Some(address("192.0.2.7:40000")))
    );
}

#[test]
fn a_stream_split_at_every_byte_gives_the_same_messages() {
    let (stream, messages) = stream();
    for at in 1..stream.len() {
        let number = |from: usize| 1 + u32::try_from(from).unwrap();
        let (first, second) =
            (segment(number(0), 0, &stream[..at]), segment(number(at), 0, &stream[at..]));
        let trace = read(&RAW.file(&[segment(0, SYN, b""), second, first]));
        assert_eq!(bytes(&trace), messages, "split at {at}");
    }
}

#[test]
fn a_stream_that_is_joined_in_its_middle_begins_with_the_next_message() {
    let (stream, messages) = stream();
    let trace = read(&RAW.file(&[segment(100, 0, &stream[30..])]));
    assert_eq!(bytes(&trace), messages[1..]);
}

#[test]
fn behind_a_gap_in_a_stream_the_next_message_is_found() {
    let (stream, messages) = stream();
    let number = |from: usize| 1 + u32::try_from(from).unwrap();
    let cut = 4 + messages[0].len() + 200;
    let (first, rest) = (&stream[..cut], &stream[cut + 100..]);
    let file = RAW.file(&[
        segment(0, SYN, b""),
        segment(number(0), 0, first),
        segment(number(cut + 100), FIN, rest),
    ]);
    let trace = read(&file);
    assert_eq!(bytes(&trace), [&messages[0][..], &messages[1][..200], &messages[2][..]]);
    assert_eq!(reasons(&trace), [Reason::StreamGap]);
    assert!(trace.messages[1].is_cut_off && !trace.messages[2].is_cut_off);
}

#[test]
fn a_message_without_a_length_in_a_stream_goes_to_the_next_one() {
    let text = "OPTIONS sip:a SIP/2.0\r\nCSeq: 1 OPTIONS\r\n\r\nbody\r\n";
    let next = request("ACK", 3, 2);
    let all = [text.as_bytes(), &next].concat();
    let trace = read(&RAW.file(&[segment(0, SYN, b""), segment(1, 0, &all)]));
    assert_eq!(bytes(&trace), [text.as_bytes(), &next]);
    assert_eq!(reasons(&trace), [Reason::StreamLength]);
}

#[test]
fn streams_of_something_else_are_passed_over() {
    let page = b"GET /trace.txt HTTP/1.1\r\n\r\nOPTIONS sip:a SIP/2.0\r\nContent-Length: 0\r\n\r\n";
    let voice = ip("192.0.2.7", "192.0.2.1", 17, &udp(4000, 4002, &[0x80, 8, 0, 1, 2, 3]));
    let trace = read(&RAW.file(&[segment(0, SYN, b""), segment(1, 0, page), voice]));
    assert_eq!((bytes(&trace), trace.notes.len(), trace.frames), (vec![], 0, 3));
}

#[test]
fn a_packet_that_was_captured_in_part_is_shown_as_far_as_it_goes() {
    let message = request("INVITE", 7, 100);
    let packet = ethernet(&[], &phone_says(&message));
    let (head, some) = (packet.len() - 150, packet.len() - 50);
    let file =
        [ETHERNET.header(), ETHERNET.record(0, &packet, head), ETHERNET.record(1, &packet, some)];
    let trace = read(&file.concat());
    assert_eq!(bytes(&trace), [&message[..message.len() - 150], &message[..message.len() - 50]]);
    let is_cut_off = |index: usize| trace.messages[index].is_cut_off;
    assert!(is_cut_off(0) && !is_cut_off(1));
    let findings = trace.messages[1].findings(Policy::Strict);
    assert!(findings.iter().any(|finding| finding.rule.id.starts_with("framing.content-length")));
    assert_eq!((trace.notes[0].reason, trace.notes[0].count), (Reason::Truncated, 2));
}

/// Twenty packets, and where the record of each begins.
fn twenty(format: Pcap) -> (Vec<u8>, Vec<usize>) {
    let mut file = format.header();
    let mut starts = Vec::new();
    for at in 0..20 {
        starts.push(file.len());
        let packet = phone_says(&request("OPTIONS", at, 0));
        file.extend(format.record(at, &packet, packet.len()));
    }
    (file, starts)
}

#[test]
fn behind_damage_a_pcap_file_is_read_on() {
    let (file, starts) = twenty(RAW);
    let mut overwritten = file.clone();
    overwritten[starts[7]..starts[7] + 40].fill(0xee);
    let mut torn = file.clone();
    torn.drain(starts[7] + 3..starts[7] + 90);
    for damaged in [overwritten, torn] {
        let trace = read(&damaged);
        assert_eq!(trace.messages.len(), 19);
        assert_eq!((trace.notes[0].reason, trace.notes[0].count), (Reason::Damaged, 1));
        assert_eq!(trace.notes[0].place.start, starts[7]);
    }
}

#[test]
fn behind_damage_a_pcapng_file_is_read_on() {
    let (from, to) = (address("192.0.2.7:5060"), address("192.0.2.1:5060"));
    let mut writer = Writer::new(&[Interface::named("eth0")]);
    let (mut file, mut starts) = (writer.take(), Vec::new());
    for at in 0..20 {
        starts.push(file.len());
        let message = request("OPTIONS", at, 0);
        writer.add(&Datagram::new(Duration::from_secs(5), from, to, &message)).unwrap();
        file.extend(writer.take());
    }
    for (at, value) in [(4, 0xff), (5, 0x10), (6, 0x02), (0, 0x99)] {
        for block in [7, 19] {
            let mut damaged = file.clone();
            damaged[starts[block] + at] = value;
            let trace = read(&damaged);
            assert!(trace.messages.len() >= 19, "byte {at} of block {block}: {:?}", trace.notes);
        }
    }
}

#[test]
fn a_file_that_ends_too_early_is_read_to_its_end() {
    let (file, starts) = twenty(RAW);
    for cut in [starts[19] + 3, starts[19] + 16, starts[19] + 100] {
        let trace = read(&file[..cut]);
        let part = usize::from(cut == starts[19] + 100);
        assert_eq!(trace.messages.len(), 19 + part, "cut at {cut}");
        assert!(!trace.notes.is_empty(), "cut at {cut}");
    }
}

#[test]
fn a_file_in_pieces_of_any_size_is_the_same() {
    let (file, _) = twenty(ETHERNET);
    let (raw, _) = twenty(RAW);
    let mut damaged = raw.clone();
    damaged[1000..1040].fill(0xee);
    let packed = gzip(&raw);
    for file in [file, raw, damaged, packed] {
        let whole = open(&file, Limits::default());
        for size in [1, 7, 100, 4096] {
            let mut reader = Reader::new(Limits::default());
            let mut messages = Vec::new();
            for piece in file.chunks(size) {
                reader.handle_bytes(piece);
                messages.extend(std::iter::from_fn(|| reader.poll_message()));
            }
            reader.finish();
            messages.extend(std::iter::from_fn(|| reader.poll_message()));
            assert_eq!(messages, whole.messages, "pieces of {size}");
            let firsts = |notes: &[fingerpost_trace::Note]| -> Vec<_> {
                notes.iter().map(|note| (note.reason, note.place.start)).collect()
            };
            assert_eq!(firsts(&reader.notes()), firsts(&whole.notes), "pieces of {size}");
        }
    }
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packed.write_all(bytes).unwrap();
    packed.finish().unwrap()
}

#[test]
fn packed_captures_and_texts_are_unpacked() {
    let (file, _) = twenty(RAW);
    let trace = open(&gzip(&file), Limits::default());
    assert_eq!((trace.kind, trace.messages.len()), (Kind::Capture, 20));
    assert_eq!(reasons(&trace), [Reason::Unpacked]);
    let message = request("OPTIONS", 1, 0);
    let trace = open(&gzip(&message), Limits::default());
    assert_eq!(bytes(&trace), [&message[..]]);
    assert_eq!(trace.unpacked.as_deref(), Some(&message[..]));
    assert_leads_back(&trace.messages[0], &message);
}

#[test]
fn of_a_damaged_or_endless_packed_file_what_came_before_is_read() {
    let (file, _) = twenty(RAW);
    let packed = gzip(&file);
    let trace = open(&packed[..packed.len() - 12], Limits::default());
    assert!(trace.messages.len() >= 10, "{}", trace.messages.len());
    assert!(reasons(&trace).contains(&Reason::PackedDamaged));
    let bomb = gzip(&[file, vec![0; 4 << 20]].concat());
    let trace = open(&bomb, Limits::default().with_unpacked(100_000));
    assert_eq!(trace.messages.len(), 20);
    assert!(reasons(&trace).contains(&Reason::PackedTooLarge));
}

#[test]
fn no_more_messages_are_taken_than_allowed() {
    let (file, _) = twenty(RAW);
    let trace = open(&file, Limits::default().with_messages(5));
    assert_eq!(trace.messages.len(), 5);
    assert_eq!(reasons(&trace), [Reason::TooManyMessages]);
}

#[test]
fn a_message_leads_to_its_bytes_in_the_file() {
    let message = request("OPTIONS", 1, 0);
    let file = RAW.file(&[phone_says(b"\r\n\r\n"), phone_says(&message)]);
    let found = &read(&file).messages[0];
    let call = message.windows(7).position(|seven| seven == b"Call-ID").unwrap();
    let span = found.to_source(Span::new(call, call + 7));
    assert_eq!(span.slice(&file), Some(&b"Call-ID"[..]));
    assert_eq!(found.to_message(span.start), Some(call));
}

/// One file with everything in it, rewritten by Wireshark's own programs in every way that they know.
#[test]
#[ignore = "needs tshark and editcap; cargo xtask test runs it"]
fn files_that_wireshark_writes_are_read_as_tshark_reads_them() {
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR"));
    let original = folder.join("everything.pcap");
    std::fs::write(&original, everything()).unwrap();
    for format in ["pcap", "nsecpcap", "pcapng"] {
        let file = folder.join(format!("everything.{format}.converted"));
        run(std::process::Command::new("editcap").args(["-F", format]).arg(&original).arg(&file));
        let seen = run(std::process::Command::new("tshark").arg("-r").arg(&file).args(TSHARK));
        let frames = open(&std::fs::read(&file).unwrap(), Limits::default()).messages;
        let frames: Vec<u64> = frames.iter().map(|found| found.origin.frame.unwrap()).collect();
        let theirs: Vec<u64> = seen
            .lines()
            .filter_map(|line| line.split_once('\t'))
            .flat_map(|(frame, numbers)| {
                vec![frame.parse().unwrap(); numbers.split_ascii_whitespace().count()]
            })
            .collect();
        assert_eq!(frames, theirs, "{format}");
    }
}

/// The number of a packet, and of each message in it.
const TSHARK: [&str; 15] = [
    "-n",
    "-o",
    "tcp.reassemble_out_of_order:TRUE",
    "-Y",
    "sip",
    "-T",
    "fields",
    "-E",
    "occurrence=a",
    "-E",
    "aggregator=/s",
    "-e",
    "frame.number",
    "-e",
    "sip.CSeq.seq",
];

fn everything() -> Vec<u8> {
    let stream = stream().1.concat();
    let whole = udp(5060, 5060, &request("INVITE", 7, 3000));
    let part = |from: usize, to: usize| {
        fragment("192.0.2.7", "192.0.2.1", 17, 9, from, to < whole.len(), &whole[from..to])
    };
    let packets = [
        ip("192.0.2.7", "192.0.2.1", 17, &udp(5060, 5060, &request("OPTIONS", 1, 0))),
        segment(0, SYN, b""),
        part(0, 1480),
        segment(1 + 300, 0, &stream[300..]),
        part(2960, whole.len()),
        segment(1, 0, &stream[..300]),
        part(1480, 2960),
        ip("2001:db8::7", "2001:db8::1", 17, &udp(5060, 5060, &request("OPTIONS", 2, 0))),
    ];
    let tagged: Vec<_> = packets.iter().map(|packet| ethernet(&[0x8100], packet)).collect();
    ETHERNET.file(&tagged)
}

fn run(command: &mut std::process::Command) -> String {
    let output = command.env("HOME", "/nonexistent").output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}
