//! Owns masking: of a message only what opens a door is hidden (passwords, digests, keys and tokens in URLs). Who and
//! where stay readable, for people who work on the same site; for everybody else there are pseudonyms.

use super::walk::{Place, places, read};
use super::{Change, Kind, bytes_at, embedded, mended};
use fingerpost_core::{HeaderName, Span};

/// What stands in place of a secret.
const MASK: &[u8] = b"***";

/// The message, or any other text, without what opens a door; Content-Length is as right or wrong as it was.
///
/// ```
/// use fingerpost_trace::redact::mask;
/// assert_eq!(mask(b"see http://admin:1234@192.0.2.1/cfg/?key=abc"), b"see http://***:***@192.0.2.1/cfg/?key=***");
/// ```
#[must_use]
pub fn mask(message: &[u8]) -> Vec<u8> {
    let mut changes: Vec<Change> = Vec::new();
    for (span, kind) in logins(message).into_iter().chain(doors(message)) {
        let is_free = changes
            .iter()
            .all(|known| span.end <= known.span.start || known.span.end <= span.start);
        if is_free && !span.is_empty() {
            let (before, after) = (bytes_at(message, span).to_vec(), MASK.to_vec());
            changes.push(Change { span, kind, before, after });
        }
    }
    changes.sort_by_key(|change| change.span.start);
    mended(message, &changes)
}

/// What stands behind the scheme of Authorization and its like (RFC 3261 §20.7): all of it.
fn logins(message: &[u8]) -> Vec<(Span, Kind)> {
    let Some(read) = read(message) else { return Vec::new() };
    let is_login = |name| {
        matches!(
            name,
            HeaderName::Authorization
                | HeaderName::ProxyAuthorization
                | HeaderName::AuthenticationInfo
        )
    };
    let headers = read.headers().filter(|header| is_login(header.name()));
    let value = headers.map(|header| header.value_span());
    value.map(|span| (behind_the_scheme(message, span), Kind::Credential)).collect()
}

fn behind_the_scheme(message: &[u8], value: Span) -> Span {
    let text = bytes_at(message, value);
    let word = text.iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
    let is_scheme = text.get(word).is_some_and(u8::is_ascii_whitespace);
    Span::new(value.start + if is_scheme { word + 1 } else { 0 }, value.end)
}

fn doors(message: &[u8]) -> Vec<(Span, Kind)> {
    let inside = |place| match place {
        Place::Secret(span, kind) => vec![(span, kind)],
        Place::Text(span) => {
            let within = embedded::secrets(bytes_at(message, span)).into_iter();
            let at = |inside: Span| Span::new(span.start + inside.start, span.start + inside.end);
            within.map(|(inside, kind)| (at(inside), kind)).collect()
        }
    };
    let all = places(message).into_iter().flat_map(inside);
    all.filter(|(span, kind)| opens_a_door(message, *span, *kind)).collect()
}

/// A user of a URL is one half of a login; a user of a SIP address is who somebody is.
fn opens_a_door(message: &[u8], span: Span, kind: Kind) -> bool {
    match kind {
        Kind::Credential | Kind::Token => true,
        Kind::User | Kind::Number => {
            message.get(..span.start).is_some_and(|before| before.ends_with(b"//"))
        }
        _ => false,
    }
}
