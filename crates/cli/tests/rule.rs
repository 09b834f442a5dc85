//! `fingerpost rule`: a policy file changed from the command line, its comments kept.

#![allow(clippy::unwrap_used, reason = "test code outside #[test] functions")]

mod support;

use support::{Scratch, run};

const FILE: &str = "# ours\nversion = 1\n\n# cheap ones\n[[rule]]\nname = \"fanvil\"\nmatch = { vendor = \"fanvil\" } # all\nignore = true\n";
const SNOM: &str = "name = \"snom\"\nmatch = { vendor = \"snom\" }\nanswer = { url = \"http://s/\", status = 202 }";

#[test]
fn a_rule_is_added_moved_and_removed_and_every_comment_stays() {
    let file = Scratch::new("rule-changes.toml", FILE.as_bytes());
    let change = |arguments: &[&str]| {
        let ended = run(&[&["rule"], arguments, &["--config", file.path()]].concat());
        assert_eq!(ended.code, Some(0), "{}", ended.stderr);
        ended.text()
    };
    assert_eq!(change(&["list"]), "1  fanvil\n");
    assert_eq!(change(&["add", SNOM, "--first"]), "1  snom\n2  fanvil\n");
    let text = std::fs::read_to_string(file.path()).unwrap();
    assert!(text.starts_with("# ours\nversion = 1\n\n[[rule]]\nname = \"snom\"\n"), "{text}");
    assert!(text.ends_with(&FILE[FILE.find("\n# cheap").unwrap()..]), "{text}");
    assert_eq!(change(&["move", "snom", "--after", "fanvil"]), "1  fanvil\n2  snom\n");
    assert!(change(&["remove", "1", "--print"]).contains("status = 202"));
    assert_eq!(change(&["remove", "snom"]), "1  fanvil\n");
    assert_eq!(std::fs::read_to_string(file.path()).unwrap(), FILE);
    assert_eq!(change(&["replace", "fanvil", SNOM]), "1  snom\n");
    let explained = run(&["explain", "--config", file.path(), "--vendor", "snom"]);
    assert!(explained.text().contains("(dialect auto, 202)"), "{}", explained.text());
}

#[test]
fn what_would_be_wrong_is_told_with_its_line_and_nothing_is_written() {
    let file = Scratch::new("rule-mistakes.toml", FILE.as_bytes());
    let bad = "match = { vendr = \"snom\" }\nignore = true";
    let ended = run(&["rule", "add", bad, "--config", file.path()]);
    assert_eq!(ended.code, Some(1), "{}", ended.stderr);
    assert!(
        ended.stderr.contains("unknown key `vendr`; did you mean `vendor`?"),
        "{}",
        ended.stderr
    );
    assert!(ended.stderr.contains("match = { vendr = \"snom\" }"), "{}", ended.stderr);
    let stranger = run(&["rule", "remove", "fanvl", "--config", file.path()]);
    assert_eq!(stranger.code, Some(2));
    assert!(stranger.stderr.contains("did you mean \"fanvil\"?"), "{}", stranger.stderr);
    assert_eq!(std::fs::read_to_string(file.path()).unwrap(), FILE);
    let missing = run(&["rule", "list", "--config", "/nowhere/fingerpost.toml"]);
    assert_eq!(missing.code, Some(2));
}
