//! Owns the rows of a body: the parts of a multipart one, the lines of a session description, or the body as it is.

use crate::TreeNode;
use crate::label::{Around, sdp_field, sdp_line};
use crate::tree::Planter;
use fingerpost_core::message::{Header, Multipart, Part};
use fingerpost_core::scan::{Node, TokenKind};
use fingerpost_core::{HeaderName, Message};

/// Every header line of `message` and of its parts, in the order in which they stand there.
pub(crate) fn header_lines<'m>(message: &'m Message<'_>) -> Vec<Header<'m>> {
    let mut lines: Vec<Header<'m>> = message.headers().collect();
    if let Some(parts) = message.multipart() {
        lines_of_parts(parts, &mut lines, DEEPEST);
    }
    lines
}

/// Deeper parts have no tokens of their own.
const DEEPEST: usize = 8;

fn lines_of_parts<'m>(parts: Multipart<'m>, lines: &mut Vec<Header<'m>>, depth: usize) {
    for part in parts.parts().flatten() {
        lines.extend(part.headers());
        if let Some(inner) = Part::multipart(&part).filter(|_| depth > 1) {
            lines_of_parts(inner, lines, depth - 1);
        }
    }
}

impl Planter<'_> {
    /// The body keeps its line breaks.
    pub(crate) fn body(&self, root: Node<'_>) -> TreeNode {
        let span = root.token().span;
        let value = self.text(span).to_str().into_owned();
        let children = root.children().filter_map(|child| self.piece(child)).collect();
        TreeNode { value, children, ..self.row("body", TokenKind::Body, span) }
    }

    fn piece(&self, node: Node<'_>) -> Option<TreeNode> {
        let token = node.token();
        match token.kind {
            TokenKind::SdpLine => Some(self.session_line(node)),
            TokenKind::BodyPart => Some(self.body_part(node)),
            TokenKind::Header => self.header_line(node),
            TokenKind::Body if token.is_group => Some(self.body(node)),
            TokenKind::Body => Some(self.row("text around the parts", token.kind, token.span)),
            TokenKind::Boundary | TokenKind::Malformed => Some(self.leaf(node, Around::Body)),
            _ => None,
        }
    }

    /// A part is told by its type.
    fn body_part(&self, node: Node<'_>) -> TreeNode {
        let pieces: Vec<TreeNode> =
            node.children().filter_map(|child| self.of_part(child)).collect();
        let kind = node.children().find_map(|child| {
            let header = self.header_at(child.token().span)?;
            (header.name() == HeaderName::ContentType)
                .then(|| header.value().unfolded().into_owned())
        });
        let value = kind.unwrap_or_else(|| "text/plain".into());
        let row = self.row("part", TokenKind::BodyPart, node.token().span);
        TreeNode { value, children: pieces, ..row }
    }

    fn of_part(&self, node: Node<'_>) -> Option<TreeNode> {
        match node.token().kind {
            TokenKind::Body => Some(self.body(node)),
            _ => self.piece(node),
        }
    }

    /// A line is called by its letter's word; an attribute by its own name.
    fn session_line(&self, node: Node<'_>) -> TreeNode {
        let of = |kind| {
            let child = node.children().find(|child| child.token().kind == kind);
            child.map(|child| self.text(child.token().span).to_str().into_owned())
        };
        let letter = of(TokenKind::SdpType).unwrap_or_default();
        let row = self.row(sdp_line(&letter), TokenKind::SdpLine, node.token().span);
        if let Some(name) = of(TokenKind::ParamName) {
            let value = of(TokenKind::ParamValue).unwrap_or_default();
            return TreeNode { label: format!("attribute {name}"), value, ..row };
        }
        let fields = node.children().filter(|child| child.token().kind == TokenKind::SdpField);
        let fields: Vec<TreeNode> = fields
            .enumerate()
            .map(|(index, field)| {
                let span = field.token().span;
                self.row(sdp_field(&letter, index), TokenKind::SdpField, span)
            })
            .collect();
        let value = row.value.split_once('=').map_or("", |(_, value)| value).trim().to_owned();
        let children = if fields.len() > 1 { fields } else { Vec::new() };
        TreeNode { value, children, ..row }
    }
}
