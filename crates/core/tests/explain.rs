//! Plain words for every value of the exchange.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test stops at the first thing that is not as expected"
)]

use fingerpost_core::explain::{Explanation, explain, explain_header};
use fingerpost_core::message::HeaderName;
use fingerpost_core::scan::TokenKind;
use fingerpost_core::{Message, Span};
use proptest::prelude::*;

macro_rules! corpus {
    ($($name:literal)*) => {
        [$(($name, include_bytes!(concat!("../../../tests/corpus/", $name, ".sip")).as_slice())),*]
    };
}

const CORPUS: [(&str, &[u8]); 11] = corpus![
    "manual/subscribe" "manual/200-ok" "manual/notify"
    "phones/fanvil" "phones/gigaset" "phones/grandstream" "phones/panasonic" "phones/planet"
    "phones/snom" "phones/urn-uuid" "phones/yealink"
];

/// A NOTIFY in its dialog as RFC 6665 has it, with what the corpus lacks.
const NOTIFY: &str = "NOTIFY sip:MAC%3a000413A1B2C3@10.13.2.51;transport=udp SIP/2.0\r\n\
    Via: SIP/2.0/TCP pbx.example:6060;branch=z9hG4bK1;received=10.13.4.121;maddr=10.0.0.9;ttl=1;rport=6060\r\n\
    Via: SIP/2.0/UDP 10.13.9.9;branch=abc\r\n\
    Route: <sip:proxy.example;lr>\r\nRecord-Route: <sip:proxy.example;lr>\r\n\
    Max-Forwards: 0\r\nFrom: \"PBX one\" <sip:pbx@10.13.4.121>;tag=s1\r\n\
    To: <sip:MAC%3a000413A1B2C3@office.example>;tag=p1\r\ni: a@b\r\nCSeq: 7 NOTIFY\r\n\
    Contact: <sips:pbx:secret@10.13.4.121:5061>\r\nEvent: ua-profile;effective-by=0;id=9;x=y\r\n\
    Subscription-State: active;expires=3600;reason=REASON;retry-after=90\r\nExpires: 60\r\n\
    Content-Type: application/url\r\nRequire: 100rel, strange\r\nSupported: timer\r\nX-Vendor: hm\r\n\
    Date: Sat, 13 Nov 2010 23:29:00 GMT\r\nAllow-Events: ua-profile, check-sync\r\n\
    Authorization: Digest username=\"u\"\r\nRetry-After: 120 (later);duration=5\r\n\
    Server: snomD385/10 (MAC=000413A1B2C3; SER=1)\r\n\r\nURL";

fn notify(reason: &str, url: &str) -> String {
    NOTIFY.replace("REASON", reason).replace("URL", url)
}

/// The explanation at the bar in `mark`, which stands in `text` without it.
fn at(text: &str, mark: &str) -> Explanation {
    let bar = mark.find('|').unwrap();
    let start = text.find(&mark.replace('|', "")).unwrap_or_else(|| panic!("{mark} is not there"));
    let message = Message::parse(text.as_bytes()).unwrap();
    explain(&message, start + bar).unwrap_or_else(|| panic!("{mark} has no explanation"))
}

fn says(text: &str, table: &[(&str, &str, &str)]) {
    for (mark, title, words) in table {
        let found = at(text, mark);
        assert_eq!(found.title, *title, "{mark}: {}", found.words);
        assert!(found.words.contains(words), "{mark}: {}", found.words);
    }
}

fn text(name: &str) -> &'static str {
    let (_, bytes) = CORPUS.iter().find(|(known, _)| *known == name).unwrap();
    std::str::from_utf8(bytes).unwrap()
}

#[test]
fn every_value_of_the_exchange_has_words_of_its_own() {
    for (name, bytes) in CORPUS {
        let message = Message::parse(bytes).unwrap();
        let tape = message.tape();
        for leaf in tape.leaves() {
            use TokenKind as K;
            if matches!(leaf.kind, K::Whitespace | K::LineEnd | K::Separator) {
                continue;
            }
            for offset in leaf.span.start..leaf.span.end {
                let found = explain(&message, offset).unwrap();
                // The punctuation of a URL belongs to the part before it.
                let held =
                    found.span.start <= offset && (offset < found.span.end || leaf.kind == K::Body);
                assert!(held, "{name}: byte {offset} is not in {:?}", found.span);
                assert!(found.words.ends_with('.'), "{name}: {}", found.words);
                assert!(!found.title.is_empty() && !found.words.contains("not known here"));
                let header =
                    message.headers().find(|h| h.span().start <= offset && offset < h.span().end);
                if let Some(purpose) = header.and_then(|h| explain_header(h.name()))
                    && leaf.kind != K::HeaderName
                {
                    assert_ne!(found.words, purpose.words, "{name}: byte {offset}");
                }
            }
        }
    }
}

#[test]
fn the_subscribe_of_the_manual_is_explained() {
    says(
        text("manual/subscribe"),
        &[
            ("|SUBSCRIBE sip", "Method", "asks for its profile"),
            ("|224.0.1.75:5060 SIP", "Request-URI host", "multicast group of all SIP servers"),
            ("75:|5060 SIP", "Request-URI port", "SIP's usual port"),
            ("|SIP/2.0\r\nFrom", "SIP version", "SIP/2.0"),
            ("sip:|00000001", "From user", "does not tell which device"),
            (";tag=|87a5", "From tag", "the phone's half of the dialog's name"),
            ("|To: ", "To", "no tag yet"),
            ("Call-ID: |8884", "Call-ID", "byte by byte"),
            ("CSeq: |1", "CSeq number", "1 is the sender's count"),
            ("CSeq: 1 |SUB", "CSeq method", "repeats the method"),
            ("2.0/|UDP", "Via transport", "one datagram"),
            ("UDP |10.13", "Via address", "The phone gives 10.13.2.37"),
            (";|rport", "Via parameter rport", "at the port from which this message comes"),
            ("=|z9hG4bK-38", "Via parameter branch", "names this one request"),
            ("Expires: |0", "Expires", "the phone wants its URL once and no lasting subscription"),
            ("Event: |ua-", "Event package", "where its configuration is"),
            ("=\"|application", "Event parameter profile-type", "AudioCodes phones send it"),
            ("=\"4|40HD", "Event parameter model", "it is a 440HD"),
            ("|version=", "Event parameter version", "2.2.2"),
            ("Max-Forwards: 7|0", "Max-Forwards", "as is usual"),
            ("|replaces", "Supported option", "attended transfer"),
            ("1|00rel", "Supported option", "confirmed one by one"),
            ("Accept: application/|url", "Accept type", "in the body of the NOTIFY"),
            ("Contact: <sip:00000001@|10", "Contact host", "takes the NOTIFY at 10.13.2.37"),
            ("|AUDC", "User-Agent vendor", "audiocodes"),
            ("AUDC-IPPhone/|2.2.2", "User-Agent version", "2.2.2"),
            ("Content-Length: |0", "Content-Length", "there is no body"),
        ],
    );
}

#[test]
fn the_answer_and_the_notify_of_the_manual_are_explained_by_their_direction() {
    says(
        text("manual/200-ok"),
        &[
            ("SIP/2.0 |200", "Status code", "a NOTIFY with the URL must follow at once"),
            ("|OK", "Reason phrase", "for people"),
            ("Contact: <sip:|10", "Contact host", "In a 200 the server's should stand here"),
            ("|To: ", "To", "It has no tag"),
            ("|rport", "Via parameter rport", "still empty"),
            ("UDP |10", "Via address", "copied from the request"),
            ("Expires: |0", "Expires", "the server sends the URL once"),
            ("CSeq: 1 |SUB", "CSeq method", "answers a SUBSCRIBE"),
        ],
    );
    says(
        text("manual/notify"),
        &[
            ("|NOTIFY sip", "Method", "the URL of its configuration"),
            ("UDP |10", "Via address", "the phone's 200 may never reach the server"),
            ("|From: ", "From", "From is still the phone's"),
            ("From: <sip:00000001@|10", "From host", "swaps From and To"),
            ("tag=|87", "From tag", "still the phone's tag"),
            ("To: <sip:|224", "To host", "still what the SUBSCRIBE asked for"),
            ("Contact: <sip:|10", "Contact host", "The server takes what follows"),
            ("|Event: ", "Event", "In a NOTIFY the phone ignores model and version"),
            ("|440HD", "Event parameter model", "it belongs to the SUBSCRIBE"),
            ("|terminated", "Subscription state", "ends with this NOTIFY"),
            ("=|timeout", "Subscription-State reason", "After Expires 0 this is the usual reason"),
            ("Content-Type: |app", "Content-Type type", "The body is the URL"),
            ("Content-Length: |18", "Content-Length", "18 matches the body"),
            ("|tftp:", "URL scheme", "without encryption"),
            ("//|10.13.4.121", "URL host", "The URL names no file"),
        ],
    );
}

#[test]
fn the_spellings_of_phones_are_explained() {
    let mac = "names the phone by its MAC address, ";
    says(
        text("phones/snom"),
        &[
            (
                "SUBSCRIBE sip:|MAC%3a",
                "Request-URI user",
                &format!("{mac}000413a1b2c3; the escape"),
            ),
            ("|Via", "Via", "no branch"),
            ("|snomD385/", "User-Agent vendor", "snom"),
        ],
    );
    says(
        text("phones/planet"),
        &[
            ("From: <sip:|MAC=", "From user", &format!("{mac}00304f0a1b2c.")),
            ("|From", "From", "no tag"),
        ],
    );
    says(
        text("phones/yealink"),
        &[
            ("Contact: <sip:|MAC0015", "Contact user", mac),
            (":|5059", "Via port", "Yealink"),
            ("Yealink |SIP-T41S", "User-Agent product", "free text"),
        ],
    );
    says(
        text("phones/panasonic"),
        &[
            ("|vender", "Event parameter vender", "misspelt vendor"),
            ("(|0080f0", "User-Agent comment", "MAC address"),
        ],
    );
    says(
        text("phones/fanvil"),
        &[
            ("\"VOIP| PHONE", "Event parameter model", "names no product"),
            ("2.4.2 |0c38", "User-Agent MAC address", "0c383e4a5b6c"),
        ],
    );
    says(
        text("phones/urn-uuid"),
        &[
            ("SUBSCRIBE sip:|urn", "Request-URI user", "ends in the MAC address, 00ff8d0a0b0c"),
            ("|SUBSCRIBE sip", "Method", "There is no Expires"),
            ("From: sip:|anonymous", "From user", "does not say who it is"),
            ("=|device", "Event parameter profile-type", "the profile of the device"),
            ("\"|http,https", "Contact parameter schemes", "http,https,tftp"),
            ("|+sip.instance", "Contact parameter +sip.instance", "names the device itself"),
            ("Accept: |message", "Accept type", "RFC 6080's way"),
        ],
    );
}

#[test]
fn a_notify_in_its_dialog_and_rare_values_are_explained() {
    let text = notify("rejected", "https://u:pw@h/x");
    says(
        &text,
        &[
            ("NOTIFY sip:|MAC", "Request-URI user", "000413a1b2c3"),
            ("transport=|udp", "URI parameter transport", "udp"),
            ("|pbx.example", "Via address", "The server gives pbx.example"),
            ("2.0/|TCP", "Via transport", "over a connection"),
            ("=|10.13.4.121;maddr", "Via parameter received", "really came from"),
            ("maddr=|10", "Via parameter maddr", "instead of the sender's"),
            ("ttl=|1", "Via parameter ttl", "on the LAN"),
            ("rport=|6060", "Via parameter rport", "came from port 6060"),
            ("UDP |10.13.9.9", "Via address", "earlier hop"),
            ("=|abc", "Via parameter branch", "too short"),
            ("Route: <sip:|proxy", "Route host", "on its way"),
            ("Record-Route: <sip:|proxy", "Record-Route host", "wants to see"),
            (";|lr>", "URI parameter lr", "leaves the Request-URI alone"),
            ("Max-Forwards: |0", "Max-Forwards", "no proxy may pass"),
            ("\"|PBX one", "From display name", "people"),
            ("tag=|s1", "From tag", "the server's half"),
            ("tag=|p1", "To tag", "by it the phone knows"),
            ("|i: a@b", "Call-ID", "compact form"),
            ("CSeq: |7", "CSeq number", "the server's own count"),
            ("<|sips:", "Contact scheme", "TLS"),
            ("pbx:|secret", "Contact password", "can be read by all"),
            (":|5061", "Contact port", "TLS"),
            ("by=|0", "Event parameter effective-by", "at once"),
            ("id=|9", "Event parameter id", "must repeat it"),
            ("|x=y", "Event parameter", "not known here"),
            ("|active", "Subscription state", "more NOTIFYs"),
            ("expires=|3600", "Subscription-State expires", "1 hour"),
            ("after=|90", "Subscription-State retry-after", "90 seconds"),
            ("Expires: |60", "Expires", "no meaning in a NOTIFY"),
            ("Require: |100rel", "Require option", "must understand 100rel"),
            ("|strange", "Require option", "not known here"),
            ("|X-Vendor", "X-Vendor", "not known here"),
            ("Date: |Sat", "Date weekday", "day of the week"),
            ("|13 Nov 2010", "Date day", "13 Nov 2010"),
            ("|23:29:00", "Date time", "Greenwich"),
            ("|GMT", "Date zone", "the only zone"),
            ("|check-sync", "Allow-Events package", "No RFC"),
            ("|username", "Authorization parameter", "proof"),
            ("After: |120", "Retry-After", "2 minutes"),
            ("(|later", "Retry-After comment", "remark"),
            ("duration=|5", "Retry-After parameter duration", "5 seconds"),
            ("(|MAC=0004", "Server comment", "MAC address"),
        ],
    );
}

/// A call with parts, a description of its media, and what RFC 3261 knows besides.
const CALL: &str = "INVITE sip:b@h SIP/2.0\r\n\
    Timestamp: 54.2 0.5\r\nDate: Sat, 13 Nov 2010 23:29:00 CET\r\n\
    Warning: 301 pbx.example \"no IPv6\", 399 [2001:db8::1] \"odd\", 378 a \"b\", 500 a \"b\"\r\n\
    Reason: Q.850;cause=16;text=\"Normal\"\r\n\
    Content-Type: multipart/mixed;boundary=b1\r\n\r\n\
    old readers\r\n--b1\r\nContent-Type: application/sdp\r\n\r\n\
    v=0\r\no=- 7 8 IN IP4 192.0.2.9\r\ns=-\r\nc=IN IP4 192.0.2.8\r\nt=0 1\r\n\
    m=audio 4000 RTP/AVP 0 96\r\na=rtpmap:96 opus/48000\r\na=sendonly\r\na=odd\r\nq=what\r\nm=audio x\r\n\
    --b1\r\n\r\nplain\r\n--b1\r\nContent-Type: application/url\r\n\r\ntftp://192.0.2.7/x\r\n--b1--\r\nbye";

#[test]
fn the_parts_of_a_call_are_explained() {
    says(
        CALL,
        &[
            ("Timestamp: |54.2", "Timestamp", "54.2 seconds"),
            ("54.2 |0.5", "Timestamp delay", "0.5 seconds"),
            ("|CET", "Date zone", "another zone than GMT"),
            ("|301", "Warning code", "network address"),
            ("|pbx.example", "Warning agent", "pbx.example is the server"),
            ("|no IPv6", "Warning text", "people"),
            ("|399", "Warning code", "the text says what"),
            ("|378", "Warning code", "bandwidth"),
            ("|500", "Warning code", "not known here"),
            ("|Q.850", "Reason protocol", "telephone network"),
            ("cause=|16", "Reason parameter cause", "16 is the number"),
            ("text=\"|Normal", "Reason parameter text", "Normal"),
            ("|old readers", "Body", "know no parts"),
            ("\r\n|--b1\r\nContent-Type: application/sdp", "Boundary", "parts two pieces"),
            ("|application/sdp", "Content-Type type", "media of a call"),
            ("|--b1--", "Boundary", "ends the last piece"),
            ("|v=0", "SDP line v=", "version"),
            ("v=|0", "SDP field", "there is only 0"),
            ("|o=-", "SDP line o=", "who made the session"),
            ("o=|-", "SDP field", "nobody in particular"),
            ("- |7 8", "SDP field", "the session's number"),
            ("7 |8", "SDP field", "grows with each change"),
            ("8 |IN IP4", "SDP field", "Internet"),
            ("|192.0.2.9", "SDP field", "media do not go there"),
            ("|192.0.2.8", "SDP field", "Media are to be sent to 192.0.2.8"),
            ("t=0 |1", "SDP field", "ends at 1"),
            ("m=|audio 4000", "SDP field", "what the stream carries"),
            ("|4000", "SDP field", "is the port"),
            ("|RTP/AVP", "SDP field", "plain RTP"),
            ("|96\r\n", "SDP field", "96 is a format"),
            ("a=|rtpmap", "SDP attribute rtpmap", "codec"),
            ("|96 opus", "SDP attribute rtpmap", "Here: 96 opus/48000."),
            ("a=|sendonly", "SDP attribute sendonly", "hold"),
            ("a=|odd", "SDP attribute", "no words here"),
            ("|q=what", "SDP line q=", "No line of RFC 8866"),
            ("q=|what", "SDP field", "not known here"),
            ("|m=audio x", "SDP line", "expected a port"),
            ("|plain\r\n", "Body", "plain text"),
            ("|tftp", "URL scheme", "TFTP"),
            ("/|x\r\n", "URL file", "the file x"),
            ("|bye", "Body", "know no parts"),
        ],
    );
    let message = Message::parse(CALL.as_bytes()).unwrap();
    let gaps = [TokenKind::Whitespace, TokenKind::LineEnd, TokenKind::Separator];
    for leaf in message.tape().leaves().filter(|leaf| !gaps.contains(&leaf.kind)) {
        let offset = leaf.span.start;
        let found = explain(&message, offset).unwrap_or_else(|| panic!("byte {offset}"));
        assert!(found.words.ends_with('.') && !found.title.is_empty(), "byte {offset}: {found:?}");
        assert!(found.reference.is_some() || found.title != "SDP field", "byte {offset}");
    }
    let section = |mark: &str| at(CALL, mark).reference.unwrap().to_string();
    assert_eq!(section("|301"), "RFC 3261 §20.43");
    assert_eq!(section("|4000"), "RFC 8866 §5.14");
    assert_eq!(section("\r\n|--b1\r\nContent-Type: application/sdp"), "RFC 2046 §5.1.1");
}

#[test]
fn every_code_of_a_warning_is_explained() {
    for code in [300, 301, 302, 303, 304, 305, 306, 307, 330, 331, 370, 399] {
        let text = format!("SIP/2.0 488 No\r\nWarning: {code} pbx \"x\"\r\n\r\n");
        let found = at(&text, &format!("|{code} pbx"));
        assert_eq!(found.title, "Warning code");
        assert!(found.words.ends_with('.') && !found.words.contains("not known here"), "{code}");
    }
}

#[test]
fn every_reason_of_rfc_6665_is_explained() {
    let reasons =
        ["deactivated", "probation", "rejected", "timeout", "giveup", "noresource", "invariant"];
    for reason in reasons {
        let found = at(&notify(reason, "x"), &format!("reason=|{reason}"));
        assert!(found.words.contains(reason) && !found.words.contains("does not define"));
        assert_eq!(found.reference.unwrap().to_string(), "RFC 6665 §4.1.3");
    }
    assert!(at(&notify("odd", "x"), "reason=|odd").words.contains("does not define"));
}

#[test]
fn the_url_is_explained_part_by_part() {
    let urls: &[(&str, &str, &str, &str)] = &[
        ("http://s/fw.img;cfg.cfg", "s/|fw", "URL firmware file", "AudioCodes"),
        (
            "http://s/fw.img;cfg.cfg",
            "img|;cfg",
            "URL separator",
            "parts firmware and configuration",
        ),
        ("http://s/fw.img;cfg.cfg", ";|cfg.cfg", "URL configuration file", "cfg.cfg"),
        ("http://s/;<MODEL>_<MAC>.cfg", "_|<MAC>", "URL placeholder", "AudioCodes"),
        ("http://s/{mac}.xml", "s/|{mac}", "URL placeholder", "snom"),
        ("http://s/$mac.cfg", "/$m|ac", "URL placeholder", "Fanvil"),
        ("http://s/$MA.cfg", "/|$MA", "URL placeholder", "Cisco"),
        ("http://s/%{mac}.cfg", "/%{|mac}", "URL placeholder", "Fingerpost template"),
        ("http://s/{colour}", "{|colour", "URL placeholder", "no phone is known here"),
        ("https://joe:pw@s:8443/d/", "//|joe", "URL user", "logs in as joe"),
        ("https://joe:pw@s:8443/d/", "joe:|pw", "URL password", "Anyone who sees the NOTIFY"),
        ("https://joe:pw@s:8443/d/", "@|s:8443", "URL host", "from s."),
        ("https://joe:pw@s:8443/d/", "s:|8443", "URL port", "8443"),
        ("https://joe:pw@s:8443/d/", "/|d/", "URL folder", "slash at the end"),
        ("http://s/a/b.cfg?x=1", "/|a/b", "URL folder", "/a/"),
        ("http://s/a/b.cfg?x=1", "/|b.cfg", "URL file", "b.cfg"),
        ("http://s/a/b.cfg?x=1", "?|x", "URL query", "x=1"),
        ("http://[2001:db8::1]:80/a", "//|[2001", "URL host", "[2001:db8::1]"),
        ("gopher://s/", "|gopher", "URL scheme", "none of them"),
        ("//s/x", "\n|//s/x", "URL", "no scheme"),
        ("http://s/x\r\n", "s/x\r|\n", "Body", "line end follows"),
    ];
    for (url, mark, title, words) in urls {
        says(&notify("timeout", url), &[(mark, title, words)]);
    }
}

#[test]
fn a_refresh_a_lasting_subscription_and_their_ends_are_told_apart() {
    let base = text("manual/subscribe");
    says(&base.replace("Expires: 0", "Expires: 86400"), &[("Expires: |8", "Expires", "1 day")]);
    let inside = base.replace("To: <sip:224.0.1.75:5060>", "To: <sip:224.0.1.75:5060>;tag=s");
    says(
        &inside,
        &[
            ("Expires: |0", "Expires", "ends its subscription"),
            ("tag=|s", "To tag", "renews or ends"),
        ],
    );
    says(&base.replace("CSeq: 1 SUB", "CSeq: 1 PUB"), &[("CSeq: 1 |P", "CSeq method", "differs")]);
    says(
        &base.replace("Length: 0", "Length: 9"),
        &[("Length: |9", "Content-Length", "but 0 are there")],
    );
    says(
        &base.replace("ua-profile", "presence"),
        &[
            ("|presence", "Event package", "can be reached"),
            ("|SUBSCRIBE sip", "Method", "asks to be told"),
            ("Expires: |0", "Expires", "it holds for 0 seconds"),
        ],
    );
}

#[test]
fn what_cannot_be_read_is_explained_too() {
    let text = "SUBSCRIBE nonsense SIP/2.0\r\nFrom: <sip:a@b\r\nno colon\r\nX-Odd: y\r\nContent-Length: 1\r\n\r\nab";
    says(
        text,
        &[
            ("|nonsense", "Request-URI", "expected a URI scheme"),
            ("<|sip:a", "From", "expected the closing >"),
            ("|no colon", "Line without a colon", "is no header"),
            ("X-Odd: |y", "X-Odd", "not known here"),
            ("\n|a", "Body", "no Content-Type"),
            ("a|b", "Behind the message", "pass over them"),
        ],
    );
}

#[test]
fn a_caret_behind_a_value_means_the_value_and_a_separator_what_it_stands_in() {
    let base = text("manual/subscribe");
    says(
        base,
        &[
            ("Expires: 0|\r", "Expires", "wants its URL once"),
            ("model|=\"", "Event parameter model", "440HD"),
            ("model=|\"", "Event parameter model", "440HD"),
            ("440HD|\";", "Event parameter model", "440HD"),
            ("\r\n|\r\n", "Empty line", "ends the headers"),
        ],
    );
    assert_eq!(at(base, "|model=").span.len(), "model=\"440HD\"".len());
    let message = Message::parse(base.as_bytes()).unwrap();
    assert_eq!(explain(&message, base.len() + 1), None);
    let notify = text("manual/notify");
    let message = Message::parse(notify.as_bytes()).unwrap();
    assert_eq!(explain(&message, notify.len()).unwrap().title, "URL host");
}

#[test]
fn every_status_that_a_phone_may_see_has_words() {
    for code in 100..700 {
        let text = format!("SIP/2.0 {code} x\r\nCSeq: 1 SUBSCRIBE\r\n\r\n");
        let found = at(&text, &format!("SIP/2.0 |{code}"));
        assert!(found.words.starts_with(&code.to_string()) && found.reference.is_some());
    }
}

#[test]
fn every_header_has_a_purpose() {
    for name in HeaderName::all() {
        let long = name.long().unwrap();
        let purpose = explain_header(name).unwrap_or_else(|| panic!("{long} has none"));
        assert!(purpose.words.starts_with(long) && purpose.words.ends_with('.'), "{long}");
        assert!(purpose.reference.rfc > 2000 && !purpose.reference.section.is_empty(), "{long}");
    }
    assert!(HeaderName::all().count() > 100);
    assert_eq!(explain_header(HeaderName::Other), None);
}

#[test]
fn every_header_is_explained_where_it_stands_in_either_form() {
    for name in HeaderName::all() {
        for form in [name.long(), name.compact()].into_iter().flatten() {
            let text = format!("OPTIONS sip:a SIP/2.0\r\n{form}: 1\r\n\r\n");
            let message = Message::parse(text.as_bytes()).unwrap();
            let purpose = explain_header(name).unwrap();
            let found = explain(&message, "OPTIONS sip:a SIP/2.0\r\n".len()).unwrap();
            assert_eq!(Some(found.title.as_str()), name.long());
            assert!(found.words.starts_with(purpose.words), "{form}: {}", found.words);
            assert!(found.reference.is_some(), "{form}");
            let value = explain(&message, text.find(": 1").unwrap() + 2).unwrap();
            assert!(value.words.ends_with('.'), "{form}: {value:?}");
        }
    }
}

fn near_valid() -> impl Strategy<Value = Vec<u8>> {
    let texts: Vec<Vec<u8>> = CORPUS
        .iter()
        .map(|(_, bytes)| bytes.to_vec())
        .chain([notify("timeout", "http://u:p@[::1]:8/{mac}/$mac/<MAC>;%{mac}?x\r\n").into_bytes()])
        .collect();
    let odd = proptest::sample::select(b"\0\r\n \t\"\\<>;:,=@%$()[]{}/?*+-.019aZ\xff".to_vec());
    let change = (any::<proptest::sample::Index>(), odd, 0_u8..3);
    (proptest::sample::select(texts), proptest::collection::vec(change, 0..6)).prop_map(
        |(mut bytes, changes)| {
            for (index, byte, kind) in changes {
                let at = index.index(bytes.len());
                match kind {
                    0 => bytes[at] = byte,
                    1 => bytes.insert(at, byte),
                    _ => drop(bytes.remove(at)),
                }
            }
            bytes
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn no_offset_of_near_valid_bytes_makes_it_panic(bytes in near_valid()) {
        let Ok(message) = Message::parse(&bytes) else { return Ok(()) };
        for offset in 0..=bytes.len() + 1 {
            if let Some(found) = explain(&message, offset) {
                let Span { start, end } = found.span;
                prop_assert!(start <= end && end <= bytes.len());
                prop_assert!(!found.title.is_empty() && !found.words.is_empty());
                let is_unfilled = ["{}", "{h}", "{x}"].iter().any(|hole| found.title.contains(hole));
                prop_assert!(!is_unfilled);
            }
        }
    }
}
