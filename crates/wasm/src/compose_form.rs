//! Owns what the composer is shown of a message that somebody writes: its fields, the values in it that were made up,
//! and whether Content-Length fits. Nothing is repaired: what stands there is what goes out.

use crate::inspect::message_view;
use crate::label::{Around, label};
use crate::place::Place;
use crate::{Fix, Message, Offsets, Policy};
use fingerpost_core::message::{Header, StartLine};
use fingerpost_core::scan::{Node, Tape, TokenKind};
use fingerpost_core::{HeaderName, Span, Text};
use fingerpost_trace::{Found, dissect_found};
use serde::Serialize;
#[cfg(test)]
use ts_rs::TS;

/// A message as it is written, every byte of it meant.
///
/// All offsets are UTF-16 offsets into the text as a text field shows it, where CR LF is one character.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(TS), ts(export_to = "types.ts"))]
#[allow(clippy::exhaustive_structs, reason = "the page's contract")]
pub struct Draft {
    /// What an inspector says of it, in the light of the others.
    pub message: Message,
    /// Start line, headers, body: what a form can change. Nothing where no message can be read.
    pub fields: Vec<FormField>,
    /// The values that are made up for each message or exchange, in the order in which they stand.
    pub generated: Vec<Generated>,
    /// What would put Content-Length right, where one stands there and says something else than the body has.
    pub length: Option<Fix>,
}

/// A value that a form can change: what stands between `from` and `to` becomes `lead` and what was typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(TS), ts(export_to = "types.ts"))]
#[allow(clippy::exhaustive_structs, reason = "the page's contract")]
pub struct FormField {
    /// What it is called: `Request-URI`, `Via`, `branch`.
    pub label: String,
    /// `start`, `header`, `body` or `part`.
    pub kind: &'static str,
    /// What stands there, folded lines put together.
    pub value: String,
    /// Where the value begins.
    pub from: usize,
    /// Where it ends.
    pub to: usize,
    /// What must stand before a value where there is none yet.
    pub lead: &'static str,
    /// Where its line begins, for what can be taken out.
    pub line_from: usize,
    /// Where its line ends, line end included.
    pub line_to: usize,
    /// What the value is made of; nothing where that would only say the same again.
    pub parts: Vec<FormField>,
}

/// A value that is made up, and may be made up anew.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(TS), ts(export_to = "types.ts"))]
#[allow(clippy::exhaustive_structs, reason = "the page's contract")]
pub struct Generated {
    /// `branch`, `tag`, `call-id` or `cseq`.
    pub role: &'static str,
    /// What stands there.
    pub value: String,
    /// The same for all places that must change together.
    pub key: String,
    /// Where it begins.
    pub from: usize,
    /// Where it ends.
    pub to: usize,
}

/// The texts, each of them one message; they are judged in the light of each other.
pub fn drafts(texts: &[String], policy: Policy) -> Vec<Draft> {
    let found = texts.iter().map(|text| Found::as_written(text.as_bytes())).collect();
    let dissected = dissect_found(found, policy.into());
    let drafted = dissected.iter().zip(texts).map(|((examined, tape), text)| {
        let offsets = Offsets::in_field(text);
        let place = Place { found: &examined.found, offsets: &offsets };
        let message = message_view(examined, tape, &offsets);
        match examined.found.message() {
            Some(read) => Drafter { read: &read, tape, place: &place }.draft(message),
            None => Draft { message, fields: Vec::new(), generated: Vec::new(), length: None },
        }
    });
    drafted.collect()
}

struct Drafter<'x> {
    read: &'x fingerpost_core::Message<'x>,
    tape: &'x Tape,
    place: &'x Place<'x>,
}

impl Drafter<'_> {
    fn draft(&self, message: Message) -> Draft {
        let mut fields = self.start_line();
        fields.extend(self.headers().map(|(header, node)| self.header(&header, node)));
        fields.extend(self.body());
        Draft { message, fields, generated: self.generated(), length: self.length() }
    }

    /// Every header line with its tokens.
    fn headers(&self) -> impl Iterator<Item = (Header<'_>, Option<Node<'_>>)> {
        self.read.headers().map(|header| {
            let is_it = |node: &Node<'_>| {
                node.token().kind == TokenKind::Header
                    && node.token().span.start == header.line_span().start
            };
            (header, self.tape.roots().find(is_it))
        })
    }

    fn start_line(&self) -> Vec<FormField> {
        let named: Vec<(&str, Text<'_>)> = match self.read.start_line() {
            StartLine::Request(line) => vec![("Method", line.method), ("Request-URI", line.uri)],
            StartLine::Status(line) => vec![("Status", line.code), ("Reason", line.reason)],
        };
        let fields = named.into_iter().filter_map(|(label, text)| {
            let span = self.read.span_of(text)?;
            let parts = match label {
                "Request-URI" => self.parts(self.node_at(span), Around::RequestUri),
                _ => Vec::new(),
            };
            Some(FormField { parts, ..self.field(label, "start", span) })
        });
        fields.collect()
    }

    /// The group of tokens of the start line that stands at `span`.
    fn node_at(&self, span: Span) -> Option<Node<'_>> {
        let line = self.tape.roots().find(|root| root.token().kind == TokenKind::StartLine)?;
        line.children().find(|child| child.token().span == span)
    }

    fn header(&self, header: &Header<'_>, node: Option<Node<'_>>) -> FormField {
        let (line_from, line_to) = self.place.of(header.line_span());
        if !header.is_header() {
            let field = self.field("line without a colon", "header", header.span());
            return FormField { line_from, line_to, ..field };
        }
        let field = self.field(&header.raw_name().to_str(), "header", header.value_span());
        let parts = self.parts(node, Around::Header(header.name()));
        let is_echo =
            matches!(&parts[..], [only] if (only.from, only.to) == (field.from, field.to));
        let parts = if is_echo { Vec::new() } else { parts };
        // Where nothing stands yet, a blank comes before it.
        let before = header.value_span().start.checked_sub(1);
        let is_bare = before.and_then(|at| self.read.as_bytes().get(at)) == Some(&b':');
        let lead = if field.value.is_empty() && is_bare { " " } else { "" };
        FormField { lead, line_from, line_to, parts, ..field }
    }

    /// All that stands behind the empty line, whatever Content-Length says.
    fn body(&self) -> Option<FormField> {
        let bytes = self.read.as_bytes();
        let span = Span::new(self.read.head_span().end, bytes.len());
        self.read.is_complete().then(|| FormField {
            value: String::from_utf8_lossy(span.slice(bytes).unwrap_or_default())
                .replace("\r\n", "\n"),
            ..self.field("Body", "body", span)
        })
    }

    fn field(&self, label: &str, kind: &'static str, span: Span) -> FormField {
        let (from, to) = self.place.of(span);
        FormField {
            label: label.into(),
            kind,
            value: self.text(span).unfolded().into_owned(),
            from,
            to,
            lead: "",
            line_from: from,
            line_to: to,
            parts: Vec::new(),
        }
    }

    fn text(&self, span: Span) -> Text<'_> {
        Text::new(span.slice(self.read.as_bytes()).unwrap_or_default())
    }

    /// The smallest pieces of a value, in their order.
    fn parts(&self, node: Option<Node<'_>>, around: Around) -> Vec<FormField> {
        let children = node.into_iter().flat_map(Node::children);
        children.flat_map(|child| self.part(child, around)).collect()
    }

    fn part(&self, node: Node<'_>, around: Around) -> Vec<FormField> {
        let token = node.token();
        match token.kind {
            TokenKind::Whitespace
            | TokenKind::LineEnd
            | TokenKind::Separator
            | TokenKind::HeaderName => Vec::new(),
            _ if !token.is_group => vec![self.field(label(token.kind, around), "part", token.span)],
            _ => match param(node) {
                Some((name, value)) => vec![self.param(name, value)],
                None => self.parts(Some(node), around),
            },
        }
    }

    /// A parameter is called by its name. One without a value gets its `=` with the value.
    fn param(&self, name: Span, value: Option<Span>) -> FormField {
        let label = self.text(name).to_str().into_owned();
        match value {
            Some(value) => self.field(&label, "part", value),
            None => FormField { lead: "=", ..self.field(&label, "part", Span::at(name.end)) },
        }
    }

    fn generated(&self) -> Vec<Generated> {
        let of_header = |(header, node): (Header<'_>, Option<Node<'_>>)| match header.name() {
            HeaderName::Via => self.made_up("branch", params(node, "branch", self.read)),
            HeaderName::From | HeaderName::To => {
                self.made_up("tag", params(node, "tag", self.read))
            }
            HeaderName::CallId => self.made_up("call-id", vec![header.value_span()]),
            HeaderName::CSeq => self.sequence(&header).into_iter().collect(),
            _ => Vec::new(),
        };
        self.headers().flat_map(of_header).collect()
    }

    fn made_up(&self, role: &'static str, spans: Vec<Span>) -> Vec<Generated> {
        let made = spans.into_iter().map(|span| {
            let (from, to) = self.place.of(span);
            let value = self.text(span).to_str().into_owned();
            Generated { role, key: format!("{role} {value}"), value, from, to }
        });
        made.filter(|made| !made.value.is_empty()).collect()
    }

    /// The number alone is made up; the same number with another method belongs to another request.
    fn sequence(&self, header: &Header<'_>) -> Option<Generated> {
        let cseq = self.read.cseq().ok().flatten()?;
        let digits = header.value().as_bytes().iter().take_while(|byte| byte.is_ascii_digit());
        let start = header.value_span().start;
        let (from, to) = self.place.of(Span::new(start, start + digits.count()));
        let key = format!("cseq {} {}", cseq.number, cseq.method);
        Some(Generated { role: "cseq", value: cseq.number.to_string(), key, from, to })
    }

    fn length(&self) -> Option<Fix> {
        let mut headers = self.read.headers_named(HeaderName::ContentLength);
        let (header, None) = (headers.next()?, headers.next()) else { return None };
        let there = self.read.as_bytes().len() - self.read.head_span().end;
        let is_right = header.value() == there.to_string().as_str();
        let (from, to) = self.place.of(header.value_span());
        (self.read.is_complete() && !is_right).then(|| Fix { from, to, text: there.to_string() })
    }
}

/// Name and value of a group that is a parameter.
fn param(node: Node<'_>) -> Option<(Span, Option<Span>)> {
    let of = |kind| node.children().find(|child| child.token().kind == kind);
    let name = of(TokenKind::ParamName)?.token().span;
    Some((name, of(TokenKind::ParamValue).map(|value| value.token().span)))
}

/// The values of the parameters called `name`; those of a URI are not the header's.
fn params(node: Option<Node<'_>>, name: &str, read: &fingerpost_core::Message<'_>) -> Vec<Span> {
    let mut found = Vec::new();
    for child in node.into_iter().flat_map(Node::children) {
        match (child.token().kind, param(child)) {
            (TokenKind::Uri, _) => {}
            (TokenKind::Param, Some((span, value))) => {
                let called = span.slice(read.as_bytes()).unwrap_or_default();
                found.extend(value.filter(|_| called.eq_ignore_ascii_case(name.as_bytes())));
            }
            _ => found.extend(params(Some(child), name, read)),
        }
    }
    found
}
