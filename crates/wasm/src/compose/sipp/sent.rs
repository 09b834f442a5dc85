//! Owns what is sent: the message as it was written, with `SIPp`'s keywords where calls differ.

use super::{Kept, Step, text::literal};
use fingerpost_core::message::Header;
use fingerpost_core::scan::{Node, TokenKind};
use fingerpost_core::typed::NameAddr;
use fingerpost_core::{HeaderName as H, Message, Span};
use std::net::{IpAddr, SocketAddr};

/// A message that is sent, and what of it is replaced.
pub(super) struct Sent<'x> {
    step: &'x Step<'x>,
    /// The last message that came before it, and which step that was.
    last: Option<(usize, &'x Message<'x>)>,
    replaced: Vec<(Span, String)>,
    kept: Vec<Kept>,
}

impl<'x> Sent<'x> {
    pub(super) fn new(steps: &'x [Step<'x>], at: usize) -> Result<Self, String> {
        let before = steps[..at].iter().enumerate().rev();
        let last = before
            .into_iter()
            .find(|(_, step)| !step.is_sent)
            .map(|(place, step)| (place, &step.message));
        let mut sent = Self { step: &steps[at], last, replaced: Vec::new(), kept: Vec::new() };
        if sent.step.message.status().is_some() {
            sent.response(at)?;
        } else {
            sent.request();
        }
        sent.length();
        sent.replaced.sort_by_key(|(span, _)| *span);
        Ok(sent)
    }

    /// What it needs of the last message that was received.
    pub(super) fn kept(&self) -> impl Iterator<Item = Kept> + use<'_> {
        self.kept.iter().copied()
    }

    pub(super) fn block(&self) -> String {
        let bytes = self.step.message.as_bytes();
        let piece = |span: Span| {
            String::from_utf8_lossy(span.slice(bytes).unwrap_or_default()).into_owned()
        };
        let (mut written, mut at) = (String::new(), self.step.message.head_span().start);
        for (span, keyword) in &self.replaced {
            if span.start >= at {
                written.push_str(&literal(&piece(Span::new(at, span.start))));
                written.push_str(keyword);
                at = span.end;
            }
        }
        written.push_str(&literal(&piece(Span::new(at, bytes.len()))));
        let again = if self.step.message.status().is_none() { " retrans=\"500\"" } else { "" };
        // What stands behind the body would belong to it.
        let end = if self.has_body() { "" } else { "\n" };
        format!("  <send{again}><![CDATA[\n{written}{end}]]></send>\n")
    }

    fn has_body(&self) -> bool {
        self.step.message.as_bytes().len() > self.step.message.head_span().end
    }

    /// A response copies what came (RFC 3261 §8.2.6.2).
    fn response(&mut self, at: usize) -> Result<(), String> {
        let Some((_, asked)) = self.last.filter(|(_, last)| last.status().is_none()) else {
            return Err(format!("message {} answers no request that comes before it", at + 1));
        };
        for header in self.step.message.headers() {
            match header.name() {
                H::Via | H::From | H::CallId | H::CSeq | H::RecordRoute => self.copy(&header),
                H::To => {
                    let tag = own_tag(&header, asked);
                    let keyword = format!("[last_To:]{}", literal(&tag));
                    self.replace(header.span(), keyword);
                }
                _ => self.addresses(&header),
            }
        }
        Ok(())
    }

    fn request(&mut self) {
        self.request_uri();
        for header in self.step.message.headers() {
            match header.name() {
                H::CallId => self.replace(header.value_span(), "[call_id]".into()),
                H::Via | H::From | H::To | H::Event if self.is_echo(&header) => self.copy(&header),
                H::From | H::To if self.swapped(&header) => {}
                H::From if self.last.is_none() => {
                    self.own_from(&header);
                    self.addresses(&header);
                }
                H::Via => {
                    self.branch();
                    self.addresses(&header);
                }
                _ => self.addresses(&header),
            }
        }
    }

    fn replace(&mut self, span: Span, keyword: String) {
        self.replaced.push((span, keyword));
    }

    /// All headers of that name at once: the keyword stands for every one of them.
    fn copy(&mut self, header: &Header<'_>) {
        let first = self.step.message.header(header.name());
        if first.is_some_and(|first| first.span() == header.span()) {
            self.replace(header.span(), format!("[last_{}:]", header.canonical_name()));
        } else {
            self.replace(header.line_span(), String::new());
        }
    }

    /// Whether it says what the last message said.
    fn is_echo(&self, header: &Header<'_>) -> bool {
        let heard = self.last.and_then(|(_, last)| last.header(header.name()));
        heard.is_some_and(|heard| heard.value().unfolded() == header.value().unfolded())
    }

    /// From and To of a request within a dialog are those of the one that made it, swapped (RFC 3261 §12.2.1.1).
    fn swapped(&mut self, header: &Header<'_>) -> bool {
        let (other, kept) =
            if header.name() == H::From { (H::To, Kept::To) } else { (H::From, Kept::From) };
        let heard = self.last.filter(|(_, last)| last.status().is_none());
        let Some((step, last)) = heard else { return false };
        let Some(theirs) = last.header(other) else { return false };
        let (own, theirs) = (header.value().unfolded(), theirs.value().unfolded());
        let Some(more) = own.strip_prefix(&*theirs) else { return false };
        self.replace(header.value_span(), format!("[${}]{}", kept.variable(step), literal(more)));
        self.kept.push(kept);
        true
    }

    /// Each call has a tag of its own.
    fn own_from(&mut self, header: &Header<'_>) {
        let tag = NameAddr::parse(header.value().as_bytes()).ok().and_then(|from| from.tag());
        if let Some(span) = tag.and_then(|tag| self.step.message.span_of(tag)) {
            self.replace(Span::at(span.end), "-[call_number]".into());
        }
    }

    fn branch(&mut self) {
        let via = self.step.message.top_via().ok().flatten();
        let branch = via.and_then(|via| via.transaction_branch());
        if let Some(span) = branch.and_then(|branch| self.step.message.span_of(branch)) {
            self.replace(span, "[branch]".into());
        }
    }

    /// What fits is counted by `SIPp`; what does not fit is meant.
    fn length(&mut self) {
        let message = &self.step.message;
        let there = message.as_bytes().len() - message.head_span().end;
        let header = message.header(H::ContentLength);
        if let Some(header) = header.filter(|header| header.value() == there.to_string().as_str()) {
            self.replace(header.value_span(), "[len]".into());
        }
    }

    fn request_uri(&mut self) {
        let tape = self.step.message.tape();
        let line = tape.roots().find(|root| root.token().kind == TokenKind::StartLine);
        self.hosts(line);
    }

    fn addresses(&mut self, header: &Header<'_>) {
        if !matches!(header.name(), H::Via | H::Contact | H::From | H::To) {
            return;
        }
        let tape = self.step.message.tape();
        let start = header.line_span().start;
        self.hosts(tape.roots().find(|root| {
            root.token().kind == TokenKind::Header && root.token().span.start == start
        }));
    }

    /// Addresses of the two sides become those that `SIPp` has.
    fn hosts(&mut self, node: Option<Node<'_>>) {
        let children: Vec<Node<'_>> = node.into_iter().flat_map(Node::children).collect();
        for (at, child) in children.iter().enumerate() {
            match child.token().kind {
                TokenKind::Host => {
                    let behind = children[at + 1..].iter().map(|node| node.token());
                    let port = behind
                        .take_while(|token| {
                            matches!(token.kind, TokenKind::Separator | TokenKind::Port)
                        })
                        .find(|token| token.kind == TokenKind::Port);
                    self.host(child.token().span, port.map(|token| token.span));
                }
                _ if child.token().is_group => self.hosts(Some(*child)),
                _ => {}
            }
        }
    }

    fn host(&mut self, span: Span, port: Option<Span>) {
        let text = span.slice(self.step.message.as_bytes()).unwrap_or_default();
        let text = String::from_utf8_lossy(text);
        let address: Option<IpAddr> = text.trim_matches(['[', ']']).parse().ok();
        let Some(keyword) = address.and_then(|address| self.end(address)) else { return };
        let end = port.map_or(span.end, |port| port.end);
        self.replace(Span::new(span.start, end), keyword);
    }

    /// What `SIPp` calls the end that has this address.
    fn end(&mut self, address: IpAddr) -> Option<String> {
        let is = |end: SocketAddr| end.ip() == address && !address.is_multicast();
        if is(self.step.way.from) {
            return Some("[local_ip]:[local_port]".into());
        }
        if !is(self.step.way.to) {
            return None;
        }
        Some(match self.last {
            Some((step, last)) if last.status().is_none() => {
                self.kept.push(Kept::Peer);
                format!("[${}]", Kept::Peer.variable(step))
            }
            _ => "[remote_ip]:[remote_port]".into(),
        })
    }
}

/// The tag that a response adds to the To of its request.
fn own_tag(header: &Header<'_>, asked: &Message<'_>) -> String {
    let tag = |value: &[u8]| {
        let parsed = NameAddr::parse(value).ok()?;
        parsed.tag().map(|tag| tag.to_str().into_owned())
    };
    let theirs = asked.header(H::To).and_then(|to| tag(to.value().as_bytes()));
    match tag(header.value().as_bytes()).filter(|_| theirs.is_none()) {
        Some(tag) => format!(";tag={tag}"),
        None => String::new(),
    }
}
