//! One right message, and what becomes of it by one change each.

const RIGHT: &str = "OPTIONS sip:lamp@harbour.example SIP/2.0\r\n\
Via: SIP/2.0/UDP 192.0.2.40:5060;branch=z9hG4bKlamp1\r\n\
Max-Forwards: 70\r\n\
From: \"Ines\" <sip:ines@harbour.example>;tag=l1\r\n\
To: <sip:lamp@harbour.example>\r\n\
Call-ID: lamp1@192.0.2.40\r\n\
CSeq: 7 OPTIONS\r\n\
Contact: <sip:ines@192.0.2.40>\r\n\
Content-Length: 0\r\n\r\n";

/// Name, what is right, what it becomes.
const CHANGES: &[(&str, &str, &str)] = &[
    ("right", "", ""),
    ("compact", "Via:", "v:"),
    ("fold", ";branch", "\r\n ;branch"),
    ("space-before-colon", "Via:", "Via :"),
    ("ipv6", "192.0.2.40:5060", "[2001:db8::40]:5060"),
    ("ipv6-without-brackets", "192.0.2.40:5060", "2001:db8::40"),
    ("via-empty-parameter", ";branch", ";;branch"),
    ("via-unknown-transport", "UDP", "PIGEON"),
    ("via-white-space", "SIP/2.0/UDP", "SIP / 2.0 / UDP"),
    ("via-port-too-large", ":5060;", ":65536;"),
    ("quote-open", "\"Ines\"", "\"Ines"),
    ("quote-escaped", "\"Ines\"", "\"In\\\"es\""),
    ("name-of-tokens", "\"Ines\"", "Ines Falk"),
    ("name-with-comma", "\"Ines\"", "Falk, Ines"),
    ("space-in-brackets", "<sip:lamp@", "< sip:lamp@"),
    ("tel", "<sip:lamp@harbour.example>", "<tel:+1-201-555-0140>"),
    ("urn", "<sip:lamp@harbour.example>", "<urn:service:lamp>"),
    ("escape-in-user", "ines@192", "in%65s@192"),
    ("escape-that-is-none", "ines@192", "in%zzs@192"),
    ("bare-contact-with-headers", "<sip:ines@192.0.2.40>", "sip:ines@192.0.2.40?x=y"),
    ("contact-semicolons", "192.0.2.40>\r\nContent", "192.0.2.40>;;\r\nContent"),
    ("cseq-too-large", "7 OPTIONS", "4294967296 OPTIONS"),
    ("cseq-other-method", "7 OPTIONS", "7 INVITE"),
    ("cseq-zeros", "7 OPTIONS", "0007 OPTIONS"),
    ("call-id-two-ats", "lamp1@", "lamp1@x@"),
    ("length-too-large", "Length: 0", "Length: 9"),
    ("length-negative", "Length: 0", "Length: -1"),
    ("length-twice", "Content-Length: 0", "l: 5\r\nContent-Length: 0"),
    ("two-spaces", "OPTIONS sip", "OPTIONS  sip"),
    ("space-at-end", "SIP/2.0\r\nVia", "SIP/2.0 \r\nVia"),
    ("uri-in-brackets", " sip:lamp@harbour.example ", " <sip:lamp@harbour.example> "),
    ("version-seven", "e SIP/2.0", "e SIP/7.0"),
    ("line-without-colon", "Max-Forwards: 70", "Max-Forwards 70"),
    ("no-call-id", "Call-ID: lamp1@192.0.2.40\r\n", ""),
    ("unknown-header", "Max-Forwards: 70", "X-Lamp: ;;,,\"(\r\nMax-Forwards: 70"),
    ("bare-feeds", "\r\n", "\n"),
];

/// Each variation and its name.
pub fn all() -> Vec<(String, Vec<u8>)> {
    let changed = |right: &str, wrong: &str| match right {
        "" => RIGHT.to_owned(),
        "\r\n" => RIGHT.replace(right, wrong),
        _ => RIGHT.replacen(right, wrong, 1),
    };
    CHANGES
        .iter()
        .map(|(name, right, wrong)| (format!("lamp-{name}"), changed(right, wrong).into_bytes()))
        .collect()
}
