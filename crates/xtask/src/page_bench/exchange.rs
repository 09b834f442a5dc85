//! Owns the messages of the measurement: a phone of the corpus that asks, is answered, is told its URL in the manual's
//! form and takes it. Every exchange has a Call-ID of its own. Knows no file format and no clock.

use anyhow::{Context, Result};
use std::fs;
use std::path::Path;

/// What phones ask, and what the manual answers.
pub(super) struct Corpus {
    asking: Vec<String>,
    ok: String,
    notify: String,
}

/// Which side says something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Phone,
    Server,
}

impl Corpus {
    pub(super) fn read(root: &Path) -> Result<Self> {
        let folder = root.join("tests/corpus");
        let read = |path: &Path| {
            fs::read_to_string(path).with_context(|| format!("{} cannot be read", path.display()))
        };
        let entries = fs::read_dir(folder.join("phones"))?.collect::<Result<Vec<_>, _>>()?;
        let mut paths: Vec<_> = entries.iter().map(fs::DirEntry::path).collect();
        paths.sort();
        let asking = paths.iter().map(|path| read(path)).collect::<Result<Vec<_>>>()?;
        let ok = read(&folder.join("manual/200-ok.sip"))?;
        let notify = read(&folder.join("manual/notify.sip"))?;
        // A header that goes on in the next line cannot be taken over by its line.
        let asking: Vec<String> = asking.into_iter().filter(|text| !is_folded(text)).collect();
        anyhow::ensure!(!asking.is_empty(), "the corpus holds no phone");
        Ok(Self { asking, ok, notify })
    }

    /// The messages of exchange number `number`, in the order in which they go.
    pub(super) fn exchange(&self, number: usize) -> [(Side, String); 4] {
        let asking = &self.asking[number % self.asking.len()];
        let id = value(asking, CALL_ID).unwrap_or("call");
        let ask = asking.replacen(id, &format!("{number}-{id}"), 1);
        let ok = answering(&self.ok, &ask);
        let notify = telling(&self.notify, &ask);
        let taken = answering(&self.ok, &notify);
        [(Side::Phone, ask), (Side::Server, ok), (Side::Server, notify), (Side::Phone, taken)]
    }

    /// A NOTIFY whose body has `bytes` bytes, made of `line`s.
    pub(super) fn large(&self, kind: &str, line: &str, bytes: usize) -> String {
        let body: String = line.repeat(bytes / line.len() + 1);
        let notify = with(&self.notify, CONTENT_TYPE, kind);
        let notify = with(&notify, CONTENT_LENGTH, &bytes.to_string());
        let head = notify.split_inclusive("\r\n\r\n").next().unwrap_or(&notify);
        format!("{head}{}", &body[..bytes])
    }
}

/// A header's names, long and short.
type Name = [&'static str; 2];
const CALL_ID: Name = ["Call-ID", "i"];
const VIA: Name = ["Via", "v"];
const FROM: Name = ["From", "f"];
const TO: Name = ["To", "t"];
const CSEQ: Name = ["CSeq", "CSeq"];
const CONTENT_TYPE: Name = ["Content-Type", "c"];
const CONTENT_LENGTH: Name = ["Content-Length", "l"];

fn answering(ok: &str, request: &str) -> String {
    let copied = [VIA, FROM, TO, CALL_ID, CSEQ];
    copied.into_iter().fold(ok.to_owned(), |answer, name| {
        value(request, name).map_or_else(|| answer.clone(), |value| with(&answer, name, value))
    })
}

/// In a dialog, From and To are swapped.
fn telling(notify: &str, request: &str) -> String {
    let copied = [(FROM, TO), (TO, FROM), (CALL_ID, CALL_ID)];
    copied.into_iter().fold(notify.to_owned(), |notify, (name, from)| {
        value(request, from).map_or_else(|| notify.clone(), |value| with(&notify, name, value))
    })
}

fn value(message: &str, name: Name) -> Option<&str> {
    message.lines().find_map(|line| {
        let (found, value) = line.split_once(':')?;
        is_named(found, name).then(|| value.trim())
    })
}

/// The message with another value in that header.
fn with(message: &str, name: Name, value: &str) -> String {
    let line = |line: &str| match line.split_once(':') {
        Some((found, _)) if is_named(found, name) => format!("{found}: {value}\r\n"),
        _ => line.to_owned(),
    };
    message.split_inclusive('\n').map(line).collect()
}

fn is_named(found: &str, name: Name) -> bool {
    name.iter().any(|name| name.eq_ignore_ascii_case(found.trim()))
}

fn is_folded(message: &str) -> bool {
    message.lines().any(|line| line.starts_with([' ', '\t']))
}

#[cfg(test)]
pub(super) fn of_this_workspace() -> Corpus {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    Corpus::read(&root).unwrap()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_exchange_belongs_together_and_to_no_other() {
        let corpus = of_this_workspace();
        let ids = |number| corpus.exchange(number).map(|(_, text)| id(&text));
        let [first, ..] = ids(3);
        assert!(ids(3).iter().all(|id| *id == first) && first.starts_with("3-"), "{first}");
        // The same phone again.
        assert_ne!(ids(3), ids(3 + corpus.asking.len()));
    }

    fn id(message: &str) -> String {
        value(message, CALL_ID).unwrap().to_owned()
    }

    #[test]
    fn an_answer_copies_its_request_and_a_notify_turns_it_round() {
        let [(_, ask), (_, ok), (_, notify), (_, taken)] = of_this_workspace().exchange(0);
        assert!(ask.starts_with("SUBSCRIBE ") && ok.starts_with("SIP/2.0 200"));
        assert!(notify.starts_with("NOTIFY ") && taken.starts_with("SIP/2.0 200"));
        assert_eq!(value(&ok, VIA), value(&ask, VIA));
        assert_eq!(
            (value(&notify, TO), value(&notify, FROM)),
            (value(&ask, FROM), value(&ask, TO))
        );
        assert_eq!(value(&taken, CSEQ), Some("1 NOTIFY"));
    }

    #[test]
    fn a_large_body_is_as_long_as_it_says() {
        let message = of_this_workspace().large("text/plain", "a line\r\n", 1003);
        let (head, body) = message.split_once("\r\n\r\n").unwrap();
        assert_eq!((body.len(), value(head, CONTENT_LENGTH)), (1003, Some("1003")));
        assert_eq!(value(head, CONTENT_TYPE), Some("text/plain"));
    }
}
