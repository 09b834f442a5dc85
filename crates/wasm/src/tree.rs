//! Owns the rows of the tree: core's tokens without the punctuation, each with its name, its value and its place.

use crate::TreeNode;
use crate::content::header_lines;
use crate::label::{Around, label};
use crate::place::Place;
use fingerpost_core::message::{Header, StartLine};
use fingerpost_core::scan::{Node, Tape, TokenKind};
use fingerpost_core::{Message, Span, Text};

/// The rows of `message`: start line, header lines, body, what stands behind it.
pub(crate) fn tree(message: &Message<'_>, tape: &Tape, place: &Place<'_>) -> Vec<TreeNode> {
    numbered(planted(message, tape, place), "")
}

/// The same without their paths.
pub(crate) fn planted(message: &Message<'_>, tape: &Tape, place: &Place<'_>) -> Vec<TreeNode> {
    let planter = Planter { message, place, lines: &header_lines(message) };
    let rows = tape.roots().filter_map(|root| match root.token().kind {
        TokenKind::StartLine => Some(planter.start_line(root)),
        TokenKind::Header => planter.header_line(root),
        TokenKind::Body => Some(planter.body(root)),
        TokenKind::Trailing => Some(planter.leaf(root, Around::StartLine)),
        _ => None,
    });
    rows.collect()
}

/// Gives every row its path.
fn numbered(mut rows: Vec<TreeNode>, above: &str) -> Vec<TreeNode> {
    for (index, row) in rows.iter_mut().enumerate() {
        row.path = format!("{above}{index}");
        row.children = numbered(std::mem::take(&mut row.children), &format!("{}.", row.path));
    }
    rows
}

#[derive(Debug, Clone, Copy)]
pub(crate) struct Planter<'x> {
    message: &'x Message<'x>,
    place: &'x Place<'x>,
    /// By their places.
    lines: &'x [Header<'x>],
}

impl Planter<'_> {
    fn start_line(&self, root: Node<'_>) -> TreeNode {
        let name = match self.message.start_line() {
            StartLine::Request(_) => "request line",
            StartLine::Status(_) => "status line",
        };
        let children = self.parts(root, Around::StartLine);
        TreeNode { children, ..self.row(name, TokenKind::StartLine, root.token().span) }
    }

    /// The header line that begins where `span` does.
    pub(crate) fn header_at(&self, span: Span) -> Option<Header<'_>> {
        let found = self.lines.binary_search_by_key(&span.start, |line| line.line_span().start);
        self.lines.get(found.ok()?).copied()
    }

    pub(crate) fn header_line(&self, node: Node<'_>) -> Option<TreeNode> {
        Some(self.header(node, self.header_at(node.token().span)?))
    }

    fn header(&self, root: Node<'_>, header: Header<'_>) -> TreeNode {
        if !header.is_header() {
            return self.row("line without a colon", TokenKind::Malformed, header.span());
        }
        let children = self.parts(root, Around::Header(header.name()));
        TreeNode {
            label: header.canonical_name().into_owned(),
            value: header.value().unfolded().into_owned(),
            children: without_echo(children, self.place.of(header.value_span())),
            ..self.row("", TokenKind::Header, header.span())
        }
    }

    fn parts(&self, node: Node<'_>, around: Around) -> Vec<TreeNode> {
        let is_part = |child: &Node<'_>| !is_punctuation(child.token().kind);
        node.children().filter(is_part).map(|child| self.part(child, around)).collect()
    }

    fn part(&self, node: Node<'_>, around: Around) -> TreeNode {
        match (node.token().kind, around) {
            (TokenKind::Param, _) => self.param(node),
            (TokenKind::Uri, Around::StartLine) => {
                let children = self.parts(node, Around::RequestUri);
                TreeNode { children, ..self.leaf(node, around) }
            }
            (TokenKind::Uri, _) => {
                TreeNode { children: self.parts(node, around), ..self.leaf(node, around) }
            }
            _ => self.leaf(node, around),
        }
    }

    /// A parameter is called by its own name.
    fn param(&self, node: Node<'_>) -> TreeNode {
        let of = |kind| {
            let child = node.children().find(|child| child.token().kind == kind);
            child.map(|child| self.text(child.token().span).unfolded().into_owned())
        };
        let name = of(TokenKind::ParamName).unwrap_or_default();
        let value = of(TokenKind::ParamValue).unwrap_or_default();
        TreeNode { value, ..self.row(&name, TokenKind::Param, node.token().span) }
    }

    pub(crate) fn leaf(&self, node: Node<'_>, around: Around) -> TreeNode {
        let token = node.token();
        self.row(label(token.kind, around), token.kind, token.span)
    }

    pub(crate) fn row(&self, label: &str, kind: TokenKind, span: Span) -> TreeNode {
        let (from, to) = self.place.of(span);
        TreeNode {
            path: String::new(),
            label: label.into(),
            value: self.text(span).unfolded().into_owned(),
            kind: kind.name(),
            from,
            to,
            children: Vec::new(),
        }
    }

    pub(crate) fn text(&self, span: Span) -> Text<'_> {
        Text::new(span.slice(self.message.as_bytes()).unwrap_or_default())
    }
}

/// A single part that is the whole value says nothing that the row above it does not say; one that is broken does.
fn without_echo(parts: Vec<TreeNode>, value: (usize, usize)) -> Vec<TreeNode> {
    match &parts[..] {
        [only]
            if (only.from, only.to) == value
                && only.children.is_empty()
                && only.kind != TokenKind::Malformed.name() =>
        {
            Vec::new()
        }
        _ => parts,
    }
}

fn is_punctuation(kind: TokenKind) -> bool {
    matches!(
        kind,
        TokenKind::Whitespace | TokenKind::LineEnd | TokenKind::Separator | TokenKind::HeaderName
    )
}
