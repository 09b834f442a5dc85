//! Whatever the bytes are: nothing panics, tokens tile them, every place that is named lies in them, and what is read
//! in one pass is what is read in two.

use fingerpost_core::check::{Context, Finding, Policy, check, inspect};
use fingerpost_core::explain::explain;
use fingerpost_core::pnp::{asking, identify};
use fingerpost_core::{Header, Message, Span, scan};

/// Reads the bytes in every way there is.
pub fn any_bytes(bytes: &[u8]) {
    tile(bytes);
    let Ok(message) = Message::parse(bytes) else { return };
    assert_eq!(message.trailing_span().end, bytes.len());
    message.headers().for_each(|header| lies_within(&header, bytes));
    ask(&message);
    for policy in [Policy::Strict, Policy::Robust] {
        let context = Context::default().with_policy(policy);
        let findings = check(&message, &context);
        for finding in &findings {
            can_be_shown(finding, bytes);
        }
        is_the_same_in_one_pass(&message, &context, findings);
    }
    let _ = (asking(&message), identify(&message));
    // Not every byte: an explanation reads the whole message.
    for offset in (0..=bytes.len()).step_by(bytes.len() / 16 + 1) {
        let explained = explain(&message, offset);
        assert!(explained.is_none_or(|said| said.span.slice(bytes).is_some()));
    }
}

/// Tokens and findings are the same whether they are asked for together or one after the other.
fn is_the_same_in_one_pass(message: &Message<'_>, context: &Context, findings: Vec<Finding>) {
    assert_eq!(inspect(message, context), (message.tape(), findings));
}

/// The leaves of the tape, one behind the other, are the bytes.
pub fn tile(bytes: &[u8]) {
    let mut end = 0;
    for leaf in scan(bytes).leaves() {
        assert_eq!(leaf.span.start, end, "a gap or an overlap before {leaf:?}");
        assert!(!leaf.span.is_empty(), "an empty leaf {leaf:?}");
        end = leaf.span.end;
    }
    assert_eq!(end, bytes.len());
}

fn lies_within(header: &Header<'_>, bytes: &[u8]) {
    let line = header.line_span();
    let is_inside = |part: Span| line.start <= part.start && part.end <= line.end;
    assert!(line.slice(bytes).is_some() && is_inside(header.span()), "{header:?}");
    assert!(is_inside(header.name_span()) && is_inside(header.value_span()), "{header:?}");
    assert_eq!(header.value_span().slice(bytes), Some(header.value().as_bytes()));
}

fn can_be_shown(finding: &Finding, bytes: &[u8]) {
    assert!(finding.span.slice(bytes).is_some(), "{finding:?}");
    assert!(!finding.message.is_empty(), "{finding:?}");
    let fix = finding.fix.as_ref();
    assert!(fix.is_none_or(|fix| fix.span.slice(bytes).is_some()), "{finding:?}");
}

/// Every typed header.
fn ask(message: &Message<'_>) {
    let _ = (message.from(), message.to(), message.call_id(), message.cseq(), message.event());
    let _ = (message.max_forwards(), message.expires(), message.subscription_state());
    let _ = (message.content_type(), message.content_length(), message.user_agent());
    let _ = (message.method(), message.request_uri(), message.status(), message.contact());
    let lists = message.vias().flatten().count()
        + message.contacts().flatten().count()
        + message.routes().chain(message.record_routes()).flatten().count()
        + message.require().flatten().count()
        + message.accept().map_or(0, Iterator::count);
    assert!(lists <= message.as_bytes().len());
}
