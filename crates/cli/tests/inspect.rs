//! `fingerpost inspect`, driven as programs drive it: exit codes, the JSON contract, SARIF, and the text for people.

#![allow(clippy::unwrap_used, reason = "test code outside #[test] functions")]

mod support;

use serde_json::{Value, json};
use support::{Scratch, command, corpus, corpus_bytes, manual_page, run, run_with};

const PHONES: [(&str, &str, &str); 8] = [
    ("fanvil", "fanvil", "0c383e4a5b6c"),
    ("gigaset", "gigaset", "7c2f80a4b5c6"),
    ("grandstream", "grandstream", "c074ade1f2a3"),
    ("panasonic", "panasonic", "0080f0c1d2e3"),
    ("planet", "planet", "00304f0a1b2c"),
    ("snom", "snom", "000413a1b2c3"),
    ("urn-uuid", "vendor.example.net", "00ff8d0a0b0c"),
    ("yealink", "yealink", "001565c4d5e6"),
];

fn span(value: &Value) -> std::ops::Range<usize> {
    let offset = |index: usize| usize::try_from(value[index].as_u64().unwrap()).unwrap();
    offset(0)..offset(1)
}

fn keys(value: &Value) -> Vec<&str> {
    let mut keys: Vec<&str> = value.as_object().unwrap().keys().map(String::as_str).collect();
    keys.sort_unstable();
    keys
}

fn rules(message: &Value) -> Vec<&str> {
    let findings = message["findings"].as_array().unwrap().iter();
    findings.map(|finding| finding["rule"].as_str().unwrap()).collect()
}

fn has_error(message: &Value) -> bool {
    message["findings"].as_array().unwrap().iter().any(|finding| finding["severity"] == "error")
}

fn header<'v>(message: &'v Value, name: &str) -> &'v str {
    let headers = message["headers"].as_array().unwrap();
    headers.iter().find(|header| header["name"] == name).unwrap()["value"].as_str().unwrap()
}

fn inspected(stdin: &[u8]) -> Value {
    run_with(&["inspect", "--format", "json", "-"], stdin).json()["messages"].clone()
}

#[test]
fn json_has_the_shape_of_the_contract() {
    let path = corpus("manual/subscribe.sip");
    let ended = run(&["inspect", "--format", "json", &path]);
    assert_eq!(ended.code, Some(0), "{}", ended.stderr);
    let report = ended.json();
    let message = &report["messages"][0];
    assert_eq!(keys(&report), ["messages", "notes"]);
    let expected =
        "body findings headers kind method origin phone reason source status uri verdict";
    assert_eq!(keys(message).join(" "), expected);
    assert_eq!(keys(&message["headers"][0]).join(" "), "name raw_name span value");
    assert_eq!(
        keys(&message["findings"][0]).join(" "),
        "fix layer message reference rule severity span status"
    );
    let expected = json!({ "name": path, "start": 0, "end": 579, "map": [
        { "message": [0, 579], "source": [0, 579], "kind": "copied" }] });
    assert_eq!(message["source"], expected);
    assert_eq!(message["kind"], "request");
    assert_eq!(message["method"], "SUBSCRIBE");
    assert_eq!(message["uri"], "sip:224.0.1.75:5060");
    assert_eq!((&message["status"], &message["reason"]), (&Value::Null, &Value::Null));
    assert_eq!(message["body"], json!({ "span": [579, 579], "content_type": null, "text": "" }));
}

#[test]
fn each_message_has_its_verdict() {
    let text = |path| String::from_utf8(corpus_bytes(path)).unwrap();
    let (asking, telling) = (text("phones/yealink.sip"), text("manual/notify.sip"));
    let accepted = text("manual/200-ok.sip");
    let wrong = telling.replace("Content-Length: 18", "Content-Length: 99");
    let other = telling.replace(" SIP/2.0\r\nVia", " SIP/7.0\r\nVia");
    let told = |message: &str, policy: &str| {
        let arguments = ["inspect", "--format", "json", "--policy", policy, "-"];
        let report = run_with(&arguments, message.as_bytes()).json();
        let verdict = &report["messages"][0]["verdict"];
        assert_eq!(keys(verdict).join(" "), "action reason status");
        format!("{} {} {}", verdict["action"], verdict["status"], verdict["reason"])
    };
    assert_eq!(told(&asking, "strict"), r#""accept" null null"#);
    assert_eq!(told(&accepted, "strict"), r#""accept" null null"#);
    assert_eq!(told(&wrong, "strict"), r#""answer" 400 "Bad Request""#);
    assert_eq!(told(&other, "robust"), r#""answer" 505 "Version Not Supported""#);
    // A broken response is never answered, and neither is what came to a group.
    let broken = accepted.replace("To: <", "To: \"x <");
    assert_eq!(told(&broken, "strict"), r#""drop" null null"#);
    assert_eq!(told(&broken, "robust"), r#""accept" null null"#);
    let to_all = text("manual/subscribe.sip").replace("Event: ua-profile", "Event: weather");
    assert!(to_all.starts_with("SUBSCRIBE sip:224.0.1.75"));
    assert_eq!(told(&to_all, "strict"), r#""drop" null null"#);
    let to_one = to_all.replacen("sip:224.0.1.75:5060", "sip:192.0.2.1", 1);
    assert_eq!(told(&to_one, "strict"), r#""answer" 489 "Bad Event""#);
}

#[test]
fn the_text_ends_with_the_verdict() {
    let text = String::from_utf8(corpus_bytes("manual/notify.sip")).unwrap();
    let wrong = text.replace("Content-Length: 18", "Content-Length: 99");
    let ended = run_with(&["inspect", "-"], wrong.as_bytes()).text();
    assert!(ended.contains("\n  verdict  answer 400 Bad Request\n"), "{ended}");
    let fine = run(&["inspect", &corpus("phones/snom.sip")]).text();
    assert!(fine.contains("\n  verdict  accept\n"), "{fine}");
    assert!(run(&["inspect", "--help"]).text().contains("answer with a status, or drop it"));
}

#[test]
fn a_phone_is_told_with_its_evidence() {
    let message = &inspected(&corpus_bytes("manual/subscribe.sip"))[0];
    let phone = &message["phone"];
    assert_eq!(keys(phone).join(" "), "address evidence id mac model vendor version");
    assert_eq!(phone["vendor"], "audiocodes");
    assert_eq!(phone["model"], "440HD");
    assert_eq!(phone["version"], "2.2.2");
    assert_eq!((&phone["mac"], &phone["address"]), (&Value::Null, &Value::Null));
    let bytes = corpus_bytes("manual/subscribe.sip");
    for evidence in phone["evidence"].as_array().unwrap() {
        assert_eq!(keys(evidence).join(" "), "field from span value");
        assert!(!bytes[span(&evidence["span"])].is_empty(), "{evidence}");
    }
}

#[test]
fn every_phone_of_the_corpus_is_recognised() {
    for (file, vendor, mac) in PHONES {
        let ended = run(&["inspect", "--format", "json", &corpus(&format!("phones/{file}.sip"))]);
        let report = ended.json();
        assert_eq!(ended.code, Some(0), "{file}: {}", report["messages"][0]["findings"]);
        let phone = &report["messages"][0]["phone"];
        assert_eq!((&phone["vendor"], &phone["mac"]), (&json!(vendor), &json!(mac)), "{file}");
        assert_eq!(phone["id"], mac);
    }
}

#[test]
fn only_a_phone_that_asks_is_a_phone() {
    let other_event = String::from_utf8(corpus_bytes("phones/snom.sip")).unwrap();
    let cases = [
        corpus_bytes("manual/notify.sip"),
        corpus_bytes("manual/200-ok.sip"),
        other_event.replace("ua-profile", "presence").into_bytes(),
        other_event.replace("application/url", "application/xcap-diff+xml").into_bytes(),
    ];
    for bytes in cases {
        assert_eq!(inspected(&bytes)[0]["phone"], Value::Null);
    }
}

#[test]
fn the_span_of_a_header_covers_its_value() {
    for (file, ..) in PHONES {
        let bytes = corpus_bytes(&format!("phones/{file}.sip"));
        let message = &inspected(&bytes)[0];
        for header in message["headers"].as_array().unwrap() {
            let covered = std::str::from_utf8(&bytes[span(&header["span"])]).unwrap();
            assert_eq!(header["value"], covered, "{file}");
        }
    }
}

#[test]
fn compact_names_are_told_in_both_forms() {
    let message =
        &inspected(b"OPTIONS sip:a SIP/2.0\r\nv: SIP/2.0/UDP 192.0.2.7\r\nX-Own: 1\r\n\r\n")[0];
    let names: Vec<_> = message["headers"]
        .as_array()
        .unwrap()
        .iter()
        .map(|h| (&h["name"], &h["raw_name"]))
        .collect();
    assert_eq!(names, [(&json!("Via"), &json!("v")), (&json!("X-Own"), &json!("X-Own"))]);
}

#[test]
fn a_response_has_a_status_and_no_method() {
    let message = &inspected(&corpus_bytes("manual/200-ok.sip"))[0];
    assert_eq!(message["kind"], "response");
    assert_eq!((&message["status"], &message["reason"]), (&json!(200), &json!("OK")));
    assert_eq!((&message["method"], &message["uri"]), (&Value::Null, &Value::Null));
}

#[test]
fn messages_of_one_input_are_seen_together() {
    let together =
        [corpus_bytes("manual/subscribe.sip"), corpus_bytes("manual/notify.sip")].concat();
    let messages = inspected(&together);
    assert_eq!(messages.as_array().unwrap().len(), 2);
    assert!(rules(&messages[1]).contains(&"dialog.notify.not-swapped"));
    let alone = inspected(&corpus_bytes("manual/notify.sip"));
    assert!(!rules(&alone[0]).contains(&"dialog.notify.not-swapped"));
}

#[test]
fn findings_stand_in_the_order_of_the_message_and_cite_the_rfc() {
    let messages = inspected(&corpus_bytes("manual/notify.sip"));
    let findings = messages[0]["findings"].as_array().unwrap();
    let starts: Vec<_> = findings.iter().map(|finding| span(&finding["span"]).start).collect();
    assert!(starts.is_sorted(), "{starts:?}");
    let via =
        findings.iter().find(|finding| finding["rule"] == "dialog.notify.foreign-via").unwrap();
    assert_eq!(via["reference"], "RFC 3261 §8.1.1.7");
    assert_eq!(via["severity"], "warning");
}

#[test]
fn a_fix_tells_what_to_write_where() {
    let text = String::from_utf8(corpus_bytes("manual/notify.sip")).unwrap();
    let wrong = text.replace("Content-Length: 18", "Content-Length: 99");
    let ended = run_with(&["inspect", "--format", "json"], wrong.as_bytes());
    assert_eq!(ended.code, Some(1));
    let report = ended.json();
    let findings = report["messages"][0]["findings"].as_array().unwrap();
    let length = findings.iter().find(|f| f["rule"] == "framing.content-length.too-large").unwrap();
    assert_eq!(length["fix"]["text"], "18");
    assert_eq!((&length["layer"], &length["status"]), (&json!("framing"), &json!(400)));
    assert_eq!(&wrong.as_bytes()[span(&length["fix"]["span"])], b"99");
}

/// The pages of manuals: our own, and the AudioCodes manual's where this machine has it. From and body as they must
/// come out.
fn pages() -> Vec<(Vec<u8>, &'static str, &'static str)> {
    let own = (
        corpus_bytes("paste/page.txt"),
        "<sip:00000042@192.0.2.37:5060>;tag=5e2f91-25c0d101-13c4-6002a-41aa90c2-71d0f3e-41aa90c2",
        "tftp://192.0.2.121",
    );
    let seed = manual_page().map(|page| {
        let from = "<sip:00000001@10.13.2.37:5060>;tag=87a5a8-25020d0a-13c4-50029-386d4398-66dc40c-386d4398";
        (page, from, "tftp://10.13.4.121")
    });
    std::iter::once(own).chain(seed).collect()
}

#[test]
fn the_manuals_page_holds_three_messages() {
    for (page, from, url) in pages() {
        let ended = run_with(&["inspect", "--format", "json", "-"], &page);
        assert_eq!(ended.code, Some(1));
        let report = ended.json();
        let messages = report["messages"].as_array().unwrap();
        let kinds: Vec<_> =
            messages.iter().map(|m| (m["method"].clone(), m["status"].clone())).collect();
        assert_eq!(json!(kinds), json!([["NOTIFY", null], ["SUBSCRIBE", null], [null, 200]]));
        assert_eq!((header(&messages[0], "From"), header(&messages[1], "From")), (from, from));
        let body = &messages[0]["body"];
        assert_eq!(
            (&body["text"], &body["content_type"]),
            (&json!(url), &json!("application/url"))
        );
        assert_eq!(header(&messages[0], "Content-Length"), "18");
        assert!(!rules(&messages[0]).iter().any(|rule| rule.contains("content-length")));
        assert_eq!(messages.iter().map(has_error).collect::<Vec<_>>(), [false, false, true]);
        assert!(run_with(&["inspect"], &page).text().contains("3 messages"));
    }
}

#[test]
fn the_map_of_a_page_leads_back_to_what_stands_there() {
    for (page, ..) in pages() {
        for message in inspected(&page).as_array().unwrap() {
            let pieces = message["source"]["map"].as_array().unwrap();
            assert!(pieces.iter().any(|piece| piece["kind"] == "joined"));
            for header in message["headers"].as_array().unwrap() {
                let (value, place) = (header["value"].as_str().unwrap(), span(&header["span"]));
                let whole = pieces.iter().filter(|piece| piece["kind"] == "copied").find(|piece| {
                    let piece = span(&piece["message"]);
                    piece.start <= place.start && place.end <= piece.end
                });
                // A value that was joined of two lines lies in no single piece.
                let Some(piece) = whole else { continue };
                let start =
                    span(&piece["source"]).start + place.start - span(&piece["message"]).start;
                assert_eq!(&page[start..start + place.len()], value.as_bytes());
            }
        }
    }
}

#[test]
fn a_robust_reader_takes_what_a_strict_one_refuses() {
    let text = String::from_utf8(corpus_bytes("phones/yealink.sip")).unwrap();
    let odd = text.replace("Expires: 0\r\n", "Expires: 0\r\nnot a header\r\n");
    assert_eq!(run_with(&["inspect", "-"], odd.as_bytes()).code, Some(1));
    let robust = run_with(&["inspect", "--policy", "robust", "-"], odd.as_bytes());
    assert_eq!(robust.code, Some(0), "{}", robust.text());
}

#[test]
fn several_files_are_read_and_an_unreadable_one_is_named() {
    let (good, bad) = (corpus("phones/snom.sip"), corpus("phones/no-such-phone.sip"));
    let ended = run(&["inspect", "--format", "json", &bad, &good]);
    assert_eq!(ended.code, Some(2));
    assert!(ended.stderr.contains("no-such-phone.sip"), "{}", ended.stderr);
    assert_eq!(ended.json()["messages"].as_array().unwrap().len(), 1);
    assert_eq!(run(&["inspect", &corpus("phones")]).code, Some(2));
}

#[test]
fn where_no_message_is_the_searched_for_is_named() {
    for noise in
        [Vec::new(), b"nothing to see here\n".to_vec(), vec![0; 65_536], vec![0xFF; 70_000]]
    {
        let ended = run_with(&["inspect", "--format", "json", "-"], &noise);
        assert_eq!(ended.code, Some(2));
        assert!(ended.stderr.contains("no SIP message in standard input"), "{}", ended.stderr);
        assert!(ended.stderr.contains("SIP/2.0"), "{}", ended.stderr);
        assert_eq!(ended.json(), json!({ "messages": [], "notes": [] }));
        assert!(run_with(&["inspect"], &noise).stdout.is_empty());
    }
}

#[test]
fn a_message_beyond_the_readers_limits_is_shown_and_refused() {
    let many = "X-Many: 1\r\n".repeat(300);
    let text = format!("OPTIONS sip:a SIP/2.0\r\n{many}\r\n");
    let ended = run_with(&["inspect", "--format", "json"], text.as_bytes());
    assert_eq!(ended.code, Some(1));
    let report = ended.json();
    assert_eq!(report["messages"][0]["headers"].as_array().unwrap().len(), 300);
    assert!(rules(&report["messages"][0]).contains(&"trace.unreadable"));
}

#[test]
fn a_message_cut_off_anywhere_brings_nothing_down() {
    let whole = corpus_bytes("manual/notify.sip");
    for end in (0..whole.len()).step_by(13) {
        let ended = run_with(&["inspect", "-"], &whole[..end]);
        assert!(matches!(ended.code, Some(1 | 2)), "{end}: {:?}", ended.code);
    }
}

#[test]
fn a_long_log_is_read_to_its_end() {
    let one = String::from_utf8(corpus_bytes("phones/snom.sip")).unwrap();
    let log: String = (0..4000).map(|n| one.replace("2071140938", &n.to_string())).collect();
    let report = run_with(&["inspect", "--format", "json"], log.as_bytes()).json();
    assert_eq!(report["messages"].as_array().unwrap().len(), 4000);
}

#[test]
fn sarif_points_into_the_source() {
    let text = String::from_utf8(corpus_bytes("manual/notify.sip")).unwrap();
    let page =
        format!("a note before\n\n{}", text.replace("Content-Length: 18", "Content-Length: 99"));
    let ended = run_with(&["inspect", "--format", "sarif", "-"], page.as_bytes());
    assert_eq!(ended.code, Some(1));
    let log = ended.json();
    assert_eq!(log["version"], "2.1.0");
    let run = &log["runs"][0];
    let driver = &run["tool"]["driver"];
    assert_eq!(driver["name"], "fingerpost");
    let results = run["results"].as_array().unwrap();
    for result in results {
        let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(driver["rules"][index]["id"], result["ruleId"]);
        assert!(["error", "warning", "note"].contains(&result["level"].as_str().unwrap()));
    }
    let length =
        results.iter().find(|r| r["ruleId"] == "framing.content-length.too-large").unwrap();
    let region = &length["locations"][0]["physicalLocation"]["region"];
    let start = usize::try_from(region["byteOffset"].as_u64().unwrap()).unwrap();
    assert_eq!(&page[start..start + 2], "99");
    assert_eq!(region["byteLength"], 2);
    let change = &length["fixes"][0]["artifactChanges"][0]["replacements"][0];
    assert_eq!(
        (&change["deletedRegion"], &change["insertedContent"]["text"]),
        (region, &json!("18"))
    );
    let rule = &driver["rules"][usize::try_from(length["ruleIndex"].as_u64().unwrap()).unwrap()];
    assert_eq!(rule["properties"], json!({ "layer": "framing", "status": 400 }));
    assert_eq!((&region["startLine"], &region["startColumn"]), (&json!(14), &json!(17)));
    let told = &run["properties"]["verdicts"][0];
    let refused = json!({ "action": "answer", "status": 400, "reason": "Bad Request" });
    assert_eq!((&told["verdict"], &told["region"]["startLine"]), (&refused, &json!(3)));
}

#[test]
fn the_text_tells_who_asks_what_stands_there_and_what_is_wrong() {
    let ended = run(&["inspect", &corpus("phones/snom.sip")]);
    let text = ended.text();
    for part in [
        "SUBSCRIBE sip:MAC%3a000413A1B2C3@office.example",
        "snom.sip, lines 1 to 13",
        "mac      000413a1b2c3",
        "User-Agent      snomD385/10.1.73.16",
        "warning",
        "RFC 3261 §17.2.3",
        "1 message: 0 errors",
    ] {
        assert!(text.contains(part), "{part} in\n{text}");
    }
    assert!(!text.contains('\u{1b}'), "no colours where nobody sees them");
}

#[test]
fn a_message_cannot_steer_the_terminal() {
    let text = String::from_utf8(corpus_bytes("phones/snom.sip")).unwrap();
    let hostile = text
        .replace("snomD385/10.1.73.16", "\u{1b}[2Jsnom\u{1b}]0;x\u{7}")
        .replace("Expires: 0", "\u{1b}c: 1");
    let ended = run_with(&["inspect", "-"], hostile.as_bytes());
    assert!(!ended.stdout.contains(&0x1B), "{}", ended.text());
    assert!(!ended.stdout.contains(&7));
}

#[test]
fn a_reader_that_goes_away_changes_nothing_but_the_output() {
    let text = String::from_utf8(corpus_bytes("manual/notify.sip")).unwrap();
    let wrong = text.replace("Content-Length: 18", "Content-Length: 99");
    let file = Scratch::new("wrong.sip", wrong.as_bytes());
    let mut child = command(&["inspect", "-"]).spawn().unwrap();
    drop(child.stdout.take());
    std::io::Write::write_all(
        &mut child.stdin.take().unwrap(),
        &std::fs::read(file.path()).unwrap(),
    )
    .unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
}

#[test]
fn wrong_usage_ends_with_two() {
    for arguments in [
        &["inspect", "--format", "yaml"][..],
        &["inspect", "--policy", "kind"],
        &["inspect", "--nonsense"],
        &["dissect"],
        &[],
    ] {
        assert_eq!(run(arguments).code, Some(2), "{arguments:?}");
    }
    for arguments in [&["--version"][..], &["--help"], &["inspect", "--help"]] {
        let ended = run(arguments);
        assert_eq!(ended.code, Some(0), "{arguments:?}");
        assert!(ended.text().contains("fingerpost"));
    }
}
