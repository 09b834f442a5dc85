//! A ladder as one SVG file with real text: light and dark as the reader's system is, with its words for those who
//! listen. It draws nothing but the rows; what they mean was decided before.

use crate::{Ladder, Lane, Missing, Row, RowKind};

/// Pixels from lane to lane, and from row to row.
const STEP: usize = 220;
const ROW: usize = 34;
/// Where the first lane and the first row stand.
const LEFT: usize = 180;
const TOP: usize = 84;
/// Letters that stand on an arrow between neighbours.
const LETTERS: usize = 32;

const STYLE: &str = "text{font:13px ui-sans-serif,system-ui,sans-serif;fill:#1b1f24}\
.n{font-weight:600}.s,.t{fill:#57606a;font-size:12px}\
line,path{stroke:#57606a;fill:none}.l{stroke:#d0d7de}.f{stroke:#b3261e}text.f{fill:#b3261e;stroke:none}\
.r{stroke-dasharray:6 4}.m{stroke:#b3261e;stroke-dasharray:2 4}text.m{fill:#b3261e;stroke:none}.b{fill:#fff;stroke:none}\
@media(prefers-color-scheme:dark){text{fill:#e6edf3}.s,.t{fill:#9aa4af}line,path{stroke:#9aa4af}.l{stroke:#3d444d}\
.f{stroke:#ff8a80}text.f{fill:#ff8a80}.m{stroke:#ff8a80}text.m{fill:#ff8a80}.b{fill:#0f1318}}";

/// The ladder as an SVG document.
#[must_use]
pub fn draw(ladder: &Ladder) -> String {
    let lines = ladder.rows.len() + ladder.missing.len();
    let height = TOP + lines * ROW + ROW;
    let width = LEFT + ladder.lanes.len().max(1) * STEP;
    let mut svg = opening(width, height, ladder);
    for (index, lane) in ladder.lanes.iter().enumerate() {
        svg.push_str(&lane_head(index, lane, height));
    }
    let mut line = 0;
    for (index, row) in ladder.rows.iter().enumerate() {
        svg.push_str(&row_line(row, line));
        line += 1;
        for missing in ladder.missing_after(index) {
            svg.push_str(&missing_line(missing, line));
            line += 1;
        }
    }
    svg.push_str("</svg>\n");
    svg
}

fn opening(width: usize, height: usize, ladder: &Ladder) -> String {
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" \
         height=\"{height}\" role=\"img\" aria-labelledby=\"title desc\">\n\
         <title id=\"title\">SIP ladder: {} messages between {} parties</title>\n<desc id=\"desc\">{}</desc>\n\
         <style>{STYLE}</style>\n<rect class=\"b\" width=\"{width}\" height=\"{height}\"/>\n",
        ladder.rows.len(),
        ladder.lanes.len(),
        escaped(&crate::text::list(ladder)),
    )
}

fn lane_x(lane: usize) -> usize {
    LEFT + lane * STEP
}

fn line_y(line: usize) -> usize {
    TOP + line * ROW + ROW / 2
}

fn lane_head(index: usize, lane: &Lane, height: usize) -> String {
    let x = lane_x(index);
    format!(
        "<text class=\"n\" x=\"{x}\" y=\"28\" text-anchor=\"middle\">{}</text>\
         <text class=\"s\" x=\"{x}\" y=\"46\" text-anchor=\"middle\">{}</text>\
         <line class=\"l\" x1=\"{x}\" y1=\"58\" x2=\"{x}\" y2=\"{}\"/>\n",
        escaped(&lane.name),
        escaped(lane.subtitle()),
        height - 12,
    )
}

fn row_line(row: &Row, line: usize) -> String {
    let class = match (row.kind, row.repeats) {
        (RowKind::Failure | RowKind::Unreadable, _) => "f",
        (_, Some(_)) => "r",
        _ => "",
    };
    let said = format!("{} {}", row.label, row.detail);
    let time = row.time.map(|time| format!("{}.{:03} s", time / 1_000_000, time / 1000 % 1000));
    let y = line_y(line) + 4;
    let time = time.map(|time| format!("<text class=\"t\" x=\"16\" y=\"{y}\">{time}</text>"));
    format!("{}{}", time.unwrap_or_default(), arrow(row.from, row.to, line, said.trim_end(), class))
}

fn missing_line(missing: &Missing, line: usize) -> String {
    arrow(missing.from, missing.to, line, &format!("missing: {}", missing.what), "m")
}

/// A line with a head and the words above it; one to the own lane is a hook.
fn arrow(from: usize, to: usize, line: usize, said: &str, class: &str) -> String {
    let (x, end, y) = (lane_x(from), lane_x(to), line_y(line));
    let (path, middle) = if from == to {
        (format!("M{x} {}h28v12h-26m6 -5l-6 5 6 5", y - 6), x + 36)
    } else {
        let back = if to > from { "m-7 -4l7 4 -7 4" } else { "m7 -4l-7 4 7 4" };
        (format!("M{x} {y}H{end}{back}"), x.midpoint(end))
    };
    let anchor = if from == to { "start" } else { "middle" };
    let letters = LETTERS * from.abs_diff(to).max(1);
    format!(
        "<path class=\"{class}\" d=\"{path}\"/><text class=\"{class}\" x=\"{middle}\" y=\"{}\" \
         text-anchor=\"{anchor}\">{}</text>\n",
        y - 5,
        escaped(&cut(said, letters)),
    )
}

fn cut(text: &str, letters: usize) -> String {
    if text.chars().count() <= letters {
        return text.to_owned();
    }
    text.chars().take(letters - 1).chain(['…']).collect()
}

/// XML knows these marks, and takes no control characters at all.
fn escaped(text: &str) -> String {
    text.chars().fold(String::new(), |mut escaped, character| {
        match character {
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '&' => escaped.push_str("&amp;"),
            '"' => escaped.push_str("&quot;"),
            '\n' => escaped.push('\n'),
            control if control.is_control() => escaped.push('\u{fffd}'),
            other => escaped.push(other),
        }
        escaped
    })
}
