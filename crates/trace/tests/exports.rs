//! Ways out: what goes out as text or as a capture comes in again as it was; a table and a ticket hold what they should.

use fingerpost_trace::export::{csv, markdown, pcapng, text};
use fingerpost_trace::{Found, Limits, open};

const LOG: &[u8] = include_bytes!("../../../tests/golden/logs/ngrep-byline.txt");
const CAPTURE: &[u8] = include_bytes!("../../../tests/golden/captures/exchange.pcap");

fn read(source: &[u8]) -> Vec<Found> {
    open(source, Limits::default()).messages
}

fn bytes(messages: &[Found]) -> Vec<&[u8]> {
    messages.iter().map(|message| message.bytes.as_slice()).collect()
}

#[test]
fn text_is_read_back_with_bytes_times_and_ends() {
    for source in [LOG, CAPTURE] {
        let messages = read(source);
        let again = read(&text(&messages));
        assert_eq!(bytes(&again), bytes(&messages));
        for (again, message) in again.iter().zip(&messages) {
            assert_eq!(again.origin.time, message.origin.time);
            assert_eq!(
                (again.origin.from, again.origin.to),
                (message.origin.from, message.origin.to)
            );
            assert_eq!(again.origin.transport, message.origin.transport);
        }
    }
}

#[test]
fn a_capture_is_read_back_with_bytes_times_and_ends() {
    let messages = read(CAPTURE);
    let (file, unwritten) = pcapng(&messages);
    assert_eq!(unwritten, []);
    let again = read(&file);
    assert_eq!(bytes(&again), bytes(&messages));
    assert_eq!(again[1].origin.time, messages[1].origin.time);
    assert_eq!(again[1].origin.from, messages[1].origin.from);
}

#[test]
fn of_what_a_log_does_not_tell_the_capture_says_so() {
    let messages = read(include_bytes!("../../../tests/golden/logs/freeswitch.txt"));
    let (file, _) = pcapng(&messages);
    let says = |words: &str| file.windows(words.len()).any(|window| window == words.as_bytes());
    assert!(says("destination unknown; date unknown"));
    assert_eq!(bytes(&read(&file)), bytes(&messages));
}

#[test]
fn a_message_that_is_no_datagram_is_told() {
    let mut messages = read(CAPTURE);
    messages[0].bytes = vec![b'x'; 70_000];
    let (file, unwritten) = pcapng(&messages);
    assert_eq!(unwritten[0].index, 0);
    assert_eq!(bytes(&read(&file)), bytes(&messages[1..]));
}

#[test]
fn a_ticket_has_a_table_and_each_message_in_a_block_that_holds() {
    let mut messages = read(LOG);
    messages[1].bytes = b"SIP/2.0 486 Busy\r\nSubject: ```\r\n\r\n".to_vec();
    let ticket = markdown(&messages);
    assert!(ticket.contains(
        "| 1 | 2026-03-01T10:00:00.250 | 192.0.2.7:5060 | 192.0.2.1:5060 | INVITE sip:200@pbx.example |\n"
    ));
    assert!(ticket.contains("\n```sip\nINVITE sip:200@pbx.example SIP/2.0\n"));
    assert!(ticket.contains("\n````sip\nSIP/2.0 486 Busy\nSubject: ```\n\n````\n"), "{ticket}");
}

#[test]
fn a_table_has_a_row_for_each_message() {
    let table = csv(&read(LOG));
    let rows: Vec<&str> = table.split_terminator("\r\n").collect();
    assert_eq!(rows.len(), 3);
    assert!(rows[0].starts_with("number,time,from_address,to_address,transport,"));
    assert!(rows[1].starts_with(
        "1,2026-03-01T10:00:00.250,192.0.2.7:5060,192.0.2.1:5060,udp,,,INVITE,,,sip:200@pbx.example,\
         3848276298@192.0.2.7,20 INVITE,\"\"\"Reception\"\" <sip:100@pbx.example>;tag=a6c85cf\","
    ), "{}", rows[1]);
    assert!(rows[2].contains(",INVITE,486,Busy Here,,"), "{}", rows[2]);
}
