//! Owns what people say of a phone: its name, its tags, whether it is theirs. Knows no protocol and keeps nothing.

use serde::{Deserialize, Serialize};

/// Longest name and longest tag, in characters.
const LONGEST: usize = 100;
/// Tags of one phone.
const MOST_TAGS: usize = 32;

/// Whether people have taken a phone in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Adoption {
    /// Nobody has said anything about it.
    #[default]
    New,
    /// It is one of ours.
    Adopted,
    /// Nothing is said to it, of it, or counted of it, until somebody changes that.
    Ignored,
}

/// What people said of one phone.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Marks {
    pub(crate) name: Option<String>,
    pub(crate) tags: Vec<String>,
    pub(crate) adoption: Adoption,
}

impl Marks {
    /// Whether anybody said anything: such a phone is not forgotten to make room.
    pub(crate) fn is_any(&self) -> bool {
        *self != Self::default()
    }
}

/// A change of what is said of phones.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Marking {
    /// New, adopted or ignored.
    Adoption(Adoption),
    /// One tag more.
    Tag(String),
    /// One tag less.
    Untag(String),
    /// Another name; none: the one it has is taken away.
    Name(Option<String>),
}

impl Marking {
    /// What is wrong with it, in words.
    pub(crate) fn check(&self) -> Result<(), String> {
        match self {
            Self::Tag(text) => is_sayable("tag", text),
            Self::Name(Some(text)) => is_sayable("name", text),
            Self::Adoption(_) | Self::Untag(_) | Self::Name(None) => Ok(()),
        }
    }

    /// What was done, in words.
    pub(crate) fn words(&self) -> String {
        match self {
            Self::Adoption(Adoption::Adopted) => "adopted".into(),
            Self::Adoption(Adoption::Ignored) => "ignored".into(),
            Self::Adoption(Adoption::New) => "released".into(),
            Self::Tag(tag) => format!("tagged {tag:?}"),
            Self::Untag(tag) => format!("untagged {tag:?}"),
            Self::Name(Some(name)) => format!("named {name:?}"),
            Self::Name(None) => "left without a name".into(),
        }
    }

    /// What is said of a phone after the change.
    pub(crate) fn applied(&self, marks: &Marks) -> Result<Marks, String> {
        let mut marks = marks.clone();
        match self {
            Self::Adoption(adoption) => marks.adoption = *adoption,
            Self::Tag(tag) if marks.tags.contains(tag) => {}
            Self::Tag(_) if marks.tags.len() >= MOST_TAGS => {
                return Err(format!("a phone has at most {MOST_TAGS} tags"));
            }
            Self::Tag(tag) => marks.tags.push(tag.clone()),
            Self::Untag(tag) => marks.tags.retain(|known| known != tag),
            Self::Name(name) => marks.name.clone_from(name),
        }
        Ok(marks)
    }
}

fn is_sayable(what: &str, text: &str) -> Result<(), String> {
    if text.trim().is_empty() || text.trim() != text {
        return Err(format!("a {what} is not empty, and neither begins nor ends with a blank"));
    }
    if text.chars().any(char::is_control) {
        return Err(format!("a {what} holds no control characters"));
    }
    if text.chars().count() > LONGEST {
        return Err(format!("a {what} has at most {LONGEST} characters"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_a_set_in_the_order_in_which_they_were_given() {
        let tag = |tag: &str| Marking::Tag(tag.into());
        let changes = [tag("lobby"), tag("first floor"), tag("lobby"), Marking::Untag("x".into())];
        let marks = changes.iter().fold(Marks::default(), |m, change| change.applied(&m).unwrap());
        assert_eq!(marks.tags, ["lobby", "first floor"]);
        let full =
            (0..MOST_TAGS).fold(Marks::default(), |m, n| tag(&n.to_string()).applied(&m).unwrap());
        assert!(tag("one more").applied(&full).unwrap_err().contains("at most 32"));
        assert!(tag("7").applied(&full).is_ok(), "it has that one already");
    }

    #[test]
    fn what_cannot_be_shown_or_matched_is_no_name_and_no_tag() {
        for bad in ["", " ", " a", "a\n", "a\u{85}", &"x".repeat(101)] {
            assert!(Marking::Tag(bad.into()).check().is_err(), "{bad:?}");
            assert!(Marking::Name(Some(bad.into())).check().is_err(), "{bad:?}");
        }
        assert_eq!(Marking::Name(Some("Empfang 2. OG, links".into())).check(), Ok(()));
        assert_eq!(Marking::Name(None).check(), Ok(()));
    }
}
