//! Owns the findings on what a receiver must be able to do: extensions, kinds of body, compressions, logins. What the
//! receiver of this message can do is not known here; the findings say what is asked of it.

use super::{Fix, judge::Judge, rules};
use crate::explain::is_option_tag;
use crate::message::HeaderName;
use crate::typed::MediaType;
use alloc::format;

pub(super) fn check(judge: &mut Judge<'_, '_>) {
    if judge.request().is_some() {
        require(judge);
        authorization(judge);
        call(judge);
    }
    supported(judge);
    encoding(judge);
}

fn require(judge: &mut Judge<'_, '_>) {
    let message = judge.message;
    for tag in message.require().flatten().map(|tag| tag.text) {
        let text = format!("Require asks for \"{tag}\": a receiver without it answers 420");
        judge.find(&rules::REQUIRE, judge.span(tag), text);
    }
    for tag in message.proxy_require().flatten().map(|tag| tag.text) {
        let text = format!("Proxy-Require asks for \"{tag}\": a proxy without it answers 420");
        judge.find(&rules::PROXY_REQUIRE, judge.span(tag), text);
    }
}

fn supported(judge: &mut Judge<'_, '_>) {
    let message = judge.message;
    for tag in message.supported().flatten().map(|tag| tag.text) {
        if !is_option_tag(tag) {
            let text = format!("no RFC that is known here defines the option tag \"{tag}\"");
            judge.find(&rules::SUPPORTED_UNKNOWN, judge.span(tag), text);
        }
    }
}

const SCHEMES: [&str; 3] = ["Digest", "Bearer", "Basic"];

fn authorization(judge: &mut Judge<'_, '_>) {
    let message = judge.message;
    let logins = message.authorizations().chain(message.proxy_authorizations());
    for scheme in logins.flatten().map(|login| login.scheme) {
        if !SCHEMES.iter().any(|known| scheme.is(known)) {
            let text =
                format!("the login scheme {scheme} is known to few servers: they pass over it");
            judge.find(&rules::AUTHORIZATION_SCHEME, judge.span(scheme), text);
        }
    }
}

fn encoding(judge: &mut Judge<'_, '_>) {
    let message = judge.message;
    for coding in message.content_encodings().flatten().map(|coding| coding.text) {
        if !coding.is("identity") {
            let text = format!(
                "the body is compressed by {coding}: a receiver that cannot undo it answers 415"
            );
            judge.find(&rules::CONTENT_ENCODING, judge.span(coding), text);
        }
    }
}

/// An INVITE offers and takes descriptions of a session (RFC 3261 §13.2.1).
fn call(judge: &mut Judge<'_, '_>) {
    if !judge.requests("INVITE") {
        return;
    }
    if let Some(header) = judge.message.header(HeaderName::Accept) {
        let mut ranges = judge.message.accept().into_iter().flatten().filter_map(Result::ok);
        if !ranges.any(|range| range.takes("application", "sdp")) {
            let text = format!(
                "Accept takes {}, but no answer to a call: that is application/sdp",
                header.value().unfolded()
            );
            judge.find(&rules::ACCEPT_NO_SDP, header.value_span(), text);
        }
    }
    let Some(kind) = judge.kept.content_type else { return };
    if !judge.message.body().is_empty() && !is_for_a_call(&kind) && !is_optional(judge) {
        let text = format!(
            "the body is {}/{}: a receiver that cannot read it answers 415",
            kind.kind, kind.subtype
        );
        let span = judge.span(kind.kind).start..judge.span(kind.subtype).end;
        judge.find(&rules::CONTENT_TYPE_UNSUPPORTED, span.into(), text);
    }
}

fn is_for_a_call(kind: &MediaType<'_>) -> bool {
    kind.is("application", "sdp") || kind.kind.is("multipart") || kind.kind.is("message")
}

/// A body that may be passed over says so (RFC 3261 §20.11).
fn is_optional(judge: &Judge<'_, '_>) -> bool {
    matches!(judge.message.content_disposition(), Ok(Some(meant)) if meant.is_optional())
}

/// A body without a type; a URL alone can be nothing else.
pub(super) fn content_type(judge: &mut Judge<'_, '_>) {
    let body = judge.message.body_span();
    let has_type = judge.message.header(HeaderName::ContentType).is_some();
    if body.is_empty() || has_type || !judge.message.is_complete() {
        return;
    }
    let text = "there is a body, but no Content-Type says what it is";
    let is_url = judge.requests("NOTIFY")
        && memchr::memmem::find(judge.message.body().as_bytes(), b"://").is_some();
    let fix = is_url.then(|| Fix::header(judge.message, "Content-Type: application/url"));
    judge.find_with_fix(&rules::CONTENT_TYPE_MISSING, body, text, fix);
}
