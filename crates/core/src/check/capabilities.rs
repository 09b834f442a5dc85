//! Owns the findings on what a receiver must be able to do: extensions, kinds of body, compressions, logins. What the
//! receiver of this message can do is not known here; the findings say what is asked of it.

use super::{Fix, judge::Judge, rules};
use crate::explain::is_option_tag;
use crate::message::{Header, HeaderName};
use crate::text::Text;
use crate::typed::{Credentials, ListToken, MediaType, list};
use alloc::format;

/// One header line that asks for something, or offers it.
#[inline(never)]
pub(super) fn header(judge: &mut Judge<'_, '_>, header: &Header<'_>) {
    let is_request = judge.request().is_some();
    match header.name() {
        HeaderName::Require if is_request => tags(header, |tag| require(judge, tag)),
        HeaderName::ProxyRequire if is_request => tags(header, |tag| proxy_require(judge, tag)),
        HeaderName::Authorization | HeaderName::ProxyAuthorization if is_request => {
            authorization(judge, header);
        }
        HeaderName::Supported => tags(header, |tag| supported(judge, tag)),
        HeaderName::ContentEncoding => tags(header, |coding| encoding(judge, coding)),
        _ => {}
    }
}

/// Each word of a list, as far as that can be read.
fn tags<'a>(header: &Header<'a>, each: impl FnMut(Text<'a>)) {
    let tags = list::<ListToken<'a>>(header.bounded().unwrap_or_default());
    tags.filter_map(Result::ok).map(|tag| tag.text).for_each(each);
}

fn require(judge: &mut Judge<'_, '_>, tag: Text<'_>) {
    let text = format!("Require asks for \"{tag}\": a receiver without it answers 420");
    judge.find(&rules::REQUIRE, judge.span(tag), text);
}

fn proxy_require(judge: &mut Judge<'_, '_>, tag: Text<'_>) {
    let text = format!("Proxy-Require asks for \"{tag}\": a proxy without it answers 420");
    judge.find(&rules::PROXY_REQUIRE, judge.span(tag), text);
}

fn supported(judge: &mut Judge<'_, '_>, tag: Text<'_>) {
    if !is_option_tag(tag) {
        let text = format!("no RFC that is known here defines the option tag \"{tag}\"");
        judge.find(&rules::SUPPORTED_UNKNOWN, judge.span(tag), text);
    }
}

const SCHEMES: [&str; 3] = ["Digest", "Bearer", "Basic"];

fn authorization(judge: &mut Judge<'_, '_>, header: &Header<'_>) {
    let Ok(scheme) = header.read::<Credentials<'_>>().map(|login| login.scheme) else { return };
    if !SCHEMES.iter().any(|known| scheme.is(known)) {
        let text = format!("the login scheme {scheme} is known to few servers: they pass over it");
        judge.find(&rules::AUTHORIZATION_SCHEME, judge.span(scheme), text);
    }
}

fn encoding(judge: &mut Judge<'_, '_>, coding: Text<'_>) {
    if !coding.is("identity") {
        let text = format!(
            "the body is compressed by {coding}: a receiver that cannot undo it answers 415"
        );
        judge.find(&rules::CONTENT_ENCODING, judge.span(coding), text);
    }
}

/// An INVITE offers and takes descriptions of a session (RFC 3261 §13.2.1).
pub(super) fn call(judge: &mut Judge<'_, '_>) {
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
