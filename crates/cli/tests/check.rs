//! `fingerpost check`: what is wrong with a policy file.

mod support;

use support::{Scratch, run, run_with};

#[test]
fn a_good_file_tells_what_it_holds() {
    let text = "version = 1\nmode = \"observe\"\n[[rule]]\nmatch.vendor = \"snom\"\nanswer.url = \"http://pbx/\"\n";
    let file = Scratch::new("good.toml", text.as_bytes());
    let ended = run(&["check", file.path()]);
    assert_eq!(ended.code, Some(0), "{}", ended.stderr);
    assert!(ended.text().contains("1 rule; mode observe"), "{}", ended.text());
    assert_eq!(ended.stderr, "");
}

#[test]
fn every_mistake_is_told_with_its_line_and_a_caret() {
    let file = Scratch::new("bad.toml", "version = 1\n[[rule]]\nname = \"ü\"\nmatch = { vender = \"snom\" }\nanswer.url = \"%{x}\"\n".as_bytes());
    let ended = run(&["check", file.path()]);
    assert_eq!(ended.code, Some(1));
    let lines: Vec<&str> = ended.stderr.lines().collect();
    assert_eq!(lines.len(), 6, "{}", ended.stderr);
    assert!(lines[0].starts_with(&format!("{}:4:11: error: ", file.path())), "{}", lines[0]);
    assert!(lines[0].contains("vender") && lines[0].contains("vendor"), "{}", lines[0]);
    assert_eq!(lines[1], "  4 | match = { vender = \"snom\" }");
    assert_eq!(lines[2], "    |           ^");
    assert!(lines[3].starts_with(&format!("{}:5:", file.path())), "{}", lines[3]);
}

#[test]
fn a_warning_is_no_error() {
    let text =
        "version = 1\n[[rule]]\nignore = true\n[[rule]]\nmatch.vendor = \"snom\"\nignore = true\n";
    let ended = run_with(&["check", "-"], text.as_bytes());
    assert_eq!(ended.code, Some(0));
    assert!(ended.stderr.contains("-:4:1: warning: "), "{}", ended.stderr);
    assert!(ended.text().contains("2 rules; mode answer"));
}

#[test]
fn what_is_no_toml_is_an_error_with_a_place() {
    for text in ["version = ", "\u{feff}version == 1", "[[rule\n\u{1b}[2J", "\"\\u001b[2J\" = 1"] {
        let ended = run_with(&["check", "-"], text.as_bytes());
        assert_eq!(ended.code, Some(1), "{text:?}");
        assert!(ended.stderr.contains(": error: "), "{}", ended.stderr);
        assert!(!ended.stderr.contains('\u{1b}'), "{:?}", ended.stderr);
    }
    assert_eq!(run_with(&["check", "-"], b"").code, Some(1), "an empty file states no version");
}

#[test]
fn what_cannot_be_read_ends_with_two() {
    let missing = run(&["check", "no-such-policy.toml"]);
    assert_eq!(missing.code, Some(2));
    assert!(missing.stderr.contains("no-such-policy.toml"), "{}", missing.stderr);
    assert_eq!(run_with(&["check", "-"], b"\xFF\xFE").code, Some(2));
    assert_eq!(run(&["check"]).code, Some(2));
}

#[test]
fn the_schema_is_json_and_names_what_a_file_may_hold() {
    let ended = run(&["check", "--schema"]);
    assert_eq!((ended.code, ended.stderr.as_str()), (Some(0), ""));
    let schema = ended.json();
    assert_eq!(schema["$schema"], "http://json-schema.org/draft-07/schema#");
    for key in ["version", "mode", "interfaces", "allow_sources", "rule"] {
        assert!(schema["properties"][key].is_object(), "{key}");
    }
    assert_eq!(run(&["check", "--schema", "fingerpost.toml"]).code, Some(2));
}
