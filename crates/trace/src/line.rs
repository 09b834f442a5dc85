//! Owns physical lines: where they begin and end, and what stands before every one of them. Knows no SIP.

use fingerpost_core::Span;

/// One line of a source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Line {
    /// Without margin and line end.
    pub(crate) text: Span,
    /// CRLF, LF, or nothing at the end of the source.
    pub(crate) line_end: Span,
}

/// A source read line by line, behind a margin: the indentation or the `> ` that stands before every line of a quoted
/// message. A line that has only a part of the margin loses that part.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Page<'s> {
    pub(crate) source: &'s [u8],
    margin: &'s [u8],
}

impl<'s> Page<'s> {
    pub(crate) const fn new(source: &'s [u8]) -> Self {
        Self { source, margin: &[] }
    }

    pub(crate) const fn with_margin(self, margin: &'s [u8]) -> Self {
        Self { margin, ..self }
    }

    /// The line that begins at `at`; `None` at the end of the source.
    pub(crate) fn line_at(&self, at: usize) -> Option<Line> {
        let rest = self.source.get(at..).filter(|rest| !rest.is_empty())?;
        let (length, feed) = match memchr::memchr(b'\n', rest) {
            Some(feed) => (feed - usize::from(feed > 0 && rest[feed - 1] == b'\r'), feed + 1),
            None => (rest.len(), rest.len()),
        };
        let inset = common_prefix(&rest[..length], self.margin);
        let text = Span::new(at + inset, at + length);
        Some(Line { text, line_end: Span::new(text.end, at + feed) })
    }

    /// The lines from `at` on.
    pub(crate) fn lines(self, at: usize) -> impl Iterator<Item = Line> {
        std::iter::successors(self.line_at(at), move |line| self.line_at(line.line_end.end))
    }

    pub(crate) fn text(&self, span: Span) -> &'s [u8] {
        span.slice(self.source).unwrap_or_default()
    }

    pub(crate) fn is_blank(&self, line: Line) -> bool {
        self.text(line.text).trim_ascii().is_empty()
    }
}

fn common_prefix(text: &[u8], margin: &[u8]) -> usize {
    text.iter().zip(margin).take_while(|(a, b)| a == b).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_end_with_crlf_or_lf_or_the_source() {
        let page = Page::new(b"a\r\n\nb\rc\n\r\nd");
        let texts: Vec<_> =
            page.lines(0).map(|line| (page.text(line.text), line.line_end.len())).collect();
        let expected: [(&[u8], usize); 5] =
            [(b"a", 2), (b"", 1), (b"b\rc", 1), (b"", 2), (b"d", 0)];
        assert_eq!(texts, expected);
    }

    #[test]
    fn a_margin_is_left_out_as_far_as_it_is_there() {
        let page = Page::new(b"> a\n>\n>  b\nc").with_margin(b"> ");
        let texts: Vec<_> = page.lines(0).map(|line| page.text(line.text)).collect();
        assert_eq!(texts, [b"a".as_slice(), b"", b" b", b"c"]);
    }
}
