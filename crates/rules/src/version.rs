//! Owns what a rule may want of a firmware version: a pattern, or comparisons. Knows no phone.
//!
//! A version is cut into pieces: runs of digits are numbers, runs of letters are words, everything else (`.`, `_`,
//! `-`, blanks) parts them; a `v` before the first number is dropped. Pieces are compared from the left: numbers by
//! value, words as text without letter case, and a number is less than a word. The shorter version is filled up with
//! zeros. So `2.2.2 < 2.10`, `2.2 = 2.2.0 = V2.2`, and `1.2.1 < 1.2.1_build_6 < 1.2.1_build_10 < 1.2.2`.

use crate::glob::Glob;
use std::cmp::Ordering;

/// One alternative of a `version` condition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum VersionTest {
    /// `2.2.*`
    Pattern(Glob),
    /// `>=2.2, <2.3`: all of them.
    Comparisons(Vec<Comparison>),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Comparison {
    operator: Operator,
    version: Version,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Operator {
    AtLeast,
    AtMost,
    NotEqual,
    More,
    Less,
    Equal,
}

/// Longer spellings first, so that `>=` is not taken for `>`.
const OPERATORS: [(&str, Operator); 6] = [
    (">=", Operator::AtLeast),
    ("<=", Operator::AtMost),
    ("!=", Operator::NotEqual),
    (">", Operator::More),
    ("<", Operator::Less),
    ("=", Operator::Equal),
];

/// The text is neither.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "{0:?} is neither a pattern such as \"2.2.*\" nor comparisons such as \">=2.2, <3\" (each with one of >= <= > < = !=)"
)]
pub(crate) struct VersionError(String);

impl VersionTest {
    pub(crate) fn parse(text: &str) -> Result<Self, VersionError> {
        if !text.contains(['<', '>', '=', '!', ',']) {
            return Ok(Self::Pattern(Glob::new(text.trim())));
        }
        let comparisons: Option<Vec<_>> = text.split(',').map(Comparison::parse).collect();
        comparisons.map(Self::Comparisons).ok_or_else(|| VersionError(text.into()))
    }

    pub(crate) fn holds(&self, version: &str) -> bool {
        match self {
            Self::Pattern(glob) => glob.matches(version),
            Self::Comparisons(all) => {
                let version = Version::parse(version);
                all.iter().all(|comparison| comparison.holds(&version))
            }
        }
    }
}

impl Comparison {
    fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let (operator, rest) = OPERATORS
            .iter()
            .find_map(|(spelling, operator)| Some((*operator, text.strip_prefix(spelling)?)))?;
        let version = Version::parse(rest);
        let readable = !rest.contains(['<', '>', '=', '!', '*', '?']) && !version.0.is_empty();
        readable.then_some(Self { operator, version })
    }

    fn holds(&self, version: &Version) -> bool {
        let order = version.compare(&self.version);
        match self.operator {
            Operator::AtLeast => order.is_ge(),
            Operator::AtMost => order.is_le(),
            Operator::NotEqual => order.is_ne(),
            Operator::More => order.is_gt(),
            Operator::Less => order.is_lt(),
            Operator::Equal => order.is_eq(),
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Version(Vec<Piece>);

/// The derived order is the one wanted: numbers before words, numbers by length and then by digits.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Piece {
    /// Number of digits and the digits, without leading zeros: no value is too large.
    Number(usize, String),
    /// In lower case.
    Word(String),
}

const ZERO: Piece = Piece::Number(0, String::new());

impl Version {
    fn parse(text: &str) -> Self {
        let mut pieces = Vec::new();
        let mut rest = text;
        while let Some(first) = rest.chars().next() {
            let end = rest.find(|c| kind(c) != kind(first)).unwrap_or(rest.len());
            pieces.extend(Piece::new(kind(first), &rest[..end]));
            rest = &rest[end..];
        }
        if matches!(&pieces[..], [Piece::Word(v), Piece::Number(..), ..] if v == "v") {
            pieces.remove(0);
        }
        Self(pieces)
    }

    fn compare(&self, other: &Self) -> Ordering {
        let piece = |version: &'_ Self, at: usize| version.0.get(at).cloned().unwrap_or(ZERO);
        (0..self.0.len().max(other.0.len()))
            .map(|at| piece(self, at).cmp(&piece(other, at)))
            .find(|order| order.is_ne())
            .unwrap_or(Ordering::Equal)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Digit,
    Letter,
    Separator,
}

fn kind(c: char) -> Kind {
    match c {
        '0'..='9' => Kind::Digit,
        _ if c.is_alphanumeric() => Kind::Letter,
        _ => Kind::Separator,
    }
}

impl Piece {
    fn new(kind: Kind, text: &str) -> Option<Self> {
        match kind {
            Kind::Digit => {
                let digits = text.trim_start_matches('0');
                Some(Self::Number(digits.len(), digits.into()))
            }
            Kind::Letter => Some(Self::Word(text.to_lowercase())),
            Kind::Separator => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn patterns_and_comparisons() {
        let table = [
            ("2.2.*", "2.2.16", true),
            ("2.2.*", "2.20.1", false),
            ("2.2.8", "2.2.8", true),
            (">=2.2", "2.2.2", true),
            (">=2.2", "2.10", true),
            (">=2.2.2", "2.10", true),
            (">=2.10", "2.2.2", false),
            (">=2.2", "2.1.9", false),
            ("<3", "2.99", true),
            ("<3", "3.0", false),
            (">=2.2, <2.3", "2.2.144", true),
            (">=2.2, <2.3", "2.3", false),
            (" >= 2.2 ,<2.3 ", "2.2", true),
            ("=2.2", "2.2.0", true),
            ("=2.2", "V2.2", true),
            ("!=2.2", "2.2.0.0", false),
            ("!=2.2", "2.2.1", true),
            (">1.2.1", "1.2.1_build_6", true),
            (">=1.2.1_build_6", "1.2.1_build_10", true),
            ("<1.2.2", "1.2.1_build_6", true),
            ("<=1.2.1_BUILD_6", "1.2.1-build6", true),
            (">2.2.2", "2.2.2a", true),
            ("<2.2.3", "2.2.2a", true),
            ("=8.4.35", "08.4.0035", true),
            (">99999999999999999999", "99999999999999999999.1", true),
            (">99999999999999999998", "99999999999999999999", true),
            (">=1", "unreleased", true),
            (">=1", "", false),
        ];
        for (wanted, version, holds) in table {
            let test = VersionTest::parse(wanted).unwrap();
            assert_eq!(test.holds(version), holds, "{wanted} against {version}");
        }
    }

    #[test]
    fn what_is_neither_a_pattern_nor_comparisons_is_refused() {
        for text in ["2.2, <3", ">=", ">=2.2,", "=>2.2", ">=2.*", "2.2.*, 2.3.*", "<>", ">= ._"] {
            assert!(VersionTest::parse(text).is_err(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn versions_have_one_order(texts in prop::array::uniform3("[0-2a.]{0,6}")) {
            let [a, b, c] = texts.map(|text| Version::parse(&text));
            prop_assert_eq!(a.compare(&b), b.compare(&a).reverse());
            if a.compare(&b).is_le() && b.compare(&c).is_le() {
                prop_assert!(a.compare(&c).is_le());
            }
        }

        #[test]
        fn any_text_can_be_compared(wanted in ".*", version in ".*") {
            if let Ok(test) = VersionTest::parse(&wanted) {
                test.holds(&version);
            }
        }
    }
}
