use super::*;
use proptest::prelude::*;

const NOTIFY: &[u8] =
    b"NOTIFY sip:10.0.0.7:5060 SIP/2.0\r\nVia: SIP/2.0/UDP 10.0.0.1;branch=z9hG4bK1\r\n\
    i: 7@x\r\nX-Mac: 00-30-AB-11-22-33\r\nCSeq: 2 NOTIFY\r\nContent-Length: 5\r\n\r\nhello";
const REFUSED: &[u8] = b"SIP/2.0 403 Forbidden\r\nCSeq: 2 NOTIFY\r\nCall-ID: 7@x\r\n\r\n";

fn finds(query: &str, bytes: &[u8]) -> bool {
    let subject =
        Subject::of(bytes).between("10.0.0.1:5060".parse().ok(), "10.0.0.7:1024".parse().ok());
    Query::parse(query).unwrap().matches(&subject)
}

fn refusal(query: &str) -> (String, &str) {
    let error = Query::parse(query).unwrap_err();
    (error.message, &query[error.span.start..error.span.end])
}

#[test]
fn every_plain_word_must_occur_in_any_case() {
    assert!(finds("notify Z9HG4BK1", NOTIFY));
    assert!(!finds("notify 403", NOTIFY));
    assert!(finds("", NOTIFY) && finds("  ", NOTIFY));
}

#[test]
fn quotes_make_one_word() {
    assert!(finds("\"2 NOTIFY\"", NOTIFY));
    assert!(!finds("\"NOTIFY 2\"", NOTIFY));
    assert!(finds("\"2 NOTIFY", NOTIFY), "a quote that is still being typed");
    let named = b"OPTIONS sip:a SIP/2.0\r\nFrom: \"A \\\"b\" <sip:c>\r\n\r\n";
    assert!(finds(r#"sip.From contains "A \\\"b\"""#, named), "escapes as Wireshark writes them");
}

#[test]
fn a_mac_is_found_however_it_is_written() {
    for mac in ["0030ab112233", "00:30:ab:11:22:33", "00-30-AB-11-22-33", "0030.AB11.2233"] {
        assert!(finds(mac, NOTIFY), "{mac}");
        assert!(!finds(mac, REFUSED), "{mac}");
    }
}

#[test]
fn addresses_are_searched_too() {
    assert!(finds("10.0.0.7:1024", REFUSED));
    assert!(finds("ip.addr == 10.0.0.7 and udp.dstport == 1024 and ip.src == 10.0.0.1", REFUSED));
    assert!(!finds("ip.src == 10.0.0.7", REFUSED));
}

#[test]
fn a_sip_uri_and_a_host_are_words_and_no_fields() {
    assert!(finds("sip:10.0.0.7", NOTIFY));
    assert!(!finds("sip.example.com:5060", NOTIFY));
}

#[test]
fn filters_ask_for_headers_by_long_and_compact_names() {
    assert!(finds("sip.Call-ID == \"7@x\"", NOTIFY));
    assert!(finds("sip.call-id == 7@x", NOTIFY));
    assert!(finds("sip.x-mac contains ab-11", NOTIFY));
    assert!(finds("sip.msg_body contains hell", NOTIFY));
    assert!(!finds("sip.Event", NOTIFY));
}

#[test]
fn numbers_compare_as_numbers() {
    assert!(finds("sip.Status-Code >= 400 && sip.Status-Code < 1000", REFUSED));
    assert!(!finds("sip.Status-Code >= 400", NOTIFY));
}

#[test]
fn and_binds_closer_than_or_and_brackets_closer_than_both() {
    assert!(finds("sip.Method == NOTIFY or sip.Method == BYE and sip.Event", NOTIFY));
    assert!(!finds("(sip.Method == NOTIFY or sip.Method == BYE) and sip.Event", NOTIFY));
    assert!(finds("!(sip.Event) && not sip.Method == BYE", NOTIFY));
    assert!(finds("sip.Method != BYE", REFUSED), "nothing of it is BYE");
}

#[test]
fn a_broken_filter_says_where_and_what_would_do() {
    assert_eq!(refusal("sip.Method =="), ("a value to compare with is missing here".into(), ""));
    assert_eq!(refusal("sip.Method SUBSCRIBE").1, "SUBSCRIBE");
    assert_eq!(refusal("sip.Method matches x").0, "`matches` is not known; write contains");
    let (message, place) = refusal("sip.Event and frame.len > 4");
    assert!(message.starts_with("`frame.len` is no field") && place == "frame.len", "{message}");
    assert_eq!(refusal("(sip.Event").0, "`)` is missing here");
    let deep = format!("{}sip.Event", "!".repeat(100_000));
    assert!(refusal(&deep).0.contains("too deep"));
}

proptest! {
    #[test]
    fn whatever_is_typed_finds_or_is_refused_within_its_bounds(query in "[a-z.\" ()!=&|<>é]{0,40}|sip\\.[a-z ]{0,9}[ =!(&]{0,9}.{0,9}") {
        match Query::parse(&query) {
            Ok(query) => {
                // Whatever it asks, asking twice gives one answer.
                let subject = Subject::of(NOTIFY);
                prop_assert_eq!(query.matches(&subject), query.matches(&subject));
            }
            Err(error) => prop_assert!(query.get(error.span.start..error.span.end).is_some()),
        }
    }
}
