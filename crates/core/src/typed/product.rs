//! Owns User-Agent and Server: products and comments (RFC 3261 §20.41).

use super::{Kept, Value};
use crate::message::HeaderName;
use crate::scan::{TapeBuilder, TokenKind};
use crate::syntax::{Expected, Fault, Parsed, ValueError, comment, is_token, run1, sws, whole};
use crate::text::Text;
use core::iter;

/// What a device calls itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct UserAgent<'a> {
    /// All of it, as written.
    pub text: Text<'a>,
}

/// One word of a User-Agent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Product<'a> {
    /// `name` or `name/version`.
    Named {
        /// The name.
        name: Text<'a>,
        /// What stands behind the slash.
        version: Option<Text<'a>>,
    },
    /// A remark, with its parentheses.
    Comment(Text<'a>),
}

impl<'a> UserAgent<'a> {
    /// Reads a User-Agent value.
    ///
    /// # Errors
    /// [`ValueError`] with the place where the grammar failed.
    pub fn parse(value: &'a [u8]) -> Result<Self, ValueError> {
        whole(value, Self::grammar)
    }

    /// Its products and comments, in order.
    pub fn products(self) -> impl Iterator<Item = Product<'a>> {
        let mut rest = self.text.as_bytes();
        iter::from_fn(move || {
            let (next, product) = product(rest.trim_ascii_start()).ok()?;
            rest = next;
            Some(product)
        })
    }
}

fn product(input: &[u8]) -> Parsed<'_, Product<'_>> {
    if input.first() == Some(&b'(') {
        let (rest, text) = comment(input)?;
        return Ok((rest, Product::Comment(text)));
    }
    // Phones write MAC addresses and more between products: `:`, `=`, `;` and `,` are let through.
    let is_word = |byte: u8| is_token(byte) || matches!(byte, b':' | b'=' | b';' | b',' | b'@');
    let (rest, name) = run1(is_word, Expected::Token)(input)?;
    let name = Text::new(name);
    if rest.first() != Some(&b'/') {
        return Ok((rest, Product::Named { name, version: None }));
    }
    let is_version = |byte: u8| is_word(byte) || byte == b'/';
    let (rest, version) = run1(is_version, Expected::Token)(&rest[1..])
        .map_err(|_| Fault::error(rest, Expected::Token))?;
    Ok((rest, Product::Named { name, version: Some(Text::new(version)) }))
}

impl<'a> Value<'a> for UserAgent<'a> {
    fn grammar(input: &'a [u8]) -> Parsed<'a, Self> {
        let mut rest = input;
        while !rest.is_empty() {
            let (next, _) = product(rest)?;
            (rest, _) = sws(next)?;
        }
        Ok((rest, Self { text: Text::new(input.trim_ascii_end()) }))
    }

    fn describe(&self, tape: &mut TapeBuilder<'a>) {
        for product in self.products() {
            match product {
                Product::Named { name, version } => {
                    tape.leaf(TokenKind::Product, name);
                    if let Some(version) = version {
                        tape.leaf(TokenKind::Version, version);
                    }
                }
                Product::Comment(text) => tape.leaf(TokenKind::Comment, text),
            }
        }
    }

    fn keep(self, name: HeaderName, kept: &mut Kept<'a>) {
        kept.agent(name, self);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec::Vec;

    #[test]
    fn splits_products_and_comments() {
        let agent =
            UserAgent::parse(b"snomM700/03.23.0005 (MAC=000413AABBCC; SER=1) 2.4.2").unwrap();
        let products: Vec<_> = agent.products().collect();
        let [
            Product::Named { name, version: Some(version) },
            Product::Comment(remark),
            Product::Named { .. },
        ] = products[..]
        else {
            panic!("{products:?}")
        };
        assert_eq!((name, version), ("snomM700".into(), "03.23.0005".into()));
        assert_eq!(remark, "(MAC=000413AABBCC; SER=1)");
    }
}
