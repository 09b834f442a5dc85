//! Owns `--format text`: one calm page a message. Places are lines and columns of the input.

use super::examine::Examined;
use super::paint::Paint;
use crate::input::in_words;
use crate::output::Output;
use crate::printable::{printable, wrapped};
use fingerpost_core::check::{Finding, Severity, Verdict};
use fingerpost_core::message::{Header, StartLine};
use fingerpost_core::pnp::{Identity, asking};
use fingerpost_core::{HeaderName, Message};
use fingerpost_report::{Lines, verdict_of};
use fingerpost_trace::{Found, Note};
use std::io::{self, Write};
use std::net::SocketAddr;

/// The page is made for this many columns; values of the message stand on one line, however long.
const COLUMNS: usize = 80;

/// A message on its page.
struct Page<'a> {
    name: &'a str,
    input: &'a Examined,
    lines: &'a Lines<'a>,
    examined: &'a fingerpost_trace::Examined,
    paint: Paint,
}

pub(super) fn write(output: &mut Output, inputs: &[Examined], paint: Paint) -> io::Result<()> {
    for input in inputs {
        let text = Lines::new(input.text());
        for examined in &input.messages {
            let own = input.is_capture().then(|| Lines::new(&examined.found.bytes));
            let lines = own.as_ref().unwrap_or(&text);
            Page { name: in_words(&input.input.name), input, lines, examined, paint }
                .write(output)?;
        }
        input.notes.iter().try_for_each(|note| self::note(output, input, note, paint))?;
    }
    if inputs.iter().all(|input| input.messages.is_empty()) {
        return Ok(());
    }
    writeln!(output, "{}", sum(inputs))
}

impl Page<'_> {
    fn write(&self, output: &mut Output) -> io::Result<()> {
        let message = self.examined.found.message();
        let heading = message.as_ref().map_or("an unreadable message".into(), heading);
        writeln!(output, "{}", self.paint.strong(&heading))?;
        writeln!(output, "  {}", self.paint.faint(&self.origin()))?;
        if let Some(crossing) = crossing(&self.examined.found) {
            writeln!(output, "  {}", self.paint.faint(&crossing))?;
        }
        if let Some(message) = &message {
            if let Some(phone) = asking(message) {
                self.phone(output, &phone)?;
            }
            self.headers(output, message)?;
            self.body(output, message)?;
        }
        self.findings(output)?;
        self.verdict(output, message.as_ref())?;
        writeln!(output)
    }

    /// `page.txt, lines 15 to 30`, `trace.pcap, packet 12`.
    fn origin(&self) -> String {
        if let Some(frame) = self.examined.found.origin.frame.filter(|_| self.input.is_capture()) {
            return format!("{}, packet {frame}", printable(self.name));
        }
        let source = self.examined.found.source;
        let first = self.lines.place(source.start).line;
        let last = self.lines.place(source.end.saturating_sub(1).max(source.start)).line;
        let name = printable(self.name);
        if first == last {
            format!("{name}, line {first}")
        } else {
            format!("{name}, lines {first} to {last}")
        }
    }

    fn phone(&self, output: &mut Output, phone: &Identity) -> io::Result<()> {
        writeln!(output, "\n  {}", self.paint.strong("phone"))?;
        if phone.is_unknown() {
            return writeln!(output, "    says nothing of itself");
        }
        let rows: Vec<_> = phone.evidence.iter().map(|e| (e, printable(&e.value))).collect();
        let width = rows.iter().map(|(_, value)| value.chars().count()).max().unwrap_or_default();
        rows.iter().try_for_each(|(evidence, value)| {
            let from = self.paint.faint(&format!("from {}", printable(&evidence.from)));
            writeln!(output, "    {:<8} {value:<width$}  {from}", evidence.field)
        })
    }

    fn headers(&self, output: &mut Output, message: &Message<'_>) -> io::Result<()> {
        let rows: Vec<(String, String)> = message.headers().map(row).collect();
        let width =
            rows.iter().map(|(name, _)| name.chars().count()).max().unwrap_or_default().min(24);
        writeln!(output)?;
        rows.iter().try_for_each(|(name, value)| {
            let padding = " ".repeat(width.saturating_sub(name.chars().count()));
            writeln!(output, "  {}{padding}  {value}", self.paint.faint(name))
        })
    }

    fn body(&self, output: &mut Output, message: &Message<'_>) -> io::Result<()> {
        let body = message.body();
        if body.is_empty() {
            return Ok(());
        }
        let kind = message
            .header(HeaderName::ContentType)
            .map(|header| header.value().unfolded().into_owned());
        let kind = kind.unwrap_or_else(|| "no Content-Type".into());
        let title = format!("body: {}, {} bytes", printable(&kind), body.len());
        writeln!(output, "\n  {}", self.paint.strong(&title))?;
        body.to_str().lines().try_for_each(|line| writeln!(output, "    {}", printable(line)))
    }

    fn findings(&self, output: &mut Output) -> io::Result<()> {
        if self.examined.findings.is_empty() {
            return writeln!(output, "\n  nothing to remark");
        }
        writeln!(output)?;
        self.examined.findings.iter().try_for_each(|finding| self.finding(output, finding))
    }

    /// `  verdict  answer 400 Bad Request`.
    fn verdict(&self, output: &mut Output, message: Option<&Message<'_>>) -> io::Result<()> {
        let verdict = verdict_of(message, &self.examined.findings);
        let name = verdict.name();
        let words = match verdict {
            Verdict::Answer { status, reason } => format!("{name} {status} {reason}"),
            _ => name.into(),
        };
        writeln!(output, "\n  {}  {words}", self.paint.strong("verdict"))
    }

    /// `  warning  17:6   what is wrong`, and where it is written down.
    fn finding(&self, output: &mut Output, finding: &Finding) -> io::Result<()> {
        let place = self.lines.place(self.input.place(self.examined, finding.span).start);
        let place = format!("{}:{}", place.line, place.column);
        let weight =
            self.paint.weighed(finding.severity, &format!("{:<7}", finding.severity.name()));
        let text = sentence(finding);
        let mut lines = wrapped(&text, COLUMNS - INDENT).into_iter();
        writeln!(output, "  {weight}  {place:<7}  {}", lines.next().unwrap_or_default())?;
        lines.try_for_each(|line| writeln!(output, "{:INDENT$}{line}", ""))?;
        let basis = self.paint.faint(&basis(finding));
        writeln!(output, "{:INDENT$}{basis}", "")
    }
}

/// Where the words of a finding begin.
const INDENT: usize = 20;

/// `2026-03-01T10:00:00.250Z  192.0.2.7:5060 -> 192.0.2.1:5060  udp, eth0  read as tcpdump -A`.
fn crossing(found: &Found) -> Option<String> {
    let origin = &found.origin;
    let address = |address: Option<SocketAddr>| address.map_or("?".into(), |a| a.to_string());
    let is_between = origin.from.is_some() || origin.to.is_some();
    let words = [
        origin.time.map(|time| time.to_string()),
        is_between.then(|| format!("{} -> {}", address(origin.from), address(origin.to))),
        origin.transport.map(|transport| transport.name().to_owned()),
        origin.interface.as_deref().map(|name| printable(name).into_owned()),
        found.reading.map(|reading| format!("read as {reading}")),
    ];
    let words: Vec<String> = words.into_iter().flatten().collect();
    (!words.is_empty()).then(|| words.join("  "))
}

/// `note  trace.pcap: a packet … (3 times, first at byte 1234)`.
fn note(output: &mut Output, input: &Examined, note: &Note, paint: Paint) -> io::Result<()> {
    let severity = if note.reason.is_loss() { Severity::Warning } else { Severity::Note };
    let times =
        if note.count == 1 { "at".into() } else { format!("{} times, first at", note.count) };
    let name = printable(in_words(&input.input.name));
    let weight = paint.weighed(severity, severity.name());
    writeln!(output, "{weight}  {name}: {} ({times} byte {})", note.reason, note.place.start)
}

fn heading(message: &Message<'_>) -> String {
    let line = match message.start_line() {
        StartLine::Request(line) => format!("{} {}", line.method, line.uri),
        StartLine::Status(line) => match message.method() {
            Some(method) => format!("{} {} to {method}", line.code, line.reason),
            None => format!("{} {}", line.code, line.reason),
        },
    };
    printable(&line).into_owned()
}

/// A header's name and value, each on one line; a line that is no header stands in the place of the value.
fn row(header: Header<'_>) -> (String, String) {
    let value = header.value().unfolded();
    (printable(&header.canonical_name()).into_owned(), printable(&value).into_owned())
}

fn sentence(finding: &Finding) -> String {
    let message = printable(&finding.message);
    let Some(fix) = &finding.fix else { return message.into_owned() };
    let text = fix.text.trim_matches(['\r', '\n']);
    match (text.is_empty(), fix.span.is_empty()) {
        // A change that counts the body anew reaches over several lines: programs read it in the other formats.
        _ if text.contains('\n') => format!("{message} (there is a fix)"),
        (true, true) => format!("{message} (fix: add an empty line)"),
        (false, true) if text == " " => format!("{message} (fix: put in a space)"),
        (true, false) => format!("{message} (fix: leave it out)"),
        (false, true) => format!("{message} (fix: put in {})", printable(text)),
        (false, false) => format!("{message} (fix: write {})", printable(text)),
    }
}

fn basis(finding: &Finding) -> String {
    match finding.rule.reference {
        Some(reference) => format!("{reference}, {}", finding.rule.id),
        None => finding.rule.id.into(),
    }
}

/// `3 messages: 1 error, 4 warnings, 7 notes`.
fn sum(inputs: &[Examined]) -> String {
    let messages: Vec<&fingerpost_trace::Examined> =
        inputs.iter().flat_map(|input| &input.messages).collect();
    let count = |severity| {
        let findings = messages.iter().flat_map(|message| &message.findings);
        findings.filter(|finding| finding.severity == severity).count()
    };
    let counted =
        [Severity::Error, Severity::Warning, Severity::Note].map(|s| many(count(s), s.name()));
    format!("{}: {}", many(messages.len(), "message"), counted.join(", "))
}

fn many(count: usize, what: &str) -> String {
    let ending = if count == 1 { "" } else { "s" };
    format!("{count} {what}{ending}")
}
