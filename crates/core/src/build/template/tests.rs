use super::*;
use crate::check::{Context, check};
use crate::message::{HeaderName, Message};
use alloc::string::ToString;
use proptest::prelude::*;

const NOTIFY: &str = "NOTIFY {{target}} SIP/2.0
Via: SIP/2.0/UDP {{server}};branch=z9hG4bK{{branch}}
Max-Forwards: 70
From: <sip:224.0.1.75>;tag=b1
To: <sip:7@192.0.2.10>;tag={{tag}}
Call-ID: {{call}}
CSeq: 1 NOTIFY
Contact: <sip:{{server}}>
Event: ua-profile;
  effective-by=0
l: 999
Subscription-State: terminated;reason=timeout
Content-Type: application/url

{{url}}";

fn values<'v>(tag: &'v str, call: &'v str, url: &'v str) -> [(&'v str, &'v str); 6] {
    [
        ("target", "sip:7@192.0.2.10"),
        ("server", "192.0.2.1:5060"),
        ("branch", "1"),
        ("tag", tag),
        ("call", call),
        ("url", url),
    ]
}

fn fill(tag: &str, call: &str, url: &str) -> Result<Vec<u8>, MessageTemplateError> {
    MessageTemplate::parse(NOTIFY).unwrap().fill(&values(tag, call, url))
}

#[test]
fn a_filled_template_is_a_message_without_finding() {
    let bytes = fill("a1", "1@x", "tftp://192.0.2.1").unwrap();
    let message = Message::parse(&bytes).unwrap();
    assert_eq!(check(&message, &Context::default()), []);
    assert_eq!(message.event().unwrap().unwrap().params.value("effective-by").unwrap().text, "0");
    assert_eq!(message.content_length().unwrap().unwrap().value, 16);
    assert_eq!(message.headers_named(HeaderName::ContentLength).count(), 1);
    assert_eq!(message.body(), "tftp://192.0.2.1");
}

#[test]
fn a_value_that_breaks_its_header_is_placed_at_its_hole() {
    let error = fill("a 1", "1@x", "").unwrap_err();
    let MessageTemplateError::NotAValue { name, span, .. } = error else { panic!("{error}") };
    assert_eq!((name.as_str(), span.slice(NOTIFY.as_bytes()).unwrap()), ("To", &b"{{tag}}"[..]));
    let text = "OPTIONS sip:a SIP/2.0\nCSeq: one OPTIONS";
    let error = MessageTemplate::parse(text).unwrap().fill(&[]).unwrap_err();
    let MessageTemplateError::NotAValue { span, .. } = error else { panic!("{error}") };
    assert_eq!(span, Span::new(28, text.len()));
}

#[test]
fn no_value_breaks_out_of_its_line() {
    for forged in ["x\r\nVia: y", "x\ny", "\r", "\0"] {
        let error = fill("a1", forged, "").unwrap_err();
        assert!(
            matches!(error, MessageTemplateError::ForbiddenByte { ref name, .. } if name == "call")
        );
    }
    assert!(fill("a1", "1@x", "two\r\nlines").is_ok());
}

#[test]
fn a_line_that_its_hole_left_empty_does_not_end_the_head() {
    let template =
        MessageTemplate::parse("OPTIONS sip:a SIP/2.0\n{{more}}\nCSeq: 1 OPTIONS\n").unwrap();
    let error = template.fill(&[("more", "")]).unwrap_err();
    assert_eq!(error, MessageTemplateError::NotAHeader { span: Span::new(22, 30) });
    let bytes = template.fill(&[("more", "Subject: x")]).unwrap();
    let text =
        b"OPTIONS sip:a SIP/2.0\r\nSubject: x\r\nCSeq: 1 OPTIONS\r\nContent-Length: 0\r\n\r\n";
    assert_eq!(bytes, text);
}

#[test]
fn what_is_no_template_is_refused_at_its_place() {
    let hole = |text: &str| MessageTemplate::parse(text).unwrap_err();
    assert_eq!(hole("a {{b"), MessageTemplateError::NotAHole { span: Span::new(2, 5) });
    assert_eq!(hole("{{a b}}"), MessageTemplateError::NotAHole { span: Span::new(0, 3) });
    let nothing = MessageTemplate::parse("{{x}}").unwrap().fill(&[]).unwrap_err();
    assert_eq!(nothing.to_string(), "nothing fills {{x}}");
    let first = |text: &str| MessageTemplate::parse(text).unwrap().fill(&[]).unwrap_err();
    assert!(matches!(first("hello"), MessageTemplateError::NotAStartLine { .. }));
    assert!(matches!(first(""), MessageTemplateError::NotAStartLine { .. }));
    assert!(matches!(first("SIP/2.0 99 x"), MessageTemplateError::NotAStartLine { .. }));
    assert!(matches!(first("OPTIONS  sip:a SIP/2.0"), MessageTemplateError::NotAStartLine { .. }));
    assert!(matches!(first("OPT@ sip:a SIP/2.0"), MessageTemplateError::NotAStartLine { .. }));
    let bare = first("OPTIONS sip:a SIP/2.0\nSubject: a\rb\n");
    assert_eq!(bare, MessageTemplateError::NotAHeader { span: Span::new(22, 34) });
    let double = MessageTemplate::parse("OPTIONS sip:a SIP/2.0\nSubject: {{{{x}} {mac}").unwrap();
    let bytes = double.fill(&[]).unwrap();
    assert_eq!(Message::parse(&bytes).unwrap().headers().next().unwrap().value(), "{{x}} {mac}");
}

proptest! {
    #[test]
    fn whatever_fills_the_holes_stays_where_it_was_put(
        subject in "\\PC{0,20}", body in "(?s).{0,40}", method in "[A-Z]{1,8}",
    ) {
        let text = "{{m}} sip:a SIP/2.0\r\nSubject: {{s}}\r\nCSeq: 1 {{m}}\r\n\r\n{{b}}";
        let template = MessageTemplate::parse(text).unwrap();
        let bytes = template.fill(&[("m", &method), ("s", &subject), ("b", &body)]).unwrap();
        let message = Message::parse(&bytes).unwrap();
        prop_assert_eq!(message.headers().len(), 3);
        prop_assert_eq!(message.method().unwrap().to_str(), method);
        let value = message.header(HeaderName::Subject).unwrap().value();
        prop_assert_eq!(value.as_bytes(), subject.as_bytes().trim_ascii());
        prop_assert_eq!(message.body().as_bytes(), body.as_bytes());
        prop_assert!(message.trailing_span().is_empty());
    }
}
