//! What the page is shown of a pasted text.

#![allow(clippy::unwrap_used, reason = "test code outside #[test] functions")]

mod support;

use fingerpost_wasm::{
    Action, Inspection, Kind, Look, Message, Policy, Severity, Token, TreeNode, explain, inspect,
};
use proptest::prelude::*;
use support::{corpus, slice};

fn strict(text: &str) -> Vec<Message> {
    inspect(text, Policy::Strict).messages
}

fn find<'t>(rows: &'t [TreeNode], labels: &[&str]) -> &'t TreeNode {
    let (first, rest) = labels.split_first().unwrap();
    let row = rows.iter().find(|row| row.label == *first).unwrap();
    if rest.is_empty() { row } else { find(&row.children, rest) }
}

fn rows<'t>(tree: &'t [TreeNode], all: &mut Vec<&'t TreeNode>) {
    for row in tree {
        all.push(row);
        rows(&row.children, all);
    }
}

#[test]
fn a_page_of_a_manual_holds_three_messages() {
    let text = corpus("paste/page.txt");
    let messages = strict(&text);
    let titles: Vec<_> = messages.iter().map(|m| (m.title.as_str(), m.about.as_str())).collect();
    assert_eq!(titles[..2], [("NOTIFY", "192.0.2.37"), ("SUBSCRIBE", "224.0.1.75")]);
    assert_eq!((messages[2].kind, messages[2].title.as_str()), (Kind::Response, "200 OK"));
    assert_eq!((messages[2].method.as_deref(), messages[2].status), (None, Some(200)));
    assert!(messages[2].is_cut_off && !messages[1].is_cut_off);
    for message in &messages {
        let stands = slice(&text, message.from, message.to);
        assert!(message.text.starts_with(stands.lines().next().unwrap()), "{stands}");
        assert!(message.text.contains("\r\n") && !message.text.replace("\r\n", "").contains('\n'));
    }
}

#[test]
fn each_message_has_the_verdict_of_the_policy() {
    let text = corpus("manual/notify.sip");
    let told = |text: &str, policy| {
        let verdict = inspect(text, policy).messages[0].verdict;
        (verdict.action, verdict.status, verdict.reason)
    };
    assert_eq!(told(&text, Policy::Strict), (Action::Accept, None, None));
    let other = text.replace(" SIP/2.0\r\nVia", " SIP/7.0\r\nVia");
    let refused = (Action::Answer, Some(505), Some("Version Not Supported"));
    assert_eq!(told(&other, Policy::Robust), refused);
    let broken = text.replace("To: <", "To: \"x <");
    assert_eq!(told(&broken, Policy::Strict), (Action::Answer, Some(400), Some("Bad Request")));
    assert_eq!(told(&broken, Policy::Robust).0, Action::Accept);
    let to_all = corpus("manual/subscribe.sip").replace("Event: ua-profile", "Event: weather");
    assert_eq!(told(&to_all, Policy::Strict), (Action::Drop, None, None));
}

#[test]
fn the_model_of_the_tree_is_marked_in_the_text() {
    let text = corpus("paste/page.txt");
    let message = &strict(&text)[1];
    let model = find(&message.tree, &["Event", "model"]);
    assert_eq!((model.value.as_str(), model.kind), ("EX40", "param"));
    assert!(slice(&text, model.from, model.to).starts_with("model=\"EX40"));
}

#[test]
fn parts_are_called_by_their_names() {
    let messages = strict(&corpus("phones/snom.sip"));
    let tree = &messages[0].tree;
    let value = |labels: &[&str]| find(tree, labels).value.clone();
    assert_eq!(value(&["request line", "method"]), "SUBSCRIBE");
    assert_eq!(value(&["request line", "Request-URI", "Request-URI user"]), "MAC%3a000413A1B2C3");
    assert_eq!(value(&["request line", "SIP version"]), "SIP/2.0");
    assert_eq!(value(&["Via", "transport"]), "UDP");
    assert_eq!(value(&["Via", "rport"]), "");
    assert_eq!(value(&["From", "URI", "host"]), "office.example");
    assert_eq!(value(&["CSeq", "sequence number"]), "1");
    assert_eq!(value(&["Event", "event package"]), "ua-profile");
    assert!(find(tree, &["Call-ID"]).children.is_empty());
    let via = find(tree, &["Via"]);
    let rport = via.children.iter().position(|child| child.label == "rport").unwrap();
    assert_eq!(via.children[rport].path, format!("1.{rport}"));
}

#[test]
fn the_body_is_its_url() {
    let text = corpus("paste/page.txt");
    let message = &strict(&text)[0];
    let body = message.tree.last().unwrap();
    assert_eq!((body.label.as_str(), body.value.as_str()), ("body", "tftp://192.0.2.121"));
    assert_eq!(slice(&text, body.from, body.to), "tftp://192.0.2.121");
}

/// A call with a session description in one part of its body and words in another.
const CALL: &str = "INVITE sip:b@h SIP/2.0\r\nDate: Sat, 13 Nov 2010 23:29:00 GMT\r\n\
    Warning: 399 pbx \"odd\"\r\nAuthorization: Digest username=\"u\"\r\n\
    Content-Type: multipart/mixed;boundary=b1\r\n\r\n\
    before\r\n--b1\r\nContent-Type: application/sdp\r\n\r\n\
    v=0\r\no=- 7 8 IN IP4 192.0.2.9\r\nm=audio 4000 RTP/AVP 0 8\r\na=rtpmap:0 PCMU/8000\r\nm=audio\r\n\
    --b1\r\n\r\nwords\r\n--b1--";

#[test]
fn the_parts_of_a_body_and_the_lines_of_a_session_have_their_names() {
    let message = &strict(CALL)[0];
    let body = message.tree.last().unwrap();
    let labels = |row: &TreeNode| -> Vec<String> {
        row.children.iter().map(|child| child.label.clone()).collect()
    };
    let expected = ["text around the parts", "boundary", "part", "boundary", "part", "boundary"];
    assert_eq!(labels(body), expected);
    let part = &body.children[2];
    assert_eq!((part.value.as_str(), part.kind), ("application/sdp", "body-part"));
    assert_eq!(labels(part), ["Content-Type", "body"]);
    let session = find(&part.children, &["body"]);
    assert_eq!(labels(session), ["version", "origin", "media", "attribute rtpmap", "malformed"]);
    let value = |labels: &[&str]| find(&part.children, labels).value.clone();
    assert_eq!(value(&["Content-Type", "subtype"]), "sdp");
    assert_eq!(value(&["body", "version"]), "0");
    assert_eq!(value(&["body", "origin", "session version"]), "8");
    assert_eq!(value(&["body", "media"]), "audio 4000 RTP/AVP 0 8");
    assert_eq!(value(&["body", "media", "port"]), "4000");
    assert_eq!(labels(&session.children[2]), ["kind", "port", "protocol", "format", "format"]);
    assert_eq!(value(&["body", "attribute rtpmap"]), "0 PCMU/8000");
    let media_port = find(&part.children, &["body", "media", "port"]);
    assert_eq!(slice(CALL, media_port.from, media_port.to), "4000");
    let other = &body.children[4];
    assert_eq!((other.value.as_str(), labels(other)), ("text/plain", vec!["body".to_string()]));
    assert_eq!(other.children[0].value, "words");
}

#[test]
fn the_parts_of_other_headers_have_their_names() {
    let tree = &strict(CALL)[0].tree;
    let value = |labels: &[&str]| find(tree, labels).value.clone();
    assert_eq!(value(&["Date", "weekday"]), "Sat");
    assert_eq!(value(&["Date", "date"]), "13 Nov 2010");
    assert_eq!(
        (value(&["Date", "time"]), value(&["Date", "zone"])),
        ("23:29:00".into(), "GMT".into())
    );
    assert_eq!(value(&["Warning", "code"]), "399");
    assert_eq!(
        (value(&["Warning", "agent"]), value(&["Warning", "text"])),
        ("pbx".into(), "odd".into())
    );
    assert_eq!(value(&["Authorization", "scheme"]), "Digest");
    assert_eq!(value(&["Authorization", "username"]), "u");
}

#[test]
fn a_phone_that_asks_is_named_with_its_evidence() {
    let text = corpus("phones/snom.sip");
    let phone = strict(&text)[0].phone.clone().unwrap();
    assert_eq!((phone.id.as_str(), phone.mac.as_deref()), ("000413a1b2c3", Some("000413a1b2c3")));
    assert_eq!(phone.model.as_deref(), Some("snomD385"));
    let model = phone.evidence.iter().find(|evidence| evidence.field == "model").unwrap();
    assert_eq!(slice(&text, model.from.unwrap(), model.to.unwrap()), "snomD385");
    assert!(strict(&corpus("manual/notify.sip"))[0].phone.is_none());
}

#[test]
fn what_was_repaired_is_said_in_words() {
    let messages = strict(&corpus("paste/page.txt"));
    let has = |word: &str| messages[1].repairs.iter().any(|repair| repair.contains(word));
    assert!(has("joined") && has("CRLF"), "{:?}", messages[1].repairs);
    assert!(strict(&corpus("manual/subscribe.sip"))[0].repairs.is_empty());
}

#[test]
fn a_notify_is_judged_beside_its_subscribe() {
    let [subscribe, ok, notify] =
        ["subscribe", "200-ok", "notify"].map(|name| corpus(&format!("manual/{name}.sip")));
    let rules = |text: &str| -> Vec<&str> {
        let messages = strict(text);
        messages.last().unwrap().findings.iter().map(|finding| finding.rule).collect()
    };
    assert!(
        rules(&[subscribe, ok, notify.clone()].concat()).contains(&"dialog.notify.not-swapped")
    );
    assert!(!rules(&notify).contains(&"dialog.notify.not-swapped"));
}

#[test]
fn findings_stand_where_they_belong_and_say_why() {
    let text = "🦊 pasted\nSUBSCRIBE sip:224.0.1.75 SIP/2.0\r\nVia: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1\r\n\
                From: <sip:a@b>;tag=1\r\nTo: <sip:a@b>\r\nCall-ID: x\r\nCSeq: 1 NOTIFY\r\nMax-Forwards: 70\r\n\r\n";
    let messages = strict(text);
    let findings = &messages[0].findings;
    let finding = findings.iter().find(|f| f.rule == "sip.cseq.method-differs").unwrap();
    assert_eq!(finding.severity, Severity::Error);
    assert_eq!(finding.reference.as_deref(), Some("RFC 3261 §8.1.1.5"));
    assert_eq!((finding.layer, finding.status), ("message", Some(400)));
    assert!(slice(text, finding.from, finding.to).contains("NOTIFY"));
}

#[test]
fn a_robust_reader_is_milder() {
    let text = corpus("manual/subscribe.sip").replace("Expires: 0", "Expires: soon");
    let errors = |policy| {
        let Inspection { messages } = inspect(&text, policy);
        messages[0].findings.iter().filter(|f| f.severity == Severity::Error).count()
    };
    assert!(errors(Policy::Strict) > errors(Policy::Robust));
}

#[test]
fn a_text_without_a_message_holds_none() {
    assert_eq!(inspect("", Policy::Strict), Inspection::default());
    assert_eq!(inspect("no message\r\nhere", Policy::Robust), Inspection::default());
}

/// Pieces that make nearly a message, with letters of every width between them.
fn nearly_a_message() -> impl Strategy<Value = String> {
    const PIECES: &[&str] = &[
        "SUBSCRIBE sip:a@b;x=y SIP/2.0",
        "SIP/2.0 200 OK",
        "\r\n",
        "\n",
        "\n\n",
        "Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKé",
        "From:\n<sip:a@b>;tag=1",
        "To: \"漢🦊\" <sip:a@b>",
        "CSeq: 1 SUBSCRIBE",
        "Call-ID: x",
        "Event: ua-profile;model=\"🦊\"",
        "> ",
        " ",
        "🦊",
        "\u{FFFD}",
        "\u{FEFF}",
        "Content-Length: 3",
        "tftp://x",
    ];
    let pieces = proptest::collection::vec(proptest::sample::select(PIECES), 0..30);
    prop_oneof![pieces.prop_map(|pieces| pieces.concat()), any::<String>()]
}

proptest! {
    #[test]
    fn every_place_lies_within_the_text(text in nearly_a_message(), robust in any::<bool>()) {
        let policy = if robust { Policy::Robust } else { Policy::Strict };
        let units = text.encode_utf16().count();
        let lies_within = |from: usize, to: usize| from <= to && to <= units;
        for message in inspect(&text, policy).messages {
            prop_assert!(lies_within(message.from, message.to));
            for token in &message.tokens {
                prop_assert!(token.from < token.to && lies_within(token.from, token.to));
            }
            for finding in &message.findings {
                prop_assert!(lies_within(finding.from, finding.to));
            }
            let mut all = Vec::new();
            rows(&message.tree, &mut all);
            for row in all {
                prop_assert!(lies_within(row.from, row.to));
            }
        }
        for offset in [0, units / 2, units, units + 1] {
            explain(&text, 0, offset);
        }
    }
}

/// So many rows, as the page makes them anew.
fn planted<'a>(
    rows: &mut impl Iterator<Item = &'a [u32]>,
    count: usize,
    above: &str,
    words: &[String],
    stands: &impl Fn(usize, usize) -> String,
) -> Vec<TreeNode> {
    let mut tree = Vec::new();
    while tree.len() < count
        && let Some(&[label, kind, from, to, start, end, parts]) = rows.next()
    {
        let word = |number: u32| words[size(number)].clone();
        let path = format!("{above}{}", tree.len());
        let children = planted(rows, size(parts), &format!("{path}."), words, stands);
        let value = if end == u32::MAX { word(start) } else { stands(size(start), size(end)) };
        let (from, to) = (size(from), size(to));
        tree.push(TreeNode {
            path,
            label: word(label),
            value,
            kind: word(kind).leak(),
            from,
            to,
            children,
        });
    }
    tree
}

fn size(number: u32) -> usize {
    usize::try_from(number).unwrap()
}

/// The tokens as the page reads them.
fn unpacked(kinds: &[&'static str], packed: &[u32]) -> Vec<Token> {
    let size = |number: u32| usize::try_from(number).unwrap();
    let token = |four: &[u32]| Token {
        kind: kinds[size(four[0])],
        from: size(four[1]),
        to: size(four[2]),
        depth: u8::try_from(four[3] / 2).unwrap(),
        is_group: four[3] % 2 == 1,
    };
    packed.chunks(4).map(token).collect()
}

#[test]
fn looking_at_messages_one_by_one_shows_what_inspecting_all_shows() {
    let text =
        [corpus("paste/page.txt"), corpus("manual/subscribe.sip"), corpus("manual/notify.sip")];
    let wide = "OPTIONS sip:a SIP/2.0\r\nFrom: \"J\u{fc}rgen \u{1f600}\" <sip:b@c>;tag=\u{e9}\r\nSubject: one\r\n two\r\nContent-Type: \
                application/sdp\r\nContent-Length: 31\r\n\r\nv=0\r\ns=\u{e4}\r\na=rtpmap:96 opus/48000\r\n";
    let text = text.join("\r\n\r\n") + "\r\n\r\n" + wide;
    for policy in [Policy::Strict, Policy::Robust] {
        let (look, all) = (Look::new(&text, policy), inspect(&text, policy).messages);
        let heads = look.heads();
        assert_eq!(heads.len(), all.len());
        for (index, (head, message)) in heads.iter().zip(&all).enumerate() {
            assert_eq!((&head.title, &head.about), (&message.title, &message.about));
            assert_eq!(
                (head.from, head.to, head.joined),
                (message.from, message.to, message.joined)
            );
            let seen = look.message(index).unwrap();
            let tokens = unpacked(&seen.token_kinds, &seen.packed);
            assert_eq!(seen.is_as_it_stands, seen.message.text.is_empty());
            let units: Vec<u16> = text.encode_utf16().collect();
            let stands = |from: usize, to: usize| String::from_utf16(&units[from..to]).unwrap();
            let whole = if seen.is_as_it_stands {
                stands(message.from, message.to)
            } else {
                seen.message.text.clone()
            };
            let tree = planted(&mut seen.rows.chunks(7), usize::MAX, "", &seen.words, &stands);
            assert_eq!(Message { tokens, tree, text: whole, ..seen.message }, *message);
            let place = message.from + 3;
            assert_eq!(look.explain(index, place), explain(&text, index, place));
        }
        assert!(look.message(all.len()).is_none());
    }
}
