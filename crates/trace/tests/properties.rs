//! What holds for any bytes.

use fingerpost_core::check::Policy;
use fingerpost_trace::{Found, PieceKind, dissect, examine, find_messages};
use proptest::collection::vec;
use proptest::prelude::*;

/// Lines that send the search down each of its ways, and now and then into each other.
fn line() -> impl Strategy<Value = String> {
    let fixed = prop::sample::select(vec![
        "NOTIFY sip:192.0.2.7 SIP/2.0",
        "NOTIFY sip:192.0.2.7",
        "SIP/2.0",
        "SIP/2.0 200 OK",
        "> SIP/2.0 200",
        "NOTIFY",
        "Via: SIP/2.0/UDP",
        "192.0.2.9:5060;branch=z9hG4bK1",
        "From:",
        "<sip:a@b>;tag=",
        "4398-66dc40c",
        "To: <sip:a@b>",
        "Call-ID: 1",
        "CSeq: 1 NOTIFY",
        "CSeq: 1",
        "Content-Type: application/url",
        "Content-Type: message/sip",
        "l: 0",
        "Content-Length: 18",
        "Content-Length: 400",
        "tftp://192.0.2.121",
        "",
        " ",
        " fold",
        "Note: some text goes here now",
        "Some text.",
        "X:1",
        "Subject: x",
        "> ",
        "\u{feff}",
    ]);
    prop_oneof![9 => fixed.prop_map(String::from), 1 => "[ -~]{0,60}"]
}

fn scraps() -> impl Strategy<Value = Vec<u8>> {
    let line_end =
        prop_oneof![4 => Just("\n"), 2 => Just("\r\n"), 1 => Just(""), 1 => Just(" \r\n")];
    vec((line(), line_end), 0..60).prop_map(|lines| {
        lines.into_iter().flat_map(|(line, end)| (line + end).into_bytes()).collect()
    })
}

fn message() -> impl Strategy<Value = String> {
    let body = prop_oneof![
        Just(String::new()),
        "(tftp|http)://[a-z]{1,9}/[a-z.;]{0,30}",
        "v=0\r\ns=[a-z ]{1,20}\r\n"
    ];
    ("[0-9a-f-]{8,70}", "[A-Z]{3,9}", body, any::<bool>()).prop_map(|(tag, method, body, folded)| {
        let kind = if body.starts_with('v') { "application/sdp" } else { "application/url" };
        let kind = if body.is_empty() { String::new() } else { format!("Content-Type: {kind}\r\n") };
        let fold = if folded { "\r\n " } else { "" };
        format!(
            "{method} sip:192.0.2.7:5060 SIP/2.0\r\nVia: SIP/2.0/UDP 192.0.2.9:5060;{fold}rport;branch=z9hG4bK{tag}\r\n\
             Max-Forwards: 70\r\nFrom: \"A Phone\" <sip:a@192.0.2.9>;tag={tag}\r\nTo: <sip:b@192.0.2.7>\r\nCall-ID: {tag}\r\n\
             CSeq: 1 {method}\r\n{kind}Content-Length: {}\r\n\r\n{body}",
            body.len()
        )
    })
}

fn prose() -> impl Strategy<Value = String> {
    let sentence = "[A-Z][a-z]{1,8}( [a-z]{1,9}){1,8}[.:]\n";
    vec(sentence, 0..4).prop_map(|sentences| sentences.concat())
}

/// Wraps text as a PDF's layout does: at blanks, and inside words that are longer than a line.
fn wrap(text: &str, width: usize) -> String {
    let mut wrapped = String::new();
    for line in text.lines() {
        let mut column = 0;
        for word in line.split(' ') {
            if column > 0 && column + 1 + word.len() > width {
                wrapped.push('\n');
                column = 0;
            } else if column > 0 {
                wrapped.push(' ');
                column += 1;
            }
            for letter in word.chars() {
                if column == width {
                    wrapped.push('\n');
                    column = 0;
                }
                wrapped.push(letter);
                column += 1;
            }
        }
        wrapped.push('\n');
    }
    wrapped
}

fn every_byte_has_its_place(found: &Found, source: &[u8]) {
    let mut at = 0;
    for piece in found.map.pieces() {
        assert_eq!(piece.message.start, at);
        assert!(found.source.start <= piece.source.start && piece.source.end <= found.source.end);
        let (here, there) = (piece.message.slice(&found.bytes), piece.source.slice(source));
        assert!(here.is_some() && there.is_some());
        assert!(piece.kind != PieceKind::Copied || here == there);
        at = piece.message.end;
    }
    assert_eq!(at, found.bytes.len());
    for offset in 0..found.bytes.len() {
        let back = found.to_source((offset..offset + 1).into());
        assert!(found.source.start <= back.start && back.end <= found.source.end);
    }
}

fn all_hold(source: &[u8]) {
    let found = find_messages(source);
    let mut end = 0;
    for message in &found {
        assert!(end <= message.source.start && message.source.end <= source.len());
        end = message.source.end;
        every_byte_has_its_place(message, source);
    }
    a_dissection_is_an_examination_with_tokens(source);
}

fn a_dissection_is_an_examination_with_tokens(source: &[u8]) {
    let examined = examine(source, Policy::Strict);
    let dissected = dissect(source, Policy::Strict);
    assert_eq!(examined.len(), dissected.len());
    for (alone, (with, tape)) in examined.iter().zip(&dissected) {
        assert_eq!((&alone.found.bytes, &alone.findings), (&with.found.bytes, &with.findings));
        assert_eq!(with.found.message().map(|message| message.tape()).unwrap_or_default(), *tape);
    }
}

#[test]
fn a_message_beyond_the_limits_is_dissected_all_the_same() {
    let source = format!("OPTIONS sip:a SIP/2.0\r\n{}\r\n", "X: y\r\n".repeat(300));
    let dissected = dissect(source.as_bytes(), Policy::Strict);
    let [(examined, tape)] = &dissected[..] else { panic!("{}", dissected.len()) };
    assert_eq!(examined.findings[0].rule.id, "trace.unreadable");
    assert!(tape.roots().count() > 300);
    all_hold(source.as_bytes());
}

proptest! {
    #[test]
    fn any_bytes_are_searched_and_every_byte_found_has_its_place(source in vec(any::<u8>(), 0..600)) {
        all_hold(&source);
    }

    #[test]
    fn scraps_of_messages_are_searched_and_every_byte_found_has_its_place(source in scraps()) {
        all_hold(&source);
    }

    #[test]
    fn a_datagram_passes_unchanged(message in message(), behind in prop_oneof![Just(""), Just("\r\n"), Just("\0\0")]) {
        let source = message + behind;
        let found = find_messages(source.as_bytes());
        prop_assert_eq!(found.len(), 1);
        prop_assert_eq!(&found[0].bytes, source.as_bytes());
    }

    #[test]
    fn messages_with_prose_between_are_all_found(parts in vec((prose(), message()), 1..6), crlf in any::<bool>()) {
        let source: String = parts.iter().flat_map(|(prose, message)| [prose, "\n", message, "\n"]).collect();
        let source = format!("A trace:\n{source}");
        let source = if crlf { source } else { source.replace("\r\n", "\n") };
        let found = find_messages(source.as_bytes());
        prop_assert_eq!(found.len(), parts.len(), "{}", source);
        for (found, (_, message)) in found.iter().zip(&parts) {
            prop_assert_eq!(&found.bytes, message.as_bytes());
        }
    }

    #[test]
    fn wrapped_messages_come_out_whole(message in message(), width in 60_usize..90, prose in prose()) {
        let wrapped = wrap(&message.replace("\r\n ", ""), width);
        let source = format!("{prose}{wrapped}\nThe end.\n");
        let found = find_messages(source.as_bytes());
        prop_assert_eq!(found.len(), 1, "{}", source);
        prop_assert_eq!(String::from_utf8_lossy(&found[0].bytes), message.replace("\r\n ", ""), "{}", source);
    }
}
