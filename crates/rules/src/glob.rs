//! Owns patterns with `*` and `?`. Knows nothing of what is matched.

/// `*` stands for any run of characters, `?` for exactly one; letter case does not count. There is no escape.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Glob(Vec<char>);

impl Glob {
    pub(crate) fn new(pattern: &str) -> Self {
        let mut folded = fold(pattern);
        folded.dedup_by(|a, b| *a == '*' && *b == '*');
        Self(folded)
    }

    /// Whether the whole of `text` fits. Only the last `*` is ever tried again, so that the time is at most the
    /// product of the two lengths.
    pub(crate) fn matches(&self, text: &str) -> bool {
        let (pattern, text) = (&self.0, fold(text));
        let (mut p, mut t) = (0, 0);
        let mut retry: Option<(usize, usize)> = None;
        while t < text.len() {
            match pattern.get(p) {
                Some('*') => {
                    retry = Some((p + 1, t));
                    p += 1;
                }
                Some(&c) if c == '?' || c == text[t] => (p, t) = (p + 1, t + 1),
                _ => {
                    let Some((star, from)) = retry else { return false };
                    retry = Some((star, from + 1));
                    (p, t) = (star, from + 1);
                }
            }
        }
        pattern[p..].iter().all(|&c| c == '*')
    }
}

fn fold(text: &str) -> Vec<char> {
    text.chars().flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn stars_question_marks_and_letter_case() {
        let table = [
            ("44*", "440HD", true),
            ("44*", "44", true),
            ("44*", "420HD", false),
            ("*hd", "440HD", true),
            ("*hd", "440HDx", false),
            ("4?0HD", "420hd", true),
            ("4?0HD", "40HD", false),
            ("440HD", "440hd", true),
            ("440HD", "440HDE", false),
            ("*", "", true),
            ("**", "x", true),
            ("?", "", false),
            ("", "", true),
            ("", "x", false),
            ("a*b*c", "aXbXbc", true),
            ("a*b*c", "aXbXb", false),
            ("eth0.*", "eth0.20", true),
            ("D1?", "d1ü", true),
            ("Ü*", "über", true),
        ];
        for (pattern, text, fits) in table {
            assert_eq!(Glob::new(pattern).matches(text), fits, "{pattern} against {text}");
        }
    }

    #[test]
    // A matcher that tries every way to share the text out would not end within anybody's lifetime.
    fn many_stars_take_no_exponential_time() {
        let pattern = Glob::new(&"a*".repeat(60));
        let text = format!("{}b", "a".repeat(2000));
        assert!(pattern.matches(&text));
        assert!(!Glob::new(&format!("{}c", "a*".repeat(60))).matches(&text));
    }

    /// The definition, without any cleverness.
    fn fits(pattern: &[char], text: &[char]) -> bool {
        match (pattern, text) {
            ([], []) => true,
            (['*', rest @ ..], _) => (0..=text.len()).any(|skip| fits(rest, &text[skip..])),
            ([p, rest @ ..], [t, more @ ..]) => (*p == '?' || p == t) && fits(rest, more),
            _ => false,
        }
    }

    proptest! {
        #[test]
        fn agrees_with_the_definition(pattern in "[ab*?]{0,8}", text in "[ab]{0,10}") {
            let characters = |text: &str| text.chars().collect::<Vec<_>>();
            let expected = fits(&characters(&pattern), &characters(&text));
            prop_assert_eq!(Glob::new(&pattern).matches(&text), expected);
        }
    }
}
