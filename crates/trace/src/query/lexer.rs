//! Owns the pieces of a query with their places.

use fingerpost_core::Span;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token {
    pub text: String,
    pub span: Span,
    pub is_quoted: bool,
}

/// Marks that stand for themselves, wherever they are; the longer ones first.
const MARKS: [&str; 11] = ["==", "!=", "<=", ">=", "&&", "||", "!", "<", ">", "(", ")"];

/// The pieces of a filter.
pub(super) fn tokens(typed: &str) -> Vec<Token> {
    cut(typed, |rest| MARKS.into_iter().find(|mark| rest.starts_with(mark)).map(str::len))
}

/// The words of a plain search: only white space and quotes part them.
pub(super) fn words(typed: &str) -> Vec<String> {
    cut(typed, |_| None).into_iter().map(|token| token.text).collect()
}

fn cut(typed: &str, mark: impl Fn(&str) -> Option<usize>) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(rest) = typed.get(at..).filter(|rest| !rest.is_empty()) {
        let Some(begin) = rest.find(|character: char| !character.is_whitespace()) else { break };
        let (token, length) = one(&rest[begin..], &mark);
        let (text, is_quoted) = token;
        let span = Span::new(at + begin, at + begin + length);
        tokens.push(Token { text, span, is_quoted });
        at += begin + length;
    }
    tokens
}

/// The piece that `rest` begins with, and how many bytes it takes; never none.
fn one(rest: &str, mark: &impl Fn(&str) -> Option<usize>) -> ((String, bool), usize) {
    if let Some(inner) = rest.strip_prefix('"') {
        let (text, length) = quoted(inner);
        return ((text, true), 1 + length);
    }
    let length = mark(rest).unwrap_or_else(|| {
        let ends = |&(at, character): &(usize, char)| {
            character.is_whitespace() || character == '"' || mark(&rest[at..]).is_some()
        };
        rest.char_indices().find(ends).map_or(rest.len(), |(at, _)| at)
    });
    ((rest[..length].to_owned(), false), length)
}

/// What stands up to the closing mark (or the end), escapes resolved, and how many bytes that takes with the mark.
fn quoted(inner: &str) -> (String, usize) {
    let mut text = String::new();
    let mut characters = inner.char_indices();
    while let Some((at, character)) = characters.next() {
        match character {
            '"' => return (text, at + 1),
            '\\' => text.extend(characters.next().map(|(_, escaped)| escaped)),
            other => text.push(other),
        }
    }
    (text, inner.len())
}
