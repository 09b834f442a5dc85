//! Owns `fingerpost phone --fetch`: which URLs of a phone's answers are followed, and what came, in words.

use crate::output::Output;
use crate::printable::printable;
use fingerpost_engine::{FetchLimits, Fetched, PhoneReport, fetch};
use std::io::{self, Write};
use std::net::Ipv4Addr;

/// Follows every URL that the phone was told, each once.
pub(crate) async fn follow(report: &PhoneReport) -> Vec<Fetched> {
    let own = report.phone.address.as_ref().and_then(|address| address.parse().ok());
    let own = own.unwrap_or(Ipv4Addr::LOCALHOST);
    let mut fetched = Vec::new();
    for url in urls(report) {
        fetched.extend(fetch(url, &report.phone, own, FetchLimits::default()).await);
    }
    fetched
}

fn urls(report: &PhoneReport) -> Vec<&str> {
    let told = report.answers.iter().filter_map(|heard| heard.url.as_deref());
    told.fold(Vec::new(), |mut urls, url| {
        if !urls.contains(&url) {
            urls.push(url);
        }
        urls
    })
}

/// Each file with what it is, what came, and how it begins.
pub(crate) fn tell(output: &mut Output, fetched: &[Fetched]) -> io::Result<()> {
    for file in fetched {
        writeln!(output, "{:<13}  {}", file.what, printable(&file.url))?;
        if let Some(explanation) = &file.explanation {
            writeln!(output, "               {}", printable(explanation))?;
        }
        writeln!(output, "               {}", printable(&came(file)))?;
        if file.size > 0 {
            writeln!(output, "               begins: {}", printable(&file.beginning))?;
        }
    }
    Ok(())
}

fn came(file: &Fetched) -> String {
    if let Some(error) = &file.error {
        return format!("nothing came: {error}");
    }
    let status = file.status.as_deref().unwrap_or("no status");
    let more = if file.cut { " or more, the rest was not fetched" } else { "" };
    let content_type = file.content_type.as_ref().map(|it| format!("; {it}")).unwrap_or_default();
    format!("{status}; {} bytes{more}{content_type}; {:.0} ms", file.size, file.ms)
}
