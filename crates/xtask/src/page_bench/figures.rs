//! Owns how what was measured is summed up and printed beside what is wanted. Judges nothing.

/// A line of the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Line {
    pub(super) what: String,
    pub(super) measured: String,
    pub(super) wanted: &'static str,
}

impl Line {
    pub(super) fn new(what: impl Into<String>, measured: String, wanted: &'static str) -> Self {
        Self { what: what.into(), measured, wanted }
    }
}

/// The middle one; the mean of both where there are two.
pub(super) fn median(values: &[f64]) -> Option<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let upper = *sorted.get(sorted.len() / 2)?;
    let lower = *sorted.get(sorted.len().checked_sub(1)? / 2)?;
    Some(f64::midpoint(lower, upper))
}

/// `12.3 ms (9.9 to 20.1, 15 runs)`.
pub(super) fn spread(values: &[f64], unit: &str) -> String {
    let Some(middle) = median(values) else { return "not measured".to_owned() };
    let least = values.iter().copied().fold(f64::INFINITY, f64::min);
    let most = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    format!("{middle:.1} {unit} ({least:.1} to {most:.1}, {} runs)", values.len())
}

pub(super) fn print(lines: &[Line]) {
    let width = |of: fn(&Line) -> &str| {
        lines.iter().map(|line| of(line).chars().count()).max().unwrap_or_default()
    };
    let (what, measured) = (width(|line| &line.what), width(|line| &line.measured));
    println!("{:what$}  {:measured$}  wanted", "", "measured (median)");
    for line in lines {
        println!("{:what$}  {:measured$}  {}", line.what, line.measured, line.wanted);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_stands_in_the_middle() {
        assert_eq!(median(&[3.0, 1.0, 2.0]), Some(2.0));
        assert_eq!((median(&[4.0, 1.0, 2.0, 3.0]), median(&[])), (Some(2.5), None));
        assert_eq!(spread(&[1.0, 2.5, 9.0], "ms"), "2.5 ms (1.0 to 9.0, 3 runs)");
    }
}
