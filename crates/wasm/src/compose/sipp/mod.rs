//! Owns a document as a scenario for `SIPp`: one side of it is played, the other one is waited for. What differs from
//! call to call (addresses, branches, Call-ID, what a peer has made up) becomes `SIPp`'s keywords; the rest stays as
//! it was written.

mod sent;
mod text;

use super::letter::{Letter, Way, ways};
use fingerpost_core::{HeaderName, Message};
use sent::Sent;
use std::collections::BTreeSet;
use std::fmt::Write;
use std::net::SocketAddr;

/// How long is waited for a message, in milliseconds: longer than all of a server's repetitions.
const PATIENCE: u32 = 5000;

/// Which side of the document is played.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(clippy::exhaustive_enums, reason = "an exchange has two sides")]
pub enum Side {
    /// Who sends the first message.
    First,
    /// Whom it is sent to.
    Second,
}

/// What of a received message is kept for later ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kept {
    From,
    To,
    /// Address and port of the sender: `SIPp` itself knows them only of whom it calls.
    Peer,
}

impl Kept {
    /// What it is called within the scenario, kept at that step.
    fn variable(self, step: usize) -> String {
        let name = match self {
            Self::From => "from",
            Self::To => "to",
            Self::Peer => "peer",
        };
        format!("{name}{}", step + 1)
    }

    /// How `SIPp` takes it out of a message.
    fn action(self, step: usize) -> String {
        let variable = self.variable(step);
        let (pattern, header, variables) = match self {
            Self::From => ("[^ ].*", "From:", variable),
            Self::To => ("[^ ].*", "To:", variable),
            Self::Peer => ("/[A-Z]+ +([^ ;,]+)", "Via:", format!("via{},{variable}", step + 1)),
        };
        format!(
            "      <ereg regexp=\"{pattern}\" search_in=\"hdr\" header=\"{header}\" check_it=\"true\" \
             assign_to=\"{variables}\"/>\n"
        )
    }
}

/// One message of the document, read.
#[derive(Debug)]
struct Step<'a> {
    message: Message<'a>,
    way: Way,
    is_sent: bool,
}

/// A scenario for `sipp -sf` in which `SIPp` plays one side of the letters.
///
/// # Errors
/// In words: what `SIPp` cannot be made to send or wait for.
pub fn sipp(letters: &[Letter], side: Side) -> Result<String, String> {
    let steps = steps(letters, side)?;
    let mut body = String::new();
    let mut wanted: BTreeSet<Kept> = BTreeSet::new();
    let mut unused = Vec::new();
    for (at, step) in steps.iter().enumerate().rev() {
        // From the end: what is received must be kept where something later needs it.
        let text = if step.is_sent {
            let sent = Sent::new(&steps, at)?;
            wanted.extend(sent.kept());
            sent.block()
        } else {
            let kept = std::mem::take(&mut wanted);
            // The pattern's whole match has a name as well.
            unused.extend(kept.contains(&Kept::Peer).then(|| format!("via{}", at + 1)));
            received(step, at, &kept)
        };
        body.insert_str(0, &text);
    }
    if !unused.is_empty() {
        // Writing to a String does not fail.
        let _ = writeln!(body, "  <Reference variables=\"{}\"/>", unused.join(","));
    }
    Ok(scenario(&steps, side, &body))
}

fn steps(letters: &[Letter], side: Side) -> Result<Vec<Step<'_>>, String> {
    let ways = ways(letters);
    let caller = ways.first().ok_or("there is no message to send")?.from;
    let read = letters.iter().zip(ways).enumerate().map(|(at, (letter, way))| {
        let message = letter.read().ok_or(format!("message {} cannot be read", at + 1))?;
        if message.header(HeaderName::CallId).is_none() {
            return Err(format!("message {} has no Call-ID: SIPp finds its calls by it", at + 1));
        }
        let is_sent = is_from(way, caller) == (side == Side::First);
        Ok(Step { message, way, is_sent })
    });
    let steps: Vec<Step<'_>> = read.collect::<Result<_, String>>()?;
    let is_idle = !steps.iter().any(|step| step.is_sent);
    if is_idle { Err("this side sends nothing".into()) } else { Ok(steps) }
}

/// A phone may name another port in its Contact than in its Via.
fn is_from(way: Way, caller: SocketAddr) -> bool {
    way.from == caller || (way.from.ip() == caller.ip() && way.to.ip() != caller.ip())
}

fn scenario(steps: &[Step<'_>], side: Side, body: &str) -> String {
    let mut text = String::from("<?xml version=\"1.0\" encoding=\"ISO-8859-1\" ?>\n");
    text.push_str("<!DOCTYPE scenario SYSTEM \"sipp.dtd\">\n");
    // Writing to a String does not fail.
    let _ = writeln!(text, "<!-- {} -->", invocation(steps, side));
    text.push_str("<scenario name=\"composed with Fingerpost\">\n");
    text.push_str(body);
    text.push_str("</scenario>\n");
    text
}

/// How it is run.
fn invocation(steps: &[Step<'_>], side: Side) -> String {
    let Some(first) = steps.first().map(|step| step.way) else { return String::new() };
    let file = "sipp -sf THIS-FILE -nostdin -m 1";
    match side {
        Side::First => {
            format!("{file} -i {} -p {} {}", first.from.ip(), first.from.port(), first.to)
        }
        Side::Second => {
            let own = steps.iter().find(|step| step.is_sent).map_or(first.to, |step| step.way.from);
            format!("{file} -i {} -p {}", own.ip(), own.port())
        }
    }
}

/// Waits for a message, and keeps the headers that later ones are made of.
fn received(step: &Step<'_>, at: usize, kept: &BTreeSet<Kept>) -> String {
    let what = if let Some(status) = step.message.status() {
        format!("response=\"{status}\"")
    } else {
        let method = step.message.method().unwrap_or_default().to_str().into_owned();
        format!("request=\"{}\"", text::attribute(&method))
    };
    // The first message is waited for as long as it takes.
    let limit = if at == 0 { String::new() } else { format!(" timeout=\"{PATIENCE}\"") };
    let actions: Vec<String> = kept.iter().map(|kept| kept.action(at)).collect();
    if actions.is_empty() {
        return format!("  <recv {what}{limit} crlf=\"true\"/>\n");
    }
    format!(
        "  <recv {what}{limit} crlf=\"true\">\n    <action>\n{}    </action>\n  </recv>\n",
        actions.concat()
    )
}
