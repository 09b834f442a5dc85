//! Owns [`Place`]: the leaf at an offset with what it stands in. Read off the tape; knows no words.

use super::note::{Note, Said, clip, fill};
use super::role::Role;
use crate::message::{Header, HeaderName, Message, Multipart, Part};
use crate::scan::{DEEPEST, Token, TokenKind};
use crate::span::Span;
use crate::syntax::ParamValue;
use crate::text::Text;
use crate::typed::HostPort;
use alloc::borrow::Cow;
use alloc::vec::Vec;

/// A leaf and what it stands in.
pub(super) struct Place<'m, 'a> {
    pub(super) message: &'m Message<'a>,
    pub(super) role: Role,
    pub(super) offset: usize,
    pub(super) in_uri: bool,
    pub(super) in_body: bool,
    header: Option<Header<'a>>,
    /// The innermost part of a multipart body around it.
    part: Option<Part<'a>>,
    leaf: Token,
    param: Option<PlacedParam<'a>>,
    /// The leaves of the line, for values that are more than one leaf.
    line: Vec<Token>,
}

/// The parameter in which a leaf stands.
#[derive(Clone, Copy)]
struct PlacedParam<'a> {
    span: Span,
    name: Text<'a>,
    value: Option<ParamValue<'a>>,
}

impl<'m, 'a> Place<'m, 'a> {
    /// The place of `offset`; `None` where nothing that has a meaning stands there.
    pub(super) fn find(message: &'m Message<'a>, offset: usize) -> Option<Self> {
        let tape = message.tape();
        let tokens = tape.tokens();
        let index = locate(tokens, offset)?;
        let leaf = tokens[index];
        let groups = || tokens[..index].iter().enumerate().filter(|(_, t)| holds(t, &leaf));
        let param = groups().rfind(|(_, t)| t.kind == TokenKind::Param);
        let line = groups().rfind(|(_, group)| is_line(group.kind)).or_else(|| groups().next());
        let line = line.map_or(leaf.span, |(_, line)| line.span);
        let in_body = within(leaf.span, message.body_span());
        let part = if in_body { part_around(message, leaf.span) } else { None };
        let of_part = part.as_ref().and_then(|part| part.headers().find(|h| h.line_span() == line));
        let header = message.headers().find(|header| header.line_span() == line).or(of_part);
        Some(Self {
            message,
            role: Role::of(message),
            offset,
            in_body,
            in_uri: groups().any(|(_, token)| token.kind == TokenKind::Uri),
            header,
            part,
            leaf,
            param: param.map(|(at, _)| placed_param(message.as_bytes(), &tokens[at..])),
            line: tape.leaves().filter(|token| within(token.span, line)).copied().collect(),
        })
    }

    pub(super) const fn kind(&self) -> TokenKind {
        self.leaf.kind
    }

    pub(super) const fn span(&self) -> Span {
        self.leaf.span
    }

    pub(super) const fn header(&self) -> Option<&Header<'a>> {
        self.header.as_ref()
    }

    /// The part of a multipart body in which the leaf stands.
    pub(super) const fn part(&self) -> Option<&Part<'a>> {
        self.part.as_ref()
    }

    pub(super) fn header_name(&self) -> Option<HeaderName> {
        self.header.map(|header| header.name())
    }

    /// The leaf as it stands there.
    pub(super) fn text(&self) -> Text<'a> {
        self.slice(self.leaf.span)
    }

    /// The name of the parameter in which the leaf stands.
    pub(super) fn param(&self) -> Option<Text<'a>> {
        self.param.map(|param| param.name)
    }

    /// The value of that parameter, as it stands there.
    pub(super) fn param_value(&self) -> Option<Text<'a>> {
        self.param?.value.map(|value| value.text)
    }

    /// Whether that value stands in quotation marks.
    pub(super) fn is_quoted(&self) -> bool {
        self.param.and_then(|param| param.value).is_some_and(|value| value.quoted)
    }

    /// What the sentence names: of a parameter its value, else the leaf.
    pub(super) fn value(&self) -> Cow<'a, str> {
        match self.param {
            Some(PlacedParam { value: Some(value), .. }) => value.to_str(),
            Some(PlacedParam { name, .. }) => name.to_str(),
            None => self.text().unfolded(),
        }
    }

    /// The last leaf of `kind` on the same line before this one.
    pub(super) fn before(&self, kind: TokenKind) -> Option<Span> {
        let mut before = self.line.iter().filter(|token| token.span.start < self.leaf.span.start);
        before.rfind(|token| token.kind == kind).map(|token| token.span)
    }

    /// The first leaf of `kind` on the same line behind this one.
    pub(super) fn behind(&self, kind: TokenKind) -> Option<Span> {
        let mut behind = self.line.iter().filter(|token| token.span.start > self.leaf.span.start);
        behind.find(|token| token.kind == kind).map(|token| token.span)
    }

    /// Whether the leaf is the first of its kind on its line.
    pub(super) fn is_first_of_kind(&self) -> bool {
        self.index_of_kind() == 0
    }

    /// How many leaves of its kind stand before it on its line.
    pub(super) fn index_of_kind(&self) -> usize {
        let before = self.line.iter().take_while(|token| **token != self.leaf);
        before.filter(|token| token.kind == self.leaf.kind).count()
    }

    /// `note` about this value.
    pub(super) fn say(&self, note: Note) -> Said {
        self.say_with(note, "")
    }

    /// `note` about this value, `{x}` being `extra`.
    pub(super) fn say_with(&self, note: Note, extra: &str) -> Said {
        self.say_of(note, &self.value(), extra)
    }

    /// `note` about `value`, `{x}` being `extra`.
    pub(super) fn say_of(&self, note: Note, value: &str, extra: &str) -> Said {
        let header = self.header.map_or(Cow::Borrowed("Request-URI"), |h| h.canonical_name());
        let value = clip(value);
        let holes = [("{}", value.as_str()), ("{h}", &header), ("{x}", extra)];
        Said {
            title: fill(note.title, &holes),
            words: fill(note.words, &holes),
            reference: note.reference,
            span: self.explained(),
        }
    }

    /// The leaf; for a parameter's name all of the parameter.
    fn explained(&self) -> Span {
        match self.param {
            Some(param) if self.leaf.kind == TokenKind::ParamName => param.span,
            _ => self.leaf.span,
        }
    }

    /// Where the request goes.
    pub(super) fn destination(&self) -> Option<Spot<'a>> {
        Some(spot(&self.message.request_uri()?.as_sip()?.host_port))
    }

    /// What stands at `span`.
    pub(super) fn slice(&self, span: Span) -> Text<'a> {
        Text::new(span.slice(self.message.as_bytes()).unwrap_or_default())
    }
}

/// Host and port of a device.
pub(super) type Spot<'a> = (Text<'a>, u16);

/// Host and port, the usual one where none stands there.
pub(super) fn spot<'a>(place: &HostPort<'a>) -> Spot<'a> {
    (place.host.text, place.port.unwrap_or(5060))
}

/// The leaf that an offset means: the one there; between leaves the one that ends there, else the first one of what
/// it stands in; the empty line that ends the headers is its own.
fn locate(tokens: &[Token], offset: usize) -> Option<usize> {
    let is_leaf = |token: &&Token| !token.is_group && !is_gap(token.kind);
    let at =
        tokens.iter().position(|t| !t.is_group && t.span.start <= offset && offset < t.span.end);
    if at.is_some_and(|at| is_leaf(&&tokens[at])) {
        return at;
    }
    let before = tokens.iter().rposition(|token| is_leaf(&token) && token.span.end == offset);
    before.or_else(|| {
        let at = at?;
        let Some(group) = tokens[..at].iter().rposition(|token| holds(token, &tokens[at])) else {
            return is_empty_line(tokens, at).then_some(at);
        };
        let first = tokens[group..].iter().position(|token| is_leaf(&token))? + group;
        holds(&tokens[group], &tokens[first]).then_some(first)
    })
}

/// Whether the token is a line end right behind another, or behind nothing.
fn is_empty_line(tokens: &[Token], at: usize) -> bool {
    let is_line_end = |token: &Token| token.kind == TokenKind::LineEnd;
    let before = tokens[..at].iter().rfind(|token| !token.is_group);
    is_line_end(&tokens[at]) && before.is_none_or(is_line_end)
}

const fn is_line(kind: TokenKind) -> bool {
    matches!(kind, TokenKind::StartLine | TokenKind::Header | TokenKind::SdpLine)
}

/// The innermost part of a multipart body that holds `leaf`.
fn part_around<'a>(message: &Message<'a>, leaf: Span) -> Option<Part<'a>> {
    let mut around: Option<Part<'a>> = None;
    for _ in 0..DEEPEST {
        let parts = around.as_ref().map_or_else(|| message.multipart(), Part::multipart);
        let mut parts = parts.into_iter().flat_map(Multipart::parts).flatten();
        let Some(inner) = parts.find(|part| within(leaf, part.span())) else { break };
        around = Some(inner);
    }
    around
}

const fn is_gap(kind: TokenKind) -> bool {
    matches!(kind, TokenKind::Whitespace | TokenKind::LineEnd | TokenKind::Separator)
}

const fn within(inner: Span, outer: Span) -> bool {
    outer.start <= inner.start && inner.end <= outer.end
}

const fn holds(group: &Token, leaf: &Token) -> bool {
    group.is_group && within(leaf.span, group.span)
}

/// The parameter whose group stands first in `tokens`.
fn placed_param<'a>(bytes: &'a [u8], tokens: &[Token]) -> PlacedParam<'a> {
    let group = tokens[0];
    let leaf = |kind| {
        let inside = tokens[1..].iter().take_while(|token| holds(&group, token));
        inside.filter(|token| token.kind == kind).map(|token| token.span).next()
    };
    let text = |span: Span| Text::new(span.slice(bytes).unwrap_or_default());
    let value = leaf(TokenKind::ParamValue).map(|span| {
        let quoted = span.start > 0 && bytes[span.start - 1] == b'"';
        ParamValue { text: text(span), quoted }
    });
    let name = leaf(TokenKind::ParamName).map(text).unwrap_or_default();
    PlacedParam { span: group.span, name, value }
}
