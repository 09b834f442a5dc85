//! A source that is a datagram comes out byte for byte, whatever is wrong with it.

#![allow(clippy::unwrap_used, reason = "a test that cannot read its input has failed")]

use fingerpost_core::Message;
use fingerpost_core::check::Policy;
use fingerpost_trace::{PieceKind, find_messages};
use std::path::{Path, PathBuf};

const HEAD: &str = "NOTIFY sip:192.0.2.7 SIP/2.0\r\nVia: SIP/2.0/UDP 192.0.2.9;branch=z9hG4bK1\r\nTo: <sip:a@192.0.2.7>\r\n\
                    From: <sip:b@192.0.2.9>;tag=1\r\nCall-ID: 1@192.0.2.9\r\nCSeq: 1 NOTIFY\r\n";

#[track_caller]
fn passes_unchanged(source: &[u8]) {
    let found = find_messages(source);
    assert_eq!(found.len(), 1, "{}", source.escape_ascii());
    assert_eq!(found[0].bytes, source, "{}", found[0].bytes.escape_ascii());
    let kinds: Vec<_> = found[0].map.pieces().iter().map(|piece| piece.kind).collect();
    assert_eq!(kinds, [PieceKind::Copied]);
    assert!(found[0].repairs.is_empty());
}

#[test]
fn quirks_on_the_wire_pass_unchanged() {
    let quirks: [&[u8]; 12] = [
        b"Content-Length: 0\r\n\r\n",
        b"Content-Length: 3\r\n\r\nabc",
        b"Content-Length: 3\r\n\r\nabc and more behind it\r\n\r\n  ",
        b"Content-Length: 300\r\n\r\nless than that\n",
        b"Content-Length: 0\r\n",
        b"Content-Length: 0",
        b"",
        b"X-Bare: LF\nX-Mixed: yes\r\n\n\r\nbody",
        b"X-Null: \0\xff\xfe\r\n\r\n\0\0\r\0\n",
        b"no header at all\r\n: nor this\r\n\r\n",
        b"Subject: folded\r\n \t\r\n here\r\n\r\n",
        b"Content-Type: message/sipfrag\r\nContent-Length: 16\r\n\r\nSIP/2.0 200 OK\r\n",
    ];
    for quirk in quirks {
        passes_unchanged(&[HEAD.as_bytes(), quirk].concat());
        passes_unchanged(&[b"\r\n\r\n", HEAD.as_bytes(), quirk].concat());
    }
}

#[test]
fn a_datagram_without_its_empty_line_is_cut_off_and_says_so() {
    let found = find_messages(HEAD.as_bytes());
    assert!(found[0].is_cut_off);
    let findings = found[0].findings(Policy::Strict);
    assert!(findings.iter().any(|finding| finding.rule.id == "framing.headers-unterminated"));
}

#[test]
fn datagrams_put_one_behind_the_other_come_apart_where_content_length_says() {
    let notify = format!(
        "{HEAD}Content-Type: application/url\r\nContent-Length: 16\r\n\r\ntftp://192.0.2.9"
    );
    let empty = format!("{HEAD}Content-Length: 0\r\n\r\n");
    let source = [&*notify, &notify, &empty, "\r\n\r\n", &notify].concat();
    for source in [source.clone(), format!("From a capture:\r\n\r\n{source}")] {
        let found = find_messages(source.as_bytes());
        let bytes: Vec<_> = found.iter().map(|found| found.bytes.as_slice()).collect();
        assert_eq!(bytes, [&*notify, &notify, &empty, &notify].map(str::as_bytes));
        assert!(
            found.iter().all(|found| found.source.slice(source.as_bytes()) == Some(&found.bytes))
        );
    }
}

#[test]
fn a_message_inside_a_body_is_no_message_of_its_own() {
    let inner = format!("{HEAD}\r\n");
    let kind = "Content-Type: message/sip\r\n";
    let outer = format!("{HEAD}{kind}Content-Length: {}\r\n\r\n{inner}", inner.len());
    assert_eq!(find_messages(format!("{outer}{outer}").as_bytes()).len(), 2);
    passes_unchanged(outer.as_bytes());
}

#[test]
fn the_messages_of_phones_pass_unchanged() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/corpus");
    let files: Vec<_> =
        ["phones", "manual"].iter().flat_map(|name| files(&corpus.join(name), "sip")).collect();
    assert!(!files.is_empty());
    for file in files {
        passes_unchanged(&std::fs::read(file).unwrap());
    }
}

/// RFC 4475's messages stand beside the repository.
#[test]
fn torture_messages_pass_unchanged() {
    let Some(folder) = std::env::var_os("FINGERPOST_TORTURE") else {
        println!("skipped: FINGERPOST_TORTURE names no folder");
        return;
    };
    let files = files(Path::new(&folder), "dat");
    assert_eq!(files.len(), 49);
    for file in files {
        let source = std::fs::read(&file).unwrap();
        if file.ends_with("dblreq.dat") {
            holds_two_requests(&source);
        } else if Message::parse(&source).is_ok() {
            passes_unchanged(&source);
        }
    }
}

fn holds_two_requests(source: &[u8]) {
    let found = find_messages(source);
    let methods: Vec<_> = found.iter().map(|found| found.bytes[..8].to_vec()).collect();
    assert_eq!(methods, [b"REGISTER", b"INVITE s"]);
}

fn files(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<_> =
        entries.filter(|path| path.extension().is_some_and(|e| e == extension)).collect();
    files.sort();
    files
}
