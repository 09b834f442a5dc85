//! A ladder as text, for terminals and mails: one line a message, lanes as columns, plain ASCII.

use crate::{Ladder, Missing, Row};
use std::fmt::Write as _;

/// Characters from one lane to the next.
const STEP: usize = 24;
/// Characters of the time in front, with the space behind it.
const TIME: usize = 10;
/// With more lanes than these a drawing is wider than any terminal: a list is written.
const MOST_LANES: usize = 6;

/// The ladder as a drawing; with more than six lanes as a [`list`].
///
/// ```
/// use fingerpost_ladder::{Heard, Ladder, text};
/// let asked = b"OPTIONS sip:192.0.2.1 SIP/2.0\r\nVia: SIP/2.0/UDP 192.0.2.7;branch=z9hG4bK1\r\nCSeq: 1 OPTIONS\r\n\r\n";
/// let drawn = text::draw(&Ladder::of(&[Heard::text(asked)]));
/// assert!(drawn.contains("|------- OPTIONS ------>|"), "{drawn}");
/// ```
#[must_use]
pub fn draw(ladder: &Ladder) -> String {
    if ladder.lanes.len() > MOST_LANES {
        return list(ladder);
    }
    let mut lines = head(ladder);
    for (index, row) in ladder.rows.iter().enumerate() {
        lines.push(row_line(ladder, row));
        let missing = ladder.missing_after(index);
        lines.extend(missing.map(|missing| missing_line(ladder, missing)));
    }
    finished(&lines)
}

/// The ladder as a numbered list: what a screen reader or a narrow window can use.
#[must_use]
pub fn list(ladder: &Ladder) -> String {
    let mut lines = Vec::new();
    for (index, row) in ladder.rows.iter().enumerate() {
        let ends = ends(ladder, row.from, row.to);
        lines.push(format!(
            "{}{:>4}. {ends}: {} {}",
            time(row.time),
            index + 1,
            row.label,
            note(row)
        ));
        for missing in ladder.missing_after(index) {
            let ends = self::ends(ladder, missing.from, missing.to);
            lines.push(format!("{}      {ends}: {}", time(None), missing_note(missing)));
        }
    }
    finished(&lines)
}

fn ends(ladder: &Ladder, from: usize, to: usize) -> String {
    format!("{} -> {}", ladder.lanes[from].name, ladder.lanes[to].name)
}

fn finished(lines: &[String]) -> String {
    lines.iter().fold(String::new(), |mut text, line| {
        let _ = writeln!(text, "{}", line.trim_end());
        text
    })
}

fn head(ladder: &Ladder) -> Vec<String> {
    let names = ladder.lanes.iter().map(|lane| lane.name.as_str());
    let titles = ladder.lanes.iter().map(crate::Lane::subtitle);
    vec![titled(names), titled(titles)]
}

/// Each text in the middle of its lane, cut to the lane's width.
fn titled<'a>(texts: impl Iterator<Item = &'a str>) -> String {
    texts.fold(" ".repeat(TIME), |mut line, text| {
        let text: String = text.chars().take(STEP - 1).collect();
        let _ = write!(line, "{text:^STEP$}");
        line
    })
}

fn row_line(ladder: &Ladder, row: &Row) -> String {
    let dash = if row.repeats.is_some() { ' ' } else { '-' };
    let bars = bars(ladder.lanes.len());
    let line = arrow(bars, row.from, row.to, &row.label, dash);
    format!("{}{line}  {}", time(row.time), note(row))
}

fn missing_line(ladder: &Ladder, missing: &Missing) -> String {
    let bars = bars(ladder.lanes.len());
    let line = arrow(bars, missing.from, missing.to, &missing.what, '.');
    format!("{}{line}  {}", time(None), missing_note(missing))
}

fn time(time: Option<u64>) -> String {
    let shown = time.map(|time| format!("{}.{:03}", time / 1_000_000, time / 1000 % 1000));
    format!("{:>width$} ", shown.unwrap_or_default(), width = TIME - 1)
}

/// What stands behind the lanes.
fn note(row: &Row) -> String {
    let repeated = row.repeats.map(|first| format!("repeats {}", first + 1));
    let took =
        row.took.map(|took| format!("after {}.{:03} s", took / 1_000_000, took / 1000 % 1000));
    let detail = Some(row.detail.clone()).filter(|detail| !detail.is_empty());
    [detail, repeated, took].into_iter().flatten().collect::<Vec<_>>().join(", ")
}

fn missing_note(missing: &Missing) -> String {
    format!("missing: {}. {} ({})", missing.what, missing.why, missing.reference)
}

fn bars(lanes: usize) -> Vec<char> {
    let is_bar = |place: usize| place % STEP == STEP / 2;
    (0..lanes * STEP).map(|place| if is_bar(place) { '|' } else { ' ' }).collect()
}

/// An arrow over the bars with its label in the middle; one to the own lane is only a label beside it.
fn arrow(mut bars: Vec<char>, from: usize, to: usize, label: &str, dash: char) -> String {
    let bar = |lane: usize| lane * STEP + STEP / 2;
    let (left, right) = (bar(from.min(to)), bar(from.max(to)));
    if left == right {
        put(&mut bars, left + 2, &format!("* {label}"), STEP - 4);
        return bars.into_iter().collect();
    }
    bars[left + 1..right].fill(dash);
    let head = if to > from { right - 1 } else { left + 1 };
    bars[head] = if to > from { '>' } else { '<' };
    let room = right - left - 1;
    // Two dashes stay at either end.
    let label: String = label.chars().take(room - 6).collect();
    let label = format!(" {label} ");
    put(&mut bars, left + 1 + (room - label.chars().count()) / 2, &label, room);
    bars.into_iter().collect()
}

fn put(bars: &mut [char], begin: usize, text: &str, room: usize) {
    for (place, character) in bars.iter_mut().skip(begin).zip(text.chars().take(room)) {
        *place = character;
    }
}
