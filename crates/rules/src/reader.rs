//! Owns typed reading of TOML values with their places, collecting every mistake instead of stopping at the first.
//! Knows the shapes of values, not what they mean.

use crate::error::{PolicyErrors, PolicyWarning, Problem};
use crate::keys::Table;
use crate::nearest::nearest;
use crate::place::Places;
use fingerpost_core::Span;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

pub(crate) type Value<'t> = Spanned<DeValue<'t>>;

/// One `key = value` of a table.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Entry<'v, 't> {
    pub(crate) key: &'v str,
    pub(crate) key_span: Span,
    pub(crate) value: &'v Value<'t>,
}

/// A string and its place, quotation marks included.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Text<'v> {
    pub(crate) text: &'v str,
    pub(crate) span: Span,
}

/// The entries in the file's order.
pub(crate) fn entries<'v, 't>(table: &'v DeTable<'t>) -> Vec<Entry<'v, 't>> {
    let entry = |(key, value): (&'v Spanned<_>, &'v Value<'t>)| Entry {
        key: AsRef::<str>::as_ref(key.get_ref()),
        key_span: key.span().into(),
        value,
    };
    let mut entries: Vec<_> = table.iter().map(entry).collect();
    entries.sort_by_key(|entry| entry.key_span);
    entries
}

/// Collects what is wrong and what is odd.
pub(crate) struct Reader<'t> {
    text: &'t str,
    mistakes: Vec<(Span, Problem)>,
    oddities: Vec<(Span, String)>,
}

impl<'t> Reader<'t> {
    pub(crate) fn new(text: &'t str) -> Self {
        Self { text, mistakes: Vec::new(), oddities: Vec::new() }
    }

    pub(crate) fn fail(&mut self, span: Span, problem: impl Into<Problem>) {
        self.mistakes.push((span, problem.into()));
    }

    pub(crate) fn warn(&mut self, span: Span, message: String) {
        self.oddities.push((span, message));
    }

    /// The warnings where nothing is wrong.
    pub(crate) fn finish(mut self) -> Result<Vec<PolicyWarning>, PolicyErrors> {
        let places = Places::new(self.text);
        self.oddities.sort_by_key(|(span, _)| *span);
        let warning = |(span, what): &(Span, String)| PolicyWarning::new(*span, what, &places);
        match PolicyErrors::new(&self.mistakes, &places) {
            Some(errors) => Err(errors),
            None => Ok(self.oddities.iter().map(warning).collect()),
        }
    }

    pub(crate) fn fail_unknown_key(&mut self, entry: &Entry<'_, '_>, table: Table) {
        let (key, hint) = (entry.key.into(), table.hint(entry.key));
        self.fail(entry.key_span, Problem::UnknownKey { key, hint });
    }

    pub(crate) fn fail_type(&mut self, key: &str, value: &Value<'_>, wanted: &'static str) {
        let (key, found) = (key.into(), with_article(value.get_ref().type_str()));
        self.fail(value.span().into(), Problem::Type { key, wanted, found });
    }

    /// One of a few words was wanted.
    pub(crate) fn fail_word<T>(
        &mut self,
        key: &'static str,
        word: Text<'_>,
        known: &[&str],
    ) -> Option<T> {
        let hint = match nearest(word.text, known) {
            Some(near) => format!("did you mean {near:?}?"),
            None => format!("known are {}", known.join(", ")),
        };
        self.fail(word.span, Problem::UnknownWord { key, word: word.text.into(), hint });
        None
    }

    /// What can be read of `texts`.
    pub(crate) fn parse_each<T, E: Into<Problem>>(
        &mut self,
        texts: &[Text<'_>],
        parse: impl Fn(&str) -> Result<T, E>,
    ) -> Vec<T> {
        let mut parsed = Vec::with_capacity(texts.len());
        for text in texts {
            match parse(text.text) {
                Ok(value) => parsed.push(value),
                Err(error) => self.fail(text.span, error),
            }
        }
        parsed
    }

    pub(crate) fn table<'v>(&mut self, entry: &Entry<'v, 't>) -> Option<&'v DeTable<'t>> {
        let table = entry.value.get_ref().as_table();
        if table.is_none() {
            self.fail_type(entry.key, entry.value, "a table");
        }
        table
    }

    /// A string, whatever it holds.
    pub(crate) fn raw_text<'v>(&mut self, entry: &Entry<'v, 't>) -> Option<Text<'v>> {
        let text = text_of(entry.value);
        if text.is_none() {
            self.fail_type(entry.key, entry.value, "a string");
        }
        text
    }

    /// A string that holds something, and no control characters.
    pub(crate) fn text<'v>(&mut self, entry: &Entry<'v, 't>) -> Option<Text<'v>> {
        let text = self.raw_text(entry)?;
        self.plain(entry.key, text)
    }

    /// A list of such strings; it may be empty.
    pub(crate) fn list<'v>(&mut self, entry: &Entry<'v, 't>) -> Vec<Text<'v>> {
        let Some(items) = entry.value.get_ref().as_array() else {
            self.fail_type(entry.key, entry.value, "a list of strings");
            return Vec::new();
        };
        items.iter().filter_map(|item| self.item(entry.key, item)).collect()
    }

    /// A string or a list of strings that is not empty.
    pub(crate) fn texts<'v>(&mut self, entry: &Entry<'v, 't>) -> Vec<Text<'v>> {
        match entry.value.get_ref() {
            DeValue::String(_) => self.text(entry).into_iter().collect(),
            DeValue::Array(items) if items.is_empty() => {
                self.fail(entry.value.span().into(), Problem::EmptyList(entry.key.into()));
                Vec::new()
            }
            DeValue::Array(_) => self.list(entry),
            _ => {
                self.fail_type(entry.key, entry.value, "a string or a list of strings");
                Vec::new()
            }
        }
    }

    fn item<'v>(&mut self, key: &str, item: &'v Value<'t>) -> Option<Text<'v>> {
        let text = text_of(item);
        if text.is_none() {
            let found = with_article(item.get_ref().type_str());
            self.fail(item.span().into(), Problem::Item { key: key.into(), found });
        }
        self.plain(key, text?)
    }

    fn plain<'v>(&mut self, key: &str, text: Text<'v>) -> Option<Text<'v>> {
        let problem = if text.text.trim().is_empty() {
            Problem::EmptyText(key.into())
        } else if text.text.chars().any(char::is_control) {
            Problem::Control(key.into())
        } else {
            return Some(text);
        };
        self.fail(text.span, problem);
        None
    }

    /// Where `part` of a string's value stands in the file. A string with escapes is not mapped: its start.
    pub(crate) fn inside(&self, text: Text<'_>, part: Span) -> Span {
        let written = text.span.slice(self.text.as_bytes()).unwrap_or_default();
        let same = |quotes: &usize| {
            let end = written.len().saturating_sub(*quotes);
            written.get(*quotes..end) == Some(text.text.as_bytes())
        };
        match [1, 3].iter().find(|quotes| same(quotes)) {
            Some(quotes) => part.shifted(text.span.start + quotes),
            None => text.span,
        }
    }
}

/// `None`: no integer; `Err`: one of which no 64 bits are enough.
pub(crate) fn integer(value: &Value<'_>) -> Option<Result<i64, String>> {
    let integer = value.get_ref().as_integer()?;
    let parsed = i64::from_str_radix(integer.as_str(), integer.radix());
    Some(parsed.map_err(|_| integer.to_string()))
}

fn text_of<'v>(value: &'v Value<'_>) -> Option<Text<'v>> {
    let text = value.get_ref().as_str()?;
    Some(Text { text, span: value.span().into() })
}

fn with_article(kind: &'static str) -> &'static str {
    match kind {
        "string" => "a string",
        "integer" => "an integer",
        "float" => "a float",
        "boolean" => "a boolean",
        "array" => "an array",
        "table" => "a table",
        _ => "a date or time",
    }
}
