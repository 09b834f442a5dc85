//! Owns what the page is shown of each message of a text.

use crate::phone::phone;
use crate::place::Place;
use crate::tree::tree;
use crate::{Finding, Fix, Head, Inspection, Kind, Message, Offsets, Policy, Token};
use fingerpost_core::check;
use fingerpost_core::message::StartLine;
use fingerpost_core::scan::{Tape, Token as CoreToken};
use fingerpost_trace::rules;
use fingerpost_trace::{Examined, Found, Repair, dissect};

/// Finds the messages in `text`, dissects and judges them.
pub fn inspect(text: &str, policy: Policy) -> Inspection {
    let offsets = Offsets::new(text);
    let dissected = dissect(text.as_bytes(), policy.into());
    let messages = dissected.iter().map(|(examined, tape)| message_view(examined, tape, &offsets));
    Inspection { messages: messages.collect() }
}

/// What the page is shown of one message.
pub(crate) fn message_view(examined: &Examined, tape: &Tape, offsets: &Offsets) -> Message {
    let place = Place { found: &examined.found, offsets };
    let read = examined.found.message();
    let placed = tokens(tape, &place).map(|(token, from, to)| Token {
        kind: token.kind.name(),
        from,
        to,
        depth: token.depth,
        is_group: token.is_group,
    });
    Message {
        text: String::from_utf8_lossy(&examined.found.bytes).into_owned(),
        tokens: placed.collect(),
        tree: read.as_ref().map(|read| tree(read, tape, &place)).unwrap_or_default(),
        ..outline(examined, &place)
    }
}

/// The same without its text, its tokens and its tree.
pub(crate) fn outline(examined: &Examined, place: &Place<'_>) -> Message {
    let read = examined.found.message();
    let head = head_of(&examined.found, read.as_ref(), place);
    Message {
        kind: head.kind,
        title: head.title,
        about: head.about,
        method: head.method,
        status: head.status,
        from: head.from,
        to: head.to,
        text: String::new(),
        tokens: Vec::new(),
        tree: Vec::new(),
        phone: read.as_ref().and_then(|read| phone(read, place)),
        findings: examined.findings.iter().map(|finding| finding_view(finding, place)).collect(),
        verdict: verdict(read.as_ref(), &examined.findings).into(),
        repairs: examined.findings.iter().filter_map(repair).collect(),
        joined: head.joined,
        is_cut_off: head.is_cut_off,
    }
}

/// What a message is, before anybody looks into it.
pub(crate) fn head(found: &Found, offsets: &Offsets) -> Head {
    head_of(found, found.message().as_ref(), &Place { found, offsets })
}

fn head_of(found: &Found, read: Option<&fingerpost_core::Message<'_>>, place: &Place<'_>) -> Head {
    let (kind, title, about) = read.map_or_else(unreadable, heading);
    let (from, to) = place.whole();
    let is_joined = |repair: &&Repair| matches!(repair, Repair::JoinedLine { .. });
    Head {
        kind,
        title,
        about,
        method: read.and_then(|read| Some(read.method()?.to_str().into_owned())),
        status: read.and_then(fingerpost_core::Message::status),
        from,
        to,
        joined: found.repairs.iter().filter(is_joined).count(),
        is_cut_off: found.is_cut_off,
    }
}

/// One that cannot be read is passed over.
fn verdict(
    message: Option<&fingerpost_core::Message<'_>>,
    findings: &[check::Finding],
) -> check::Verdict {
    message.map_or(check::Verdict::Drop, |message| {
        check::verdict(message, findings, check::Reach::of(message))
    })
}

fn unreadable() -> (Kind, String, String) {
    (Kind::Unreadable, "unreadable".into(), String::new())
}

fn heading(message: &fingerpost_core::Message<'_>) -> (Kind, String, String) {
    match message.start_line() {
        StartLine::Request(line) => {
            (Kind::Request, line.method.to_str().into_owned(), addressee(message, line.uri))
        }
        StartLine::Status(line) => {
            let title = format!("{} {}", line.code, line.reason);
            let method = message.method().map(|method| method.to_str().into_owned());
            (Kind::Response, title.trim_end().into(), method.unwrap_or_default())
        }
    }
}

/// The host of the Request-URI; all of it where it has none.
fn addressee(message: &fingerpost_core::Message<'_>, uri: fingerpost_core::Text<'_>) -> String {
    let parsed = message.request_uri();
    let host = parsed.as_ref().and_then(|uri| uri.as_sip()).map(|uri| uri.host_port.host.text);
    host.unwrap_or(uri).to_str().into_owned()
}

/// The tokens with their places; what was put in and stands nowhere is left out.
pub(crate) fn tokens<'a>(
    tape: &'a Tape,
    place: &'a Place<'_>,
) -> impl Iterator<Item = (&'a CoreToken, usize, usize)> {
    let placed = tape.tokens().iter().map(|token| {
        let (from, to) = place.of(token.span);
        (token, from, to)
    });
    placed.filter(|(_, from, to)| from < to)
}

fn finding_view(finding: &check::Finding, place: &Place<'_>) -> Finding {
    let (from, to) = place.of(finding.span);
    Finding {
        rule: finding.rule.id,
        severity: finding.severity.into(),
        message: finding.message.clone(),
        from,
        to,
        reference: finding.rule.reference.map(|reference| reference.to_string()),
        fix: finding.fix.as_ref().map(|fix| fix_view(fix, place)),
        layer: finding.rule.layer.name(),
        status: finding.rule.status,
    }
}

fn fix_view(fix: &check::Fix, place: &Place<'_>) -> Fix {
    let (from, to) = place.of(fix.span);
    Fix { from, to, text: fix.text.clone() }
}

/// The words of a note on how the message was put together.
fn repair(finding: &check::Finding) -> Option<String> {
    let repairs = [&rules::LINE_ENDS, &rules::JOINED_LINE, &rules::NO_EMPTY_LINE, &rules::MARGIN];
    repairs.contains(&finding.rule).then(|| finding.message.clone())
}
