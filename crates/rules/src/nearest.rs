//! Owns the guess at what somebody meant to write. Knows no key by itself.

/// Longer words are no slip of the pen, and comparing them would take time.
const LONGEST: usize = 40;

/// The word of `known` nearest to `word`, where one is near: at most one letter in three is wrong, or one letter of
/// a shorter word.
pub(crate) fn nearest<'k>(word: &str, known: &[&'k str]) -> Option<&'k str> {
    let word: Vec<char> = word.chars().take(LONGEST).flat_map(char::to_lowercase).collect();
    known
        .iter()
        .map(|known| (distance(&word, known), *known))
        .filter(|(distance, known)| *distance <= (word.len().max(known.len()) / 3).max(1))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, known)| known)
}

/// How many letters must be changed, added, taken away or swapped with their neighbour to come from one to the other.
fn distance(a: &[char], b: &str) -> usize {
    let b: Vec<char> = b.chars().flat_map(char::to_lowercase).collect();
    let mut before: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut row = vec![i];
        for j in 1..=b.len() {
            let changed = above[j - 1] + usize::from(a[i - 1] != b[j - 1]);
            let least = changed.min(above[j] + 1).min(row[j - 1] + 1);
            let swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
            row.push(if swapped { least.min(before[j - 2] + 1) } else { least });
        }
        before = std::mem::replace(&mut above, row);
    }
    above[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_what_was_meant_and_nothing_far_fetched() {
        let known = ["version", "mode", "interfaces", "allow_sources", "rule", "tag", "mac", "url"];
        let table = [
            ("interfces", Some("interfaces")),
            ("Interfaces", Some("interfaces")),
            ("interface", Some("interfaces")),
            ("rules", Some("rule")),
            ("allow-sources", Some("allow_sources")),
            ("allowed_sources", Some("allow_sources")),
            ("vresion", Some("version")),
            ("moed", Some("mode")),
            ("tags", Some("tag")),
            ("uri", Some("url")),
            ("colour", None),
            ("x", None),
            ("", None),
        ];
        for (word, meant) in table {
            assert_eq!(nearest(word, &known), meant, "{word}");
        }
    }

    #[test]
    fn a_very_long_word_is_like_nothing() {
        assert_eq!(nearest(&"rule".repeat(100_000), &["rule"]), None);
    }
}
