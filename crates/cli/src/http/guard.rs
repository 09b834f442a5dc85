//! Owns who may ask: the request was made for us (Host), by a page of ours (Origin), by somebody who was shown the token
//! (Authorization); and the headers that keep a browser to that. Knows nothing of what is asked.

use super::address::authorities;
use super::api::refusal;
use axum::Router;
use axum::extract::{Request, State};
use axum::http::header::{
    AUTHORIZATION, CACHE_CONTROL, CONTENT_SECURITY_POLICY, HOST, HeaderName, HeaderValue, ORIGIN,
    REFERRER_POLICY, WWW_AUTHENTICATE, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderMap, StatusCode};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::Response;
use std::fmt;
use std::net::SocketAddr;
use std::sync::Arc;
use subtle::ConstantTimeEq;

/// What the pages need and nothing more: no foreign origin, no inline script, no frame around them.
const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; \
    style-src 'self' 'unsafe-inline'; connect-src 'self'; img-src 'self' data:; \
    base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// On every answer, whatever it is.
const HEADERS: [(HeaderName, &str); 5] = [
    (CONTENT_SECURITY_POLICY, POLICY),
    (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (REFERRER_POLICY, "no-referrer"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
];

/// 256 random bits that whoever started us was shown.
#[derive(Clone)]
pub(super) struct Token([u8; 64]);

impl Token {
    pub(super) fn random() -> Result<Self, getrandom::Error> {
        let mut bits = [0; 32];
        getrandom::fill(&mut bits)?;
        let mut digits = [0; 64];
        for (pair, byte) in digits.chunks_exact_mut(2).zip(bits) {
            let digit = |half: u8| b"0123456789abcdef"[usize::from(half & 15)];
            pair.copy_from_slice(&[digit(byte >> 4), digit(byte)]);
        }
        Ok(Self(digits))
    }

    /// Takes the same time however much of `guess` is right.
    fn is(&self, guess: &[u8]) -> bool {
        self.0.ct_eq(guess).into()
    }
}

impl fmt::Display for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&String::from_utf8_lossy(&self.0))
    }
}

/// What a request must hold.
pub(super) struct Guard {
    authorities: Vec<String>,
    token: Token,
}

impl Guard {
    pub(super) fn new(address: SocketAddr, token: Token) -> Self {
        Self { authorities: authorities(address), token }
    }

    /// The request names us and, where a page made it, the page is ours.
    fn admits(&self, request: &Request) -> Result<(), (StatusCode, &'static str)> {
        let host = sole(request.headers(), &HOST).filter(|host| self.is_us(host));
        // A whole URL in the request line outweighs the Host header; we are no proxy.
        let named = request.uri().authority().is_none_or(|named| self.is_us(named.as_str()));
        let (Some(host), true) = (host, named) else {
            return Err((
                StatusCode::MISDIRECTED_REQUEST,
                "the Host is another one than what is served here",
            ));
        };
        if !request.headers().contains_key(ORIGIN) {
            return Ok(());
        }
        match sole(request.headers(), &ORIGIN).and_then(|origin| origin.strip_prefix("http://")) {
            Some(origin) if origin.eq_ignore_ascii_case(host) => Ok(()),
            _ => Err((StatusCode::FORBIDDEN, "a page from elsewhere may ask nothing here")),
        }
    }

    fn is_us(&self, name: &str) -> bool {
        self.authorities.iter().any(|own| own.eq_ignore_ascii_case(name))
    }

    fn knows(&self, headers: &HeaderMap) -> bool {
        let token = sole(headers, &AUTHORIZATION).and_then(|value| value.split_once(' '));
        token.is_some_and(|(scheme, token)| {
            scheme.eq_ignore_ascii_case("bearer") && self.token.is(token.trim().as_bytes())
        })
    }
}

/// The header's value where it stands once.
fn sole<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    let mut values = headers.get_all(name).iter();
    let first = values.next()?.to_str().ok()?;
    values.next().is_none().then_some(first)
}

/// `router` for requests made for us, with the headers that every answer has.
pub(super) fn with_origin(router: Router, guard: Arc<Guard>) -> Router {
    router.layer(from_fn_with_state(guard, origin))
}

async fn origin(State(guard): State<Arc<Guard>>, request: Request, next: Next) -> Response {
    let mut response = match guard.admits(&request) {
        Ok(()) => next.run(request).await,
        Err((status, words)) => refusal(status, words),
    };
    let headers = response.headers_mut();
    for (name, value) in HEADERS {
        headers.insert(name, HeaderValue::from_static(value));
    }
    // Only what says so itself may be kept.
    headers.entry(CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}

/// `router` for those who hold the token.
pub(super) fn with_token(router: Router, guard: Arc<Guard>) -> Router {
    router.layer(from_fn_with_state(guard, token))
}

async fn token(State(guard): State<Arc<Guard>>, request: Request, next: Next) -> Response {
    if guard.knows(request.headers()) {
        return next.run(request).await;
    }
    let words =
        "this needs the token that was printed at the start, as Authorization: Bearer TOKEN";
    let mut response = refusal(StatusCode::UNAUTHORIZED, words);
    response.headers_mut().insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
    response
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::Body;

    fn guard() -> Guard {
        Guard::new(([127, 0, 0, 1], 8075).into(), Token([b'a'; 64]))
    }

    fn request(uri: &str, headers: &[(HeaderName, &str)]) -> Request {
        let request = Request::builder().uri(uri);
        let build = |request: axum::http::request::Builder, (name, value): &(HeaderName, &str)| {
            request.header(name, *value)
        };
        headers.iter().fold(request, build).body(Body::empty()).unwrap()
    }

    fn outcome(uri: &str, headers: &[(HeaderName, &str)]) -> u16 {
        guard().admits(&request(uri, headers)).map_or_else(|(status, _)| status.as_u16(), |()| 200)
    }

    #[test]
    fn a_request_must_name_us_once() {
        let us = "127.0.0.1:8075";
        assert_eq!(outcome("/", &[(HOST, us)]), 200);
        assert_eq!(outcome("/", &[(HOST, "LOCALHOST:8075")]), 200);
        for other in ["evil.example:8075", "127.0.0.1", "127.0.0.1:80", "127.0.0.1:8075.evil", ""] {
            assert_eq!(outcome("/", &[(HOST, other)]), 421, "{other}");
        }
        assert_eq!(outcome("/", &[]), 421);
        assert_eq!(outcome("/", &[(HOST, us), (HOST, "evil.example")]), 421);
        assert_eq!(outcome("http://evil.example/", &[(HOST, us)]), 421);
        assert_eq!(outcome("http://localhost:8075/", &[(HOST, us)]), 200);
    }

    #[test]
    fn a_page_that_asks_must_be_ours() {
        let from = |origin| outcome("/", &[(HOST, "localhost:8075"), (ORIGIN, origin)]);
        assert_eq!(from("http://localhost:8075"), 200);
        for foreign in
            ["http://127.0.0.1:8075", "https://localhost:8075", "http://localhost:3000", "null", ""]
        {
            assert_eq!(from(foreign), 403, "{foreign}");
        }
        let twice = [(HOST, "localhost:8075"), (ORIGIN, "http://localhost:8075"), (ORIGIN, "null")];
        assert_eq!(outcome("/", &twice), 403);
    }

    #[test]
    fn only_the_whole_token_opens() {
        let right = "a".repeat(64);
        let knows = |value: &str| guard().knows(request("/", &[(AUTHORIZATION, value)]).headers());
        assert!(knows(&format!("Bearer {right}")));
        assert!(knows(&format!("bearer {right}")));
        let (short, wrong) = ("a".repeat(63), format!("{}b", "a".repeat(63)));
        for bad in [
            &right,
            &format!("Basic {right}"),
            &format!("Bearer {short}"),
            &format!("Bearer {wrong}"),
            &format!("Bearer {right}a"),
            &"Bearer".into(),
        ] {
            assert!(!knows(bad), "{bad}");
        }
        assert!(!guard().knows(&HeaderMap::new()));
    }

    #[test]
    fn every_token_is_another_one() {
        let [one, other] = [(), ()].map(|()| Token::random().unwrap().to_string());
        assert_ne!(one, other);
        assert!(one.len() == 64 && one.bytes().all(|digit| digit.is_ascii_hexdigit()), "{one}");
    }
}
