//! Owns the filter: its grammar, and whether a message passes it.

use super::field::Field;
use super::lexer::Token;
use super::{QueryError, Subject};
use fingerpost_core::Span;

/// How deep brackets and negations may stand in each other.
const DEEPEST: usize = 64;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Filter {
    Any(Vec<Filter>),
    All(Vec<Filter>),
    Not(Box<Filter>),
    Has(Field),
    Compares { field: Field, operator: Operator, value: String },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Operator {
    Equal,
    NotEqual,
    Less,
    AtMost,
    More,
    AtLeast,
    Contains,
}

/// Reads a filter; `end` is the length of the query.
pub(super) fn parse(tokens: &[Token], end: usize) -> Result<Filter, QueryError> {
    let mut reader = Reader { tokens, at: 0, end };
    let filter = reader.any(0)?;
    match reader.peek() {
        None => Ok(filter),
        Some(token) => Err(error("expected `and`, `or` or the end here", token.span)),
    }
}

fn error(message: impl Into<String>, span: Span) -> QueryError {
    QueryError { message: message.into(), span }
}

struct Reader<'a> {
    tokens: &'a [Token],
    at: usize,
    end: usize,
}

impl<'a> Reader<'a> {
    fn peek(&self) -> Option<&'a Token> {
        self.tokens.get(self.at)
    }

    /// Steps over the next piece where it is one of `words`, which no quotes make.
    fn takes(&mut self, words: &[&str]) -> bool {
        let is_one = self.peek().is_some_and(|token| {
            !token.is_quoted && words.iter().any(|word| token.text.eq_ignore_ascii_case(word))
        });
        self.at += usize::from(is_one);
        is_one
    }

    fn next(&mut self, wanted: &str) -> Result<&'a Token, QueryError> {
        let here = Span::at(self.end);
        let token = self.peek().ok_or_else(|| error(format!("{wanted} is missing here"), here))?;
        self.at += 1;
        Ok(token)
    }

    fn any(&mut self, depth: usize) -> Result<Filter, QueryError> {
        let mut filters = vec![self.all(depth)?];
        while self.takes(&["||", "or"]) {
            filters.push(self.all(depth)?);
        }
        Ok(Filter::Any(filters))
    }

    fn all(&mut self, depth: usize) -> Result<Filter, QueryError> {
        let mut filters = vec![self.one(depth)?];
        while self.takes(&["&&", "and"]) {
            filters.push(self.one(depth)?);
        }
        Ok(Filter::All(filters))
    }

    fn one(&mut self, depth: usize) -> Result<Filter, QueryError> {
        if depth > DEEPEST {
            let span = self.peek().map_or(Span::at(self.end), |token| token.span);
            return Err(error("brackets stand too deep in each other", span));
        }
        if self.takes(&["!", "not"]) {
            return Ok(Filter::Not(Box::new(self.one(depth + 1)?)));
        }
        if !self.takes(&["("]) {
            return self.comparison();
        }
        let inner = self.any(depth + 1)?;
        let close = self.next("`)`")?;
        if close.text == ")" { Ok(inner) } else { Err(error("expected `)` here", close.span)) }
    }

    fn comparison(&mut self) -> Result<Filter, QueryError> {
        let named = self.next("a field (sip.Method, sip.Call-ID, ip.addr, …)")?;
        let unknown = || {
            let text = &named.text;
            error(
                format!("`{text}` is no field; write sip.Method, sip.Call-ID, ip.addr, …"),
                named.span,
            )
        };
        let field = Field::named(&named.text).ok_or_else(unknown)?;
        let Some(operator) = self.operator()? else { return Ok(Filter::Has(field)) };
        let value = self.next("a value to compare with")?.text.clone();
        Ok(Filter::Compares { field, operator, value })
    }

    /// The operator that stands here; none where the field is asked for alone.
    fn operator(&mut self) -> Result<Option<Operator>, QueryError> {
        let Some(token) = self.peek() else { return Ok(None) };
        let operator = match token.text.to_ascii_lowercase().as_str() {
            "==" | "eq" => Operator::Equal,
            "!=" | "ne" => Operator::NotEqual,
            "<" | "lt" => Operator::Less,
            "<=" | "le" => Operator::AtMost,
            ">" | "gt" => Operator::More,
            ">=" | "ge" => Operator::AtLeast,
            "contains" => Operator::Contains,
            ")" | "&&" | "||" | "and" | "or" => return Ok(None),
            "matches" | "~" => {
                return Err(error("`matches` is not known; write contains", token.span));
            }
            _ => return Err(error("expected == != < <= > >= or contains here", token.span)),
        };
        self.at += 1;
        Ok(Some(operator))
    }
}

impl Filter {
    pub(super) fn matches(&self, subject: &Subject<'_>) -> bool {
        match self {
            Self::Any(filters) => filters.iter().any(|filter| filter.matches(subject)),
            Self::All(filters) => filters.iter().all(|filter| filter.matches(subject)),
            Self::Not(filter) => !filter.matches(subject),
            Self::Has(field) => !field.values(subject).is_empty(),
            Self::Compares { field, operator: Operator::NotEqual, value } => {
                !field.values(subject).iter().any(|is| Operator::Equal.holds(is, value))
            }
            Self::Compares { field, operator, value } => {
                field.values(subject).iter().any(|is| operator.holds(is, value))
            }
        }
    }
}

impl Operator {
    /// Numbers compare as numbers; all else is text.
    fn holds(self, is: &str, value: &str) -> bool {
        let numbers = is.trim().parse::<i64>().ok().zip(value.trim().parse::<i64>().ok());
        let order = numbers.map_or_else(|| is.cmp(value), |(is, value)| is.cmp(&value));
        match self {
            Self::Equal => order.is_eq(),
            Self::NotEqual => order.is_ne(),
            Self::Less => order.is_lt(),
            Self::AtMost => order.is_le(),
            Self::More => order.is_gt(),
            Self::AtLeast => order.is_ge(),
            Self::Contains => is.to_ascii_lowercase().contains(&value.to_ascii_lowercase()),
        }
    }
}
