//! Owns the findings that take more than one message: a response beside its request, a NOTIFY beside its SUBSCRIBE.

use super::judge::{Context, Judge};
use super::{Finding, rules};
use crate::message::{HeaderName, Message, StartLine};
use crate::span::Span;
use crate::text::Text;
use alloc::{format, vec::Vec};

/// What there is to say about each of `messages` in the light of the others, one list a message. Messages belong
/// together by Call-ID; the rest is what [`super::check`] says of each alone.
#[must_use]
pub fn check_conversation(messages: &[Message<'_>], context: &Context) -> Vec<Vec<Finding>> {
    messages
        .iter()
        .map(|message| {
            let mut judge = Judge::new(message, context);
            if let Some(request) = request_of(message, messages) {
                response(&mut judge, request);
            }
            if is_request(message, "NOTIFY") {
                via_of_the_addressee(&mut judge);
                notify(&mut judge, subscribe_of(message, messages));
            }
            judge.findings()
        })
        .collect()
}

fn is_request(message: &Message<'_>, method: &str) -> bool {
    matches!(message.start_line(), StartLine::Request(line) if line.method == method)
}

fn call_id<'a>(message: &Message<'a>) -> Option<Text<'a>> {
    message.call_id().ok()?.map(|id| id.text)
}

/// The request with the Call-ID and the `CSeq` of a response.
fn request_of<'m, 'a>(
    message: &Message<'_>,
    messages: &'m [Message<'a>],
) -> Option<&'m Message<'a>> {
    message.status()?;
    let (id, cseq) = (call_id(message)?, message.cseq().ok()??);
    messages.iter().find(|request| {
        is_request(request, &cseq.method.to_str())
            && call_id(request) == Some(id)
            && matches!(request.cseq(), Ok(Some(other)) if other.number == cseq.number)
    })
}

fn subscribe_of<'m, 'a>(
    message: &Message<'_>,
    messages: &'m [Message<'a>],
) -> Option<&'m Message<'a>> {
    let id = call_id(message)?;
    messages.iter().find(|other| is_request(other, "SUBSCRIBE") && call_id(other) == Some(id))
}

fn value<'a>(message: &Message<'a>, name: HeaderName) -> Option<Text<'a>> {
    message.header(name).map(|header| header.value())
}

fn span(message: &Message<'_>, name: HeaderName) -> Span {
    message
        .header(name)
        .map_or_else(|| Span::at(message.head_span().start), |header| header.value_span())
}

fn response(judge: &mut Judge<'_, '_>, request: &Message<'_>) {
    let message = judge.message;
    let from = value(message, HeaderName::From);
    if from != value(request, HeaderName::From) {
        judge.find(
            &rules::RESPONSE_MISMATCH,
            span(message, HeaderName::From),
            "From differs from the request's",
        );
    }
    let branches = |m: &Message<'_>| {
        m.top_via().ok().flatten().and_then(|via| via.branch().map(|b| b.as_bytes().to_vec()))
    };
    if branches(message) != branches(request) {
        judge.find(
            &rules::RESPONSE_MISMATCH,
            span(message, HeaderName::Via),
            "the branch in Via differs from the request's",
        );
    }
    if is_request(request, "SUBSCRIBE") && message.status().is_some_and(|status| status < 300) {
        accepted(judge, request);
    }
}

fn accepted(judge: &mut Judge<'_, '_>, request: &Message<'_>) {
    let message = judge.message;
    if message.status() == Some(202) {
        judge.find(
            &rules::RESPONSE_202,
            Span::at(message.head_span().start),
            "202 is read as 200; RFC 6665 no longer sends it",
        );
    }
    let asked = request.expires().ok().flatten().map(|expires| expires.value);
    match message.expires() {
        Ok(None) => judge.find(
            &rules::RESPONSE_EXPIRES,
            span(message, HeaderName::CSeq),
            "Expires is missing from the answer to a SUBSCRIBE",
        ),
        Ok(Some(given)) if asked.is_some_and(|asked| given.value > asked) => {
            let place = span(message, HeaderName::Expires);
            judge.find(
                &rules::RESPONSE_EXPIRES,
                place,
                format!(
                    "Expires {} is more than the {} that were asked for",
                    given.value,
                    asked.unwrap_or_default()
                ),
            );
        }
        Ok(Some(_)) | Err(_) => {}
    }
    let contact = |m: &Message<'_>| {
        m.contact()
            .ok()
            .flatten()
            .and_then(|c| c.uri.as_sip().map(|uri| uri.host_port.host.text.as_bytes().to_vec()))
    };
    if contact(message).is_some() && contact(message) == contact(request) {
        judge.find(
            &rules::RESPONSE_CONTACT,
            span(message, HeaderName::Contact),
            "Contact is the phone's own address, as the AudioCodes manual prints it",
        );
    }
}

/// In the manual's form the Via of a NOTIFY names the phone itself, so its 200 goes nowhere.
fn via_of_the_addressee(judge: &mut Judge<'_, '_>) {
    let Ok(Some(via)) = judge.message.top_via() else { return };
    let uri = judge.message.request_uri();
    let Some(addressee) = uri.as_ref().and_then(|uri| uri.as_sip()) else { return };
    if addressee.host_port.host.text == via.sent_by.host.text
        && addressee.host_port.port == via.sent_by.port
    {
        let place = judge.message.span_of(via.sent_by.host.text).unwrap_or_default();
        judge.find(&rules::DIALOG_VIA, place, format!("Via names the addressee {} itself, as the AudioCodes manual prints it: its 200 may never arrive", via.sent_by.host.text));
    }
}

fn notify(judge: &mut Judge<'_, '_>, subscribe: Option<&Message<'_>>) {
    let message = judge.message;
    let Ok(Some(to)) = message.to() else { return };
    let phone = subscribe.and_then(|subscribe| subscribe.from().ok().flatten());
    let from = message.from().ok().flatten();
    let is_unswapped = match (phone, from) {
        (Some(phone), Some(from)) => phone.tag().is_some() && from.tag() == phone.tag(),
        _ => false,
    };
    if is_unswapped {
        judge.find(&rules::DIALOG_NOT_SWAPPED, span(message, HeaderName::From), "From and To stand as in the SUBSCRIBE, not swapped, as the AudioCodes manual prints it");
    } else if to.tag().is_none() {
        judge.find(
            &rules::DIALOG_TO_TAG,
            span(message, HeaderName::To),
            "To has no tag: a strict phone answers 481",
        );
    }
    if let Some(subscribe) = subscribe {
        same_event(judge, subscribe);
    }
}

fn same_event(judge: &mut Judge<'_, '_>, subscribe: &Message<'_>) {
    let (Ok(Some(asked)), Ok(Some(told))) = (subscribe.event(), judge.message.event()) else {
        return;
    };
    let place = span(judge.message, HeaderName::Event);
    if asked.package != told.package {
        judge.find(
            &rules::DIALOG_EVENT,
            place,
            format!("Event is {}, the SUBSCRIBE asked for {}", told.package, asked.package),
        );
    } else if asked.id() != told.id() {
        judge.find(&rules::DIALOG_EVENT, place, "the id in Event differs from the SUBSCRIBE's");
    }
}
