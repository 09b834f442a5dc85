//! `fingerpost compose`: what it writes is what the manual prints and what the inspector finds nothing wrong with.

#![allow(clippy::unwrap_used, reason = "test code outside #[test] functions")]

mod support;

use serde_json::Value;
use support::{corpus, corpus_bytes, run, run_with};

const VENDORS: [&str; 10] = [
    "audiocodes",
    "snom",
    "yealink",
    "grandstream",
    "fanvil",
    "planet",
    "gigaset",
    "panasonic",
    "generic",
    "Acme",
];

fn composed(arguments: &[&str]) -> String {
    let ended = run(&[&["compose"], arguments].concat());
    assert_eq!(ended.code, Some(0), "{arguments:?}: {}", ended.stderr);
    ended.text()
}

fn findings(message: &str) -> Vec<Value> {
    let ended = run_with(&["inspect", "--format", "json", "-"], message.as_bytes());
    ended.json()["messages"][0]["findings"].as_array().unwrap().clone()
}

#[test]
fn the_manuals_answers_come_out_byte_for_byte() {
    let subscribe = corpus("manual/subscribe.sip");
    for (which, expected) in [("ok", "manual/200-ok.sip"), ("notify", "manual/notify.sip")] {
        let ended = run(&[
            "compose",
            which,
            "--reply-to",
            &subscribe,
            "--dialect",
            "manual",
            "--server",
            "10.13.4.121:5060",
            "--url",
            "tftp://%{server}",
        ]);
        assert_eq!(ended.code, Some(0), "{}", ended.stderr);
        assert_eq!(ended.stdout, corpus_bytes(expected), "{}", ended.text());
    }
}

#[test]
fn the_subscribe_may_come_through_a_pipe() {
    let arguments =
        ["compose", "notify", "--reply-to", "-", "--dialect", "manual", "--server", "10.13.4.121"];
    let ended = run_with(&arguments, &corpus_bytes("manual/subscribe.sip"));
    assert_eq!(ended.stdout, corpus_bytes("manual/notify.sip"));
}

#[test]
fn what_is_composed_has_no_error() {
    for vendor in VENDORS {
        for which in ["subscribe", "ok", "notify"] {
            for dialect in ["rfc", "manual"] {
                let message =
                    composed(&[which, "--vendor", vendor, "--dialect", dialect, "--seed", "7"]);
                let errors = findings(&message).into_iter().filter(|f| f["severity"] == "error");
                assert_eq!(errors.count(), 0, "{vendor} {which} {dialect}\n{message}");
                assert!(!message.replace("\r\n", "").contains('\n'));
            }
        }
    }
}

#[test]
fn a_whole_exchange_in_the_rfcs_form_has_no_error() {
    for vendor in VENDORS {
        let part = |which: &str| composed(&[which, "--vendor", vendor, "--seed", "3"]);
        let exchange = ["subscribe", "ok", "notify"].map(part).concat();
        let ended = run_with(&["inspect", "--format", "json"], exchange.as_bytes());
        assert_eq!(ended.code, Some(0), "{vendor}: {}", ended.text());
        assert_eq!(ended.json()["messages"].as_array().unwrap().len(), 3);
    }
}

#[test]
fn a_seed_makes_it_repeatable() {
    for which in ["subscribe", "ok", "notify"] {
        assert_eq!(composed(&[which, "--seed", "7"]), composed(&[which, "--seed", "7"]));
        assert_ne!(composed(&[which, "--seed", "7"]), composed(&[which, "--seed", "8"]));
        assert_ne!(composed(&[which]), composed(&[which]));
    }
}

#[test]
fn answers_of_one_seed_belong_to_the_subscribe_of_that_seed() {
    let subscribe = composed(&["subscribe", "--vendor", "snom", "--seed", "7"]);
    for which in ["ok", "notify"] {
        let piped =
            run_with(&["compose", which, "--seed", "7", "--reply-to", "-"], subscribe.as_bytes());
        assert_eq!(piped.text(), composed(&[which, "--vendor", "snom", "--seed", "7"]));
    }
}

#[test]
fn the_options_are_on_the_wire() {
    let message = composed(&[
        "subscribe",
        "--vendor",
        "snom",
        "--mac",
        "00:04:13:a1:b2:c3",
        "--model",
        "snomD785",
        "--version",
        "10.2",
        "--phone",
        "192.0.2.9:5062",
    ]);
    assert!(
        message.starts_with("SUBSCRIBE sip:MAC%3a000413A1B2C3@224.0.1.75 SIP/2.0\r\n"),
        "{message}"
    );
    for part in
        ["192.0.2.9:5062", "model=\"snomD785\"", "version=\"10.2\"", "User-Agent: snomD785/10.2"]
    {
        assert!(message.contains(part), "{part} in {message}");
    }
    let acme = composed(&["subscribe", "--vendor", "Acme"]);
    assert!(acme.contains("vendor=\"Acme\"") && acme.contains("192.0.2.37:5060"), "{acme}");
    assert!(composed(&["subscribe", "--vendor", "grandstream"]).contains("192.0.2.37:5080"));
}

#[test]
fn the_url_is_filled_in_for_the_phone() {
    let url =
        "http://%{server}/%{vendor}/%{model}-%{version}/%{mac}.%{MAC}?s=%{source}&p=100%%{mac}";
    let message = composed(&[
        "notify",
        "--vendor",
        "audiocodes",
        "--mac",
        "00908f0a1b2c",
        "--url",
        url,
        "--server",
        "192.0.2.1",
    ]);
    let filled = "http://192.0.2.1/audiocodes/440HD-2.2.2/00908f0a1b2c.00908F0A1B2C?s=192.0.2.37&p=100%{mac}";
    assert!(message.ends_with(&format!("\r\n\r\n{filled}")), "{message}");
    let replied = composed(&[
        "notify",
        "--reply-to",
        &corpus("phones/snom.sip"),
        "--url",
        "http://pbx/%{mac}.xml",
    ]);
    assert!(replied.ends_with("\r\n\r\nhttp://pbx/000413a1b2c3.xml"), "{replied}");
}

#[test]
fn a_url_that_cannot_be_filled_in_names_the_missing_value() {
    let ended = run(&["compose", "notify", "--url", "tftp://x/%{interface}"]);
    assert_eq!(ended.code, Some(2));
    assert!(ended.stderr.contains("%{interface}"), "{}", ended.stderr);
    let subscribe = corpus("manual/subscribe.sip");
    let ended = run(&["compose", "notify", "--reply-to", &subscribe, "--url", "tftp://x/%{mac}"]);
    assert_eq!(ended.code, Some(2));
    assert!(
        ended.stderr.contains("no value for %{mac}") && ended.stdout.is_empty(),
        "{}",
        ended.stderr
    );
    let ended = run(&["compose", "notify", "--url", "tftp://x/%{modle}"]);
    assert!(
        ended.code == Some(2) && ended.stderr.contains("did you mean %{model}"),
        "{}",
        ended.stderr
    );
}

#[test]
fn what_does_not_fit_together_is_refused() {
    let subscribe = corpus("manual/subscribe.sip");
    for arguments in [
        &["subscribe", "--reply-to", &subscribe][..],
        &["ok", "--reply-to", &subscribe, "--vendor", "snom"],
        &["ok", "--reply-to", &corpus("manual/notify.sip")],
        &["ok", "--reply-to", &corpus("manual/no-such-file.sip")],
        &["ok", "--server", "pbx.example"],
        &["ok", "--dialect", "auto"],
        &["subscribe", "--mac", "00908f"],
        &["subscribe", "--model", "a\r\nb"],
        &["subscribe", "--seed", "-1"],
        &["register"],
        &[],
    ] {
        let ended = run(&[&["compose"], arguments].concat());
        assert_eq!(ended.code, Some(2), "{arguments:?}");
        assert!(ended.stdout.is_empty() && !ended.stderr.is_empty(), "{arguments:?}");
    }
}

/// The command line that the composer page gives away, in a real shell, writes what the page shows.
#[test]
fn the_command_of_the_composer_page_writes_the_same_bytes() {
    use fingerpost_wasm::{ASKING_FILE, ComposeFields, Dialect, command, compose};
    let folder = support::Folder::new("composed");
    let subscribe = corpus("manual/subscribe.sip");
    std::fs::copy(&subscribe, folder.file(ASKING_FILE)).unwrap();
    let fields = |vendor: &str, dialect, reply_to: Option<String>| ComposeFields {
        dialect,
        server: "192.0.2.9:5062".into(),
        phone: " 192.0.2.41".into(),
        url: "http://%{server}/it's $MAC & <MAC>/{mac}.cfg".into(),
        vendor: vendor.into(),
        model: Some("it's `id`".into()),
        version: Some("-1.0".into()),
        mac: Some("80:5e:0c:4d:79:6d".into()),
        seed: 7,
        reply_to,
    };
    let asked = || Some(std::fs::read_to_string(&subscribe).unwrap());
    let dect =
        ComposeFields { model: Some("snomM700".into()), ..fields("snom", Dialect::Rfc, None) };
    let all = [
        dect,
        fields("yealink", Dialect::Rfc, None),
        fields("audiocodes", Dialect::Manual, None),
        fields("Acme's", Dialect::Rfc, None),
        fields("snom", Dialect::Manual, asked()),
    ];
    for fields in all {
        let composed = compose(&fields).unwrap();
        let letters = [
            ("subscribe", composed.subscribe),
            ("ok", composed.ok),
            ("notify", composed.notify),
            ("acknowledge", composed.acknowledge),
        ];
        for (which, text) in letters {
            if which == "subscribe" && fields.reply_to.is_some() {
                continue;
            }
            let line = command(&fields, which);
            let wrote = support::run_in_shell(&line, folder.path());
            assert_eq!(wrote, text, "{line}");
        }
    }
}

#[test]
fn a_check_sync_is_in_the_vendors_words_and_has_no_finding_but_that_it_is_unsolicited() {
    let table = [
        (&["--vendor", "yealink", "--reboot"][..], "check-sync;reboot=true", ":5059"),
        (&["--vendor", "snom"], "check-sync;reboot=false", ":5060"),
        (&["--vendor", "grandstream"], "check-sync", ":5080"),
    ];
    for (options, event, port) in table {
        let ended = run(&[&["compose", "check-sync", "--seed", "3"], options].concat());
        let text = ended.text();
        assert!(text.starts_with(&format!("NOTIFY sip:192.0.2.37{port} SIP/2.0\r\n")), "{text}");
        assert!(text.contains(&format!("\r\nEvent: {event}\r\n")), "{text}");
        let judged = run_with(&["inspect", "-", "--format", "json"], text.as_bytes());
        // It stands outside any dialog, as every check-sync does.
        let findings = judged.json()["messages"][0]["findings"].take();
        assert_eq!(findings.as_array().unwrap().len(), 1, "{findings}");
        assert_eq!(findings[0]["rule"], "dialog.notify.to-tag-missing");
    }
    let fanvil =
        run(&["compose", "check-sync", "--vendor", "fanvil", "--url", "http://%{server}/f"]);
    assert!(fanvil.text().ends_with("\r\n\r\nhttp://192.0.2.1/f"), "{}", fanvil.text());
}
