//! `rules.md`: every rule, made from the rules and their examples. `UPDATE_RULES=1 cargo test -p fingerpost-core`
//! writes it anew.

use crate::all;
use crate::example::Example;
use fingerpost_core::check::{Context, Layer, Rule, rules};
use std::fmt::Write;
use std::path::Path;

const HEAD: &str = "# The rules of `fingerpost_core::check`\n\n\
<!-- Made by `UPDATE_RULES=1 cargo test -p fingerpost-core --test rules`. Do not edit. -->\n\n\
Ids are stable: programs may compare them. *Strict* is how much a rule weighs for a strict RFC 3261 parser, *robust*\n\
for a reader that takes what can be understood. *Answers* is the status that an element would refuse such a request\n\
with. In the examples `-` is what breaks the rule, `+` what keeps it.\n";

const LAYERS: [(Layer, &str); 6] = [
    (Layer::Framing, "Framing: where lines, headers and body begin and end"),
    (Layer::Grammar, "Grammar: the spelling of one value"),
    (Layer::Message, "Message: what the headers of one message say together"),
    (Layer::Transaction, "Transaction: what messages of one transaction or dialog say together"),
    (
        Layer::EventPackage,
        "Event package: SUBSCRIBE, NOTIFY, `ua-profile`, and the URL that a phone is told",
    ),
    (Layer::Vendor, "Vendor: what one vendor does or needs"),
];

#[test]
fn the_page_of_rules_is_up_to_date() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("rules.md");
    let page = page();
    if std::env::var_os("UPDATE_RULES").is_some() {
        std::fs::write(&path, &page).unwrap();
    }
    let written = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        written == page,
        "rules.md is out of date: UPDATE_RULES=1 cargo test -p fingerpost-core --test rules"
    );
}

fn page() -> String {
    let mut page = HEAD.to_string();
    for (layer, title) in LAYERS {
        writeln!(page, "\n## {title}").unwrap();
        rules::ALL
            .iter()
            .filter(|rule| rule.layer == layer)
            .for_each(|rule| section(&mut page, rule));
    }
    page
}

fn section(page: &mut String, rule: &Rule) {
    let examples: Vec<&Example> = all().filter(|example| example.rule == rule).collect();
    let found = |example: &&Example| {
        let text = example.bad();
        example.findings(&text, example.bad, &Context::default())
    };
    let findings: Vec<_> = examples.iter().flat_map(found).collect();
    let answer = rule.status.map(|status| format!(" · answers {status}")).unwrap_or_default();
    let fix =
        if findings.iter().any(|finding| finding.fix.is_some()) { " · has a fix" } else { "" };
    let reference = rule.reference.map(|reference| reference.to_string()).unwrap_or_default();
    writeln!(page, "\n### `{}`\n\n{}.\n", rule.id, sentence(rule.title)).unwrap();
    writeln!(page, "{reference} · strict: {}, robust: {}{answer}{fix}", rule.severity, rule.robust)
        .unwrap();
    for (example, finding) in examples.iter().zip(&findings) {
        writeln!(page, "\n> {}", finding.message).unwrap();
        writeln!(
            page,
            "\n```diff\n{}```",
            difference(&lossy(&example.bad()), &lossy(&example.good()))
        )
        .unwrap();
    }
}

fn lossy(text: &[u8]) -> String {
    String::from_utf8_lossy(text).into_owned()
}

fn sentence(title: &str) -> String {
    let mut letters = title.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// The lines in which the bad message differs from the good one.
fn difference(bad: &str, good: &str) -> String {
    let lines = |text: &str| text.split_inclusive('\n').map(visible).collect::<Vec<_>>();
    let (bad, good) = (lines(bad), lines(good));
    let changed =
        only(&bad, |line| good.contains(line), '-') + &only(&good, |line| bad.contains(line), '+');
    if !changed.is_empty() {
        return changed;
    }
    // The same lines, but not as often.
    let more = bad.len() - good.len();
    let first = bad.iter().zip(&good).take_while(|(a, b)| a == b).count();
    marked(bad[first..first + more].iter(), '-')
}

fn only(lines: &[String], is_shared: impl Fn(&String) -> bool, mark: char) -> String {
    marked(lines.iter().filter(|line| !is_shared(line)), mark)
}

fn marked<'a>(lines: impl Iterator<Item = &'a String>, mark: char) -> String {
    lines.fold(String::new(), |text, line| text + &format!("{mark} {line}\n"))
}

fn visible(line: &str) -> String {
    let end = match (line.strip_suffix("\r\n"), line.strip_suffix('\n')) {
        (Some(""), _) => return "<empty line>".into(),
        (Some(text), _) => return shown(text),
        (None, Some(text)) => (text, "<LF>"),
        (None, None) => (line, ""),
    };
    shown(end.0) + end.1
}

fn shown(text: &str) -> String {
    text.chars().fold(String::new(), |shown, c| match c {
        '\t' | ' '..='\u{7e}' | '\u{a0}'.. => shown + c.encode_utf8(&mut [0; 4]),
        '\r' => shown + "<CR>",
        c => shown + &format!("<0x{:02x}>", u32::from(c)),
    })
}
