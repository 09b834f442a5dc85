//! Ten thousand messages that are nearly right, made from good and from broken ones by small seeded changes: whatever
//! they are, they are judged without a panic, and every finding and every fix stands inside its message.

#![allow(clippy::unwrap_used, reason = "a test stops at the first thing that is not as expected")]

use fingerpost_core::check::{Context, Finding, Policy, Reach, check, check_conversation, verdict};
use fingerpost_core::{Entropy, Message, SeededEntropy};
use std::path::Path;

const CHANGED: usize = 10_000;

/// What is put in: bytes that mean something somewhere in a message.
const PIECES: [&[u8]; 24] = [
    b"\r\n",
    b"\n",
    b"\r",
    b"\r\n ",
    b";",
    b",",
    b"\"",
    b"<",
    b">",
    b"%",
    b"%4",
    b"[",
    b"]",
    b":::",
    b"@",
    b"?",
    b"=",
    b"(",
    b"\\",
    b"\0",
    b"\xff",
    b" ",
    b"99999999999999999999",
    b"://",
];

fn messages() -> Vec<Vec<u8>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests");
    let folders = ["conformance", "corpus/phones", "corpus/manual"].map(|folder| root.join(folder));
    let torture = std::env::var_os("FINGERPOST_TORTURE").map(std::path::PathBuf::from);
    let files = folders.into_iter().chain(torture).flat_map(|folder| {
        let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        let mut files: Vec<_> = files.collect();
        files.sort();
        files
    });
    let is_message = |path: &std::path::PathBuf| {
        path.extension().is_some_and(|ending| ending == "sip" || ending == "dat")
    };
    files.filter(is_message).map(|path| std::fs::read(path).unwrap()).collect()
}

struct Chance(SeededEntropy);

impl Chance {
    fn below(&mut self, bound: usize) -> usize {
        let mut bytes = [0; 4];
        self.0.fill(&mut bytes);
        u32::from_le_bytes(bytes) as usize % bound.max(1)
    }

    /// One to three small changes.
    fn change(&mut self, message: &mut Vec<u8>) {
        for _ in 0..=self.below(3) {
            let at = self.below(message.len());
            match self.below(4) {
                0 => message.truncate(at),
                1 => drop(message.drain(at..(at + 1 + self.below(8)).min(message.len()))),
                2 => drop(message.splice(at..at, PIECES[self.below(PIECES.len())].iter().copied())),
                _ => {
                    let end = (at + self.below(40)).min(message.len());
                    let copy = message[at..end].to_vec();
                    drop(message.splice(at..at, copy));
                }
            }
        }
    }
}

fn stands_inside(finding: &Finding, bytes: &[u8]) {
    let fits = |span: fingerpost_core::Span| span.start <= span.end && span.end <= bytes.len();
    assert!(fits(finding.span), "{}: {:?}", finding.rule.id, finding.span);
    assert!(finding.fix.as_ref().is_none_or(|fix| fits(fix.span)), "{}", finding.rule.id);
}

#[test]
fn messages_that_are_nearly_right_are_judged_without_a_panic() {
    let all = messages();
    assert!(all.len() >= 70);
    let mut chance = Chance(SeededEntropy::new(4475));
    let mut found = 0;
    for round in 0..CHANGED {
        let mut bytes = all[round % all.len()].clone();
        chance.change(&mut bytes);
        let Ok(message) = Message::parse(&bytes) else { continue };
        for policy in [Policy::Strict, Policy::Robust] {
            let context = Context::default().with_policy(policy);
            let findings = check(&message, &context);
            for finding in &findings {
                stands_inside(finding, &bytes);
            }
            let _ = verdict(&message, &findings, Reach::Unicast);
            found += findings.len();
        }
    }
    assert!(found > CHANGED, "only {found} findings");
}

#[test]
fn exchanges_that_are_nearly_right_are_judged_without_a_panic() {
    let exchange = ["subscribe", "200-ok", "notify"].map(|name| {
        let path = format!("../../tests/corpus/manual/{name}.sip");
        std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
    });
    let mut chance = Chance(SeededEntropy::new(6665));
    for _ in 0..1000 {
        let changed = exchange.clone().map(|mut bytes| {
            chance.change(&mut bytes);
            bytes
        });
        let read: Vec<Message<'_>> =
            changed.iter().filter_map(|b| Message::parse(b).ok()).collect();
        let judged = check_conversation(&read, &Context::default());
        assert_eq!(judged.len(), read.len());
        for (message, findings) in read.iter().zip(judged) {
            for finding in &findings {
                stands_inside(finding, message.as_bytes());
            }
        }
    }
}
