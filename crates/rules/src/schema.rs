//! Owns the policy file's JSON Schema, for editors. It stands beside the parser and is held against it: by its keys, and
//! by every file that the parser's tests read.

/// The policy file's JSON Schema (draft 7). It tells no places and is a little looser than [`Policy::parse`] in what an
/// IPv6 address is.
///
/// [`Policy::parse`]: crate::Policy::parse
pub const SCHEMA: &str = include_str!("fingerpost.schema.json");

/// Asserts that the schema and the parser judge `text` alike. What is no TOML (or a number too large for it) is not the
/// schema's to judge.
#[cfg(test)]
pub(crate) fn assert_agrees(text: &str) {
    use std::sync::LazyLock;
    static VALIDATOR: LazyLock<jsonschema::Validator> = LazyLock::new(|| {
        jsonschema::validator_for(&serde_json::from_str(SCHEMA).unwrap()).unwrap()
    });
    let Ok(file) = toml::from_str::<serde_json::Value>(text) else { return };
    let (schema, parser) = (VALIDATOR.validate(&file), crate::Policy::parse(text));
    assert_eq!(schema.is_ok(), parser.is_ok(), "{text}\nschema: {schema:?}\nparser: {parser:?}");
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keys::Table;
    use serde_json::Value;
    use std::collections::BTreeSet;

    #[test]
    fn it_has_the_keys_that_the_parser_knows_and_no_others() {
        let schema: Value = serde_json::from_str(SCHEMA).unwrap();
        let places = [
            (Table::Top, ""),
            (Table::Rule, "/definitions/rule"),
            (Table::Match, "/definitions/match"),
            (Table::Answer, "/definitions/answer"),
            (Table::Deny, "/definitions/deny"),
        ];
        for (table, place) in places {
            let object = schema.pointer(place).unwrap();
            assert_eq!(object["additionalProperties"], false, "{place}");
            let keys: BTreeSet<&str> =
                object["properties"].as_object().unwrap().keys().map(String::as_str).collect();
            assert_eq!(keys, table.keys().iter().copied().collect(), "{place}");
        }
    }

    #[test]
    fn it_agrees_with_the_parser_where_texts_have_a_grammar() {
        let texts = [
            "match.mac = '00:90:8F'",
            "match.mac = '0090-8f0a.1b2c'",
            "match.mac = '00908f0a1b2c0'",
            "match.mac = ':'",
            "match.mac = ''",
            "match.version = '>= 2.2 , < 3'",
            "match.version = 'v2'",
            "match.version = '>=2.*'",
            "match.version = '>,<3'",
            "match.version = '2.2,'",
            "match.version = '=='",
            "match.source = '10.1.2.3/8'",
            "match.source = '10.1.2.03'",
            "match.source = '256.1.1.1'",
            "match.source = '10.1.2.3/33'",
            "match.source = '2001:db8::/32'",
            "match.source = '2001:db8::/129'",
            "match.source = '::ffff:10.1.2.3'",
            "match.tag = \" \"",
            "match.tag = \"a\\u0085\"",
            "match.tag = ['a', 'b c']",
            "name = 'ü'",
        ];
        for text in texts {
            assert_agrees(&format!("version = 1\n[[rule]]\nignore = true\n{text}"));
        }
        let urls =
            ["x", "%", "%%", "%{mac}%{MAC}", "%{mac", "%{x}", "%{}", "{mac};$mac", "a b", "ü"];
        for url in urls {
            assert_agrees(&format!("version = 1\n[[rule]]\nanswer.url = '{url}'"));
        }
    }
}
