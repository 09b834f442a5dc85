//! Messages in text: line ends, wraps, bodies and the ends of heads.

use fingerpost_core::check::{Policy, Severity};
use fingerpost_trace::{Found, find_messages};

const HEAD: &str = "OPTIONS sip:192.0.2.7 SIP/2.0\nVia: SIP/2.0/UDP 192.0.2.9;branch=z9hG4bK1\nMax-Forwards: 70\n\
                    To: <sip:a@192.0.2.7>\nFrom: <sip:b@192.0.2.9>;tag=1\nCall-ID: 1@192.0.2.9\nCSeq: 1 OPTIONS\n\
                    Contact: <sip:b@192.0.2.9>\n";

const SDP: &str =
    "v=0\no=- 1 1 IN IP4 192.0.2.9\ns=-\nc=IN IP4 192.0.2.9\nt=0 0\nm=audio 4000 RTP/AVP 0\n";

#[track_caller]
fn only(source: &str) -> Found {
    let mut found = find_messages(source.as_bytes());
    assert_eq!(found.len(), 1, "{source}");
    found.remove(0)
}

fn text(found: &Found) -> String {
    String::from_utf8_lossy(&found.bytes).replace("\r\n", "\n")
}

fn rules(found: &Found, severity: Severity) -> Vec<&'static str> {
    let findings = found.findings(Policy::Strict);
    findings
        .iter()
        .filter(|finding| finding.severity == severity)
        .map(|finding| finding.rule.id)
        .collect()
}

#[track_caller]
fn has_no_errors(found: &Found) {
    assert_eq!(rules(found, Severity::Error), [""; 0], "{}", found.bytes.escape_ascii());
}

fn with_sdp(length: usize) -> String {
    format!("{HEAD}Content-Type: application/sdp\nContent-Length: {length}\n\n{SDP}")
}

#[test]
fn text_without_cr_is_given_crlf_and_one_note() {
    let source = format!("{HEAD}Content-Length: 0\n\n");
    let found = only(&source);
    assert_eq!(found.bytes, source.replace('\n', "\r\n").as_bytes());
    assert_eq!(rules(&found, Severity::Note), ["trace.line-ends"]);
    has_no_errors(&found);
}

#[test]
fn a_content_length_fits_as_the_text_stands_or_with_crlf() {
    let with_crlf = SDP.replace('\n', "\r\n");
    for (length, body) in
        [(SDP.len(), SDP), (with_crlf.len(), &*with_crlf), (SDP.len() - 1, SDP.trim_end())]
    {
        for behind in ["", "\n", "\nThe phone answers:\n"] {
            let found = only(&format!("{}{behind}", with_sdp(length)));
            assert!(found.bytes.ends_with(format!("\r\n\r\n{body}").as_bytes()), "{length}");
            has_no_errors(&found);
        }
    }
}

#[test]
fn a_content_length_that_fits_neither_is_told() {
    for length in [SDP.len() - 5, SDP.len() + 50] {
        let found = only(&format!("{}\nThe phone answers:\n", with_sdp(length)));
        assert!(text(&found).ends_with(SDP), "{}", text(&found));
        assert_eq!(found.body_length_in_source, Some(SDP.len()));
        let all = [rules(&found, Severity::Error), rules(&found, Severity::Warning)].concat();
        assert!(all.iter().any(|rule| rule.starts_with("framing.content-length")), "{all:?}");
    }
}

#[test]
fn without_content_length_the_body_ends_at_an_empty_line() {
    let found =
        only(&format!("{HEAD}Content-Type: application/sdp\n\n{SDP}\nThe phone answers:\n"));
    assert!(text(&found).ends_with(SDP));
    let found = only(&format!("{HEAD}\nThe phone answers:\n"));
    assert!(text(&found).ends_with("\n\n"));
    let found =
        only(&format!("{HEAD}Content-Type: application/url\n\nhttp://192.0.2.9/\nMore text.\n"));
    assert!(text(&found).ends_with("\n\nhttp://192.0.2.9/"));
}

#[test]
fn a_body_without_an_empty_line_before_it_is_found_by_its_length() {
    let found = only(&format!(
        "{HEAD}Content-Type: application/sdp\nContent-Length: {}\n{SDP}The phone answers:\n",
        SDP.len()
    ));
    assert!(text(&found).ends_with(&format!("\n\n{SDP}")));
    assert!(rules(&found, Severity::Note).contains(&"trace.no-empty-line"));
    has_no_errors(&found);
}

#[test]
fn a_url_without_content_length_is_found_by_its_type() {
    let found = only(&format!(
        "{HEAD}Content-Type: application/url\nhttp://192.0.2.9/a.cfg\nThe phone answers:\n"
    ));
    assert!(text(&found).ends_with("\n\nhttp://192.0.2.9/a.cfg"));
}

#[test]
fn prose_behind_the_last_header_is_left_out() {
    for prose in [
        "The phone answers:\n",
        "Note: the phone asks again for five seconds\n",
        "    Indented text.\n",
        "Done.\n",
    ] {
        let found = only(&format!("{HEAD}Content-Length: 0\n{prose}"));
        assert!(text(&found).ends_with("Content-Length: 0\n\n"), "{prose}: {}", text(&found));
        assert_eq!(rules(&found, Severity::Note), ["trace.line-ends", "trace.no-empty-line"]);
    }
}

#[test]
fn the_next_start_line_ends_a_head() {
    let found =
        find_messages(format!("{HEAD}Content-Length: 0\n{HEAD}Content-Length: 0\n\n").as_bytes());
    assert_eq!(found.len(), 2);
    assert_eq!(found[0].bytes, found[1].bytes);
    assert!(rules(&found[0], Severity::Note).contains(&"trace.no-empty-line"));
}

#[test]
fn a_head_without_its_last_headers_is_cut_off_wherever_it_ends() {
    let beginning: String = HEAD.split_inclusive('\n').take(3).collect();
    for behind in ["", "\nTable of Contents\n", "and so on.\n", "\n"] {
        let found = only(&format!("As shown here:\n{beginning}{behind}"));
        assert!(found.is_cut_off, "{behind}");
        assert_eq!(text(&found), beginning);
        assert!(rules(&found, Severity::Error).contains(&"framing.headers-unterminated"));
    }
}

#[test]
fn a_message_that_only_lacks_a_mandatory_header_is_not_cut_off() {
    let source = HEAD.replace("Call-ID: 1@192.0.2.9\n", "");
    let found = only(&format!("{source}\n"));
    assert!(!found.is_cut_off);
    assert!(rules(&found, Severity::Error).contains(&"sip.header.missing"));
}

#[test]
fn wrapped_lines_of_every_kind_are_joined() {
    let whole = format!(
        "{HEAD}Allow: INVITE, ACK, BYE, CANCEL\nUser-Agent: Example EX40 1.2.3\nSubject: a long lunch\nContent-Length: 0\n\n"
    );
    let breaks = [
        ("OPTIONS sip", "OPTIONS\nsip"),
        ("192.0.2.7 SIP/2.0\n", "192.0.2.7\nSIP/2.0\n"),
        ("sip:192.0.2.7 SIP", "sip:192.\n0.2.7 SIP"),
        ("UDP 192.0.2.9;", "UDP\n192.0.2.9;"),
        ("UDP 192.0.2.9;", "UDP 192.0.\n2.9;"),
        (";branch", "\n;branch"),
        ("=z9hG4bK1", "=\nz9hG4bK1"),
        ("70", "\n70"),
        ("To: ", "To:\n"),
        ("a@192.0.2.7>", "a@192\n.0.2.7>"),
        ("1 OPTIONS", "1\nOPTIONS"),
        ("ACK, BYE", "ACK,\nBYE"),
        ("EX40 1.2.3", "EX40\n1.2.3"),
        ("a long lunch", "a long\nlunch"),
    ];
    for (from, to) in breaks {
        let to = to.replacen('\n', " \n", usize::from(from.contains(' ')));
        let found = only(&format!("Text.\n{}", whole.replacen(from, &to, 1)));
        assert_eq!(text(&found), whole, "{to}");
        assert!(rules(&found, Severity::Note).contains(&"trace.joined-line"), "{to}");
    }
}

#[test]
fn wrapped_status_lines_are_joined() {
    let found = only(
        "SIP/2.0 481 Subscription does\nnot exist\nVia: SIP/2.0/UDP 192.0.2.9;branch=z9hG4bK1\nCall-ID: 1\n",
    );
    assert!(found.bytes.starts_with(b"SIP/2.0 481 Subscription does not exist\r\nVia"));
}

#[test]
fn a_line_that_is_no_part_of_a_header_is_not_joined_to_it() {
    let whole = format!("{HEAD}Content-Length: 0\n\n");
    let broken = whole.replace("Max-Forwards: 70\n", "Max-Forwards: 70\nnot a header at all\n");
    let found = only(&broken);
    assert!(!rules(&found, Severity::Note).contains(&"trace.joined-line"));
}

#[test]
fn folds_are_kept_as_they_stand() {
    let source = format!("{HEAD}Subject: a\n long\n\tlunch\nContent-Length: 0\n\n");
    assert_eq!(text(&only(&source)), source);
}

#[test]
fn lines_that_were_wrapped_and_saved_with_crlf_are_joined_too() {
    let source = HEAD.replace("UDP ", "UDP\n").replace('\n', "\r\n") + "Content-Length: 0\r\n\r\n";
    let found = only(&source);
    assert_eq!(text(&found), format!("{HEAD}Content-Length: 0\n\n"));
}

#[test]
fn a_message_beyond_the_limits_is_kept_and_told() {
    let many = "X-A: b\n".repeat(300);
    let found = only(&format!("{HEAD}{many}\n"));
    assert!(rules(&found, Severity::Error).contains(&"trace.unreadable"));
}

/// Each of these would be read again and again by a search without bounds.
#[test]
fn the_time_for_noise_does_not_grow_faster_than_the_noise() {
    let scraps = [
        "\n",
        "a",
        "A a:b SIP/2.0\n",
        "A a:b\n",
        "A a:b SIP/2.0\nc: message/x\nl: 9000\n\nabc\n",
        "Subject: b\nx\ny\nz\nTo: b\n",
        "Via: SIP/2.0/UDP\nfoo bar\n",
        "To: \"\na:b\n",
        " a\n",
        "l: 1\n a",
    ];
    for scrap in scraps {
        let source = "X sip:a SIP/2.0\n".to_owned() + &scrap.repeat(300_000 / scrap.len());
        // Work that grew with the square of this would keep the run from ending.
        let found = find_messages(source.as_bytes());
        assert!(found.iter().all(|message| message.source.end <= source.len()), "{scrap}");
    }
}
