//! Owns messages with their findings as JSON: a contract that programs rely on. Add to it, change nothing.

use crate::Source;
use crate::phone::{PhoneView, phone_view};
use crate::verdict::{VerdictView, verdict_of};
use fingerpost_core::check::Finding;
use fingerpost_core::message::{Header, StartLine};
use fingerpost_core::pnp::{Identity, asking};
use fingerpost_core::{HeaderName, Message, Span};
use fingerpost_trace::{Examined, Piece, Reading, Transport};
use serde::Serialize;
use std::borrow::Cow;
use std::net::SocketAddr;

#[derive(Serialize)]
struct Report<'a> {
    messages: Vec<MessageView<'a>>,
    notes: Vec<NoteView<'a>>,
}

/// What was left out of an input: `place` is in bytes of it, where it happened first.
#[derive(Serialize)]
struct NoteView<'a> {
    name: &'a str,
    reason: &'static str,
    message: String,
    place: Span,
    count: usize,
    is_loss: bool,
}

/// When and where a message crossed the wire: null where the input does not tell. `time` is ISO 8601, without `Z` where
/// the zone is unknown, and without the date where that is; addresses are `ip:port`, `[ip]:port` for IPv6.
#[derive(Serialize)]
struct OriginView<'a> {
    time: Option<String>,
    from: Option<SocketAddr>,
    to: Option<SocketAddr>,
    transport: Option<&'static str>,
    interface: Option<&'a str>,
    frame: Option<u64>,
    read_as: Option<&'static str>,
}

/// Spans are byte offsets into the message as it was put together; those of `source` into the input.
#[derive(Serialize)]
struct MessageView<'a> {
    source: SourceView<'a>,
    origin: OriginView<'a>,
    kind: Option<&'static str>,
    method: Option<Cow<'a, str>>,
    uri: Option<Cow<'a, str>>,
    status: Option<u16>,
    reason: Option<Cow<'a, str>>,
    headers: Vec<HeaderView<'a>>,
    body: BodyView<'a>,
    phone: Option<PhoneView<'a>>,
    findings: Vec<FindingView<'a>>,
    verdict: VerdictView,
}

#[derive(Serialize)]
struct SourceView<'a> {
    name: &'a str,
    start: usize,
    end: usize,
    map: Vec<PieceView>,
}

#[derive(Serialize)]
struct PieceView {
    message: Span,
    source: Span,
    kind: &'static str,
}

#[derive(Serialize)]
struct HeaderView<'a> {
    name: Cow<'a, str>,
    raw_name: Cow<'a, str>,
    value: Cow<'a, str>,
    span: Span,
}

#[derive(Serialize)]
struct BodyView<'a> {
    span: Span,
    content_type: Option<Cow<'a, str>>,
    text: Cow<'a, str>,
}

#[derive(Serialize)]
struct FindingView<'a> {
    rule: &'static str,
    severity: &'static str,
    message: &'a str,
    span: Span,
    reference: Option<String>,
    fix: Option<FixView<'a>>,
    layer: &'static str,
    /// With which a receiver would refuse such a request.
    status: Option<u16>,
}

#[derive(Serialize)]
struct FixView<'a> {
    span: Span,
    text: &'a str,
}

/// A message with what its view borrows from.
struct Entry<'a> {
    name: &'a str,
    examined: &'a Examined,
    message: Option<Message<'a>>,
    phone: Option<Identity>,
}

/// One JSON object on one line.
pub fn write(sources: &[Source<'_>]) -> Result<String, serde_json::Error> {
    let entries: Vec<Entry<'_>> = sources.iter().flat_map(entries).collect();
    let messages = entries.iter().map(view).collect();
    let report = Report { messages, notes: sources.iter().flat_map(notes).collect() };
    Ok(serde_json::to_string(&report)? + "\n")
}

fn entries<'a>(source: &Source<'a>) -> impl Iterator<Item = Entry<'a>> {
    let name = source.name;
    source.messages.iter().map(move |message| entry(name, message))
}

fn entry<'a>(name: &'a str, examined: &'a Examined) -> Entry<'a> {
    let message = examined.found.message();
    let phone = message.as_ref().and_then(asking);
    Entry { name, examined, message, phone }
}

fn view<'a>(entry: &'a Entry<'a>) -> MessageView<'a> {
    let message = entry.message.as_ref();
    let (request, status) = match message.map(Message::start_line) {
        Some(StartLine::Request(line)) => (Some(line), None),
        Some(StartLine::Status(line)) => (None, Some(line)),
        None => (None, None),
    };
    MessageView {
        source: source(entry),
        origin: origin(entry.examined),
        kind: request.map(|_| "request").or(status.map(|_| "response")),
        method: request.map(|line| line.method.to_str()),
        uri: request.map(|line| line.uri.to_str()),
        status: message.and_then(Message::status),
        reason: status.map(|line| line.reason.to_str()),
        headers: message.map(|message| message.headers().map(header).collect()).unwrap_or_default(),
        body: body(entry),
        phone: entry.phone.as_ref().map(|phone| phone_view(phone, message)),
        findings: entry.examined.findings.iter().map(finding).collect(),
        verdict: verdict_of(message, &entry.examined.findings).into(),
    }
}

fn source<'a>(entry: &Entry<'a>) -> SourceView<'a> {
    let found = &entry.examined.found;
    SourceView {
        name: entry.name,
        start: found.source.start,
        end: found.source.end,
        map: found.map.pieces().iter().map(piece).collect(),
    }
}

fn origin(examined: &Examined) -> OriginView<'_> {
    let origin = &examined.found.origin;
    OriginView {
        time: origin.time.map(|time| time.to_string()),
        from: origin.from,
        to: origin.to,
        transport: origin.transport.map(Transport::name),
        interface: origin.interface.as_deref(),
        frame: origin.frame,
        read_as: examined.found.reading.map(Reading::name),
    }
}

fn notes<'a>(source: &Source<'a>) -> impl Iterator<Item = NoteView<'a>> {
    let name = source.name;
    source.notes.iter().map(move |note| NoteView {
        name,
        reason: note.reason.name(),
        message: note.reason.to_string(),
        place: note.place,
        count: note.count,
        is_loss: note.reason.is_loss(),
    })
}

fn piece(piece: &Piece) -> PieceView {
    PieceView { message: piece.message, source: piece.source, kind: piece.kind.name() }
}

fn header(header: Header<'_>) -> HeaderView<'_> {
    HeaderView {
        name: header.canonical_name(),
        raw_name: header.raw_name().to_str(),
        value: header.value().to_str(),
        span: header.value_span(),
    }
}

fn body<'a>(entry: &'a Entry<'a>) -> BodyView<'a> {
    let Some(message) = &entry.message else {
        let end = Span::at(entry.examined.found.bytes.len());
        return BodyView { span: end, content_type: None, text: Cow::Borrowed("") };
    };
    let content_type = message.header(HeaderName::ContentType);
    BodyView {
        span: message.body_span(),
        content_type: content_type.map(|header| header.value().unfolded()),
        text: message.body().to_str(),
    }
}

fn finding(finding: &Finding) -> FindingView<'_> {
    FindingView {
        rule: finding.rule.id,
        severity: finding.severity.name(),
        message: &finding.message,
        span: finding.span,
        reference: finding.rule.reference.map(|reference| reference.to_string()),
        fix: finding.fix.as_ref().map(|fix| FixView { span: fix.span, text: &fix.text }),
        layer: finding.rule.layer.name(),
        status: finding.rule.status,
    }
}
