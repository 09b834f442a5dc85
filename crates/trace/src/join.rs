//! Owns whether a line continues the header line before it, and whether a blank belongs between the two. The evidence
//! is core's grammar of that header; where it allows both, the way in which text is wrapped decides.

use crate::grammar::{Verdict, judge};
use crate::shape::is_url;

/// A line shorter than this was not broken inside a word.
const FULL_LINE: usize = 40;
/// A word as long as this is broken where the line ends.
const LONG_WORD: usize = 30;

/// How the next lines are put to a header line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Joins {
    /// For each of the lines, whether a blank goes before it.
    pub(crate) with_space: Vec<bool>,
    /// Whether the header line follows its grammar only with them.
    pub(crate) is_certain: bool,
}

/// A header line as far as it was read.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Open<'a> {
    /// All of it.
    pub(crate) line: &'a [u8],
    /// What stood on its last physical line.
    pub(crate) last: &'a [u8],
}

/// How the first lines of `run` continue `open`; `None` where they do not. `run` are lines that are no headers;
/// `header_follows` says that a header stands behind them.
pub(crate) fn continuation(open: Open<'_>, run: &[&[u8]], header_follows: bool) -> Option<Joins> {
    let first = run.first()?;
    match judge(open.line) {
        Verdict::Broken => mended(open.line, run),
        Verdict::Follows => torn(open, first, header_follows),
        Verdict::Opaque if header_follows => Some(Joins::likely(prefers_space(open.line, first))),
        Verdict::Opaque => None,
    }
}

impl Joins {
    /// One line, on evidence that is not certain.
    fn likely(with_space: bool) -> Self {
        Self { with_space: vec![with_space], is_certain: false }
    }
}

/// The value is broken: the fewest lines that make it follow its grammar.
fn mended(line: &[u8], run: &[&[u8]]) -> Option<Joins> {
    let mut text = line.trim_ascii_end().to_vec();
    let mut with_space = Vec::new();
    for next in run.iter().map(|next| next.trim_ascii()) {
        let preferred = prefers_space(&text, next);
        let follows = |space: &bool| judge(&joined(&text, next, *space)) == Verdict::Follows;
        let fitting = [preferred, !preferred].into_iter().find(follows);
        let space = fitting.unwrap_or(preferred);
        with_space.push(space);
        if fitting.is_some() {
            return Some(Joins { with_space, is_certain: true });
        }
        text = joined(&text, next, space);
    }
    None
}

/// The value follows its grammar, but may have been torn: it must do so with the next line too, and that line must
/// look like a part of it and not like a sentence.
fn torn(open: Open<'_>, next: &[u8], header_follows: bool) -> Option<Joins> {
    let (line, next) = (open.line.trim_ascii_end(), next.trim_ascii());
    let preferred = prefers_space(line, next);
    let belongs = |space: &bool| {
        if *space { header_follows } else { is_torn_word(open.last, next, header_follows) }
    };
    let follows = |space: &bool| judge(&joined(line, next, *space)) == Verdict::Follows;
    let fitting =
        [preferred, !preferred].into_iter().find(|space| belongs(space) && follows(space));
    fitting.map(Joins::likely)
}

/// Whether `next` can be the second half of the word at the end of `last`: the line was full or ends as no sentence
/// does, and what follows is no word of a sentence either.
fn is_torn_word(last: &[u8], next: &[u8], header_follows: bool) -> bool {
    if next.first().is_some_and(|byte| b";,=>".contains(byte)) {
        return true;
    }
    let is_open = last.trim_ascii_end().last().is_some_and(|byte| b"-._@/".contains(byte));
    let has_blank = next.iter().any(u8::is_ascii_whitespace);
    let is_prose = next.iter().all(|byte| byte.is_ascii_alphabetic() || b".,:!?".contains(byte));
    (is_open || last.len() >= FULL_LINE)
        && !has_blank
        && (header_follows || !is_prose)
        && !is_url(next)
}

/// Whether a blank is more likely between `left` and `right` than none.
fn prefers_space(left: &[u8], right: &[u8]) -> bool {
    let left = left.trim_ascii_end();
    let (Some(end), Some(start)) = (left.last(), right.first()) else {
        return true;
    };
    let colon = memchr::memchr(b':', left);
    let quotes = memchr::memchr_iter(b'"', left).count();
    match end {
        b':' if colon == Some(left.len() - 1) => true,
        _ if quotes % 2 == 1 => true,
        b',' => !has_pair(left, b',') || memchr::memmem::find(left, b", ").is_some(),
        b';' => memchr::memmem::find(left, b"; ").is_some(),
        _ if b"=<@/:-._%&?".contains(end) || b";,=>@/:-._%&?".contains(start) => false,
        _ => last_word(left).len() < LONG_WORD,
    }
}

/// Whether `separator` stands in `text` before its end.
fn has_pair(text: &[u8], separator: u8) -> bool {
    memchr::memchr(separator, &text[..text.len() - 1]).is_some()
}

fn last_word(text: &[u8]) -> &[u8] {
    text.rsplit(u8::is_ascii_whitespace).next().unwrap_or_default()
}

/// The two as one line.
pub(crate) fn joined(left: &[u8], right: &[u8], with_space: bool) -> Vec<u8> {
    let glue: &[u8] = if with_space { b" " } else { b"" };
    [left, glue, right].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decide(line: &str, run: &[&str], header_follows: bool) -> Option<Vec<bool>> {
        let run: Vec<_> = run.iter().map(|line| line.as_bytes()).collect();
        let open = Open { line: line.as_bytes(), last: line.as_bytes() };
        continuation(open, &run, header_follows).map(|joins| joins.with_space)
    }

    #[test]
    fn a_blank_is_put_where_the_grammar_asks_for_it() {
        assert_eq!(
            decide("Via: SIP/2.0/UDP", &["192.0.2.1:5060;rport;branch=z9hG4bK1"], true),
            Some(vec![true])
        );
        assert_eq!(decide("From:", &["<sip:a@b>;tag=1"], true), Some(vec![true]));
        assert_eq!(decide("CSeq: 1", &["NOTIFY"], false), Some(vec![true]));
        assert_eq!(decide("Contact: \"Front", &["Desk\" <sip:a@b>"], true), Some(vec![true]));
    }

    #[test]
    fn no_blank_is_put_inside_a_word() {
        let from = "From: <sip:00000001@192.0.2.1:5060>;tag=87a5a8-25020d0a-386d";
        assert_eq!(decide(from, &["4398-66dc40c"], false), Some(vec![false]));
        assert_eq!(decide("Contact: <sip:a@192.0", &[".2.1>"], true), Some(vec![false]));
        assert_eq!(decide("Content-Type: application/", &["url"], true), Some(vec![false]));
        assert_eq!(
            decide("Event: ua-profile;model=\"A\"", &[";version=\"1\""], false),
            Some(vec![false])
        );
    }

    #[test]
    fn three_lines_are_one_where_two_are_not_enough() {
        let run = ["Name\" <sip:a", "@b>;tag=1"];
        assert_eq!(decide("To: \"A Long", &run, true), Some(vec![true, false]));
    }

    #[test]
    fn a_list_goes_on_in_its_own_style() {
        assert_eq!(decide("Allow: INVITE, ACK,", &["BYE, CANCEL"], true), Some(vec![true]));
        assert_eq!(decide("Allow: INVITE,ACK,", &["BYE,CANCEL"], true), Some(vec![false]));
    }

    #[test]
    fn sentences_and_bodies_do_not_continue_a_header() {
        assert_eq!(decide("Content-Length: 18", &["tftp://192.0.2.1"], false), None);
        assert_eq!(decide("Contact: <sip:192.0.2.1:5060>", &["Table of Contents"], false), None);
        assert_eq!(decide("User-Agent: Phone/1.0", &["The server answers:"], false), None);
        assert_eq!(decide("Supported: replaces,100rel", &["Information."], false), None);
    }

    #[test]
    fn a_header_without_a_grammar_goes_on_only_before_another_header() {
        assert_eq!(decide("Subject: a long", &["lunch"], true), Some(vec![true]));
        assert_eq!(decide("Subject: a long", &["lunch"], false), None);
    }
}
