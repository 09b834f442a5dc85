//! Owns the command line that writes what the composer writes.

use crate::{ComposeFields, Dialect};

/// The file that the SUBSCRIBE to answer is expected in.
pub const ASKING_FILE: &str = "subscribe.sip";

/// The `fingerpost compose` that writes the same bytes, for a POSIX shell. `which` is `subscribe`, `ok`, `notify` or
/// `acknowledge`. The SUBSCRIBE of `reply_to` is expected in [`ASKING_FILE`].
pub fn command(fields: &ComposeFields, which: &str) -> String {
    let mut words = vec!["fingerpost".into(), "compose".into(), quoted(which)];
    let mut option = |name: &str, value: Option<&str>| {
        match value.filter(|value| !value.trim().is_empty()) {
            None => {}
            // What begins like an option would be read as one.
            Some(value) if value.starts_with('-') => {
                words.push(format!("--{name}={}", quoted(value)));
            }
            Some(value) => words.extend([format!("--{name}"), quoted(value)]),
        }
    };
    if fields.reply_to.is_some() {
        option("reply-to", Some(ASKING_FILE));
    } else {
        option("vendor", Some(fields.vendor.trim()));
        option("mac", fields.mac.as_deref().map(str::trim));
        option("model", fields.model.as_deref().map(str::trim));
        option("version", fields.version.as_deref().map(str::trim));
        option("phone", Some(fields.phone.trim()));
    }
    if which != "subscribe" {
        option("server", Some(fields.server.trim()));
        option("url", Some(&fields.url));
        option("dialect", (fields.dialect == Dialect::Manual).then_some("manual"));
    }
    option("seed", Some(&fields.seed.to_string()));
    words.join(" ")
}

/// One word for a shell.
fn quoted(word: &str) -> String {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._/:@%+=,".contains(&byte);
    if !word.is_empty() && word.bytes().all(is_plain) {
        return word.into();
    }
    format!("'{}'", word.replace('\'', r"'\''"))
}
